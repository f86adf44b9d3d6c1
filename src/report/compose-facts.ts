import type { AlertFact, CertificateFact, Fact, HttpStatusFact, KeyAssociation, SelectionCallFact } from "../model/fact.ts";
import type { Name } from "../model/name.ts";
import { compareSpans, placeOf, type Span } from "../text/source-text.ts";
import { count, placeText } from "./compose.ts";
import { type Block, type Phrase, phrase, type Words, words } from "./document.ts";
import type { InputSummary } from "./report.ts";

const NAMES_SHOWN = 6;

function place(span: Span): Phrase {
  return phrase("place", placeText(placeOf(span)));
}

function code(text: string): Phrase {
  return phrase("code", text);
}

function names(all: readonly { readonly value: Name }[]): readonly (string | Phrase)[] {
  const shown = all.slice(0, NAMES_SHOWN).flatMap((name, index) => [index === 0 ? "" : ", ", code(name.value.printed)]);
  return all.length > NAMES_SHOWN ? [...shown, `, and ${count(all.length - NAMES_SHOWN, "further name")}`] : shown;
}

type Row = readonly [label: string, value: string | null | undefined];

/** Label and printed value of what is printed; what is not printed is left out. */
function labelled(rows: readonly Row[]): Words {
  const printed = rows.filter((row): row is readonly [string, string] => row[1] !== null && row[1] !== undefined && row[1] !== "");
  return words(...printed.flatMap(([label, value], index) => [index === 0 ? "" : "; ", `${label} `, code(value)]));
}

function keyRows(key: KeyAssociation): readonly Row[] {
  return [
    ["private key", key.linked === null ? null : key.linked.value ? "linked" : "none"], ["container", key.container?.value], ["provider", key.provider?.value],
    ["KeySpec", key.keySpec === null ? null : String(key.keySpec.value)], ["key is", key.status?.value], ["key error", key.error?.value],
  ];
}

function describeCertificate(fact: CertificateFact): Words {
  return words(
    labelled([
      ["subject", fact.subject?.value.printed], ["issuer", fact.issuer?.value.printed], ["serial number", fact.serialNumber?.value], ["SHA-1", fact.sha1Thumbprint?.value],
      ["valid from", fact.notBefore?.value.printed], ["until", fact.notAfter?.value.printed],
      ["Key Usage", fact.keyUsage === null ? null : `${fact.keyUsage.value.names.join(", ")} (${fact.keyUsage.value.hex})`],
      ["Enhanced Key Usage", fact.extendedKeyUsage?.value.join(", ")], ["purposes set in the store", fact.enhancedKeyUsageProperty?.value.join(", ")],
      ["public key", fact.publicKey === null ? null : `${fact.publicKey.value.algorithm}${fact.publicKey.value.bits === null ? "" : ` ${fact.publicKey.value.bits} bits`}`],
      ["store", fact.store === null ? null : `${fact.store.value.name}${fact.store.value.scope === null ? "" : ` (${fact.store.value.scope})`}`],
      ...keyRows(fact.key),
    ]),
    fact.extensionsPrinted ? "" : phrase("quiet", " (this output prints no extensions)"),
  );
}

function describeCall(fact: SelectionCallFact): Words {
  const criteria = fact.criteria.map((one) => `${one.type}${one.inferred ? " (inferred)" : ""}${one.issuers === null ? "" : `: ${count(one.issuers.length, "issuer")} listed${one.declared === null ? "" : ` of ${one.declared.value} announced`}`}`);
  return words(
    labelled([
      ["flags", fact.flags === null ? null : `0x${(fact.flags.value >>> 0).toString(16).padStart(8, "0")}`],
      ["criteria announced", fact.declaredCriteria === null ? null : String(fact.declaredCriteria.value)], ["criteria", criteria.join(", ")],
      ["matches", fact.matches === null ? null : String(fact.matches.value)], ["result", fact.result === null ? null : fact.result.value ? "TRUE" : "FALSE"],
    ]),
    fact.complete ? "" : phrase("doubt", " (cut before its end)"),
  );
}

function describeStatus(fact: HttpStatusFact): Words {
  return words(`HTTP ${fact.status}${fact.substatus === null ? "" : `.${fact.substatus}`}`, fact.win32Status === null ? "" : `, Win32 status ${fact.win32Status}`);
}

function describeAlert(fact: AlertFact): Words {
  return words(`${fact.name}${fact.number === null ? "" : ` (${fact.number})`}`, fact.direction === null ? "" : `, ${fact.direction}`);
}

