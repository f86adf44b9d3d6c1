import { describe, expect, test } from "@jest/globals";
import { causes } from "../../src/causes/index.ts";
import { findErrorByName } from "../../src/model/error-codes.ts";
import { filesBelow, read } from "../support/source-files.ts";

const causeById = (id: string): (typeof causes)[number] | undefined => causes.find((cause) => cause.id === id);

describe("the list of causes", () => {
  test("names each once, and each by the name of its file", () => {
    const ids = causes.map((cause) => cause.id);
    expect(new Set(ids).size).toBe(ids.length);
    const files = new Set(filesBelow("src/causes"));
    expect(ids.filter((id) => !files.has(`src/causes/${id}.ts`))).toEqual([]);
  });

  test("lets a cause refine only others that exist, never itself, never in a circle", () => {
    const reaches = (from: string, to: string, seen: ReadonlySet<string> = new Set()): boolean =>
      (causeById(from)?.refines ?? []).some((next) => next === to || (!seen.has(next) && reaches(next, to, new Set([...seen, next]))));
    expect(causes.flatMap((cause) => cause.refines.filter((id) => causeById(id) === undefined))).toEqual([]);
    expect(causes.filter((cause) => reaches(cause.id, cause.id)).map((cause) => cause.id)).toEqual([]);
  });

  test("gives each a title for people and sources with an address", () => {
    for (const cause of causes) {
      expect([cause.id, cause.title]).toEqual([cause.id, expect.stringMatching(/^[A-Za-z0-9].{10,108}[^.\s]$/)]);
      expect([cause.id, cause.sources.filter((source) => !source.startsWith("https://"))]).toEqual([cause.id, []]);
    }
  });
});

test("the codes that causes look for are in the catalogue, under that name", () => {
  // Readers give unlisted reasons of OpenSSL's library the name SSL_R_ and their words.
  const named = filesBelow("src/causes").filter((file) => file.endsWith(".ts")).flatMap((file) =>
    [...read(file).matchAll(/"((?:AH\d{5})|(?:(?:X509|SEC|NTE|CERT|CRYPT|SCARD|SCHANNEL|CAPI|GO|APACHE|NGINX|DOTNET|CURL|JAVA|BORINGSSL|ERR|ERROR)_[A-Z0-9_]{2,}[A-Z0-9]))"/g)].map((match) => `${file} ${match[1]}`));
  const isOther = (name: string): boolean => name.startsWith("CERT_SELECT_") || name.startsWith("CERT_TRUST_");
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((one) => !isOther(one.split(" ")[1] ?? "") && findErrorByName(one.split(" ")[1] ?? "") === null)).toEqual([]);
});
