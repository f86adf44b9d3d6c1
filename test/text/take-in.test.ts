import { describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { mostEntries } from "../../src/text/archive-limits.ts";
import type { Digest, IntakeOptions } from "../../src/text/intake.ts";
import { takeIn, type Taken } from "../../src/text/take-in.ts";
import { concatenate } from "../support/encode-text.ts";
import { inputOf } from "../support/input-of.ts";
import { mailWith, zipOf } from "../support/pack.ts";
import { root } from "../support/source-files.ts";

const sha256 = (): Digest => {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
};
const options: IntakeOptions = { encoding: null, landmarks: ["KeySpec"], newDigest: sha256 };
const digestOf = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
const log = "Certificate: \r\nKeySpec = 1\r\nlast line of one\r\n";

async function takeAll(bytes: Uint8Array | string, name = "a.bin", chunks: readonly number[] = [], how = options): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for await (const one of takeIn(inputOf(bytes, chunks, name), how)) taken.push(one);
  return taken;
}

const textOf = ({ stretches }: Taken): string => stretches.map(({ text }) => text).join("");
const texts = (taken: readonly Taken[]): readonly (readonly [string, string])[] => taken.filter(({ isArchive }) => !isArchive).map((one) => [one.name, textOf(one)]);
const says = (taken: readonly Taken[]): readonly string[] => taken.flatMap(({ name, damage }) => damage.map((one) => `${name}:${one.line}: ${one.says}`));
const sample = (name: string): Uint8Array => new Uint8Array(readFileSync(join(root, "test/support/archives", name)));

test("a plain text is taken as it is", async () => {
  expect(await takeAll(log, "x.log")).toMatchObject([{ name: "x.log", bytes: log.length, lines: 3, sha256: digestOf(log), isGzip: false, isArchive: false, inside: 0, damage: [] }]);
});

describe("gzip", () => {
  test("is read as its text, with size and digest of the file", async () => {
    const packed = gzipSync(log);
    for (const chunks of [[], [1], [7, 100]]) {
      const taken = await takeAll(packed, "x.log.gz", chunks);
      expect(taken).toMatchObject([{ name: "x.log.gz", bytes: packed.length, sha256: digestOf(packed), lines: 3, encoding: "utf-8", isGzip: true, damage: [] }]);
      expect(texts(taken)).toEqual([["x.log.gz", log]]);
    }
  });

  test("of several members is one text", async () => {
    const packed = sample("two-members.gz");
    for (let cut = 1; cut <= packed.length; cut++) expect(texts(await takeAll(packed, "a.bin", [cut, packed.length]))).toEqual([["a.bin", `${log}two\nKeySpec = 2\n`]]);
  });

  test("that breaks off gives what there is of it, and says so", async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `${digestOf(String(index))} KeySpec`).join("\n");
    const packed = gzipSync(lines);
    const taken = await takeAll(packed.subarray(0, packed.length >> 1));
    const [, text = ""] = texts(taken)[0] ?? [];
    expect(text.length).toBeGreaterThan(lines.length * 0.4);
    expect(lines.startsWith(text)).toBe(true);
    expect(says(taken)).toEqual([`a.bin:${taken[0]?.lines}: The packed data break off: what there was of them was read, the rest is missing.`]);
  });

  test("with a wrong checksum keeps its text and is told", async () => {
    const packed = gzipSync(log);
    packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 1;
    const taken = await takeAll(packed);
    expect(texts(taken)).toEqual([["a.bin", log]]);
    expect(says(taken)).toEqual(["a.bin:3: The packed data are damaged: only what could be unpacked before the fault was read."]);
  });

  test("larger than memory should be is read in windows", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => (index === 15_000 ? "KeySpec = 7" : digestOf(String(index))));
    const taken = await takeAll(gzipSync(lines.join("\n")), "x.gz", [], { ...options, wholeUpTo: 1000 });
    expect(taken).toMatchObject([{ lines: 20_000, damage: [] }]);
    expect(taken[0]?.stretches.map(({ firstLine, text }) => text.split("\n")[15_001 - firstLine])).toEqual(["KeySpec = 7"]);
  });

  test("what the source throws comes out", async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync(log).subarray(0, 20);
      throw new Error("disk on fire");
    }
    const reading = async (): Promise<void> => { for await (const _ of takeIn({ name: "x", bytes: failing() }, options)); };
    await expect(reading()).rejects.toThrow("disk on fire");
  });
});

