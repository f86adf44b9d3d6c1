#!/usr/bin/env node
"use strict";
// Starts the command: loads its pieces, each with the code cache that the build made. V8 itself says whether a cache fits this Node;
// where it does not, or where there is none, the piece is compiled as usual. Nothing is ever written.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { Script } = require("node:vm");

const loaded = new Map();

/** The exports of a piece, by its file name. */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.module.exports;
  const filename = join(__dirname, name);
  const place = pathToFileURL(filename).href;
  // Pieces are ASCII: esbuild escapes all other characters.
  const source = `(function (exports, require, module, certwhyPlace) {${readFileSync(filename, "latin1")}\n})`;
  // Named without its folder: V8 writes the name into the cache, and where a package was built is nobody's business.
  const script = new Script(source, { filename: `certwhy/${name}`, cachedData: cacheOf(filename) });
  const module = { exports: {} };
  loaded.set(name, { module, script });
  script.runInThisContext()(module.exports, (wanted) => (wanted.startsWith("./") ? load(wanted.slice(2)) : require(wanted)), module, place);
  return module.exports;
}

function cacheOf(filename) {
  try {
    return readFileSync(`${filename}.v8`);
  } catch {
    return undefined;
  }
}

if (require.main === module) load("main.cjs");
else module.exports = { load, loaded };
