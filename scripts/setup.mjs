// Makes a fresh clone ready: installs the packages of the lock file when they are missing or older than it.
// With --build it also builds when dist is missing or older than its sources.
// Everything is written to standard error, so that `npm start` prints nothing but the report on standard output.
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, isStale, root } from "./build.mjs";

const lockFile = join(root, "package-lock.json");
const stamp = join(root, "node_modules", ".certwhy-setup");

/** The stamp holds the lock file it was installed from: a changed lock file, or a half-finished install, is set up again. */
function isInstalled() {
  const folder = join(root, "node_modules");
  if (!existsSync(folder)) return false;
  // npm would empty what the link leads to, which another project may be using.
  if (lstatSync(folder).isSymbolicLink()) return true;
  if (existsSync(stamp)) return readFileSync(stamp, "utf8") === readFileSync(lockFile, "utf8");
  const npmRecord = join(root, "node_modules", ".package-lock.json");
  return existsSync(npmRecord) && statSync(npmRecord).mtimeMs >= statSync(lockFile).mtimeMs;
}

function install() {
  process.stderr.write("certwhy: installing packages (npm ci) ...\n");
  rmSync(stamp, { force: true });
  const npm = process.env.npm_execpath;
  const asScript = npm !== undefined && /\.[cm]?js$/.test(npm);
  const run = asScript
    ? spawnSync(process.execPath, [npm, "ci"], { cwd: root, stdio: ["ignore", 2, 2] })
    : spawnSync("npm ci", { cwd: root, stdio: ["ignore", 2, 2], shell: true });
  if (run.status !== 0) {
    process.stderr.write("certwhy: npm ci failed; the reason stands above.\n");
    process.exit(run.status ?? 1);
  }
  writeFileSync(stamp, readFileSync(lockFile, "utf8"));
}

if (!isInstalled()) install();
if (process.argv.includes("--build") && isStale()) process.exit(await build());
