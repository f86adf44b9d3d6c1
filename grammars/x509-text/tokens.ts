import { createToken, Lexer, type TokenType } from "chevrotain";
import { blanks, lineEnd, restOfLine } from "../shared/tokens.ts";
import { extensionHeading, nothingMore } from "./patterns.ts";

const B = blanks(0, 8);

/** A label at the beginning of a line; its value is the rest of the line. */
export const Label = createToken({ name: "Label", pattern: Lexer.NA });

function label(name: string, pattern: string): TokenType {
  return createToken({ name, pattern: new RegExp(pattern), categories: [Label], line_breaks: false, push_mode: "value" });
}

/** `Certificate:` */
export const CertificateHeading = label("CertificateHeading", `Certificate:${nothingMore}`);
/** `Certificate Request:`, `Certificate Revocation List (CRL):`: what follows is no certificate. */
export const OtherHeading = label("OtherHeading", `Certificate (?:Request|Revocation List \\(CRL\\)):${nothingMore}`);
/** `Version: 3 (0x2)` */
export const VersionLabel = label("VersionLabel", `Version:${B}(?=[1-9])`);
/** `Serial Number: 5 (0x5)`, `serial=70F815AD` */
export const SerialLabel = label("SerialLabel", "Serial Number:|serial=");
/** `Signature Algorithm: sha256WithRSAEncryption` */
export const SignatureLabel = label("SignatureLabel", "Signature Algorithm:");
/** `Issuer: C = DE, CN = Root`, `issuer= /C=DE/CN=Root` */
export const IssuerLabel = label("IssuerLabel", "Issuer:|issuer=");
/** `Subject: CN = anna`, `subject=CN = anna` */
export const SubjectLabel = label("SubjectLabel", "Subject:|subject=");
/** `Not Before: Mar  4 08:00:00 2026 GMT`, `notBefore=…` */
export const NotBeforeLabel = label("NotBeforeLabel", "Not Before ?:|notBefore=");
/** `Not After : …`, `notAfter=…` */
export const NotAfterLabel = label("NotAfterLabel", "Not After ?:|notAfter=");
/** `Public Key Algorithm: rsaEncryption` */
export const KeyAlgorithmLabel = label("KeyAlgorithmLabel", "Public Key Algorithm:");
/** `Public-Key: (2048 bit)`, `RSA Public-Key: (2048 bit, 2 primes)` */
export const KeySizeLabel = label("KeySizeLabel", `(?:[A-Z0-9]{2,10} )?Public[- ]Key:(?=${B}\\()`);
/** `SHA1 Fingerprint=C3:86:…`, `sha256 Fingerprint=…` */
export const FingerprintLabel = label("FingerprintLabel", "(?:SHA|sha|MD|md)-?[0-9]{1,3} Fingerprint=");
/** `X509v3 extensions:` */
export const ExtensionsHeading = label("ExtensionsHeading", `X509v3 extensions:${nothingMore}`);

/** `X509v3 Extended Key Usage: critical`, `1.3.6.1.4.1.311.21.10:` */
export const ExtensionHeading = label("ExtensionHeading", extensionHeading);
/** `CA Issuers`, `Modulus:` and all other lines. */
export const Text = createToken({ name: "Text", pattern: restOfLine, line_breaks: false });
/** A mark that lines were taken out. */
export const Elision = createToken({ name: "Elision", pattern: /(?:\.{3,6}|\u2026|\[\.{3}\]|\[\u2026\]|\[?<?snip\w{0,4}>?\]?)[ \t\u00A0]{0,80}(?![^\r\n])/i, line_breaks: false });
/** Indentation and marks of quotation. */
export const Lead = createToken({ name: "Lead", pattern: /[ \t\u00A0\u202F>|]+/, line_breaks: false });
/** The rest of a line behind its label. */
export const Value = createToken({ name: "Value", pattern: restOfLine, line_breaks: false });
/** The end of a line. */
export const LineEnd = createToken({ name: "LineEnd", pattern: lineEnd, line_breaks: true });
/** The end of a line with a label. */
export const ValueEnd = createToken({ name: "ValueEnd", pattern: lineEnd, line_breaks: true, pop_mode: true });

export const labels: readonly TokenType[] = [
  CertificateHeading, OtherHeading, VersionLabel, SerialLabel, SignatureLabel, IssuerLabel, SubjectLabel, NotBeforeLabel, NotAfterLabel,
  KeyAlgorithmLabel, KeySizeLabel, FingerprintLabel, ExtensionsHeading, ExtensionHeading,
];

const modes = { line: [LineEnd, Lead, ...labels, Elision, Text, Label], value: [ValueEnd, Value] };

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...modes.line, ...modes.value];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "line" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
