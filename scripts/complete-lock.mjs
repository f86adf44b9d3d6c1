// Completes package-lock.json after a change of dependencies: npm leaves out optional packages for other systems when the registry in use
// does not serve them, and then refuses its own lock file (`npm ci`: "Missing ... from lock file"). Each gets an entry with the version that
// its parent demands and the system that its name tells; npm installs it only there.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.mjs";

const file = join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));

const systems = ["darwin", "linux", "win32", "android", "freebsd", "openharmony"];
const libraries = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" };
const processors = { x64: "x64", arm64: "arm64", ia32: "ia32", arm: "arm", ppc64: "ppc64", s390x: "s390x", riscv64: "riscv64", loong64: "loong64" };

/** `@swc/core-linux-arm-gnueabihf` is for linux, arm, glibc; null when the name tells no system. */
function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const os = words.find((word) => systems.includes(word));
  const cpu = words.map((word) => processors[word]).find((word) => word !== undefined);
  if (os === undefined || cpu === undefined) return null;
  const libc = os === "linux" ? words.map((word) => libraries[word]).find((word) => word !== undefined) : undefined;
  return { cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }), os: [os] };
}

let added = 0;
for (const [parent, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] !== undefined || lock.packages[`${parent}/${key}`] !== undefined) continue;
    const platform = platformOf(name);
    // A range would need the registry to settle it; only exact versions can be completed.
    if (platform === null || !/^\d+\.\d+\.\d+$/.test(version)) continue;
    lock.packages[key] = { version, ...platform, ...(entry.dev === true ? { dev: true } : {}), optional: true };
    added++;
  }
}
if (added > 0) {
  const names = Object.keys(lock.packages).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  lock.packages = Object.fromEntries(names.map((name) => [name, lock.packages[name]]));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
process.stderr.write(`certwhy: ${added} entries added to package-lock.json\n`);