describe("zip", () => {
  test("gives the archive and each text in it", async () => {
    const packed = sample("info-zip.zip");
    const taken = await takeAll(packed, "mail.zip", [13]);
    expect(taken[0]).toMatchObject({
      name: "mail.zip", bytes: packed.length, sha256: digestOf(packed), encoding: "binary", encodingBecause: "a zip archive of 2 files", lines: 0, isArchive: true, damage: [],
    });
    expect(taken[1]).toMatchObject({ name: "mail.zip/strace.log", bytes: log.length, sha256: digestOf(log), inside: 1, encoding: "utf-8" });
    expect(texts(taken)).toEqual([["mail.zip/strace.log", log], ["mail.zip/two.txt", "two\nKeySpec = 2\n"]]);
  });

  test.each([
    ["python-streamed.zip", ["a.bin/strace.log", "a.bin/two.txt"]],
    ["python-utf-8.zip", ["a.bin/Übersicht/Prüfung €.log"]],
    ["cp437-names.zip", ["a.bin/Prüfung für Gerät.log"]],
    ["zip64.zip", ["a.bin/-"]],
    ["hostile-names.zip", ["a.bin/etc/passwd.log", "a.bin/Users/a/b.log", "a.bin/_[31mred_.log", "a.bin/unnamed", "a.bin/a.log", "a.bin/A (2).log"]],
  ])("%s", async (name, expected) => {
    const taken = await takeAll(sample(name));
    expect(texts(taken).map(([file]) => file)).toEqual(expected);
    expect(says(taken)).toEqual([]);
  });

  test("made by streaming is read", async () => {
    expect(texts(await takeAll(await zipOf({ "a.log": log, "b/c.log": "two" }, { dataDescriptor: true, zip64: true })))).toEqual([["a.bin/a.log", log], ["a.bin/b/c.log", "two"]]);
  });

  test("an encrypted file is named, the others are read", async () => {
    const taken = await takeAll(sample("encrypted.zip"));
    expect(says(taken)).toEqual(["a.bin:1: two.txt is encrypted: unpack it with its password first."]);
    expect(texts(taken)).toEqual([["a.bin/strace.log", log]]);
  });

  test("Deflate64 is read, other methods are named", async () => {
    const packed = await zipOf({ "a.log": log, "b.log": log });
    // Without the longest matches both kinds of deflate are the same octets.
    expect(texts(await takeAll(withMethods(packed, 9, 9)))).toEqual([["a.bin/a.log", log], ["a.bin/b.log", log]]);
    const taken = await takeAll(withMethods(packed, 98, 8));
    expect(says(taken)).toEqual(["a.bin:1: a.log is compressed by a method that certwhy does not read (PPMd): unpack it first."]);
    expect(texts(taken)).toEqual([["a.bin/b.log", log]]);
  });

  test("without its directory is read by the headers", async () => {
    for (const dataDescriptor of [false, true]) {
      const noise = Array.from({ length: 300 }, (_, index) => digestOf(String(index))).join("\n");
      const packed = await zipOf({ "a.log": log, "b.log": noise }, { dataDescriptor });
      const taken = await takeAll(packed.subarray(0, packed.length >> 1));
      const [first, second] = texts(taken);
      expect(first).toEqual(["a.bin/a.log", log]);
      expect(second?.[0]).toBe("a.bin/b.log");
      expect(second?.[1].length).toBeGreaterThan(noise.length * 0.3);
      expect(noise.startsWith(second?.[1] ?? "x")).toBe(true);
      expect(says(taken)[0]).toContain("The files were found by the headers before them");
      expect(says(taken)[1]).toContain("a.bin/b.log:");
    }
  });

  test("a damaged file is told, the others are read", async () => {
    for (const level of [0, 6]) {
      const packed = await zipOf({ "a.log": log, "b.log": log }, { level });
      const data = 30 + "a.log".length + ((packed[28] ?? 0) | ((packed[29] ?? 0) << 8));
      packed[data + 12] = (packed[data + 12] ?? 0) ^ 0xff;
      const taken = await takeAll(packed);
      expect(says(taken)).toEqual([expect.stringMatching(/^a\.bin\/a\.log:\d: The packed data are damaged: only what could be unpacked before the fault was read\.$/)]);
      expect(texts(taken)[1]).toEqual(["a.bin/b.log", log]);
    }
  });

  test("a file whose own header is broken is told, and nothing waits for it", async () => {
    for (const level of [0, 6]) {
      const packed = await zipOf({ "a.log": log, "b.log": log }, { level });
      const second = Buffer.from(packed).indexOf("PK\u0003\u0004", 4, "latin1");
      packed[second] = 0x51;
      const taken = await takeAll(packed);
      expect(says(taken)).toEqual([expect.stringMatching(/^a\.bin\/b\.log:1: The packed data (?:break off|are damaged)/)]);
      expect(texts(taken)).toEqual([["a.bin/a.log", log], ["a.bin/b.log", ""]]);
    }
  });

  test("no text in it is told", async () => {
    expect(says(await takeAll(await zipOf({})))).toEqual(["a.bin:1: The archive holds no file."]);
    const document = await takeAll(await zipOf({ "[Content_Types].xml": "<a/>", "word/document.xml": "KeySpec" }));
    expect(document).toMatchObject([{ encodingBecause: "an Office document", isArchive: false, lines: 0 }]);
    expect(says(await takeAll(await zipOf({ "x.png": Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10) })))).toEqual([expect.stringContaining("a.bin/x.png:1: This is no text but a PNG picture")]);
  });
});

