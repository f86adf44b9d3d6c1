import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { netshSslcert } from "../../grammars/netsh-sslcert/index.ts";
import { textOf } from "../../src/text/source-text.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/netsh-sslcert/${name}`, "utf8");

followsTheRules(netshSslcert, "netsh-sslcert");

async function settings(text: string): Promise<readonly string[]> {
  return (await readWith(netshSslcert, text)).facts.map((fact) => {
    if (fact.kind !== "setting") throw new Error(fact.kind);
    return `${fact.binding?.value} ${fact.setting} = ${fact.value.value} <${textOf(fact.value.span)}>`;
  });
}

describe("bindings", () => {
  test("every one is read, with its address", async () => {
    expect(await settings(form("two-bindings.txt"))).toEqual([
      "0.0.0.0:443 Certificate Hash = 5f1d0c7b34aa9e8be2c0ff2195d7c4b0a36e8812 <5f1d0c7b34aa9e8be2c0ff2195d7c4b0a36e8812>",
      "0.0.0.0:443 Verify Client Certificate Revocation = Enabled <Enabled>", "0.0.0.0:443 Ctl Identifier = (null) <(null)>", "0.0.0.0:443 Ctl Store Name = (null) <(null)>",
      "0.0.0.0:443 DS Mapper Usage = Disabled <Disabled>", "0.0.0.0:443 Negotiate Client Certificate = Disabled <Disabled>",
      "lager.example:8443 Certificate Hash = 0be14f6a8cc23915e77d10f9a4d2b8e6c05a1d37 <0be14f6a8cc23915e77d10f9a4d2b8e6c05a1d37>",
      "lager.example:8443 Verify Client Certificate Revocation = Disabled <Disabled>", "lager.example:8443 Ctl Identifier = (null) <(null)>",
      "lager.example:8443 Ctl Store Name = ClientAuthIssuer <ClientAuthIssuer>", "lager.example:8443 DS Mapper Usage = Enabled <Enabled>",
      "lager.example:8443 Negotiate Client Certificate = Enabled <Enabled>",
    ]);
  });

  test("in another language are told by the place of their rows", async () => {
    expect(await settings(form("german.txt"))).toEqual([
      "10.20.0.7:443 Certificate Hash = 5f1d0c7b34aa9e8be2c0ff2195d7c4b0a36e8812 <5f1d0c7b34aa9e8be2c0ff2195d7c4b0a36e8812>",
      "10.20.0.7:443 Verify Client Certificate Revocation = Enabled <Aktiviert>", "10.20.0.7:443 Ctl Identifier = (null) <(null)>",
      "10.20.0.7:443 Ctl Store Name = Kunden-CAs <Kunden-CAs>", "10.20.0.7:443 DS Mapper Usage = Disabled <Deaktiviert>",
      "10.20.0.7:443 Negotiate Client Certificate = Disabled <Deaktiviert>",
    ]);
  });

  test("in English a missing row moves no other", async () => {
    expect(await settings(form("two-bindings.txt").replace(/^ {4}Usage Check.*\n/gm, ""))).toEqual(await settings(form("two-bindings.txt")));
  });

  test("a word nobody knows stays as printed", async () => {
    expect((await settings(form("german.txt").replace(/(aushandeln {2}: )Deaktiviert/, "$1Nee"))).at(-1)).toBe("10.20.0.7:443 Negotiate Client Certificate = Nee <Nee>");
  });

  test.each([
    ["rows of a program's own", "    Port : 443\n    Hash : none\n    Id : {4dc3e181-e14b-4a21-b022-59fc669b0914}\n"],
    ["an id without a binding", "Application ID : {4dc3e181-e14b-4a21-b022-59fc669b0914}\n"],
  ])("%s: not claimed", async (_, text) => {
    expect(await settings(text)).toEqual([]);
  });
});
