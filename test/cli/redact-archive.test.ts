import { describe, expect, test } from "@jest/globals";
import { gzipSync } from "node:zlib";
import { run } from "../../src/cli/run.ts";
import { memoryIo, type MemoryIo } from "../support/memory-io.ts";
import { base64Lines, mailWith, zipOf } from "../support/pack.ts";

const listing = [
  "my \"Personal\"", "================ Certificate 0 ================", "Serial Number: 61c2a4", "Issuer: CN=Fabrikam Issuing CA, DC=fabrikam, DC=com",
  " NotBefore: 1/13/2014 9:00 AM", " NotAfter: 1/12/2016 9:00 AM", "Subject: CN=Alma Wieser", "Cert Hash(sha1): db314da0d0ef87d42b42f74b9c38a1f9173ef7a2",
  "  Key Container = abc", "  Provider = Microsoft Software Key Storage Provider", "Encryption test passed", "CertUtil: -store command completed successfully.", "",
].join("\n");
const privateWords = /Fabrikam|Alma|Wieser|61c2a4|db314da0/i;
const written = (io: MemoryIo): readonly string[] => [...io.files.keys()].filter((path) => path.startsWith("copies/"));
const textOf = (io: MemoryIo, path: string): string => new TextDecoder().decode(io.files.get(path));

describe("redact opens archives", () => {
  test("and writes the texts in them, each by its name", async () => {
    const pack = await zipOf({ "logs/certutil.txt": listing, "../../evil\u001B[2J.log": "connect portal.fabrikam.com:443\n", "con.txt": listing });
    const io = memoryIo({ files: { "in/mail.zip": pack, "in/store.txt.gz": gzipSync(listing) } });
    expect(await run(["redact", "in/mail.zip", "in/store.txt.gz", "-o", "copies"], io)).toBe(0);
    expect(written(io)).toEqual(["copies/mail.zip/logs/certutil.txt", "copies/mail.zip/evil_[2J.log", "copies/mail.zip/_con.txt", "copies/store.txt"]);
    for (const path of written(io)) expect(textOf(io, path)).not.toMatch(privateWords);
    expect(textOf(io, "copies/store.txt")).toHaveLength(listing.length);
    expect(await run(["redact", "--check", "copies"], io)).toBe(0);
  });

  test("and mails: what is attached leaves its lines and has copies of its own", async () => {
    const mail = mailWith([{ headers: "Content-Disposition: attachment; filename=\"certutil.txt\"", bytes: listing }, { headers: "Content-Type: image/png", bytes: listing }], "Alma Wieser has this:\r\nCN=Alma Wieser\r\n");
    const io = memoryIo({ files: { "m.eml": mail } });
    expect(await run(["redact", "m.eml", "-o", "copies"], io)).toBe(0);
    expect(written(io)).toEqual(["copies/m.eml", "copies/m.eml.parts/certutil.txt"]);
    const copy = textOf(io, "copies/m.eml");
    expect(copy.split("\r\n")).toHaveLength(mail.split("\r\n").length);
    for (const line of base64Lines(listing).split("\r\n")) expect(copy).not.toContain(line);
    expect(copy.split("\r\n").filter((line) => /^\.{76}$/.test(line)).length).toBeGreaterThan(8);
    expect(textOf(io, "copies/m.eml.parts/certutil.txt")).not.toMatch(privateWords);
    expect(await run(["redact", "--check", "copies"], io)).toBe(0);
  });

  test("and says what it cannot copy", async () => {
    const locked = await zipOf({ "secret.log": listing }, { password: "x", zipCrypto: true });
    const io = memoryIo({ files: { "a.zip": await zipOf({ "b.txt": listing, "x.png": Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), "locked.zip": locked }) } });
    expect(await run(["redact", "a.zip", "-o", "copies/"], io)).toBe(3);
    expect(written(io)).toEqual(["copies/a.zip/b.txt"]);
    expect(io.complained()).toContain("a.zip/x.png: no text, so there is no copy of it\n");
    expect(io.complained()).toContain("a.zip/locked.zip: secret.log is encrypted: unpack it with its password first.\n");
  });

  test("--check looks into them, and says what it could not look into", async () => {
    const io = memoryIo({ files: { "a.zip": await zipOf({ "b.txt": listing }), "c.zip": await zipOf({ "b.txt": listing }, { password: "x", zipCrypto: true }) } });
    expect(await run(["redact", "--check", "a.zip", "c.zip"], io)).toBe(1);
    expect(io.printed()).toContain("a.zip/b.txt:3:16: serialNumber, 6 characters\n");
    expect(io.printed()).toContain("c.zip:1:1: not read: b.txt is encrypted: unpack it with its password first.\n");
    expect(io.printed()).not.toMatch(privateWords);
  });
});

test("--redact analyzes the copies of what archives hold", async () => {
  const io = memoryIo({ files: { "a.zip": await zipOf({ "one.txt": listing, "two.txt": "nothing here\n" }), "b.txt": listing } });
  expect(await run(["facts", "a.zip", "b.txt", "--redact", "--format", "json"], io)).toBe(0);
  const { inputs } = JSON.parse(io.printed()) as { inputs: readonly { file: string; formats: readonly string[] }[] };
  expect(inputs.map(({ file, formats }) => [file, formats])).toEqual([["a.zip/one.txt", ["certutil"]], ["a.zip/two.txt", []], ["b.txt", ["certutil"]]]);
  expect(io.printed()).not.toMatch(privateWords);
  const other = memoryIo({ files: { "a.zip": await zipOf({ "one.txt": listing, "two.txt": "nothing here\n" }), "b.txt": listing } });
  await run(["diff", "a.zip", "b.txt", "--redact", "--format", "json"], other);
  expect(JSON.parse(other.printed())).toMatchObject({ a: { inputs: [{ file: "a.zip/one.txt" }, { file: "a.zip/two.txt" }] }, b: { inputs: [{ file: "b.txt" }] } });
});

test("an archive on standard input is opened, and places name the text in it", async () => {
  const io = memoryIo({ files: { "a.zip": await zipOf({ "certutil.txt": listing }) } });
  const bytes = io.readBytes("a.zip");
  expect(await run(["facts", "--format", "json"], { ...io, stdin: { isTerminal: false, bytes } })).toBe(0);
  const { facts } = JSON.parse(io.printed()) as { facts: readonly object[] };
  expect(facts).toContainEqual(expect.objectContaining({ kind: "certificate", serialNumber: "61c2a4", place: { file: "<stdin>/certutil.txt", line: 2, column: 1 } }));
});
