#!/usr/bin/env node
// Makes the evidence files of samples/ anew: `node scripts/samples/make.mjs [NAME…]`, as root on Linux.
//
// Needs openssl 3, nginx, apache2, script (util-linux) and curl; it makes a throw-away PKI in a temporary folder, runs servers on
// 127.0.77.0/24 in a mount namespace of its own (so that the host names of the samples resolve), and writes samples/<name>/*.
// Keys are made anew each time, so serials and thumbprints change; afterwards `UPDATE=1 npm test -- test/samples.test.ts` writes
// facts.json and report.md. case.json is written by hand and never touched.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cases } from "./cases.mjs";

const samples = resolve(dirname(fileURLToPath(import.meta.url)), "../../samples");

if (process.env["SAMPLES_HOSTS"] === undefined) {
  const folder = mkdtempSync(join(tmpdir(), "samples-"));
  // Apache reads its pages as another user.
  chmodSync(folder, 0o755);
  const hosts = join(folder, "hosts");
  writeFileSync(hosts, readFileSync("/etc/hosts"));
  const inside = ["-m", "sh", "-c", 'mount --bind "$SAMPLES_HOSTS" /etc/hosts && exec "$0" "$@"', process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const { status } = spawnSync("unshare", inside, { stdio: "inherit", env: { ...process.env, SAMPLES_HOSTS: hosts } });
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = status ?? 1;
} else {
  await make(process.argv.slice(2), process.env["SAMPLES_HOSTS"]);
}

async function make(wanted, hosts) {
  const own = readFileSync(hosts, "utf8");
  // The mount shows the file itself, so it is rewritten in place.
  const resolveHost = (name, address) => writeFileSync(hosts, `${own}\n${address} ${name}\n`);
  for (const [name, build] of Object.entries(cases({ folder: dirname(hosts), resolveHost }))) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const files = await build();
    const target = join(samples, name);
    mkdirSync(target, { recursive: true });
    for (const file of readdirSync(target)) if (!["case.json", "facts.json", "report.md"].includes(file)) rmSync(join(target, file));
    for (const [file, content] of Object.entries(files)) writeFileSync(join(target, file), content);
    process.stdout.write(`${name}: ${Object.entries(files).map(([file, content]) => `${file} ${content.length}`).join(", ")}\n`);
  }
}
