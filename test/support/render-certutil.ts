import type { CertificateSpec, KeySpecification } from "./certificate-spec.ts";
import { digitsOf } from "./certificate-spec.ts";

/** Which store is listed, how, and how the command ended. */
export interface StoreSpec {
  readonly name: "my" | "root" | "CA";
  /** `-user` on the command line. */
  readonly scope: "user" | "machine";
  readonly verbose: boolean;
  /** The final line is missing (a cut paste) or says that the command failed. */
  readonly ending: "completed" | "lost" | "failed";
  /** Without the typed command nobody can tell whose store it is. */
  readonly withCommand: boolean;
  /** Keys and signatures of 2,048 bits in full, as certutil prints them; else their first line. */
  readonly wholeKeys: boolean;
}

const DISPLAY = { my: "Personal", root: "Trusted Root Certification Authorities", CA: "Intermediate Certification Authorities" } as const;

const PURPOSES: Readonly<Record<string, string>> = {
  "1.3.6.1.5.5.7.3.1": "Server Authentication", "1.3.6.1.5.5.7.3.2": "Client Authentication", "1.3.6.1.5.5.7.3.4": "Secure Email",
  "1.3.6.1.4.1.311.20.2.2": "Smart Card Logon", "2.5.29.37.0": "Any Purpose",
};

const USAGES: readonly (readonly [number, string])[] = [
  [0x80, "Digital Signature"], [0x40, "Non-Repudiation"], [0x20, "Key Encipherment"], [0x10, "Data Encipherment"], [0x08, "Key Agreement"],
  [0x04, "Certificate Signing"], [0x02, "Off-line CRL Signing, CRL Signing"],
];

/** A listing of `certutil -store`, short or verbose, with the command that was typed. */
export function renderStore(certificates: readonly CertificateSpec[], given: Partial<StoreSpec> = {}): string {
  const store: StoreSpec = { name: "my", scope: "user", verbose: true, ending: "completed", withCommand: true, wholeKeys: false, ...given };
  const switches = `${store.verbose ? "-v " : ""}${store.scope === "user" ? "-user " : ""}`;
  const lines = [
    ...(store.withCommand ? [`C:\\Users\\alice>certutil ${switches}-store ${store.name}`] : []),
    `${store.name} "${DISPLAY[store.name]}"`,
    ...certificates.flatMap((certificate, at) => [
      `================ Certificate ${at} ================`,
      ...(store.verbose ? [...longForm(certificate, store.wholeKeys), ...properties(certificate), ...keyStatus(certificate.key)] : [...shortForm(certificate), ...shortKey(certificate.key)]),
      "",
    ]),
    ...(store.ending === "completed" ? ["CertUtil: -store command completed successfully."] : store.ending === "failed" ? ["CertUtil: -store command FAILED: 0x80070005 (WIN32: 5 ERROR_ACCESS_DENIED)", "CertUtil: Access is denied."] : []),
    "",
  ];
  return lines.join("\r\n");
}

/** The dump of a certificate file: extensions, and never a word about a key. */
export function renderDump(certificate: CertificateSpec, file = "client.cer"): string {
  return [`C:\\Users\\alice>certutil -dump ${file}`, ...longForm(certificate), "CertUtil: -dump command completed successfully.", ""].join("\r\n");
}

