"use strict";
// The characters that matches of regular expressions may begin with, as chevrotain numbers them: `[from, to, from, to, …]`, both included.
// The build writes what it learned into the copy that stands in the command's folder.
const known = new Map(Object.entries({}));

const keyOf = (pattern) => `${pattern.flags}/${pattern.source}`;

/** Codes of a pattern; undefined when it is not known. */
exports.get = (pattern) => {
  const ranges = known.get(keyOf(pattern));
  if (ranges === undefined) return undefined;
  const codes = [];
  for (let at = 0; at < ranges.length; at += 2) for (let code = ranges[at]; code <= ranges[at + 1]; code++) codes.push(code);
  return codes;
};

exports.set = (pattern, codes) => {
  const ranges = [];
  for (const code of [...codes].sort((a, b) => a - b)) {
    if (ranges.length > 0 && ranges[ranges.length - 1] === code - 1) ranges[ranges.length - 1] = code;
    else ranges.push(code, code);
  }
  known.set(keyOf(pattern), ranges);
};

exports.known = known;
