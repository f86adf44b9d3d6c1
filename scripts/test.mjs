// Checks the types of sources and tests, then runs jest; further arguments go to jest (`npm test -- test/text`).
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./build.mjs";

/** Runs a script of node_modules with this Node and returns its exit code. */
function run(words) {
  return spawnSync(process.execPath, words, { cwd: root, stdio: "inherit" }).status ?? 1;
}

const types = run([join(root, "node_modules", "typescript", "bin", "tsc"), "-p", join(root, "tsconfig.test.json"), "--noEmit"]);
// jest needs the flag for ES modules; NODE_OPTIONS as a prefix of a script does not work in cmd.exe.
const jest = ["--experimental-vm-modules", "--no-warnings", join(root, "node_modules", "jest", "bin", "jest.js")];
const tests = run([...jest, ...process.argv.slice(2)]);
process.exitCode = types || tests;