describe("within one another", () => {
  test("three are opened, the fourth is named", async () => {
    const three = await zipOf({ "pack.zip": await zipOf({ "x.log.gz": gzipSync(log) }) });
    expect(texts(await takeAll(three))).toEqual([["a.bin/pack.zip/x.log.gz", log]]);
    const taken = await takeAll(await zipOf({ "outer.zip": three }));
    expect(texts(taken)).toEqual([]);
    expect(says(taken)).toEqual(["a.bin/outer.zip/pack.zip/x.log.gz:1: It is packed inside of 3 archives or mails: it was not opened. Unpack it first."]);
  });

  test("a tar archive is named", async () => {
    const tar = new Uint8Array(1024).fill(32);
    tar.set(new TextEncoder().encode("ustar"), 257);
    expect(says(await takeAll(gzipSync(tar), "x.tgz"))).toEqual(["x.tgz:1: This is no text but a tar archive: unpack it first."]);
  });

  test("a mail in an archive and an archive in a mail", async () => {
    const mail = mailWith([{ headers: "Content-Type: application/zip; name=\"pack.zip\"", bytes: await zipOf({ "x.log": log }) }]);
    const taken = await takeAll(await zipOf({ "ticket.eml": mail }));
    expect(taken.map(({ name, inside }) => [name, inside])).toEqual([["a.bin", 0], ["a.bin/ticket.eml", 1], ["a.bin/ticket.eml/pack.zip", 2], ["a.bin/ticket.eml/pack.zip/x.log", 3]]);
    expect(textOf(taken[3] as Taken)).toBe(log);
  });
});

