import type { IToken } from "chevrotain";
import { findVerifyError } from "../../src/model/error-codes.ts";
import type { ChainVerificationFact, Fact, Printed } from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { looksLikeName, readName } from "../shared/names/index.ts";
import { nodesOf, tokensBelow } from "../shared/span.ts";
import { grammar } from "./parser.ts";

/** Verification results of OpenSSL under the names of CERT_TRUST_STATUS. */
const TRUST_ERRORS: Readonly<Record<number, string>> = {
  2: "CERT_TRUST_IS_PARTIAL_CHAIN", 20: "CERT_TRUST_IS_PARTIAL_CHAIN", 21: "CERT_TRUST_IS_PARTIAL_CHAIN",
  3: "CERT_TRUST_REVOCATION_STATUS_UNKNOWN", 12: "CERT_TRUST_IS_OFFLINE_REVOCATION", 7: "CERT_TRUST_IS_NOT_SIGNATURE_VALID",
  9: "CERT_TRUST_IS_NOT_TIME_VALID", 10: "CERT_TRUST_IS_NOT_TIME_VALID", 18: "CERT_TRUST_IS_UNTRUSTED_ROOT", 19: "CERT_TRUST_IS_UNTRUSTED_ROOT",
  23: "CERT_TRUST_IS_REVOKED", 24: "CERT_TRUST_INVALID_BASIC_CONSTRAINTS", 25: "CERT_TRUST_INVALID_BASIC_CONSTRAINTS",
  26: "CERT_TRUST_IS_NOT_VALID_FOR_USAGE", 28: "CERT_TRUST_IS_EXPLICIT_DISTRUST",
};

interface Draft {
  readonly start: number;
  end: number;
  readonly subjects: Map<number, Located<Name>>;
  readonly errors: Map<number, Located<string>[]>;
  status: Span | null;
}

function tokensOf(passage: Passage): readonly IToken[] {
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(textOf(passage.span)).tokens;
  return nodesOf(parser.results(), "piece").flatMap(tokensBelow);
}

function nameIn(printed: string, from: number, source: Span["source"]): Located<Name> | null {
  const value = printed.trimEnd();
  const notation = looksLikeName(value);
  if (notation === null) return null;
  const name = readName(value, notation);
  return name.rdns.length === 0 ? null : located(name, { source, start: from, end: from + value.length });
}

function factsOf(passage: Passage): readonly Fact[] {
  const { source, start } = passage.span;
  const codes: Fact[] = [];
  const drafts: Draft[] = [];
  let draft: Draft | null = null;
  let subject: Located<Name> | null = null;
  const open = (at: number): Draft => {
    const found = draft ?? { start: at, end: at, subjects: new Map(), errors: new Map(), status: null };
    if (draft === null) drafts.push(found);
    draft = found;
    return found;
  };
  for (const token of tokensOf(passage)) {
    const from = start + token.startOffset;
    const end = from + token.image.length;
    const span: Span = { source, start: from, end };
    switch (token.tokenType.name) {
      case "SubjectLine": {
        const lead = /^[^=/]{1,260}: (?=[A-Za-z0-9./])/.exec(token.image)?.[0].length ?? 0;
        subject = nameIn(token.image.slice(lead), from + lead, source);
        break;
      }
      case "ErrorLine": {
        const [number = 0, depth = 0] = (token.image.match(/\d{1,3}/g) ?? []).map(Number);
        const numberAt = from + token.image.search(/\d/);
        const at = { source, start: numberAt, end: numberAt + String(number).length };
        const known = findVerifyError(number);
        const name = known?.name ?? `X509_V_ERR ${number}`;
        if (number !== 0) codes.push({ kind: "error-code", format: "openssl-verify", span: at, name, code: null, reportedBy: null });
        const target = open(subject?.span.start ?? from);
        if (subject !== null) target.subjects.set(depth, subject);
        subject = null;
        const trust = TRUST_ERRORS[number];
        if (trust !== undefined) target.errors.set(depth, [...target.errors.get(depth) ?? [], located(trust, span)]);
        target.end = end;
        break;
      }
      case "OkLine": case "FailedLine": {
        const target = open(from);
        // `OK` below errors is what versions before 1.1 print: the errors count.
        target.status = span;
        target.end = end;
        draft = null;
        break;
      }
      case "ChainLine": {
        const label = /^depth=(\d{1,3}): /.exec(token.image);
        const target = drafts.at(-1);
        const printed = label === null ? "" : token.image.slice(label[0].length).replace(/ \(untrusted\)[ \t]{0,20}$/, "");
        const name = label === null ? null : nameIn(printed, from + label[0].length, source);
        if (label !== null && name !== null && target !== undefined) target.subjects.set(Number(label[1]), name);
        break;
      }
      default: break;
    }
  }
  return [...codes, ...drafts.map((one) => verificationOf(one, source))].sort((a, b) => a.span.start - b.span.start);
}

function verificationOf(draft: Draft, source: Span["source"]): ChainVerificationFact {
  const span = { source, start: draft.start, end: draft.end };
  const last = Math.max(0, ...draft.subjects.keys(), ...draft.errors.keys());
  const errors = [...draft.errors.values()].flat();
  const plain = (found: readonly Located<string>[]): Printed<readonly string[]> =>
    (found[0] === undefined ? null : located([...new Set(found.map((one) => one.value))], found[0].span));
  return {
    kind: "chain-verification", format: "openssl-verify", span, leaf: null, scope: null, result: null,
    // Without an error that has a name, only an outcome tells that there is none.
    errors: plain(errors) ?? (draft.status === null || !/: OK/.test(textOf(draft.status)) ? null : located([], draft.status)),
    elements: Array.from({ length: Math.min(last, 100) + 1 }, (_, depth) => {
      const subject = draft.subjects.get(depth) ?? null;
      return { subject, issuer: null, sha1Thumbprint: null, errors: plain(draft.errors.get(depth) ?? []) };
    }),
  };
}

/** Reads claimed results: every error, and of every certificate how its verification ended. */
export function read(passages: readonly Passage[]): Reading {
  return { facts: passages.flatMap(factsOf), notUnderstood: [] };
}
