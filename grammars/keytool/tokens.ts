import { createToken, Lexer, type TokenType } from "chevrotain";
import { blanks, lineEnd, restOfLine } from "../shared/tokens.ts";
import { certificateNumber, LABELS, type LabelName } from "./labels.ts";

/** A label at the beginning of a line, in any language of keytool. */
export const Label = createToken({ name: "Label", pattern: Lexer.NA });

const labels = (Object.keys(LABELS) as LabelName[]).map((name) => createToken({
  name, pattern: new RegExp(`(?:${LABELS[name].join("|")}):`), categories: [Label], line_breaks: false, push_mode: "value",
}));

/** `Certificate[1]:` */
export const CertificateNumber = createToken({ name: "CertificateNumber", pattern: new RegExp(certificateNumber), line_breaks: false });
/** `SHA1: C3:86:…` */
export const Fingerprint = createToken({ name: "Fingerprint", pattern: /(?:SHA-?1|SHA-?256|MD5):[ \t]{0,4}[0-9A-F]{2}(?::[0-9A-F]{2}){15,31}/, line_breaks: false });
/** `#5: ObjectId: 2.5.29.37 Criticality=false` */
export const ExtensionHeading = createToken({ name: "ExtensionHeading", pattern: /#[0-9]{1,3}: ObjectId: [0-9.]{3,80}/, line_breaks: false });
/** `0000: A3 68 30 0C …` */
export const Octets = createToken({ name: "Octets", pattern: new RegExp(`[0-9A-F]{4}: [0-9A-F]{2}(?:${blanks(1, 3)}[0-9A-F]{2}){0,15}(?=${blanks(2, 80)}|(?![^\\r\\n]))`), line_breaks: false });
/** The end of an entry. */
export const Rule = createToken({ name: "Rule", pattern: /\*{20,80}/, line_breaks: false });
/** Indentation and marks of quotation. */
export const Lead = createToken({ name: "Lead", pattern: /[ \t\u00A0>|]+/, line_breaks: false });
/** `clientAuth`, `CA:true`, `ExtendedKeyUsages [` and any other text. */
export const Text = createToken({ name: "Text", pattern: restOfLine, line_breaks: false });
/** The rest of a line behind its label. */
export const Value = createToken({ name: "Value", pattern: restOfLine, line_breaks: false });
/** The end of a line. */
export const LineEnd = createToken({ name: "LineEnd", pattern: lineEnd, line_breaks: true });
/** The end of a line with a label. */
export const ValueEnd = createToken({ name: "ValueEnd", pattern: lineEnd, line_breaks: true, pop_mode: true });

const modes = { line: [LineEnd, Lead, CertificateNumber, ...labels, Fingerprint, ExtensionHeading, Octets, Rule, Text, Label], value: [ValueEnd, Value] };

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...modes.line, ...modes.value];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "line" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
