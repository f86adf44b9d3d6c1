import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeMailPart, findMailParts } from "../../src/text/mail-parts.ts";
import { sourceText, placeOf } from "../../src/text/source-text.ts";
import { takeIn } from "../../src/text/take-in.ts";
import { unpack } from "../../src/text/unpack.ts";
import { inputOf } from "../support/input-of.ts";
import { base64Lines, mailWith } from "../support/pack.ts";

const log = Array.from({ length: 20 }, (_, index) => `line ${index} KeySpec = ${index}`).join("\n");
const decoded = (text: string): readonly string[] => findMailParts(text).map((part) => new TextDecoder().decode(decodeMailPart(text, part)));
const nameOf = (headers: string): string | null | undefined => findMailParts(mailWith([{ headers, bytes: log }]))[0]?.name;

describe("parts in base64", () => {
  test.each([["CRLF", "\r\n"], ["LF", "\n"], ["CR", "\r"]])("with %s", (_, lineEnd) => {
    const mail = mailWith([{ headers: "Content-Type: text/plain; name=\"a.log\"", bytes: log }, { headers: "Content-Type: text/html", bytes: "short" }]).replaceAll("\r\n", lineEnd);
    expect(decoded(mail)).toEqual([log, "short"]);
    expect(findMailParts(mail)).toMatchObject([{ name: "a.log", type: "text/plain", isWhole: true }, { name: null, type: "text/html", isWhole: true }]);
  });

  test("behind the marks of a quoted mail, and with a blank line after each", () => {
    const mail = mailWith([{ headers: "Content-Type: text/plain", bytes: log }]);
    expect(decoded(mail.replace(/^/gm, "> "))).toEqual([log]);
    expect(decoded(mail.replace(/^(?=.)/gm, "> ").replace(/^$/gm, ">"))).toEqual([log]);
    expect(decoded(`Content-Transfer-Encoding: base64\n\n${base64Lines(log).replaceAll("\r\n", "\n\n")}\n\nThanks\n`)).toEqual([log]);
  });

  test("pasted without the rest of the mail, before other text", () => {
    expect(decoded(`here it is:\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=x.log\n\n${base64Lines(log)}\n\nThanks\nAlice\n`)).toEqual([log]);
    expect(decoded(`Content-Transfer-Encoding: base64\n\n${Buffer.from(log).toString("base64")}`)).toEqual([log]);
  });

  test("cut anywhere give the beginning of what was attached, and say so", () => {
    const mail = mailWith([{ headers: "Content-Type: text/plain", bytes: log }]);
    const from = mail.indexOf("\r\n\r\n", mail.indexOf("base64")) + 4;
    fc.assert(fc.property(fc.integer({ min: from + 80, max: mail.indexOf("--b1--") - 3 }), (cut) => {
      const text = mail.slice(0, cut);
      const [part] = findMailParts(text);
      expect(part?.isWhole).toBe(false);
      expect(log.startsWith(decoded(text)[0] ?? "x")).toBe(true);
    }));
  });

  test.each([
    ["PEM", "Content-Transfer-Encoding: base64\n\n-----BEGIN CERTIFICATE-----\nMIIBAAAA\n-----END CERTIFICATE-----\n"],
    ["text that says so", "Content-Transfer-Encoding: base64\n\nI see this header and nothing else.\n"],
    ["no blank line", "Content-Transfer-Encoding: base64\nQUJDRA==\n"],
    ["another encoding", "Content-Transfer-Encoding: 7bit\n\nQUJDRA==\n"],
    ["a header in a sentence", "it says Content-Transfer-Encoding: base64\n\nQUJDRA==\n"],
    ["one word", "Content-Transfer-Encoding: base64\n\nThanks\nAlice\n"],
  ])("%s is none", (_, text) => expect(findMailParts(text)).toEqual([]));

  test("any text gives an answer, in order and within the text", () => {
    const pieces = fc.constantFrom("Content-Transfer-Encoding: base64\n", "Content-Type: text/plain; name=\"=?utf-8?B?w7w=?=\"\n", "\n", "QUJD\n", "QUJDRA==\n", "> ", "--b\n", "x".repeat(76), "=\n", "-----BEGIN X-----\n", "\r", "A");
    fc.assert(fc.property(fc.array(pieces, { maxLength: 40 }), (all) => {
      const text = all.join("");
      let free = 0;
      for (const part of findMailParts(text)) {
        expect(part.start).toBeGreaterThanOrEqual(free);
        expect(part.end).toBeGreaterThan(part.start);
        expect(part.end).toBeLessThanOrEqual(text.length);
        decodeMailPart(text, part);
        free = part.end;
      }
    }), { numRuns: 400 });
  });

  test("many headers take linear time", () => {
    const started = performance.now();
    findMailParts("Content-Transfer-Encoding: base64\n".repeat(20_000));
    findMailParts(`Content-Transfer-Encoding: base64\n\n${"QUJD\n".repeat(200_000)}`);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe("names", () => {
  test.each([
    ["Content-Disposition: attachment; filename=\"strace.log\"", "strace.log"],
    ["Content-Type: text/plain; charset=utf-8; name=strace.log", "strace.log"],
    ["Content-Type: text/plain; name=\"type.log\"\r\nContent-Disposition: attachment;\r\n filename=\"shown.log\"; size=3", "shown.log"],
    ["Content-Disposition: attachment; filename*=utf-8''%C3%9Cbersicht%20A.zip", "Übersicht A.zip"],
    ["Content-Disposition: attachment; filename*=iso-8859-1'de'%DCber.zip; filename=\"plain.zip\"", "Über.zip"],
    ["Content-Disposition: attachment;\r\n filename*0*=utf-8''a%20lo;\r\n filename*1=\"ng na\";\r\n filename*2*=%C3%BC.log", "a long naü.log"],
    ["Content-Disposition: attachment; filename*0=\"one \";\r\n filename*1=\"two.log\"", "one two.log"],
    ["Content-Type: text/plain; name=\"=?utf-8?B?w5xiZXI=?= =?UTF-8?Q?sicht=5F1=20a?=.log\"", "Übersicht_1 a.log"],
    ["Content-Type: text/plain; name=\"=?windows-1252?Q?Pr=FCfung_=80?=\"", "Prüfung €"],
    ["Content-Disposition: attachment; filename=\"a \\\"b\\\".log\"", "a \"b\".log"],
    ["Content-Type: text/plain", null],
  ])("%s", (headers, name) => expect(nameOf(headers)).toBe(name));
});

test("the mail is read without the lines of its attachments, which are inputs of their own", async () => {
  const mail = mailWith([
    { headers: "Content-Disposition: attachment; filename=\"../x/strace.log\"", bytes: log }, { headers: "Content-Type: text/plain", bytes: "two" },
    { headers: "Content-Type: image/png; name=logo.png", bytes: "three" }, { headers: "Content-Type: application/pkcs7-signature; name=smime.p7s", bytes: "four" },
  ]);
  const text = unpack(sourceText("m.eml", mail));
  expect(text.text).not.toContain(base64Lines(log).slice(0, 30));
  const end = text.text.lastIndexOf("--b1--");
  expect(placeOf({ source: text, start: end, end })).toEqual({ file: "m.eml", line: mail.split("\r\n").length - 1, column: 1 });
  const taken = [];
  for await (const one of takeIn(inputOf(mail, [50], "m.eml"), { encoding: null, landmarks: [], newDigest: null })) taken.push(one);
  expect(taken.map(({ name, inside, isArchive, lines }) => [name, inside, isArchive, lines])).toEqual([
    ["m.eml", 0, false, mail.split("\r\n").length - 1], ["m.eml/x/strace.log", 2, false, 20], ["m.eml/part 2", 1, false, 1],
  ]);
  expect(taken[1]?.stretches[0]?.text).toBe(log);
});

test("a signed or encrypted message in a mail is named", async () => {
  const mail = mailWith([{ headers: "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", bytes: log }]);
  const taken = [];
  for await (const one of takeIn(inputOf(mail, [], "m.eml"), { encoding: null, landmarks: [], newDigest: null })) taken.push(one);
  expect(taken).toMatchObject([{ name: "m.eml", damage: [{ says: "smime.p7m is a signed or encrypted message: it was not opened. Save its text first." }] }]);
});