describe("limits", () => {
  test("a bomb is unpacked to 64 MiB", async () => {
    const packed = gzipSync(new Uint8Array(1 << 27).fill(97));
    const taken = await takeAll(packed);
    expect(says(taken)).toEqual([expect.stringMatching(/^a\.bin:1: Only the first \d{8} bytes were unpacked: it unpacks to more than 200 times its size, which no log does\. Nothing behind them was read\.$/)]);
    expect(taken).toMatchObject([{ bytes: packed.length, sha256: digestOf(packed) }]);
    expect(textOf(taken[0] as Taken).length).toBeLessThanOrEqual(1 << 26);
  });

  test("what repeats below that is no bomb", async () => {
    expect(says(await takeAll(gzipSync("KeySpec = 1\n".repeat(500_000))))).toEqual([]);
  });

  test("entries are counted over all archives", async () => {
    // Headers of empty files; the directory is made from them.
    const headers = concatenate(...Array.from({ length: mostEntries + 5 }, (_, index) => {
      const header = new Uint8Array(34);
      header.set([0x50, 0x4b, 3, 4, 20]);
      header[26] = 4;
      header.set(new TextEncoder().encode(String(1000 + index)), 30);
      return header;
    }));
    const taken = await takeAll(await zipOf({ "1.zip": headers, "2.zip": await zipOf({ "a.log": log, "b.log": log, "c.log": log }) }));
    // The two archives in the archive count as well.
    expect(taken.filter(({ isArchive }) => !isArchive)).toHaveLength(mostEntries - 2);
    expect(says(taken).slice(1)).toEqual([
      `a.bin/1.zip:1: The archive holds more than ${mostEntries} files and folders: the others were not read.`,
      `a.bin/1.zip:1: 2 more files were not read: ${mostEntries} files within one input are enough.`,
      `a.bin/2.zip:1: 3 more files were not read: ${mostEntries} files within one input are enough.`,
    ]);
  });
});

describe("any damage", () => {
  const names = new Set(["a.bin", "a.bin/a.log", "a.bin/b.log", "a.bin/unnamed"]);

  test("of an archive is no fault of ours, and nothing is invented", async () => {
    const packed = [await zipOf({ "a.log": log, "b.log": log }), await zipOf({ "a.log": log, "b.log": log }, { dataDescriptor: true }), new Uint8Array(gzipSync(log)), await zipOf({ "a.log": log, "b.log": log }, { level: 0 })];
    const change = fc.record({ which: fc.nat(3), cut: fc.nat(), at: fc.nat(), to: fc.nat(255), isCut: fc.boolean() });
    await fc.assert(fc.asyncProperty(change, async ({ which, cut, at, to, isCut }) => {
      const original = packed[which] as Uint8Array;
      const bytes = original.slice(0, isCut ? cut % original.length : original.length);
      if (!isCut) bytes[at % bytes.length] = to;
      const taken = await takeAll(bytes);
      expect(taken.length).toBeGreaterThan(0);
      // A name may be damaged as well; the text of a cut archive is the beginning of what was packed.
      if (isCut) for (const one of taken) expect(names.has(one.name)).toBe(true);
      for (const [, text] of isCut ? texts(taken) : []) expect(log.startsWith(text) || bytes.length < 4).toBe(true);
      if (isCut && which === 2 && bytes.length > 2) expect(taken[0]?.damage.length).toBeGreaterThan(0);
    }), { numRuns: 200 });
  });

  test("any bytes behind the letters of an archive give an answer", async () => {
    const start = fc.constantFrom([0x1f, 0x8b, 8], [0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6]);
    await fc.assert(fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (letters, rest) => {
      expect((await takeAll(concatenate(Uint8Array.from(letters), rest))).length).toBeGreaterThan(0);
    }), { numRuns: 60 });
  });
});

/** The archive of two deflated files with other methods in its headers and its directory. */
function withMethods(archive: Uint8Array, first: number, second: number): Uint8Array {
  const made = archive.slice();
  const methods = { 3: [first, second], 1: [first, second] } as Record<number, number[]>;
  for (let at = 0; at + 12 < made.length; at++) {
    if (made[at] !== 0x50 || made[at + 1] !== 0x4b) continue;
    const method = methods[made[at + 2] ?? 0]?.shift();
    if (method !== undefined) made[at + (made[at + 2] === 3 ? 8 : 10)] = method;
  }
  return made;
}