function describe(fact: Fact): Words {
  switch (fact.kind) {
    case "certificate": return describeCertificate(fact);
    case "key-block": return labelled(keyRows(fact.key));
    case "store-listing":
      return words(labelled([["store", fact.store.value.name], ["scope", fact.store.value.scope]]), `; ${count(fact.certificates.length, "certificate")}`, fact.cut === null ? "" : phrase("doubt", "; cut"));
    case "chain-verification": return labelled([["leaf", fact.leaf?.value], ["errors", fact.errors === null ? null : fact.errors.value.join(", ") || "none"], ["result", fact.result?.value]]);
    case "selection-call": return describeCall(fact);
    case "api-result": return words(`${fact.api}: `, code(fact.code.value));
    case "certificate-request":
      return words(
        fact.requested === null ? "whether the server asked cannot be told" : fact.requested ? "the server asked" : "the server did not ask",
        fact.authorities === null ? "" : fact.authorities.length === 0 ? "; the list of authorities is empty" : words(`; ${count(fact.authorities.length, "authority", "authorities")}: `, ...names(fact.authorities)),
        fact.certificateTypes === null ? "" : `; types ${fact.certificateTypes.value.join(", ")}`, fact.signatureAlgorithms === null ? "" : `; signature algorithms ${fact.signatureAlgorithms.value.join(", ")}`,
      );
    case "tls-session":
      return labelled([
        ["protocol", fact.protocol?.value], ["cipher", fact.cipher?.value], ["verify return code", fact.verifyReturnCode === null ? null : `${fact.verifyReturnCode.value.code} (${fact.verifyReturnCode.value.text})`],
        ["server certificate", fact.serverSubject?.value.printed ?? fact.serverChain[0]?.subject.value.printed], ["issued by", fact.serverIssuer?.value.printed ?? fact.serverChain[0]?.issuer.value.printed],
      ]);
    case "tls-run": return labelled([["command", fact.command?.value], ["connect", fact.connect?.value], ["request", fact.httpRequest?.value], ["client certificate", fact.clientCertificate?.value]]);
    case "alert": return describeAlert(fact);
    case "http-status": return describeStatus(fact);
    case "verify-error": return words(`${fact.code} (${fact.text})`, fact.depth === null ? "" : `, depth ${fact.depth}`);
    case "error-code": return words(code(fact.name), fact.code === null || fact.code === fact.name ? "" : words(" ", code(fact.code)));
    case "setting": return words(`${fact.setting} = `, code(fact.value.value));
    case "damage": return words(`${fact.what}: ${fact.says}`);
  }
}

const TITLES: Readonly<Record<Fact["kind"], string>> = {
  "selection-call": "Selection calls", "certificate-request": "Certificate requests", certificate: "Certificates", "key-block": "Keys without their certificate", "store-listing": "Store listings",
  "chain-verification": "Chain verifications", "tls-run": "Runs of s_client", "tls-session": "TLS sessions", alert: "Alerts", "http-status": "HTTP statuses",
  "verify-error": "Verification errors about the server's certificate", "error-code": "Error codes", "api-result": "API results", setting: "Settings", damage: "Damage",
};

const KINDS = Object.keys(TITLES) as readonly Fact["kind"][];

/** What was read, as a document: by kind, in order of place; nothing is judged. */
export function composeFacts(inputs: readonly InputSummary[], facts: readonly Fact[]): readonly Block[] {
  const sorted = [...facts].sort((a, b) => compareSpans(a.span, b.span));
  return [
    { kind: "heading", level: 1, text: words("What was read") },
    ...(inputs.length === 0 ? [] : [{
      kind: "table" as const,
      head: ["file", "formats", "encoding", "lines", "not understood"],
      rows: inputs.map((input) => [words(code(input.file)), words(input.formats.join(", ") || "none"), words(input.encoding), words(String(input.lines)), words(String(input.linesNotUnderstood))]),
    }]),
    ...(sorted.length === 0 ? [{ kind: "paragraph" as const, text: words("Nothing was recognized.") }] : []),
    ...KINDS.flatMap((kind): readonly Block[] => {
      const ofKind = sorted.filter((fact) => fact.kind === kind);
      if (ofKind.length === 0) return [];
      return [
        { kind: "heading", level: 2, text: words(`${TITLES[kind]} (${ofKind.length})`) },
        { kind: "list", items: ofKind.map((fact) => words(place(fact.span), "  ", describe(fact))) },
      ];
    }),
  ];
}
