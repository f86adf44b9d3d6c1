import type { IToken } from "chevrotain";
import { SID } from "../../src/model/accounts.ts";
import type { AccountFact, AccountGroup, Fact, FileRight, KeyFileRightsFact } from "../../src/model/fact.ts";
import { located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { nodesOf, tokensBelow } from "../shared/span.ts";
import { summary } from "./claim.ts";
import { grammar } from "./parser.ts";

/** The tokens in their order: every piece of the grammar is one of them. */
function tokensOf(passage: Passage): readonly IToken[] {
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(textOf(passage.span)).tokens;
  return nodesOf(parser.passage(), "piece").flatMap(tokensBelow);
}

function spanOf(passage: Passage, token: IToken, from = 0, length = token.image.length - from): Span {
  const start = passage.span.start + token.startOffset + from;
  return { source: passage.span.source, start, end: start + length };
}

function trimmed(passage: Passage, token: IToken): Located<string> {
  const value = token.image.trimEnd();
  return located(value, spanOf(passage, token, 0, value.length));
}

/** `BUILTIN\Administrators:(I)(F)`. */
function entryOf(passage: Passage, token: IToken): Located<FileRight> {
  const colon = token.image.lastIndexOf(":");
  const masks = token.image.slice(colon + 1).match(/[A-Z]{1,5}/gi)?.map((mask) => mask.toUpperCase()) ?? [];
  const deny = masks.includes("DENY") || masks.includes("N");
  return located({ account: token.image.slice(0, colon), deny, rights: masks.filter((mask) => mask !== "DENY") }, spanOf(passage, token));
}

function rightsOf(passage: Passage): readonly Fact[] {
  let file: Located<string> | null = null;
  const entries: Located<FileRight>[] = [];
  let complete = passage.section === "whole-rights";
  for (const token of tokensOf(passage)) {
    const name = token.tokenType.name;
    if (name === "KeyFile") {
      const from = token.image.lastIndexOf("\\") + 1;
      file ??= located(token.image.slice(from), spanOf(passage, token, from));
    } else if (name === "Entry") entries.push(entryOf(passage, token));
    else if (name === "Text" && summary.test(token.image)) {
      const numbers = (token.image.match(/\d{1,7}/g) ?? []).map(Number);
      complete = numbers.includes(0) && numbers.some((number) => number > 0);
    }
  }
  if (file === null || entries.length === 0) return [];
  const fact: KeyFileRightsFact = { kind: "key-file-rights", format: "key-rights", span: file.span, file, entries, complete };
  return [fact];
}

/** A row of a table of whoami. */
interface SidRow {
  readonly name: Located<string>;
  readonly sid: string;
  readonly attributes: string;
}

/** `BUILTIN\Administrators  Alias  S-1-5-32-544  Group used for deny only`: the name is as wide as its column. */
function rowOf(passage: Passage, token: IToken, width: number): SidRow {
  const sid = SID.exec(token.image);
  const at = sid?.index ?? 0;
  const column = width > 0 ? token.image.slice(0, Math.min(width, at)) : token.image.slice(0, at).replace(/[ \t\u00A0]{2,300}[^\r\n]*$/, "");
  const name = column.trimEnd();
  const attributes = token.image.slice(at + (sid?.[0].length ?? 0)).trim();
  return { name: located(name, spanOf(passage, token, 0, name.length)), sid: sid?.[0] ?? "", attributes };
}

function whoamiOf(passage: Passage): readonly Fact[] {
  let name: Located<string> | null = null;
  let sid: Located<string> | null = null;
  const groups: AccountGroup[] = [];
  let width = 0;
  let first: Span | null = null;
  let typed = "";
  for (const token of tokensOf(passage)) {
    switch (token.tokenType.name) {
      case "AccountLine": {
        name ??= trimmed(passage, token);
        first ??= name.span;
        break;
      }
      case "Whoami": typed = token.image.toLowerCase(); break;
      case "Text": {
        // `/fo list`: `User Name: birkenfeld\svc-upload`.
        const listed = /^[^:\r\n]{3,60}:[ \t]{1,20}([^\s\\:"]{1,60}\\[^\\:"\r\n]{1,100})$/.exec(token.image.trimEnd())?.[1];
        if (listed === undefined || !isListOfUser(typed)) break;
        name ??= located(listed, spanOf(passage, token, token.image.indexOf(listed), listed.length));
        first ??= name.span;
        break;
      }
      case "RuleLine": width = /^=+/.exec(token.image)?.[0].length ?? 0; break;
      case "SidRow": {
        const row = rowOf(passage, token, width);
        if (row.name.value.endsWith(":")) {
          if (isListOfUser(typed) && name !== null) sid ??= located(row.sid, spanOf(passage, token, token.image.indexOf(row.sid), row.sid.length));
          break;
        }
        first ??= row.name.span;
        // A row of the table of groups has attributes behind the SID; that of the user has none.
        if (row.attributes === "") {
          name ??= row.name;
          sid ??= located(row.sid, row.name.span);
        } else if (!row.sid.startsWith("S-1-16-")) groups.push({ name: row.name, sid: row.sid, denyOnly: !row.attributes.includes(",") });
        break;
      }
      default: break;
    }
  }
  if (first === null) return [];
  const fact: AccountFact = { kind: "account", format: "key-rights", span: first, of: "shell", name, sid, groups: groups.length === 0 ? null : groups };
  return [fact];
}

/** `whoami /user /fo list`; lists of groups do not say which line is whose. */
function isListOfUser(typed: string): boolean {
  return typed.includes("/user") && typed.includes("list") && !/\/(?:groups|all)/.test(typed);
}

/** What IIS writes instead of the names of built-in accounts. */
const IDENTITY_TYPES: Readonly<Record<string, string>> = {
  localsystem: "NT AUTHORITY\\SYSTEM", localservice: "NT AUTHORITY\\LOCAL SERVICE", networkservice: "NT AUTHORITY\\NETWORK SERVICE",
};

/** How the account of a program is named; the first that is there counts. */
const PROGRAM_ACCOUNTS: readonly RegExp[] = [
  /(?:(?:SERVICE_START_NAME|StartName)[ \t]{0,20}:[ \t]{0,4}|[:=][ \t\u00A0]{0,8}(?=(?:IIS APPPOOL|NT SERVICE)\\))([^\r\n"<>]{2,120})/i,
  /userName="([^"\r\n]{2,120})"/i,
  /identityType="([A-Za-z]{5,40})"/i,
];

function programOf(passage: Passage): readonly Fact[] {
  const text = textOf(passage.span);
  const found = PROGRAM_ACCOUNTS.map((pattern) => pattern.exec(text)).find((match) => match !== null) ?? null;
  const printed = found?.[1]?.trimEnd().replace(/[.,;]$/, "") ?? "";
  if (found === null || printed === "") return [];
  const start = passage.span.start + found.index + found[0].indexOf(found[1] as string);
  const isType = /^identityType=/i.test(found[0]);
  const value = isType ? IDENTITY_TYPES[printed.toLowerCase()] ?? null : printed;
  if (value === null) return [];
  const name = located(value, { source: passage.span.source, start, end: start + printed.length });
  const fact: AccountFact = { kind: "account", format: "key-rights", span: name.span, of: "program", name, sid: null, groups: null };
  return [fact];
}

/** Reads claimed lines: the rights of key files, and the accounts of shells and programs. */
export function read(passages: readonly Passage[]): Reading {
  return {
    facts: passages.flatMap((passage) => {
      if (passage.section.endsWith("rights")) return rightsOf(passage);
      return passage.section === "whoami" ? whoamiOf(passage) : programOf(passage);
    }),
    notUnderstood: [],
  };
}
