// Builds dist from nothing, so that no file of a removed source stays: the library with tsc, the pages of the causes, the command.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const dist = join(root, "dist");
const stamp = join(dist, ".built-from");

/** Every file the build reads, in a stable order. */
function sources() {
  const files = ["package.json", "tsconfig.json", "package-lock.json", "scripts/build.mjs", "scripts/bundle.mjs", "scripts/launcher.cjs", "scripts/worker.cjs", "scripts/starts.cjs", "scripts/code-cache.cjs"]
    .map((name) => join(root, name));
  for (const folder of ["grammars", "src"]) {
    const names = readdirSync(join(root, folder), { recursive: true }).map(String).sort();
    files.push(...names.filter((name) => /\.(ts|md)$/.test(name)).map((name) => join(root, folder, name)));
  }
  return files;
}

/** Digest of names and contents: file dates are of no use after a clone or a change of branch. */
function fingerprint() {
  const digest = createHash("sha256");
  for (const file of sources()) digest.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return digest.digest("hex");
}

/** Whether dist is missing or was built from other sources. */
export function isStale() {
  return !existsSync(stamp) || readFileSync(stamp, "utf8") !== fingerprint();
}

/**
 * Builds and returns the exit code. What tsc says goes to standard error. The new tree is made beside the old one and takes its
 * place only when it is whole: two builds at once, or one that fails, never leave half a dist.
 */
export async function build() {
  const builtFrom = fingerprint();
  const next = join(root, "node_modules", `.certwhy-build-${process.pid}`);
  const old = `${next}-old`;
  process.stderr.write("certwhy: building ...\n");
  try {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const run = spawnSync(process.execPath, [tsc, "-p", root, "--outDir", next], { cwd: root, stdio: ["ignore", 2, 2] });
    if (run.status !== 0) return run.status ?? 1;
    copyPages(join(next, "explain"));
    const bundled = await bundle(root, join(next, "bin"));
    if (bundled !== 0) return bundled;
    writeFileSync(join(next, ".built-from"), builtFrom);
    // Moved aside and not deleted in place: a command that runs meanwhile finds the old files or the new ones.
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(next, dist);
    return 0;
  } finally {
    for (const folder of [next, old]) rmSync(folder, { recursive: true, force: true });
  }
}

function copyPages(to) {
  const from = join(root, "src", "causes");
  mkdirSync(to, { recursive: true });
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) if (name.endsWith(".md")) copyFileSync(join(from, name), join(to, name));
}

const started = process.argv[1];
if (started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url)) process.exitCode = await build();