/** `certutil -verify` of a chain, the leaf first; `error` is a CERT_TRUST_* name with its bit, or null for a good chain. */
export function renderVerify(chain: readonly CertificateSpec[], error: { readonly name: string; readonly bits: string } | null): string {
  const [leaf] = chain;
  if (leaf === undefined) return "";
  const status = error === null ? "0" : `${error.name} (0x${error.bits})`;
  return [
    "C:\\Users\\alice>certutil -user -verify -urlfetch client.cer",
    "Issuer:", ...leaf.issuer.map((attribute) => `    ${attribute}`), `  Name Hash(sha1): ${digitsOf(`name ${leaf.issuer.join()}`)}`,
    "Subject:", ...leaf.subject.map((attribute) => `    ${attribute}`), `  Name Hash(sha1): ${digitsOf(`name ${leaf.subject.join()}`)}`,
    `Cert Serial Number: ${leaf.serial}`, "",
    "dwFlags = CA_VERIFY_FLAGS_CONSOLE_TRACE (0x20000000)", "dwFlags = CA_VERIFY_FLAGS_DUMP_CHAIN (0x40000000)",
    "ChainFlags = CERT_CHAIN_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT (0x40000000)", "HCCE_CURRENT_USER", "CERT_CHAIN_POLICY_BASE",
    "-------- CERT_CHAIN_CONTEXT --------",
    ...(error === null ? ["ChainContext.dwInfoStatus = CERT_TRUST_HAS_PREFERRED_ISSUER (0x100)"] : ["ChainContext.dwInfoStatus = CERT_TRUST_HAS_PREFERRED_ISSUER (0x100)", `ChainContext.dwErrorStatus = ${status}`]),
    "", "SimpleChain.dwInfoStatus = CERT_TRUST_HAS_PREFERRED_ISSUER (0x100)", ...(error === null ? [] : [`SimpleChain.dwErrorStatus = ${status}`]), "",
    ...chain.flatMap((element, at) => {
      const broken = error !== null && at === chain.length - 1;
      return [
        `CertContext[0][${at}]: dwInfoStatus=102 dwErrorStatus=${broken ? error.bits : "0"}`,
        `  Issuer: ${element.issuer.join(", ")}`, `  NotBefore: ${element.notBefore}`, `  NotAfter: ${element.notAfter}`,
        `  Subject: ${element.subject.join(", ")}`, `  Serial: ${element.serial}`, `  Cert: ${element.thumbprint}`,
        "  Element.dwInfoStatus = CERT_TRUST_HAS_KEY_MATCH_ISSUER (0x2)", ...(broken ? [`  Element.dwErrorStatus = ${status}`] : []), "",
      ];
    }),
    "Exclude leaf cert:", `  Chain: ${digitsOf("chain without leaf")}`, "Full chain:", `  Chain: ${digitsOf("chain")}`,
    ...(error === null ? [] : ["A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider. 0x800b0109 (-2146762487 CERT_E_UNTRUSTEDROOT)"]),
    "------------------------------------", "Leaf certificate revocation check passed", "CertUtil: -verify command completed successfully.", "",
  ].join("\r\n");
}

function isRoot(certificate: CertificateSpec): boolean {
  return certificate.subject.join() === certificate.issuer.join();
}

function shortForm(certificate: CertificateSpec): readonly string[] {
  return [
    `Serial Number: ${certificate.serial}`, `Issuer: ${certificate.issuer.join(", ")}`, ` NotBefore: ${certificate.notBefore}`, ` NotAfter: ${certificate.notAfter}`,
    `Subject: ${certificate.subject.join(", ")}`, ...(isRoot(certificate) ? ["Signature matches Public Key", "Root Certificate: Subject matches Issuer"] : ["Non-root Certificate"]),
    ...(certificate.template === null ? [] : [`Template: ${certificate.template}`]), `Cert Hash(sha1): ${certificate.thumbprint}`,
  ];
}

function shortKey(key: KeySpecification | null): readonly string[] {
  if (key === null) return ["No key provider information", "Cannot find the certificate and private key for decryption."];
  return [
    `  Key Container = ${key.container}`, ...(key.uniqueContainer === null ? [] : [`  Unique container name: ${key.uniqueContainer}`]), `  Provider = ${key.provider}`, ...keyStatus(key),
  ];
}

function keyStatus(key: KeySpecification | null): readonly string[] {
  if (key === null) return ["No key provider information", "Cannot find the certificate and private key for decryption."];
  if (typeof key.outcome !== "string") return [`  ${key.provider}: KeySpec=${key.keySpec}`, `  Encryption test FAILED: ${key.outcome.error}`];
  switch (key.outcome) {
    case "passed": return ["Private key is NOT exportable", key.test === "signature" ? "Signature test passed" : "Encryption test passed"];
    case "missing": return ["Missing stored keyset"];
    case "mismatch": return ["ERROR: Could not verify certificate public key against private key"];
    case "untested": return [];
  }
}

