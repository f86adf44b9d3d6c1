import { createToken, Lexer, type TokenType } from "chevrotain";
import { blanks, lineEnd, restOfLine } from "../shared/tokens.ts";

const B = blanks(0, 24);

/** The end of a line, of any system. */
export const EndOfLine = createToken({ name: "EndOfLine", pattern: lineEnd, line_breaks: true });
const EndOfValue = createToken({ name: "EndOfValue", pattern: lineEnd, line_breaks: true, pop_mode: true, categories: [EndOfLine] });
/** Indentation, and the marks of a quoted mail. */
export const Margin = createToken({ name: "Margin", pattern: /[> \t\u00A0]{1,200}/, line_breaks: false, group: Lexer.SKIPPED });
/** The rest of a line behind a label. */
export const Value = createToken({ name: "Value", pattern: restOfLine, line_breaks: false });

function label(name: string, pattern: RegExp): TokenType {
  return createToken({ name, pattern, line_breaks: false, push_mode: "value" });
}

/** `javax.net.ssl|DEBUG|10|main|2026-03-04 10:11:12.131 UTC|CertificateRequest.java:979|`; the name of a thread may hold bars. */
export const Prefix = label("Prefix", /javax\.net\.ssl\|[A-Z]{1,8}\|[^\r\n]{0,240}?\.java:\d{1,6}\|/);
/** `*** ClientHello, TLSv1.2` of the old form. */
export const OldHeading = label("OldHeading", /\*\*\* (?:CertificateRequest|CertificateVerify|ClientHello|ServerHelloDone|ServerHello|HelloRequest|Finished)/);
/** `*** Certificate chain` of the old form; the server's and the client's look alike. */
export const OldChain = label("OldChain", /\*\*\* Certificate chain/);
export const OldClosing = label("OldClosing", /\*\*\*/);
/** `main, RECV TLSv1.2 ALERT:  fatal, handshake_failure`. */
export const OldAlert = label("OldAlert", /[A-Za-z0-9_][\w .#@|-]{0,60}, (?:RECV|SEND) [A-Za-z0-9.]{3,8} ALERT: /);
/** `found key for : robot`. */
export const FoundKey = label("FoundKey", /found key for : /);
/** `Warning: no suitable certificate found - continuing without client authentication`. */
export const NoneSuitable = label("NoneSuitable", /Warning: no suitable certificate found/);

/** `"CertificateRequest": {`. */
export const RequestOpens = label("RequestOpens", /"CertificateRequest":/);
/** `"certificate types": [rsa_sign, ecdsa_sign]` and `Cert Types: RSA, ECDSA`. */
export const CertificateTypes = label("CertificateTypes", new RegExp(`"certificate types"${B}:|Cert Types:`));
/** `"supported signature algorithms": [`, `"signature schemes": [` and `Supported Signature Algorithms: `. */
export const SignatureSchemes = label("SignatureSchemes", new RegExp(`"supported signature algorithms"${B}:|"signature schemes"${B}:|Supported Signature Algorithms:`));
/** `"signature_algorithms (13)": {`, `"signature_algorithms_cert (50)": {`: the next schemes are of this extension. */
export const TlsExtension = label("TlsExtension", /"[a-z_]{3,40} \(\d{1,2}(?:,?\d{3})?\)":/);
/** `"certificate authorities": [` and `Cert Authorities:`. */
export const Authorities = label("Authorities", new RegExp(`"certificate authorities"${B}:|Cert Authorities:`));
/** `<CN=Lab Root CA, O="Lab, Inc.", C=US>` of the old form, and its `<Empty>`. */
export const BracketedName = label("BracketedName", /<(?=[A-Za-z0-9.]{1,60}=|Empty>)/);

/** `"Certificate": {` (TLS 1.3). */
export const AnswerOpens = label("AnswerOpens", /"Certificate":/);
/** `"certificate_list": [` (TLS 1.3) and `"Certificates": <empty list>` (TLS 1.2). */
export const CertificateList = label("CertificateList", /"certificate_list":|"Certificates":/);
/** `"certificate" : {` opens a certificate; `chain [0] = [` in the old form. */
export const CertificateOpens = label("CertificateOpens", new RegExp(`"certificate"${B}:|chain \\[\\d{1,3}\\] = `));
/** Fields of a certificate: `"serial number"      : "01:2f"`; old: `Issuer: CN=…`, `SerialNumber: [    012f]`. */
export const CertificateField = label("CertificateField",
  new RegExp(`"(?:serial number|signature algorithm|issuer|not before|not  after|subject|subject public key)"${B}:|(?:Subject|Signature Algorithm|Key|Validity|To|Issuer|SerialNumber|Certificate Extensions):`));
/** `ObjectId: 2.5.29.37 Criticality=false`, with a number before it in the old form. */
export const CertificateExtension = label("CertificateExtension", /(?:\[\d{1,3}\]: )?ObjectId: /);
/** `ExtendedKeyUsages [`, `KeyUsage [`: each value has a line. */
export const UsageOpens = label("UsageOpens", /(?:ExtendedKeyUsages|KeyUsage) \[/);
/** `CA:true`. */
export const BasicConstraints = label("BasicConstraints", /CA:/);
/** `]}` closes a certificate. */
export const CertificateCloses = label("CertificateCloses", /\]\}/);

/** `"selected version": [TLSv1.3]`. */
export const SelectedVersion = label("SelectedVersion", new RegExp(`"selected version"${B}:`));
/** `"level"      : "fatal"` and `"description": "certificate_required"` of an alert. */
export const AlertField = label("AlertField", new RegExp(`"(?:level|description)"${B}:`));
/** Any other labelled line of a message. */
export const OtherField = label("OtherField", new RegExp(`"[A-Za-z0-9_][A-Za-z0-9_ .,()/-]{0,80}"${B}:`));
/** A name on a line of its own: `CN=Lab Root CA, OU=PKI, O="Lab, Inc.", C=US`. */
export const NameLine = createToken({ name: "NameLine", pattern: /[A-Za-z0-9.]{1,60}=[\u0000-\u0009\u000B\u000C\u000E-\uFFFF]{1,4000}/, line_breaks: false });
/** `clientAuth`, `DigitalSignature`, `1.3.6.1.5.5.7.3.2`: the value of a usage. */
export const Word = createToken({ name: "Word", pattern: /[A-Za-z0-9_.]{1,80}(?=[ \t]{0,8}(?![^\r\n]))/, line_breaks: false });
/** `]`, `},`, `)`: brackets alone. */
export const Bracket = createToken({ name: "Bracket", pattern: /[\])}{(\[,]{1,8}(?=[ \t]{0,8}(?![^\r\n]))/, line_breaks: false });
/** Any other line. */
export const OtherText = createToken({ name: "OtherText", pattern: restOfLine, line_breaks: false });

const labels = [
  Prefix, OldHeading, OldChain, OldClosing, OldAlert, FoundKey, NoneSuitable, RequestOpens, CertificateTypes, SignatureSchemes, TlsExtension, Authorities, BracketedName, AnswerOpens,
  CertificateList, CertificateOpens, CertificateField, CertificateExtension, UsageOpens, BasicConstraints, CertificateCloses, SelectedVersion, AlertField, OtherField,
];
const modes = {
  line: [EndOfLine, Margin, ...labels, NameLine, Word, Bracket, OtherText],
  value: [EndOfValue, Value],
};

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...new Set([...Object.values(modes).flat()])];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "line" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
