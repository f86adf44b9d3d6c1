import type { CstNode, IToken } from "chevrotain";
import { findAlert } from "../../src/model/alerts.ts";
import { trustErrorNames } from "../../src/model/chain-trust.ts";
import { findErrorByDecimal, findErrorByHex, findSchannelEvent } from "../../src/model/error-codes.ts";
import type { AlertFact, ChainVerificationFact, ErrorCodeFact, Fact, Printed } from "../../src/model/fact.ts";
import { located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { nodesOf, tokensOf } from "../shared/span.ts";
import { grammar } from "./parser.ts";

/** A tag with its attributes and the text directly behind it. */
interface Element {
  readonly name: string;
  readonly at: Span;
  readonly attributes: ReadonlyMap<string, Located<string>>;
  text: Located<string> | null;
  /** Number of tags around it. */
  readonly depth: number;
}

function elementsOf(passage: Passage): readonly Element[] {
  const { source, start } = passage.span;
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(textOf(passage.span)).tokens;
  const spanOf = (token: IToken, skip = 0): Span => ({ source, start: start + token.startOffset + skip, end: start + token.startOffset + token.image.length - skip });
  const elements: Element[] = [];
  let depth = 0;
  let open: Element | null = null;
  for (const part of nodesOf(parser.events(), "part")) {
    const tag = nodesOf(part, "startTag")[0];
    const name = tag === undefined ? undefined : tokensOf(tag, "TagOpen")[0];
    if (tag !== undefined && name !== undefined) {
      open = { name: name.image.slice(1), at: spanOf(name), attributes: attributesOf(tag, spanOf), text: null, depth };
      elements.push(open);
      if (tokensOf(tag, "TagEnd").length > 0) depth++;
      else open = null;
      continue;
    }
    if (nodesOf(part, "endTag").length > 0) {
      depth = Math.max(0, depth - 1);
      open = null;
      continue;
    }
    const content = nodesOf(part, "content").flatMap((node) => tokensOf(node, "Text"))[0];
    if (content === undefined || open === null) continue;
    const bare = content.image.trim();
    const from = start + content.startOffset + content.image.indexOf(bare);
    if (bare !== "") open.text ??= located(bare, { source, start: from, end: from + bare.length });
  }
  return elements;
}

function attributesOf(tag: CstNode, spanOf: (token: IToken, skip?: number) => Span): ReadonlyMap<string, Located<string>> {
  return new Map(nodesOf(tag, "attribute").flatMap((node): readonly (readonly [string, Located<string>])[] => {
    const [name, quoted] = [tokensOf(node, "AttributeName")[0], tokensOf(node, "Quoted")[0]];
    return name === undefined || quoted === undefined ? [] : [[name.image, located(quoted.image.slice(1, -1), spanOf(quoted, 1))]];
  }));
}

/** The elements of each event: a new one begins at `<Event` (not inside the trace of a request), or, in an excerpt, at the next result of an API. */
function eventsOf(elements: readonly Element[]): readonly (readonly Element[])[] {
  const events: Element[][] = [];
  let inEvent = false;
  let inRequest = false;
  for (const element of elements) {
    if (inRequest && element.depth === 0) inRequest = false;
    const isApi = element.name === "CertGetCertificateChain" || element.name === "CertVerifyCertificateChainPolicy";
    const begins = element.name === "failedRequest" || (element.name === "Event" && !inRequest) || (isApi && !inEvent);
    if (begins || events.length === 0) {
      events.push([]);
      inEvent = element.name === "Event";
      inRequest = element.name === "failedRequest";
    }
    (events.at(-1) as Element[]).push(element);
  }
  return events;
}

/** Hexadecimal digits without 0x: `20`, `800B0109`; null for other text. */
function hexOf(value: Located<string> | undefined): Located<number> | null {
  return value === undefined || !/^(?:0x)?[0-9a-f]{1,8}$/i.test(value.value) ? null : located(Number.parseInt(value.value.replace(/^0x/i, ""), 16), value.span);
}

function errorsOf(element: Element | undefined): Printed<readonly string[]> {
  const status = hexOf(element?.attributes.get("value"));
  return status === null ? null : located(trustErrorNames(status.value), status.span);
}

/** `…40 hex digits….cer`: CAPI2 names the file after the certificate's thumbprint. */
function thumbprintOf(element: Element | undefined): Printed<string> {
  const file = element?.attributes.get("fileRef");
  const digits = file === undefined ? null : /^([0-9a-f]{40})(?:\.cer)?$/i.exec(file.value);
  return file === undefined || digits === null ? null : located((digits[1] as string).toLowerCase(), { ...file.span, end: file.span.start + 40 });
}

function resultOf(elements: readonly Element[]): Printed<string> {
  const value = hexOf(elements.filter((element) => element.name === "Result").at(-1)?.attributes.get("value"));
  return value === null ? null : located(`0x${value.value.toString(16).padStart(8, "0")}`, value.span);
}

function codeOf(result: Printed<string>, reportedBy: "server" | null): readonly ErrorCodeFact[] {
  const known = result === null ? null : findErrorByHex(result.value);
  return result === null || known === null ? [] : [{ kind: "error-code", format: "windows-event", span: result.span, name: known.name, code: known.hex, reportedBy }];
}

function chainFacts(elements: readonly Element[]): readonly Fact[] {
  const call = elements.find((element) => element.name === "CertGetCertificateChain" || element.name === "CertVerifyCertificateChainPolicy");
  if (call === undefined) return [];
  const first = (name: string): Element | undefined => elements.find((element) => element.name === name);
  // The policy of a server that looks at a client's certificate says so.
  const reportedBy = first("SSLAdditionalPolicyInfo")?.attributes.get("authType")?.value === "client" ? "server" : null;
  const result = resultOf(elements);
  const codes = codeOf(result, reportedBy);
  if (call.name !== "CertGetCertificateChain") return codes;
  const chainAt = elements.findIndex((element) => element.name === "CertificateChain");
  const chain = chainAt < 0 ? [] : elements.slice(chainAt + 1);
  const links = chain.flatMap((element, index) => (element.name === "ChainElement" ? [index] : []));
  const ownErrors = errorsOf(chain.slice(0, links[0] ?? chain.length).find((element) => element.name === "ErrorStatus"));
  const context = first("ChainEngineInfo")?.attributes.get("context")?.value;
  const fact: ChainVerificationFact = {
    kind: "chain-verification", format: "windows-event", span: { ...call.at, end: (elements.at(-1) as Element).at.end },
    leaf: thumbprintOf(elements.find((element) => element.name === "Certificate")), scope: context === "user" || context === "machine" ? context : null, errors: ownErrors, result,
    elements: links.map((from, index) => {
      const inside = chain.slice(from + 1, links[index + 1] ?? chain.length);
      return { subject: null, issuer: null, sha1Thumbprint: thumbprintOf(inside.find((element) => element.name === "Certificate")), errors: errorsOf(inside.find((element) => element.name === "ErrorStatus")) };
    }),
  };
  return fact.leaf === null && fact.errors === null && fact.result === null ? codes : [fact, ...codes];
}

function schannelFacts(elements: readonly Element[]): readonly Fact[] {
  const provider = elements.find((element) => element.name === "Provider")?.attributes.get("Name")?.value ?? "";
  const id = elements.find((element) => element.name === "EventID")?.text ?? null;
  const event = id === null || !/schannel/i.test(provider) ? null : findSchannelEvent(Number(id.value));
  if (id === null || event === null) return [];
  const base = { format: "windows-event", reportedBy: null } as const;
  const dataOf = (name: string): Located<string> | null => elements.find((element) => element.name === "Data" && element.attributes.get("Name")?.value === name)?.text ?? null;
  const facts: (ErrorCodeFact | AlertFact)[] = [{ ...base, kind: "error-code", span: id.span, name: event.name, code: event.hex }];
  const alert = dataOf("AlertDesc");
  const known = alert === null || !/^\d{1,3}$/.test(alert.value) ? null : findAlert(Number(alert.value));
  if (alert !== null && known !== null && known.number !== 0) {
    facts.push({ ...base, kind: "alert", span: alert.span, run: null, number: known.number, name: known.name, direction: id.value === "36888" ? "sent" : "received", ofEvent: true });
  }
  const code = dataOf("ErrorCode");
  const error = code === null ? null : findErrorByHex(code.value);
  if (code !== null && error !== null) facts.push({ ...base, kind: "error-code", span: code.span, name: error.name, code: error.hex });
  return facts;
}

/** The trace of a failed request of IIS: its status, and the codes that its events carry, each once. */
function requestFacts(elements: readonly Element[]): readonly Fact[] {
  const request = elements.find((element) => element.name === "failedRequest");
  if (request === undefined) return [];
  const facts: Fact[] = [];
  const printed = request.attributes.get("statusCode");
  const status = printed === undefined ? null : /^([1-5]\d\d)(?:\.(\d{1,3}))?$/.exec(printed.value);
  if (printed !== undefined && status !== null) {
    facts.push({
      kind: "http-status", format: "windows-event", span: printed.span, run: null, status: Number(status[1]), substatus: status[2] === undefined ? null : Number(status[2]), win32Status: null, date: null, server: null,
    });
  }
  const seen = new Set<string>();
  for (const { name, attributes, text } of elements) {
    if (name !== "Data" || attributes.get("Name")?.value !== "ErrorCode" || text === null) continue;
    // Small numbers (2: file not found) are said of many things that are no fault.
    const isDecimal = /^\d{10}$/.test(text.value);
    const known = isDecimal ? findErrorByDecimal(Number(text.value)) : /^0x8/i.test(text.value) ? findErrorByHex(text.value) : null;
    if (known === null || seen.has(known.name)) continue;
    seen.add(known.name);
    facts.push({ kind: "error-code", format: "windows-event", span: text.span, name: known.name, code: known.hex, reportedBy: "server" });
  }
  return facts;
}

function readPassage(passage: Passage): readonly Fact[] {
  return eventsOf(elementsOf(passage)).flatMap((elements) => [...requestFacts(elements), ...schannelFacts(elements), ...chainFacts(elements)]);
}

/** Reads claimed events: those of Schannel by number, alert and code; those of CAPI2 as verifications of a chain; failed requests by status. */
export function read(passages: readonly Passage[]): Reading {
  return { facts: passages.flatMap(readPassage), notUnderstood: [] };
}