/** A dump of so many bytes as certutil prints it, beginning with those of `first`. */
function hexDump(first: string, bytes: number): readonly string[] {
  return Array.from({ length: Math.ceil(bytes / 16) }, (_, row) => {
    const pairs = row === 0 ? first.match(/[0-9a-f]{2}/g) ?? [] : digitsOf(`${first} ${row}`).match(/../g) ?? [];
    const shown = pairs.slice(0, Math.min(16, bytes - row * 16));
    return `    ${(row * 16).toString(16).padStart(4, "0")}  ${shown.slice(0, 8).join(" ")}  ${shown.slice(8).join(" ")}`.trimEnd();
  });
}

function longForm(certificate: CertificateSpec, wholeKeys = false): readonly string[] {
  const extensions = extensionsOf(certificate);
  return [
    "X509 Certificate:", "Version: 3", `Serial Number: ${certificate.serial}`, "Signature Algorithm:", "    Algorithm ObjectId: 1.2.840.113549.1.1.11 sha256RSA", "    Algorithm Parameters:", "    05 00",
    "Issuer:", ...certificate.issuer.map((attribute) => `    ${attribute}`), `  Name Hash(sha1): ${digitsOf(`name ${certificate.issuer.join()}`)}`, `  Name Hash(md5): ${digitsOf(`md5 ${certificate.issuer.join()}`).slice(0, 32)}`,
    "", ` NotBefore: ${certificate.notBefore}`, ` NotAfter: ${certificate.notAfter}`, "",
    "Subject:", ...certificate.subject.map((attribute) => `    ${attribute}`), `  Name Hash(sha1): ${digitsOf(`name ${certificate.subject.join()}`)}`, `  Name Hash(md5): ${digitsOf(`md5 ${certificate.subject.join()}`).slice(0, 32)}`,
    "", "Public Key Algorithm:",
    ...(certificate.algorithm === "RSA"
      ? ["    Algorithm ObjectId: 1.2.840.113549.1.1.1 RSA", "    Algorithm Parameters:", "    05 00"]
      : ["    Algorithm ObjectId: 1.2.840.10045.2.1 ECC", "    Algorithm Parameters:", "    06 08 2a 86 48 ce 3d 03  01 07", "        1.2.840.10045.3.1.7 ECDSA_P256"]),
    `Public Key Length: ${certificate.bits} bits`, "Public Key: UnusedBits = 0", ...hexDump("30 82 01 0a 02 82 01 01  00 cf 4b 1d 90 a2 7e 55", wholeKeys ? 270 : 16),
    `Certificate Extensions: ${extensions.length}`, ...extensions.flatMap((extension) => [...extension, ""]),
    "Signature Algorithm:", "    Algorithm ObjectId: 1.2.840.113549.1.1.11 sha256RSA", "    Algorithm Parameters:", "    05 00",
    "Signature: UnusedBits=0", ...hexDump("d4 89 92 e6 e1 ef 7e ce  d3 c6 c2 b2 15 63 5c 68", wholeKeys ? 256 : 16),
    ...(isRoot(certificate) ? ["Signature matches Public Key", "Root Certificate: Subject matches Issuer"] : ["Non-root Certificate"]),
    `Key Id Hash(rfc-sha1): ${certificate.subjectKeyIdentifier ?? digitsOf("no identifier")}`, `Cert Hash(sha1): ${certificate.thumbprint}`, "",
  ];
}

