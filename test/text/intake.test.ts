import { describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { intake, type Digest, type Intake, type IntakeOptions } from "../../src/text/intake.ts";
import { usualBounds } from "../../src/text/line-windows.ts";
import { lineSpan, placeOf, textOf } from "../../src/text/source-text.ts";
import { concatenate, encodeText } from "../support/encode-text.ts";
import { inputOf } from "../support/input-of.ts";

const whole: IntakeOptions = { encoding: null, landmarks: ["KeySpec", "Zertifikat "], newDigest: null };
const bounds = { ...usualBounds, before: 3, after: 5, block: 64 };
const large: IntakeOptions = { ...whole, wholeUpTo: 10, bounds };

const sha256 = (): Digest => {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
};

/** The lines of all stretches with their numbers. */
function numbered(read: Intake): readonly (readonly [number, string])[] {
  return read.stretches.flatMap((source) => Array.from(source.lineStarts, (_, index) => {
    const span = lineSpan(source, index);
    return [placeOf(span).line, textOf(span)] as const;
  }));
}

describe("intake of whole inputs", () => {
  test("decodes, counts, and digests all bytes", async () => {
    const bytes = encodeText("Zertifikat 0\r\nSchlüsselcontainer = x\r\n", "cp850");
    const read = await intake(inputOf(bytes, [3]), { ...whole, newDigest: sha256 });
    expect(read).toMatchObject({ name: "sample.txt", bytes: bytes.length, encoding: "cp850", lines: 2, damage: [] });
    expect(read.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(numbered(read)).toEqual([[1, "Zertifikat 0"], [2, "Schlüsselcontainer = x"]]);
  });

  test("a digest that would be given up is not begun, where the size is known", async () => {
    const newDigest = (): Digest => { throw new Error("a digest was begun"); };
    const input = inputOf(encodeText("Zertifikat 0\n", "utf-8"));
    expect((await intake({ ...input, size: 2 ** 29 }, { ...whole, newDigest })).sha256).toBeNull();
  });

  test.each([["whole", whole], ["large", large]] as const)("%s: a caller may use the memory of a chunk again, be it a Buffer or not", async (_, options) => {
    const lines = Array.from({ length: 40 }, (_, index) => `Zertifikat ${index}\n`);
    for (const memory of [Buffer.alloc(32), new Uint8Array(32)]) {
      async function* bytes(): AsyncGenerator<Uint8Array> {
        for (const line of lines) {
          memory.set(encodeText(line, "utf-8"));
          yield memory.subarray(0, line.length);
        }
      }
      expect(numbered(await intake({ name: "reused.txt", bytes: bytes() }, options)).map(([, line]) => `${line}\n`).slice(0, 40)).toEqual(lines);
    }
  });

  test("an empty input has no lines", async () => {
    expect(await intake(inputOf(""), whole)).toMatchObject({ bytes: 0, lines: 0, stretches: [], damage: [], encodingBecause: "the input is empty" });
  });

  test("damage carries its line", async () => {
    const read = await intake(inputOf("one\r\ntwo\r\nIssuer: CN=MÃ¼ller\r\n"), whole);
    expect(read.damage).toEqual([{ what: "encoding", says: expect.stringContaining("Müller"), line: 3 }]);
  });

  test("binary data is named and has no stretches", async () => {
    const read = await intake(inputOf(Uint8Array.of(0x52, 0x61, 0x72, 0x21, 0x1a, 7, 0)), whole);
    expect(read).toMatchObject({ encoding: "binary", lines: 0, stretches: [], damage: [{ what: "encoding", line: 1 }] });
  });

  test("what the source throws comes out", async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(65);
      throw new Error("disk on fire");
    }
    await expect(intake({ name: "x", bytes: failing() }, whole)).rejects.toThrow("disk on fire");
  });
});

