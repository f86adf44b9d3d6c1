"use strict";
// Run by the build: `node scripts/code-cache.cjs FOLDER`. Does what people do most, in one process, then asks V8 for the compiled code
// of every piece that was loaded, so that functions which typical runs call are in the caches and no others.
// What chevrotain found out about its tokens on the way is kept too.
const { readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { join, resolve } = require("node:path");

const folder = resolve(process.argv[2]);
const { load, loaded } = require(join(folder, "certwhy.cjs"));
const samples = join(__dirname, "..", "samples");

/** Command lines whose functions are worth caching. */
function typicalRuns() {
  const cases = readdirSync(samples, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "forms")
    .map((entry) => readdirSync(join(samples, entry.name)).filter((name) => name.endsWith(".txt") || name.endsWith(".log")).map((name) => join(samples, entry.name, name)))
    .filter((files) => files.length > 0);
  return [
    ["--help"], ["--version"], ["explain"], ["explain", "403.7"], ["explain", "keyspec-mismatch"], ["schema", "facts"],
    ["--each", "--jobs", "1", samples],
    // Every format once, so that the tokens of each are known.
    ["facts", join(samples, "forms")],
    ...cases, ...cases.slice(0, 3).flatMap((files) => [[...files, "--format", "json"], ["facts", ...files, "--format", "json"]]),
  ];
}

async function warmUp() {
  const { run } = load("run.cjs");
  const io = load("io.cjs").processIo();
  const silent = { write: () => {}, isTerminal: false, columns: null, drained: async () => true };
  // A run that fails is for the tests to find; the command works without its functions in the cache.
  for (const words of typicalRuns()) await run(words, { ...io, out: silent, err: silent }).catch((fault) => console.error(`certwhy ${words.join(" ")}: ${fault.message}`));
  writeStarts(load("starts.cjs").known);
  loaded.delete("starts.cjs");
  for (const [name, { script }] of loaded) writeFileSync(join(folder, `${name}.v8`), script.createCachedData());
}

/** Puts what is known of the tokens' beginnings into the piece that is asked for it. */
function writeStarts(known) {
  const file = join(folder, "starts.cjs");
  const json = JSON.stringify(Object.fromEntries(known)).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const text = readFileSync(file, "utf8");
  const filled = text.replace("Object.entries({})", () => `Object.entries(JSON.parse(${JSON.stringify(json)}))`);
  if (known.size === 0 || filled === text) throw new Error("no beginnings of tokens were found, or there is no place for them");
  writeFileSync(file, filled);
}

warmUp().catch((fault) => {
  console.error(fault);
  process.exitCode = 1;
});
