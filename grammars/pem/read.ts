import type { IToken } from "chevrotain";
import type { Fact } from "../../src/model/fact.ts";
import { textOf, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { noKey } from "../shared/bare-certificate.ts";
import { nodesOf, tokensOf } from "../shared/span.ts";
import { bytesOfBase64, certificateFromDer, certificatesOfPkcs7, firstElement } from "../shared/x509.ts";
import { grammar } from "./parser.ts";

/** A block: what it says it holds, its contents, and its place. */
interface Block {
  readonly label: string;
  readonly base64: string;
  readonly ended: boolean;
  readonly begin: Span;
  readonly span: Span;
}

function blocksOf(passage: Passage): readonly Block[] {
  const { source, start } = passage.span;
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(textOf(passage.span)).tokens;
  const spanOf = (token: IToken): Span => ({ source, start: start + token.startOffset, end: start + token.startOffset + token.image.length });
  const tree = parser.passage();
  const blocks = nodesOf(tree, "block").map((node): Block => {
    const begin = spanOf(tokensOf(node, "Begin")[0] as IToken);
    const lines = tokensOf(node, "Base64");
    const end = tokensOf(node, "End")[0] ?? lines.at(-1);
    return {
      label: labelOf(textOf(begin)), base64: lines.map((line) => line.image).join(""), ended: tokensOf(node, "End").length > 0,
      begin, span: end === undefined ? begin : { ...begin, end: spanOf(end).end },
    };
  });
  const inline = tokensOf(tree, "Inline").map((token): Block => {
    const image = token.image.replace(/\\[nr]/g, "");
    const head = /^-{5}BEGIN [^-]{1,60}-{5}/.exec(image)?.[0] ?? "";
    const span = spanOf(token);
    return { label: labelOf(head), base64: image.slice(head.length).replace(/-{5}END [^-]{1,60}-{5}$/, ""), ended: true, begin: { ...span, end: span.start + head.length }, span };
  });
  return [...blocks, ...inline].sort((a, b) => a.span.start - b.span.start);
}

function labelOf(begin: string): string {
  return begin.replace(/^[^A-Z]{1,8}BEGIN /, "").replace(/[^A-Z0-9 #].*$/, "").trim();
}

async function factsOf(block: Block): Promise<readonly Fact[]> {
  const { label, span, begin } = block;
  // That a key is there is worth knowing; what it is stays where it is.
  if (label.endsWith("PRIVATE KEY")) return [{ kind: "key-block", format: "pem", span: begin, key: noKey }];
  if (label === "PKCS12") return [{ kind: "damage", format: "pem", what: "encoding", span: begin, says: "A PFX (PKCS #12) file cannot be read without its password; `openssl pkcs12 -in FILE -info -nokeys` prints its certificates." }];
  const isBundle = label.startsWith("PKCS") || label === "CMS";
  if (!isBundle && (label === "CERTIFICATE REQUEST" || !label.endsWith("CERTIFICATE"))) return [];
  const der = bytesOfBase64(block.base64);
  const elements = der === null ? [] : isBundle ? await certificatesOfPkcs7(der) : [firstElement(der) ?? der];
  const facts = (await Promise.all(elements.map((element) => certificateFromDer(element, span, "pem", null)))).filter((fact) => fact !== null);
  if (facts.length > 0) return facts;
  return [{
    kind: "damage", format: "pem", what: "truncated", span: begin,
    says: block.ended ? "This PEM block holds no certificate that can be decoded: characters or lines of it are missing or changed." : "This PEM block has no last line: it was cut off.",
  }];
}

/** Reads claimed blocks: certificates alone or in PKCS #7 bundles, each at the place where it stands first; damage where nothing can be decoded. */
export async function read(passages: readonly Passage[]): Promise<Reading> {
  const seen = new Set<string>();
  const facts: Fact[] = [];
  for (const block of passages.flatMap(blocksOf)) {
    if (block.base64 !== "" && seen.has(block.base64)) continue;
    seen.add(block.base64);
    facts.push(...await factsOf(block));
  }
  return { facts, notUnderstood: [] };
}
