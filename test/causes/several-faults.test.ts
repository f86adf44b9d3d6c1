import { expect, test } from "@jest/globals";
import { analyzeTexts } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import type { CertificateSpec } from "../support/certificate-spec.ts";
import { ROOT_NAME, SERVER_AUTH, clientCertificate, legacyKey, softwareKey } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const OTHER = ["CN=Andere Root CA", "O=Andere AG", "C=CH"];

/** What makes one fault, and the cause that names it. */
const faults: readonly { readonly cause: string; readonly certificate: Partial<CertificateSpec>; readonly list: readonly (readonly string[])[] | null }[] = [
  { cause: "ku-missing-digitalsignature", certificate: { keyUsage: "20" }, list: null },
  { cause: "eku-missing-clientauth", certificate: { extendedKeyUsage: [SERVER_AUTH] }, list: null },
  { cause: "no-private-key", certificate: { key: null }, list: null },
  { cause: "expired-or-not-yet-valid", certificate: { notBefore: "1/15/2023 8:00 AM", notAfter: "1/15/2026 8:00 AM" }, list: null },
  { cause: "issuer-not-in-server-list", certificate: {}, list: [OTHER] },
];

/** Every set of faults, by the bits of a number. */
const sets = Array.from({ length: 2 ** faults.length }, (_, bits) => faults.filter((_fault, at) => (bits & (1 << at)) !== 0));

test.each(sets.map((set) => [set.map((fault) => fault.cause).join(" + ") || "no fault", set] as const))("proved is exactly what is wrong: %s", async (_name, set) => {
  const spec = clientCertificate(Object.assign({}, ...set.map((fault) => fault.certificate)) as Partial<CertificateSpec>);
  const list = set.find((fault) => fault.list !== null)?.list ?? [OTHER, ROOT_NAME];
  const report = await analyzeTexts(caseOf({ my: [spec], call: browserCall(list, { matches: set.length === 0 ? 1 : 0 }) }));
  expect(report.findings.filter((finding) => finding.weight === "proved").map((finding) => finding.cause).sort()).toEqual(set.map((fault) => fault.cause).sort());
  expect(report.findings.filter((finding) => finding.weight !== "proved")).toEqual([]);
  expect(report.selections[0]).toMatchObject({ predictedMatches: set.length === 0 ? 1 : 0, countCheck: expect.stringContaining("complete") });
  const words = ["", "Proved: ", "Two faults, and both must be mended: ", "Three faults, and all must be mended: ", "Four faults, and all", "Five faults, and all"];
  if (set.length > 0) expect(report.verdict.startsWith(words[set.length] ?? "?")).toBe(true);
  if (set.length > 1) expect(report.verdict.split("; ")).toHaveLength(set.length);
});

test.each([["CNG", softwareKey], ["an old provider", legacyKey], ["the computer's key set", { ...legacyKey, machineKeyset: true }], ["a signature key", { ...legacyKey, keySpec: 2 as const, test: "signature" as const }]])("nothing is found in a healthy selection with a key of %s", async (_which, key) => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key })], call: browserCall([OTHER, ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }));
  expect(report.findings).toEqual([]);
  expect(report.verdict).toContain("Nothing is wrong");
});
