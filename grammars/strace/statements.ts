import type { CstNode, IToken } from "chevrotain";
import type { Printed } from "../../src/model/fact.ts";
import { located, type Span } from "../../src/text/source-text.ts";
import { nodesOf, spanOfToken, tokensOf, type Block } from "../shared/span.ts";

/** Words with the place that prints them. */
export interface Found {
  readonly text: string;
  readonly span: Span;
}

/** What one line of a call says, in the words of the grammar; a line with several names gives several. */
export type Statement =
  | { readonly kind: "called"; readonly span: Span }
  | { readonly kind: "exited"; readonly span: Span; readonly value: Found | null }
  | { readonly kind: "labelled"; readonly label: string; readonly span: Span; readonly value: Found | null }
  | { readonly kind: "heading" | "unknown heading" | "flag name" | "usage name" | "name" | "object id" | "elision" | "other"; readonly text: string; readonly span: Span };

/** The statements of a parsed call, in printed order. */
export function statementsOf(block: Block, tree: CstNode): readonly Statement[] {
  return [
    ...nodesOf(tree, "line").flatMap((line) => statementsOfLine(block, line)),
    ...nodesOf(tree, "section").flatMap((section) => [
      ...words(block, section, "Heading", "heading"),
      ...words(block, section, "UnknownHeading", "unknown heading"),
      ...nodesOf(section, "line").flatMap((line) => statementsOfLine(block, line)),
    ]),
  ];
}

function statementsOfLine(block: Block, line: CstNode): readonly Statement[] {
  return [
    ...nodesOf(line, "calledLine").flatMap((node) => found(block, tokensOf(node, "Called")).map((at): Statement => ({ kind: "called", span: at.span }))),
    ...nodesOf(line, "exitedLine").flatMap((node) =>
      found(block, tokensOf(node, "Exited")).map((at): Statement => ({ kind: "exited", span: at.span, value: valueOf(block, node) })),
    ),
    ...nodesOf(line, "labelledLine").flatMap((node) => labelled(block, node)),
    ...nodesOf(line, "namesLine").flatMap((node) => [
      ...words(block, node, "FlagName", "flag name"), ...words(block, node, "FlagNameAgain", "flag name"),
      ...words(block, node, "UsageName", "usage name"), ...words(block, node, "UsageNameAgain", "usage name"),
    ]),
    ...nodesOf(line, "nameLine").flatMap((node) => words(block, node, "NameText", "name")),
    ...nodesOf(line, "objectIdLine").flatMap((node) => words(block, node, "ObjectId", "object id")),
    ...nodesOf(line, "elisionLine").flatMap((node) => words(block, node, "Elision", "elision")),
    ...nodesOf(line, "otherLine").flatMap((node) => words(block, node, "Other", "other")).filter((other) => "text" in other && other.text.trim() !== ""),
  ];
}

function labelled(block: Block, node: CstNode): readonly Statement[] {
  const label = Object.keys(node.children).find((name) => name.endsWith("Label"));
  const [at] = label === undefined ? [] : found(block, tokensOf(node, label));
  if (label === undefined || at === undefined) return [];
  const value = valueOf(block, node);
  return [{ kind: "labelled", label, span: { ...at.span, end: value?.span.end ?? at.span.end }, value }];
}

/** The value after a label, without blanks at its end; null when nothing is printed. */
function valueOf(block: Block, node: CstNode): Found | null {
  const [value] = nodesOf(node, "value").flatMap((inner) => found(block, tokensOf(inner, "ValueText")));
  const text = value?.text.trimEnd() ?? "";
  return value === undefined || text === "" ? null : { text, span: { ...value.span, end: value.span.start + text.length } };
}

/** A number at the beginning of a value: hexadecimal digits as the tool prints DWORDs, or decimal ones. */
export function numberOf(value: Found | null, radix: 10 | 16): Printed<number> {
  const pattern = radix === 16 ? /^(?:0x)?[0-9A-Fa-f]{1,8}(?![0-9A-Za-z])/i : /^[0-9]{1,9}(?![0-9A-Za-z])/;
  const digits = pattern.exec(value?.text ?? "")?.[0];
  if (value === null || digits === undefined) return null;
  return located(Number.parseInt(digits.replace(/^0x/i, ""), radix), { ...value.span, end: value.span.start + digits.length });
}

type WordKind = Exclude<Statement["kind"], "called" | "exited" | "labelled">;

function words(block: Block, node: CstNode, token: string, kind: WordKind): readonly Statement[] {
  return found(block, tokensOf(node, token)).map(({ text, span }) => ({ kind, text, span }));
}

function found(block: Block, tokens: readonly IToken[]): readonly Found[] {
  return tokens.flatMap((token) => {
    const span = spanOfToken(block, token);
    return span === null ? [] : [{ text: token.image, span }];
  });
}
