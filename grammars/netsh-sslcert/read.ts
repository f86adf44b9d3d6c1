import type { IToken } from "chevrotain";
import type { SettingFact } from "../../src/model/fact.ts";
import { located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { nodesOf, tokensOf } from "../shared/span.ts";
import { grammar } from "./parser.ts";

/** The rows of a binding in the order in which every Windows prints them; later versions add rows below. Null: it bears on nothing here. */
const ORDER: readonly (string | null)[] = [
  null, "Certificate Hash", null, null, "Verify Client Certificate Revocation", null, null, null, null, "Ctl Identifier", "Ctl Store Name", "DS Mapper Usage", "Negotiate Client Certificate",
];
const BY_LABEL = new Map(ORDER.filter((name) => name !== null).map((name) => [name.toLowerCase(), name]));

/** `Enabled` and `Disabled` as translated Windows prints them, in lower case. */
const ENABLED = ["enabled", "aktiviert", "activé", "activée", "habilitado", "habilitada", "abilitato", "abilitata", "ativado", "ativada", "ingeschakeld", "включено", "включена", "включен", "włączone", "włączony",
  "aktiverat", "aktiverad", "povoleno", "etkin", "有効", "启用", "已启用", "啟用", "已啟用", "사용"];
const DISABLED = ["disabled", "deaktiviert", "désactivé", "désactivée", "deshabilitado", "deshabilitada", "disabilitato", "disabilitata", "desabilitado", "desativado", "desativada", "uitgeschakeld", "отключено",
  "отключена", "отключен", "wyłączone", "wyłączony", "inaktiverat", "inaktiverad", "zakázáno", "devre dışı", "無効", "禁用", "已禁用", "停用", "已停用", "사용 안 함"];

interface Row {
  readonly label: string;
  readonly value: Located<string>;
  readonly span: Span;
}

function rowsOf(passage: Passage): readonly Row[] {
  const { source, start } = passage.span;
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(textOf(passage.span)).tokens;
  return nodesOf(parser.listing(), "line").flatMap((line) => nodesOf(line, "row")).flatMap((node): readonly Row[] => {
    const [label, value] = [tokensOf(node, "Label")[0], tokensOf(node, "Value")[0]] as [IToken | undefined, IToken | undefined];
    if (label === undefined || value === undefined) return [];
    const printed = value.image.replace(/[ \t\u00A0]{1,400}$/, "");
    const from = start + value.startOffset;
    const span = { source, start: start + label.startOffset, end: from + printed.length };
    return [{ label: label.image.replace(/[ \t\u00A0]{0,60}:[ \t\u00A0]{1,4}$/, ""), value: located(printed, { source, start: from, end: from + printed.length }), span }];
  });
}

const isHash = (row: Row | undefined): boolean => row !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64}|\(null\))$/i.test(row.value.value);
const isApplication = (row: Row | undefined): boolean => row !== undefined && /^\{[0-9a-f-]{36}\}$/i.test(row.value.value);

function settingsOf(passage: Passage): readonly SettingFact[] {
  const rows = rowsOf(passage);
  const facts: SettingFact[] = [];
  let first = -1;
  for (const [index, row] of rows.entries()) {
    if (isHash(rows[index + 1]) && isApplication(rows[index + 2])) first = index;
    const binding = rows[first];
    if (binding === undefined) continue;
    // An English label says itself what it is; a translated one is told by its place.
    const name = BY_LABEL.get(row.label.toLowerCase()) ?? (isEnglish(rows, first) ? null : ORDER[index - first] ?? null);
    if (name === null) continue;
    const word = row.value.value.toLowerCase();
    const value = ENABLED.includes(word) ? "Enabled" : DISABLED.includes(word) ? "Disabled" : row.value.value;
    facts.push({ kind: "setting", format: "netsh-sslcert", span: row.span, setting: name, value: located(value, row.value.span), binding: binding.value });
  }
  return facts;
}

function isEnglish(rows: readonly Row[], first: number): boolean {
  return rows[first + 1]?.label.toLowerCase() === "certificate hash";
}

/** Reads claimed bindings: the settings that bear on client certificates, each with the address of its binding. */
export function read(passages: readonly Passage[]): Reading {
  return { facts: passages.flatMap(settingsOf), notUnderstood: [] };
}
