import type { Attribute } from "./certificate-spec.ts";
import { CLIENT_AUTH, windowsName } from "./certificate-spec.ts";

/** A criterion of a selection call, by the kind of its lines. */
export type CriterionSpec =
  | { readonly kind: "ENHKEY_USAGE"; readonly oids: readonly string[] }
  | { readonly kind: "KEY_USAGE"; readonly value: string }
  | { readonly kind: "ISSUER_NAME"; readonly names: readonly (readonly Attribute[])[]; readonly announced: number | null }
  | { readonly kind: "OTHER"; readonly heading: string; readonly lines: readonly string[] };

export interface CallSpec {
  /** dwFlags; null: the line is lost. */
  readonly flags: number | null;
  readonly criteria: readonly CriterionSpec[];
  /** `cCriteria`; null: as many as there are. */
  readonly announcedCriteria: number | null;
  /** null: the log ends before the count. */
  readonly matches: number | null;
  readonly result: boolean;
}

/** HAS_PRIVATE_KEY and ALLOW_DUPLICATES, the flags of a browser. */
export const BROWSER_FLAGS = 0x88;

export const clientAuthCriterion: CriterionSpec = { kind: "ENHKEY_USAGE", oids: [CLIENT_AUTH] };
export const digitalSignatureCriterion: CriterionSpec = { kind: "KEY_USAGE", value: "00000080" };

/** The criterion with the server's list, announced as long as it is. */
export function issuerCriterion(...names: readonly (readonly Attribute[])[]): CriterionSpec {
  return { kind: "ISSUER_NAME", names, announced: null };
}

/** The call of a browser: clientAuth, the server's list, digitalSignature. */
export function browserCall(names: readonly (readonly Attribute[])[], given: Partial<CallSpec> = {}): CallSpec {
  return { flags: BROWSER_FLAGS, criteria: [clientAuthCriterion, issuerCriterion(...names), digitalSignatureCriterion], announcedCriteria: null, matches: 0, result: true, ...given };
}

/** The section of one call. */
export function renderCall(call: CallSpec): string {
  return [
    "CertSelectCertificateChains called", "",
    ...(call.flags === null ? [] : [`dwFlags : ${call.flags.toString(16).padStart(8, "0")}`, ""]),
    `cCriteria : ${call.announcedCriteria ?? call.criteria.length}`, "",
    ...call.criteria.flatMap(criterionLines),
    ...(call.matches === null ? [] : [`Number of certificates matching criteria(s) : ${call.matches}`, `CertSelectCertificateChains exited with value : ${call.result ? "TRUE" : "FALSE"}`]),
    "",
  ].join("\r\n");
}

function criterionLines(criterion: CriterionSpec): readonly string[] {
  switch (criterion.kind) {
    case "ENHKEY_USAGE": return ["===== CERT_SELECT_BY_ENHKEY_USAGE", "", ...criterion.oids, ""];
    case "KEY_USAGE": return ["===== CERT_SELECT_BY_KEY_USAGE", "", "fCritical : FALSE", "pszObjId : (null)", `Value : ${criterion.value}`, ""];
    case "ISSUER_NAME": return ["===== CERT_SELECT_BY_ISSUER_NAME", "", `Number of issuer(s) : ${criterion.announced ?? criterion.names.length}`, "", ...criterion.names.map(windowsName), ""];
    case "OTHER": return [`===== ${criterion.heading}`, "", ...criterion.lines, ""];
  }
}

/** A whole log: the calls, other API results, and the decrypted answer that came after them. */
export function renderStrace(calls: readonly CallSpec[], after: { readonly apiError?: { readonly api: string; readonly code: string }; readonly status?: string; readonly date?: string } = {}): string {
  return [
    "connect() called", "connect() exited with value : 0", "",
    ...calls.map(renderCall),
    ...(after.apiError === undefined ? [] : [`${after.apiError.api} called`, `${after.apiError.api} exited with value : ${after.apiError.code}`, ""]),
    ...(after.status === undefined ? [] : [
      "DecryptMessage called", `HTTP/1.1 ${after.status}`, "Content-Type: text/html", "Server: Microsoft-IIS/7.5", ...(after.date === undefined ? [] : [`Date: ${after.date}`]), "Content-Length: 1233", "",
      "DecryptMessage exited with value : 0x00000000", "",
    ]),
  ].join("\r\n");
}
