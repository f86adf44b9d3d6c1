import { describe, expect, test } from "@jest/globals";
import { run } from "../../src/cli/run.ts";
import { memoryIo, type MemoryIo } from "../support/memory-io.ts";

const listing = [
  "my \"Personal\"", "================ Certificate 0 ================", "Serial Number: 61c2a4", "Issuer: CN=Fabrikam Issuing CA, DC=fabrikam, DC=com",
  " NotBefore: 1/13/2014 9:00 AM", " NotAfter: 1/12/2016 9:00 AM", "Subject: CN=Alma Wieser", "Cert Hash(sha1): db314da0d0ef87d42b42f74b9c38a1f9173ef7a2",
  "  Key Container = abc", "  Provider = Microsoft Software Key Storage Provider", "Encryption test passed", "CertUtil: -store command completed successfully.", "",
].join("\n");
const call = "connect portal.fabrikam.com:443\nAlma Wieser wrote:\n";
const textOf = (io: MemoryIo, path: string): string => new TextDecoder().decode(io.files.get(path));

describe("redact", () => {
  test("writes one copy to standard output", async () => {
    const io = memoryIo({ files: { "a.txt": listing } });
    expect(await run(["redact", "a.txt"], io)).toBe(0);
    expect(io.printed()).toHaveLength(listing.length);
    expect(io.printed()).not.toMatch(/Fabrikam|fabrikam|Alma|Wieser|61c2a4|db314da0/);
    expect(io.printed()).toContain(" NotBefore: 1/13/2014 9:00 AM\n");
    expect(io.complained()).toBe("certwhy: look through a copy before you share it: no program knows every name\n");
  });

  test("writes several into a folder, with the same pseudonyms, and the table apart", async () => {
    const io = memoryIo({ files: { "a.txt": listing, "fabrikam.log": call } });
    expect(await run(["redact", "a.txt", "fabrikam.log", "-o", "copies", "--map", "map.json"], io)).toBe(0);
    const map = JSON.parse(textOf(io, "map.json")) as { schema: string; pseudonyms: { pseudonym: string; original: string }[] };
    expect(map.schema).toBe("certwhy/pseudonyms/1");
    const pseudonym = map.pseudonyms.find(({ original }) => original.toLowerCase() === "fabrikam")?.pseudonym ?? "?";
    expect(textOf(io, `copies/${pseudonym}.log`)).toContain(`portal.${pseudonym}.com`);
    expect(textOf(io, "copies/a.txt").toLowerCase()).toContain(`cn=${pseudonym} issuing ca, dc=${pseudonym}, dc=com`);
    expect(textOf(io, `copies/${pseudonym}.log`)).not.toMatch(/Alma|Wieser/);
    expect(io.complained()).toContain("map.json says who is behind the pseudonyms: it is for you alone, do not share it\n");
    expect(await run(["redact", "--check", "copies"], io)).toBe(0);
    expect(io.printed()).toBe("");
  });

  test("--check lists what is left, without repeating it", async () => {
    const io = memoryIo({ files: { "a.txt": listing } });
    expect(await run(["redact", "--check", "a.txt"], io)).toBe(1);
    expect(io.printed()).toContain("a.txt:3:16: serialNumber, 6 characters\n");
    expect(io.printed()).not.toMatch(/Fabrikam|61c2a4/i);
  });

  test.each([
    [["redact", "a.txt", "b.txt"], "several inputs need --output FOLDER for their copies"],
    [["redact", "a.txt", "-o", "a.txt"], "a.txt is one of the inputs; it would be overwritten"],
    [["redact", "a.txt", "--map", "a.txt"], "a.txt is one of the inputs; it would be overwritten"],
    [["redact", "--check", "a.txt", "-o", "x"], "--check writes nothing: leave --output and --map away"],
    [["a.txt", "--map", "x.json"], "--map needs --redact: without it nothing is replaced"],
  ])("%j is a mistake", async (words, says) => {
    const io = memoryIo({ files: { "a.txt": listing, "b.txt": call } });
    expect(await run(words, io)).toBe(2);
    expect(io.complained()).toBe(`certwhy: ${says}\n`);
    expect(textOf(io, "a.txt")).toBe(listing);
  });

  test("what cannot be read is named, the rest is copied", async () => {
    const io = memoryIo({ files: { "a.txt": listing } });
    expect(await run(["redact", "a.txt", "missing.txt", "-q"], io)).toBe(3);
    expect(io.complained()).toContain("missing.txt");
    expect(io.printed()).toContain("Serial Number: a00100");
  });
});

describe("--redact", () => {
  test.each(["text", "markdown", "html", "json", "sarif"])("a report as %s names nobody", async (format) => {
    const io = memoryIo({ files: { "fabrikam.txt": listing } });
    expect(await run(["fabrikam.txt", "--redact", "--format", format, "--at", "2020-01-01"], io)).toBe(1);
    expect(io.printed()).not.toMatch(/fabrikam|Alma|Wieser|61c2a4|db314da0/i);
    expect(io.printed()).toMatch(/expired/i);
  });

  test("facts and comparisons name nobody", async () => {
    const io = memoryIo({ files: { "fabrikam.txt": listing, "b.txt": listing.replace("2016", "2026") } });
    expect(await run(["facts", "fabrikam.txt", "--redact", "--format", "json"], io)).toBe(0);
    expect(await run(["diff", "fabrikam.txt", "b.txt", "--redact"], io)).toBe(0);
    expect(io.printed()).not.toMatch(/fabrikam|Alma|Wieser|61c2a4|db314da0/i);
    expect(io.printed()).toContain("validity");
  });
});