function extensionsOf(certificate: CertificateSpec): readonly (readonly string[])[] {
  const { keyUsage, extendedKeyUsage, applicationPolicies, template, subjectAlternativeNames } = certificate;
  return [
    ...(keyUsage === null ? [] : [["    2.5.29.15: Flags = 1(Critical), Length = 4", "    Key Usage", `        ${usageNames(keyUsage)} (${keyUsage})`]]),
    ...(extendedKeyUsage === null ? [] : [["    2.5.29.37: Flags = 0, Length = c", "    Enhanced Key Usage", ...extendedKeyUsage.map(purpose)]]),
    ...(applicationPolicies === null ? [] : [["    1.3.6.1.4.1.311.21.10: Flags = 0, Length = e", "    Application Policies", ...applicationPolicies.flatMap((oid, at) => [`        [${at + 1}]Application Certificate Policy:`, `             Policy Identifier=${PURPOSES[oid] ?? oid}`])]]),
    ...(template === null ? [] : [["    1.3.6.1.4.1.311.21.7: Flags = 0, Length = 30", "    Certificate Template Information", `        Template=${template}`, "        Major Version Number=100", "        Minor Version Number=3"]]),
    ...(certificate.isCa ? [["    2.5.29.19: Flags = 1(Critical), Length = 5", "    Basic Constraints", "        Subject Type=CA", "        Path Length Constraint=None"]] : []),
    ...(subjectAlternativeNames === null ? [] : [["    2.5.29.17: Flags = 0, Length = 2b", "    Subject Alternative Name", "        Other Name:", ...subjectAlternativeNames.map((name) => `             Principal Name=${name}`)]]),
    ...(certificate.subjectKeyIdentifier === null ? [] : [["    2.5.29.14: Flags = 0, Length = 16", "    Subject Key Identifier", `        ${certificate.subjectKeyIdentifier}`]]),
    ...(certificate.authorityKeyIdentifier === null ? [] : [["    2.5.29.35: Flags = 0, Length = 18", "    Authority Key Identifier", `        KeyID=${certificate.authorityKeyIdentifier}`]]),
  ];
}

function usageNames(hex: string): string {
  const octet = Number.parseInt(hex, 16);
  return USAGES.filter(([bit]) => (octet & bit) !== 0).map(([, name]) => name).join(", ");
}

function purpose(oid: string): string {
  return `        ${PURPOSES[oid] ?? "Unknown Key Usage"} (${oid})`;
}

function properties(certificate: CertificateSpec): readonly string[] {
  const { key, ekuProperty } = certificate;
  return [
    ...(ekuProperty === null ? [] : ["  CERT_ENHKEY_USAGE_PROP_ID(9):", "    Enhanced Key Usage", ...ekuProperty.map(purpose), ""]),
    ...(key === null ? [] : [
      "  CERT_KEY_PROV_INFO_PROP_ID(2):", `    Key Container = ${key.container}`, ...(key.uniqueContainer === null ? [] : [`  Unique container name: ${key.uniqueContainer}`]),
      `    Provider = ${key.provider}`, `    ProviderType = ${key.providerType}`,
      ...(key.machineKeyset ? (key.oldSpelling ? ["  Flags = 20"] : ["  Flags = 20 (32)", "    CRYPT_MACHINE_KEYSET -- 20 (32)"]) : ["  Flags = 0"]),
      `    KeySpec = ${key.keySpec}${key.oldSpelling ? "" : ` -- ${["XCN_AT_NONE", "AT_KEYEXCHANGE", "AT_SIGNATURE"][key.keySpec]}`}`, "",
    ]),
    "  CERT_SHA1_HASH_PROP_ID(3):", `    ${certificate.thumbprint}`, "",
    ...(key === null || key.outcome === "missing" || typeof key.outcome !== "string" ? [] : keySection(key)),
  ];
}

function keySection(key: KeySpecification): readonly string[] {
  const head = [`  Provider = ${key.provider}`, `  ProviderType = ${key.providerType}`, `  Unique container name: ${key.uniqueContainer ?? key.container}`, "  RSA"];
  if (key.providerType !== 0) return [...head, "  PP_KEYSTORAGE = 1", "    CRYPT_SEC_DESCR -- 1", "  KP_PERMISSIONS = 3b (59)", ""];
  const usage = key.cngUsage ?? ["NCRYPT_ALLOW_DECRYPT_FLAG", "NCRYPT_ALLOW_SIGNING_FLAG"];
  const bits: Readonly<Record<string, number>> = { NCRYPT_ALLOW_DECRYPT_FLAG: 1, NCRYPT_ALLOW_SIGNING_FLAG: 2, NCRYPT_ALLOW_KEY_AGREEMENT_FLAG: 4 };
  return [...head, "", "  Export Policy = 0", `  Key Usage = ${usage.reduce((sum, flag) => sum + (bits[flag] ?? 0), 0)}`, ...usage.map((flag) => `    ${flag} -- ${bits[flag] ?? 0}`), ""];
}
