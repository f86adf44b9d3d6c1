import type { Fact, KeyAssociation } from "../../src/model/fact.ts";
import type { Moment } from "../../src/model/moment.ts";
import type { Name } from "../../src/model/name.ts";
import type { Located } from "../../src/text/source-text.ts";

type Given<T> = Located<T> | null;

const part = (label: string, value: string | number | boolean | null | undefined): readonly string[] => (value === null || value === undefined ? [] : [`${label} ${value}`]);
const named = (label: string, name: Given<Name>): readonly string[] => part(label, name && (name.value.rfc4514 === "" ? `"${name.value.printed}"` : name.value.rfc4514));
const dated = (label: string, date: Given<Moment>): readonly string[] => part(label, date && `${date.value.printed} [${date.value.earliest.slice(0, 16)} ${date.value.latest.slice(0, 16)}]`);
const listed = (label: string, list: Given<readonly string[]>): readonly string[] => part(label, list && (list.value.join(" ") || "-"));

function keyParts(key: KeyAssociation): readonly string[] {
  return [
    ...part("linked", key.linked?.value), ...part("container", key.container?.value), ...part("unique", key.uniqueContainer?.value), ...part("provider", key.provider?.value),
    ...part("type", key.providerType?.value), ...part("flags", key.flags?.value.toString(16)), ...part("machine", key.machineKeyset?.value), ...part("keyspec", key.keySpec?.value),
    ...listed("cng", key.cngKeyUsage), ...key.tests.map(({ value }) => `${value.name} ${value.passed ? "passed" : "FAILED"}`),
    ...part("exportable", key.exportable?.value), ...part("error", key.error?.value), ...part("status", key.status?.value),
  ];
}

/** A fact of certutil on one line, without what is not printed. */
export function describeFact(fact: Fact): string {
  switch (fact.kind) {
    case "certificate": return [
      `certificate (${fact.section})`, ...part("serial", fact.serialNumber?.value), ...named("issuer", fact.issuer), ...named("subject", fact.subject),
      ...dated("from", fact.notBefore), ...dated("to", fact.notAfter), ...part("sha1", fact.sha1Thumbprint?.value), ...part("KU", fact.keyUsage?.value.hex),
      ...listed("EKU", fact.extendedKeyUsage), ...listed("EKU property", fact.enhancedKeyUsageProperty), ...listed("policies", fact.applicationPolicies),
      ...(fact.extensionsPrinted ? [`extensions ${fact.extensionOids.length} of ${fact.announcedExtensions?.value ?? "?"}`] : []),
      ...part("key", fact.publicKey && `${fact.publicKey.value.algorithm} ${fact.publicKey.value.bits ?? "?"}`), ...part("signed", fact.signatureAlgorithm?.value),
      ...part("template", fact.template?.value), ...listed("SAN", fact.subjectAlternativeNames), ...part("SKI", fact.subjectKeyIdentifier?.value), ...part("AKI", fact.authorityKeyIdentifier?.value),
      ...part("CA", fact.isCa?.value), ...part("store", fact.store && `${fact.store.value.scope ?? "?"}/${fact.store.value.name}`), ...keyParts(fact.key),
    ].join(" | ");
    case "key-block": return ["key-block", ...keyParts(fact.key)].join(" | ");
    case "store-listing": return [
      `listing ${fact.store.value.scope ?? "?"}/${fact.store.value.name}`, `${fact.certificates.length} certificates`, ...part("completed", fact.completed?.value),
      ...part("cut", fact.cut?.value), ...(fact.verbose ? ["verbose"] : []), ...part("filter", fact.filter?.value),
    ].join(" | ");
    case "chain-verification": return [
      "chain", ...part("leaf", fact.leaf?.value), ...part("scope", fact.scope), ...listed("errors", fact.errors), ...part("result", fact.result?.value),
      ...fact.elements.map((element) => [...named("<", element.subject), ...named("by", element.issuer), ...part("sha1", element.sha1Thumbprint?.value), ...listed("errors", element.errors)].join(" ")),
    ].join(" | ");
    case "error-code": return `error ${fact.name} ${fact.code}`;
    case "damage": return `damage ${fact.what}: ${fact.says}`;
    default: return fact.kind;
  }
}