describe("intake of large inputs", () => {
  const rows = (count: number): string[] => Array.from({ length: count }, (_, index) => `row ${index + 1}`);

  test("keeps the lines around landmarks with their true numbers", async () => {
    const lines = rows(500);
    lines[99] = "  KeySpec = 1 -- ü";
    lines[399] = "KeySpec = 2";
    const read = await intake(inputOf(`${lines.join("\r\n")}\r\n`, [77]), large);
    expect(read).toMatchObject({ lines: 500, encoding: "utf-8", damage: [] });
    expect(read.stretches.map((source) => source.firstLine)).toEqual([97, 397]);
    const expected = [97, 98, 99, 100, 101, 102, 103, 104, 105, 397, 398, 399, 400, 401, 402, 403, 404, 405];
    expect(numbered(read)).toEqual(expected.map((line) => [line, lines[line - 1]]));
  });

  test.each(["cp850", "utf-8", "utf-16le"] as const)("what is known to be large is read alike before all of it is there, in %s", async (encoding) => {
    const lines = rows(20_000);
    lines[12_345] = "Zertifikat 7: Müller";
    const bytes = encodeText(lines.join("\n"), encoding);
    const options = { ...large, wholeUpTo: 150_000, newDigest: sha256 };
    const [known, unknown] = [await intake({ ...inputOf(bytes, [1000]), size: bytes.length }, options), await intake(inputOf(bytes, [1000]), options)];
    expect(known).toEqual(unknown);
    expect(known.stretches).toHaveLength(1);
  });

  test.each(["cp850", "windows-1252", "utf-8", "utf-16le", "utf-16be"] as const)("reads %s", async (encoding) => {
    const lines = rows(300);
    lines[150] = "Zertifikat 7";
    lines[152] = "Aussteller: CN=Müller CA, L=Köln";
    lines[154] = "Schlüsselcontainer = a";
    const read = await intake(inputOf(encodeText(lines.join("\r\n"), encoding), [1000, 13]), large);
    expect(read.encoding).toBe(encoding);
    expect(read.lines).toBe(300);
    expect(numbered(read)).toEqual([148, 149, 150, 151, 152, 153, 154, 155, 156].map((line) => [line, lines[line - 1]]));
  });

  test("a byte-order mark is no part of the first line", async () => {
    for (const encoding of ["utf-8", "utf-16le", "utf-16be"] as const) {
      const read = await intake(inputOf(encodeText(`\uFEFFKeySpec = 1\n${rows(50).join("\n")}`, encoding)), large);
      expect(read).toMatchObject({ encoding, encodingBecause: "byte-order mark", lines: 51 });
      expect(numbered(read)[0]).toEqual([1, "KeySpec = 1"]);
    }
  });

  test("without a landmark only the lines are counted", async () => {
    expect(await intake(inputOf(`${rows(200).join("\n")}\n`), large)).toMatchObject({ lines: 200, stretches: [], damage: [], encoding: "utf-8" });
  });

  test("long lines and a spent budget are told", async () => {
    const text = `KeySpec = 1\n${"x".repeat(900)}\nKeySpec = 2\n${"KeySpec = 3\n".repeat(200)}`;
    const read = await intake(inputOf(text), { ...large, bounds: { ...bounds, longestLine: 100, beforeBytes: 50, budget: 1000 } });
    expect(read.damage).toEqual([
      { what: "truncated", says: "Line 2 is longer than 100 bytes; only its beginning was read.", line: 2 },
      { what: "truncated", says: expect.stringContaining("the rest of the file was only counted"), line: expect.any(Number) },
    ]);
    expect(read.lines).toBe(203);
    expect(numbered(read)[1]).toEqual([2, "x".repeat(100)]);
    expect(numbered(read)[2]).toEqual([3, "KeySpec = 2"]);
  });

  test("damage of the encoding carries the line of the whole input", async () => {
    const lines = rows(300);
    lines[200] = "KeySpec = 1";
    lines[202] = "Issuer: CN=MÃ¼ller";
    const read = await intake(inputOf(lines.join("\n")), large);
    expect(read.damage).toEqual([{ what: "encoding", says: expect.stringContaining("Müller"), line: 203 }]);
  });

  test("binary data is named though it is long", async () => {
    const rar = concatenate(Uint8Array.of(0x52, 0x61, 0x72, 0x21, 0x1a, 7), new Uint8Array(5000).fill(7));
    expect(await intake(inputOf(rar, [100]), { ...large, newDigest: sha256 })).toMatchObject({
      bytes: 5006, encoding: "binary", stretches: [], sha256: createHash("sha256").update(rar).digest("hex"),
    });
  });

  test("read whole or in windows, kept lines are the same lines", async () => {
    const line = fc.constantFrom("KeySpec = 1", "", "Müller", "a much longer line with words", "Zertifikat 1");
    const text = fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { minLength: 10, maxLength: 60 }).map((pairs) => pairs.flat().join(""));
    await fc.assert(fc.asyncProperty(text, fc.integer({ min: 1, max: 40 }), async (content, size) => {
      const all = new Map(numbered(await intake(inputOf(content), whole)));
      const read = await intake(inputOf(content, [size]), large);
      expect(read.lines).toBe(all.size);
      for (const [number, row] of numbered(read)) expect(row).toBe(all.get(number));
      for (const [number, row] of all) if (row === "KeySpec = 1") expect(numbered(read)).toContainEqual([number, row]);
    }));
  });
});
