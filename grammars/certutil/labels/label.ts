/** What a printed label or status line says, whatever the language. */
export type LabelId =
  // banners
  | "certificate-banner" | "nesting-begin" | "nesting-end" | "element"
  // headings
  | "x509" | "crl" | "request" | "pkcs7" | "certificates-heading"
  // the certificate
  | "version" | "serial-number" | "issuer" | "subject" | "not-before" | "not-after" | "template" | "template-type" | "ca-version"
  | "signature-algorithm" | "algorithm-id" | "algorithm-parameters" | "public-key-algorithm" | "public-key-length" | "public-key"
  | "signature" | "extensions" | "name-hash" | "key-id-hash" | "cert-hash" | "subject-key-id" | "signature-hash"
  // lines about the whole certificate
  | "archived" | "signature-matches" | "root" | "non-root"
  // the private key
  | "key-container" | "unique-container" | "simple-container" | "provider" | "provider-type" | "flags" | "key-spec"
  | "key-storage" | "key-permissions" | "ui-policy" | "export-policy" | "cng-key-usage" | "access-state"
  | "not-exportable" | "not-plain-exportable" | "encryption-passed" | "signature-passed" | "encryption-failed" | "signature-failed"
  | "no-provider" | "not-found" | "missing-keyset" | "error" | "key-mismatch" | "missing-association"
  // smart cards
  | "manager-running" | "reader-status" | "readers" | "reader" | "card" | "card-status" | "card-state" | "answer-to-reset" | "analyzing"
  | "no-card-key" | "cannot-open" | "matching-test" | "matching-passed" | "matching-failed" | "key-verifies" | "chain-verification"
  // chain verification
  | "cert-serial-number" | "exclude-leaf" | "full-chain" | "chain-hash" | "element-serial" | "element-hash" | "chain-line" | "valid"
  // names of extensions
  | "key-usage" | "enhanced-key-usage" | "extension-name"
  // what is typed or asked beside
  | "password-prompt" | "side-note";

/** The labels of one language of Windows. A word stands here only because some real output shows it. */
export interface LabelTable {
  /** BCP 47. */
  readonly locale: string;
  /** What showed the words. */
  readonly seenIn: string;
  /** The words as printed; a label ends with its `:` or `=`, a hash label has no bracket. */
  readonly labels: Readonly<Partial<Record<LabelId, readonly string[]>>>;
}
