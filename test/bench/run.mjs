#!/usr/bin/env node
// `npm run bench [grammars|start|logs|dense|correlate]`: figures of the built command, each beside a yardstick that is measured in the same run,
// turn by turn, and their ratio. Nothing is judged here: machines differ, and other programs run on them.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const command = join(root, "dist", "bin", "certwhy.cjs");
const folder = mkdtempSync(join(tmpdir(), "certwhy-bench-"));
const chosen = process.argv.slice(2);
const wants = (part) => chosen.length === 0 || chosen.includes(part);
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** Wall seconds of one run of a program; its output is thrown away, but not to /dev/null: there grep stops at the first match. */
function secondsOf([program, ...words]) {
  const begin = process.hrtime.bigint();
  const run = spawnSync(program, words, { stdio: ["ignore", program === "grep" ? "pipe" : "ignore", "ignore"], env: { ...process.env, LC_ALL: "C" } });
  if (run.error !== undefined) throw run.error;
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

/** Medians of both commands and of the ratios of neighbouring runs, after one run of each that does not count. */
function compare(title, words, yardstick, runs) {
  secondsOf(words);
  secondsOf(yardstick);
  const pairs = Array.from({ length: runs }, () => [secondsOf(words), secondsOf(yardstick)]);
  const own = median(pairs.map(([a]) => a));
  const other = median(pairs.map(([, b]) => b));
  print(title, `${own.toFixed(3)} s`, `${[yardstick[0] === process.execPath ? "node" : yardstick[0], ...yardstick.slice(1, 3)].join(" ")}: ${other.toFixed(3)} s`, median(pairs.map(([a, b]) => a / b)));
}

function print(title, figure, yardstick, ratio) {
  console.log(`${title.padEnd(44)} ${figure.padStart(10)}   ${yardstick.padEnd(64)} ${ratio.toFixed(2)}`);
}

/** Most memory in MiB that a run of the command held, as the system counted it. */
function peakOf(words) {
  const hook = join(folder, "peak.cjs");
  writeFileSync(hook, `process.on("exit", () => require("node:fs").writeSync(2, "\\npeak " + process.resourceUsage().maxRSS + "\\n"));`);
  const run = spawnSync(process.execPath, ["--require", hook, command, ...words], { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8", maxBuffer: 1 << 26 });
  return Number(/peak (\d+)\s*$/.exec(run.stderr)?.[1] ?? Number.NaN) / 1024;
}

/** Sources of the tests and of the grammars as one module. */
async function moduleOf(contents) {
  const { build } = await import("esbuild");
  const file = join(folder, `module-${Math.random().toString(36).slice(2)}.mjs`);
  await build({ stdin: { contents, resolveDir: root, loader: "ts" }, bundle: true, format: "esm", platform: "node", outfile: file, logLevel: "error" });
  return import(pathToFileURL(file).href);
}

const inputs = await moduleOf(`export * from "./test/bench/make-inputs.ts";`);
const node = process.execPath;
if (!existsSync(command)) throw new Error("build the command first: npm run build");

if (wants("start")) {
  const transcript = join(root, "samples", "healthy-empty-list", "s_client.txt");
  for (const words of [["--version"], ["--help"], ["explain", "403.7"], ["explain", "keyspec-mismatch"], [transcript]]) {
    compare(`start: ${words.join(" ").replace(root, "").slice(-34)}`, [node, command, ...words], [node, "-e", "0"], 20);
  }
}

if (wants("grammars")) {
  const grammars = await moduleOf(`
    export { sourceText } from "./src/text/source-text.ts";
    export { strace } from "./grammars/strace/index.ts"; export { straceLexer } from "./grammars/strace/tokens.ts";
    export { certutil } from "./grammars/certutil/index.ts"; export { tokenize as certutilTokens } from "./grammars/certutil/tokens.ts";
    export { sClient } from "./grammars/s-client/index.ts"; export { tokenize as sClientTokens } from "./grammars/s-client/tokens.ts";
  `);
  const sample = (name) => readFileSync(join(root, "samples", "ku-exchange-only", name), "utf8");
  for (const [format, name, lex] of [
    [grammars.strace, "strace.log", (text) => grammars.straceLexer().tokenize(text)], [grammars.certutil, "certutil.txt", grammars.certutilTokens], [grammars.sClient, "s_client.txt", grammars.sClientTokens],
  ]) {
    const one = sample(name);
    const text = one.repeat(Math.ceil(1_000_000 / one.length));
    const reader = await format.reader();
    const timed = async (work) => {
      const begin = performance.now();
      await work();
      return performance.now() - begin;
    };
    const turns = [];
    for (let turn = 0; turn < 6; turn++) {
      turns.push([await timed(() => lex(text)), await timed(async () => reader(format.claim(grammars.sourceText(name, text))))]);
    }
    const [lexing, reading] = [0, 1].map((which) => median(turns.slice(1).map((turn) => turn[which])));
    const rate = (milliseconds) => `${(text.length / 1000 / milliseconds).toFixed(1)} MB/s`;
    print(`grammars: ${format.title}, claimed and read`, rate(reading), `lexing alone: ${rate(lexing)}`, reading / lexing);
  }
}

if (wants("dense")) {
  const { lexListing, parseListing, lexTranscript } = await moduleOf(`export { tokenize as lexListing } from "./grammars/certutil/tokens.ts";
    export { parseOutput as parseListing } from "./grammars/certutil/parser.ts"; export { tokenize as lexTranscript } from "./grammars/s-client/tokens.ts";`);
  // Both banner by banner, as the reader does it: trees of a whole listing would fill the memory.
  const pieces = inputs.storeOf(2000, 1000).split(/(?=\n={10,} Certificate \d+ =)/);
  const turns = Array.from({ length: 5 }, () => [lexListing, parseListing].map((work) => {
    const begin = performance.now();
    for (const piece of pieces) work(piece);
    return (performance.now() - begin) / 1000;
  }));
  const [lexed, parsed] = [0, 1].map((which) => median(turns.slice(1).map((turn) => turn[which])));
  print("dense: 2,000 certificates, lexed and parsed, nothing read", `${parsed.toFixed(2)} s`, `lexing alone: ${lexed.toFixed(2)} s`, parsed / lexed);
  for (const [title, text, lex] of [
    ["certutil -v -store, 2,000 certificates", inputs.storeOf(2000, 1000), lexListing],
    ["certutil -v -store, 10,000 certificates", inputs.storeOf(10000, 1000), lexListing],
    ["s_client, 5,000 authorities", inputs.transcriptOf(5000), lexTranscript],
  ]) {
    const file = join(folder, "dense.txt");
    writeFileSync(file, text);
    const lexing = median(Array.from({ length: 3 }, () => {
      const begin = performance.now();
      lex(text);
      return (performance.now() - begin) / 1000;
    }));
    const own = median(Array.from({ length: 3 }, () => secondsOf([node, command, "facts", file, "--format", "ndjson"])));
    print(`dense: ${title}`, `${own.toFixed(2)} s`, `lexing alone: ${lexing.toFixed(2)} s`, own / lexing);
    const size = statSync(file).size / (1 << 20);
    const peak = peakOf(["facts", file, "--format", "ndjson"]);
    print(`  memory`, `${peak.toFixed(0)} MiB`, `the text: ${size.toFixed(1)} MiB`, peak / size);
  }
}

if (wants("correlate")) {
  // Ten times the input should take ten times as long: what each step costs more than that is the ratio.
  const [small, large] = [1, 10].map((times) => {
    const store = join(folder, `store-${times}.txt`);
    const log = join(folder, `log-${times}.log`);
    writeFileSync(store, inputs.storeOf(1000 * times, 100 * times));
    writeFileSync(log, inputs.logOf(10 * times, 100 * times));
    const all = median(Array.from({ length: 3 }, () => secondsOf([node, command, store, log, "--format", "json"])));
    const reading = median(Array.from({ length: 3 }, () => secondsOf([node, command, "facts", store, log, "--format", "ndjson"])));
    return { all, reading, bytes: statSync(store).size + statSync(log).size };
  });
  print("correlate: 10,000 x 1,000 x 100", `${large.all.toFixed(2)} s`, `reading alone: ${large.reading.toFixed(2)} s`, large.all / large.reading);
  print("  growth of time to growth of text", `${(large.all / small.all).toFixed(1)} x`, `text: ${(large.bytes / small.bytes).toFixed(1)} x`, (large.all / small.all) / (large.bytes / small.bytes));
}

if (wants("logs")) {
  const size = Number(process.env.CERTWHY_BENCH_BYTES ?? 1 << 30);
  const anchor = "CertSelectCertificateChains called";
  const log = join(folder, "large.log");
  const measure = (title, pattern = anchor) => {
    compare(`log: ${title}`, [node, command, "facts", log, "--format", "ndjson"], ["grep", "-c", pattern, log], 3);
    const peak = peakOf(["facts", log, "--format", "ndjson"]);
    print("  memory", `${peak.toFixed(0)} MiB`, "node -e 0: 40 MiB", peak / 40);
  };
  inputs.writeLog(log, size, 50, "utf8");
  measure("50 calls, UTF-8");
  // grep for what is really looked for: each beginning of anything that any format can read.
  const { landmarks } = await moduleOf(`import { formats } from "./grammars/index.ts"; export const landmarks = [...new Set(formats.flatMap((format) => format.landmarks))];`);
  const list = join(folder, "landmarks.txt");
  writeFileSync(list, `${landmarks.join("\n")}\n`);
  compare(`log: the same beside grep for all ${landmarks.length} landmarks`, [node, command, "facts", log, "--format", "ndjson"], ["grep", "-c", "-F", "-f", list, log], 3);
  inputs.writeLog(log, size, 50, "utf16le");
  measure("50 calls, UTF-16LE");
  inputs.writeOneLine(log, size);
  measure("one line");
  inputs.writeCalls(log, 1_000_000);
  measure("a million calls");
  inputs.writeOpenCall(log, size / 2);
  measure("a call that never ends");
}
