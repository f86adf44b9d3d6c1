import type { Located, Span } from "../text/source-text.ts";
import type { Moment } from "./moment.ts";
import type { Name } from "./name.ts";

/** Printed formats the tool knows; `input` marks what the reading of the bytes itself found. */
export type FormatId = "strace" | "s_client" | "certutil" | "x509-text" | "pem" | "w3c-log" | "netsh-sslcert" | "keytool" | "cert-drive" | "windows-event" | "traces" | "java-debug" | "curl" | "gnutls-cli" | "openssl-config" | "net-export" | "wireshark" | "key-rights" | "openssl-verify" | "input";

/** A value with its place, or null where the input does not print it (never "no"). */
export type Printed<T> = Located<T> | null;

interface FactBase<K extends string> {
  readonly kind: K;
  readonly format: FormatId;
  /** The text the fact was read from; its first character is the fact's place. */
  readonly span: Span;
}

/** Key usage bits: `hex` is the BIT STRING's octets in lower case (`a0`, `0080`), names by RFC 5280. */
export interface KeyUsage {
  readonly hex: string;
  readonly names: readonly string[];
}

export interface PublicKey {
  /** `RSA`, `EC`, `DSA`, `Ed25519`, `Ed448`, or the dotted OID. */
  readonly algorithm: string;
  /** Length in bits; null when not printed. */
  readonly bits: number | null;
}

export interface StoreName {
  /** As typed or printed: `my`, `Root`, `CA`. */
  readonly name: string;
  /** From the command line only: `-user` is user, a plain `-store` is machine. */
  readonly scope: "user" | "machine" | null;
}

export interface KeyTest {
  readonly name: "signature" | "encryption" | "public-key-match";
  readonly passed: boolean;
}

/** What a certutil output says about the private key of a certificate. */
export interface KeyAssociation {
  /** true: provider info is printed; false: certutil says there is none; null: this form of output prints no key lines. */
  readonly linked: Printed<boolean>;
  readonly container: Printed<string>;
  /** `Unique container name` or `Simple container name`, whichever is printed beside `Key Container`. */
  readonly uniqueContainer: Printed<string>;
  readonly provider: Printed<string>;
  readonly providerType: Printed<number>;
  readonly flags: Printed<number>;
  /** Bit 0x20 of the printed flags (CRYPT_MACHINE_KEYSET). */
  readonly machineKeyset: Printed<boolean>;
  /** 1 AT_KEYEXCHANGE, 2 AT_SIGNATURE, 0 a CNG key. */
  readonly keySpec: Printed<0 | 1 | 2>;
  /** NCRYPT key usage of the CNG section: names such as NCRYPT_ALLOW_SIGNING_FLAG. */
  readonly cngKeyUsage: Printed<readonly string[]>;
  readonly tests: readonly Located<KeyTest>[];
  readonly exportable: Printed<boolean>;
  /** HRESULT of a key test or of opening the key, `0x80090016`. */
  readonly error: Printed<string>;
  /** usable: a test passed; unusable: a test failed or the key is another one; missing: `Missing stored keyset`; untested: linked and nothing more printed. */
  readonly status: Printed<"usable" | "unusable" | "missing" | "untested">;
}

/** A certificate as one tool printed it once. */
export interface CertificateFact extends FactBase<"certificate"> {
  /** How it was printed: a store listing, a dump of a file, a PFX, a smart card listing, an element of a chain verification, or PEM. */
  readonly section: "store" | "dump" | "pfx" | "scinfo" | "verify" | "pem" | "fragment";
  /** `server` for certificates the peer sent in a transcript; otherwise null. */
  readonly role: "server" | null;
  readonly serialNumber: Printed<string>;
  readonly issuer: Printed<Name>;
  readonly subject: Printed<Name>;
  readonly notBefore: Printed<Moment>;
  readonly notAfter: Printed<Moment>;
  /** Lower-case hex; masked characters stay as printed. */
  readonly sha1Thumbprint: Printed<string>;
  readonly keyUsage: Printed<KeyUsage>;
  /** OIDs of the extension, in printed order. */
  readonly extendedKeyUsage: Printed<readonly string[]>;
  /** OIDs of the store property CERT_ENHKEY_USAGE_PROP_ID (9). */
  readonly enhancedKeyUsageProperty: Printed<readonly string[]>;
  /** OIDs of the Microsoft Application Policies extension 1.3.6.1.4.1.311.21.10. */
  readonly applicationPolicies: Printed<readonly string[]>;
  /** false: this form of output prints no extensions, so absence of KU or EKU says nothing. */
  readonly extensionsPrinted: boolean;
  /** `Certificate Extensions: N`. */
  readonly announcedExtensions: Printed<number>;
  /** OIDs of the extension headers found. */
  readonly extensionOids: readonly Located<string>[];
  readonly publicKey: Printed<PublicKey>;
  readonly signatureAlgorithm: Printed<string>;
  readonly template: Printed<string>;
  readonly subjectAlternativeNames: Printed<readonly string[]>;
  readonly subjectKeyIdentifier: Printed<string>;
  readonly authorityKeyIdentifier: Printed<string>;
  readonly isCa: Printed<boolean>;
  /** Certificates of the keystore entry whose first this one is: its own, and the CAs that are kept with it. */
  readonly chainLength?: Printed<number>;
  readonly store: Printed<StoreName>;
  readonly key: KeyAssociation;
}

/** Key lines that stand without the certificate they belong to: a few lines quoted in a forum, a card whose certificate cannot be read. */
export interface KeyBlockFact extends FactBase<"key-block"> {
  readonly key: KeyAssociation;
}

/** A store listing: which store, how many certificates were printed and whether the command finished. */
export interface StoreListingFact extends FactBase<"store-listing"> {
  readonly store: Located<StoreName>;
  /** The certificates of the listing, by their facts. */
  readonly certificates: readonly CertificateFact[];
  /** The final line of the command: true `completed successfully`, false `FAILED`; null when it is not printed. */
  readonly completed: Printed<boolean>;
  /** A `...`, `[snip]` or a gap in the certificate numbers shows that the listing was cut. */
  readonly cut: Printed<string>;
  readonly verbose: boolean;
  /** The serial number, thumbprint or index that was asked for: the listing is a selection, and what it lacks may be in the store. */
  readonly filter?: Printed<string>;
}

/** The outcome of `certutil -verify` or of the chain part of `-scinfo`. */
export interface ChainVerificationFact extends FactBase<"chain-verification"> {
  /** Thumbprint of the verified certificate, where printed. */
  readonly leaf: Printed<string>;
  readonly scope: "user" | "machine" | null;
  /** CERT_TRUST_* names of the chain's error status; empty list: the status is printed and holds no error. */
  readonly errors: Printed<readonly string[]>;
  /** Final HRESULT, `0x800b0109`. */
  readonly result: Printed<string>;
  readonly elements: readonly { readonly subject: Printed<Name>; readonly issuer: Printed<Name>; readonly sha1Thumbprint: Printed<string>; readonly errors: Printed<readonly string[]> }[];
}

/** One criterion of a selection call. `type` is the CERT_SELECT_BY_* name. */
export interface Criterion {
  readonly type: string;
  /** true: the heading is missing and the type follows from the shape of the lines. */
  readonly inferred: boolean;
  readonly span: Span;
  /** Announced number of issuers. */
  readonly declared: Printed<number>;
  /** Names of BY_ISSUER_NAME, in printed order; null for other criteria. */
  readonly issuers: readonly Located<Name>[] | null;
  /** Lines of the issuer section that are not readable as one name (cut, merged, elided). */
  readonly unreadable: readonly Span[];
  /** Hex digits of `Value`, as printed, lower case. */
  readonly value: Printed<string>;
  readonly keyUsage: readonly string[] | null;
  readonly oids: readonly Located<string>[] | null;
  /** Further lines of the section, verbatim. */
  readonly texts: readonly Located<string>[];
}

/** One call of CertSelectCertificateChains. */
export interface SelectionCallFact extends FactBase<"selection-call"> {
  /** 32 bits, printed as hexadecimal digits. */
  readonly flags: Printed<number>;
  /** CERT_SELECT_* names printed by the tool itself. */
  readonly printedFlagNames: readonly Located<string>[];
  readonly declaredCriteria: Printed<number>;
  readonly criteria: readonly Criterion[];
  readonly matches: Printed<number>;
  readonly result: Printed<boolean>;
  /** The exit line is printed. */
  readonly complete: boolean;
  readonly process: number | null;
  readonly thread: number | null;
  /** Time of day as printed in the prefix of the first line. */
  readonly time: string | null;
}

/** Any other API call result of a trace that bears on the handshake, e.g. InitializeSecurityContext with an error. */
export interface ApiResultFact extends FactBase<"api-result"> {
  readonly api: string;
  /** HRESULT as `0x8009030d`. */
  readonly code: Located<string>;
}

/** What one session summary of a transcript says about the server's CertificateRequest. */
export interface CertificateRequestFact extends FactBase<"certificate-request"> {
  /** Which run (transcript) of the input, from 1. */
  readonly run: number;
  /** Which session summary of the run's transcript, from 1, counted over the input; null: none (`-brief`, loose lines). */
  readonly summary: number | null;
  /** false only where the transcript proves it; null: cannot be told. `because` cites the deciding line where there is one. */
  readonly requested: boolean | null;
  readonly because: Located<string> | null;
  /** [] the server sent an empty list; null no list is known. */
  readonly authorities: readonly Located<Name>[] | null;
  /** The heading or the "No client certificate CA names sent" line. */
  readonly authoritiesLine: Span | null;
  readonly certificateTypes: Printed<readonly string[]>;
  readonly signatureAlgorithms: Printed<readonly string[]>;
  readonly when: "first-handshake" | "after-request" | null;
  /** true: the whole message is printed, to its end, by a program that prints messages instead of summaries. */
  readonly whole?: boolean;
}

/** The client's Certificate message, its answer to a request. */
export interface ClientCertificateSentFact extends FactBase<"client-certificate-sent"> {
  readonly run: number;
  /** false: the message was empty, the client had nothing to send. */
  readonly sent: boolean;
  /** Certificates in the message; null: at least one, and the number is not printed. */
  readonly count: number | null;
}

/** One session summary (or `-brief` block) of a transcript. */
export interface TlsSessionFact extends FactBase<"tls-session"> {
  readonly run: number;
  readonly summary: number | null;
  /** As far as the text shows it: name `openssl` or `libressl`; version as a range such as `1.1.1-3.1`. */
  readonly tool: { readonly name: string; readonly version: string | null } | null;
  readonly command: Printed<string>;
  readonly protocol: Printed<string>;
  readonly cipher: Printed<string>;
  readonly verifyReturnCode: Printed<{ readonly code: number; readonly text: string }>;
  readonly secureRenegotiation: Printed<boolean>;
  readonly reused: Printed<boolean>;
  readonly serverChain: readonly { readonly subject: Located<Name>; readonly issuer: Located<Name> }[];
  readonly serverSubject: Printed<Name>;
  readonly serverIssuer: Printed<Name>;
  /** Unix seconds of `Start Time`. */
  readonly startTime: Printed<number>;
}

/** One run of s_client: what was typed and how it ended. */
export interface TlsRunFact extends FactBase<"tls-run"> {
  readonly run: number;
  readonly command: Printed<string>;
  /** host:port of `-connect`, or of `Connecting to`. */
  readonly connect: Printed<string>;
  readonly serverName: Printed<string>;
  /** false: the connection failed before any handshake. */
  readonly connected: Printed<boolean>;
  /** The request line that was typed or piped, `GET /path`; null: none is visible. */
  readonly httpRequest: Printed<string>;
  /** File of `-cert`; null: not on the visible command line. */
  readonly clientCertificate: Printed<string>;
  /** `-tls1_2`, `-enable_pha`, `-prexit`, … as typed. */
  readonly options: readonly Located<string>[];
  /** Standard input ended at once (`DONE`). */
  readonly inputEnded: Printed<boolean>;
}

/** Who made the request or the connection that a line of a server's log tells of. */
export interface LogClient {
  /** Without the port, as printed. */
  readonly address: Located<string>;
  /** When; null: the line has no time, or none that is read. */
  readonly time: Moment | null;
}

export interface AlertFact extends FactBase<"alert"> {
  readonly run: number | null;
  readonly number: number | null;
  readonly name: string;
  readonly direction: "received" | "sent" | null;
  /** The side whose program printed it, where the line shows that; a server's log may print an alert that it received from the client. */
  readonly reportedBy?: "client" | "server" | null;
  /** true: an event of Schannel tells it, which Windows writes in the same words on either side. */
  readonly ofEvent?: boolean;
  readonly client?: LogClient | null;
}

export interface HttpStatusFact extends FactBase<"http-status"> {
  readonly run: number | null;
  readonly status: number;
  readonly substatus: number | null;
  readonly win32Status: number | null;
  /** `Date` header of the same response, ISO 8601 UTC. */
  readonly date: Printed<string>;
  /** true: a person names it in a sentence; a program printed all others. */
  readonly inWords?: boolean;
  /** Value of the `Server` header of the same response. */
  readonly server: Printed<string>;
  readonly client?: LogClient | null;
}

/** A verification error a tool printed about the *server's* certificate in a transcript. */
export interface VerifyErrorFact extends FactBase<"verify-error"> {
  readonly run: number;
  readonly depth: number | null;
  readonly code: number;
  readonly text: string;
}

/** An error code or a well-known error sentence somewhere in the text. */
export interface ErrorCodeFact extends FactBase<"error-code"> {
  /** Symbolic name of the model's catalogue: `SEC_E_ALGORITHM_MISMATCH`, `SSL_R_EE_KEY_TOO_SMALL`, …; for a code that is not in it, the name or number as printed. */
  readonly name: string;
  /** `0x80090331`, where the text or the catalogue gives it. */
  readonly code: string | null;
  /** The side whose program printed it, where the line shows that: a verification error of a server is about the client's certificate. */
  readonly reportedBy?: "client" | "server" | null;
  readonly client?: LogClient | null;
  /** true: the words around it tell of another use of keys and certificates, a logon for example, and of nothing that TLS has to do with. */
  readonly otherUse?: boolean;
}

/** A server's log of several clients: their addresses, each where it stands first. */
export interface LogClientsFact extends FactBase<"log-clients"> {
  readonly clients: readonly Located<string>[];
  /** Those that a line which is not of the log names as well. */
  readonly named: readonly Located<string>[];
}

/** A configuration line of the server that bears on the request, e.g. IIS sslFlags. */
export interface SettingFact extends FactBase<"setting"> {
  /** `sslFlags`, … */
  readonly setting: string;
  readonly value: Located<string>;
  /** Address of the binding that it is a setting of, `0.0.0.0:443`. */
  readonly binding?: Printed<string>;
}

/** What one entry of an access control list says. */
export interface FileRight {
  readonly account: string;
  /** true: the entry takes the rights away. */
  readonly deny: boolean;
  /** As icacls abbreviates them: `F`, `R`, `RX`, `I` (inherited), `IO` (for files below only), … */
  readonly rights: readonly string[];
}

/** Who may use the file of a private key. */
export interface KeyFileRightsFact extends FactBase<"key-file-rights"> {
  /** Name of the file without its folder: the unique container name of the key. */
  readonly file: Located<string>;
  readonly entries: readonly Located<FileRight>[];
  /** The list was printed to its end. */
  readonly complete: boolean;
}

export interface AccountGroup {
  readonly name: Located<string>;
  readonly sid: string;
  /** The group counts where it denies only: an administrator without elevation. */
  readonly denyOnly: boolean;
}

/** Under which account a shell or a program runs. */
export interface AccountFact extends FactBase<"account"> {
  /** `shell`: whoami says so; `program`: the configuration of a service or application pool does. */
  readonly of: "shell" | "program";
  /** null: only its groups are printed. */
  readonly name: Printed<string>;
  readonly sid: Printed<string>;
  readonly groups: readonly AccountGroup[] | null;
}

/** Where the input cannot be trusted. */
export interface DamageFact extends FactBase<"damage"> {
  readonly what: "truncated" | "count-mismatch" | "edited" | "encoding" | "unreadable-name" | "unknown-label" | "forged-lines" | "contradiction";
  /** One sentence for people. */
  readonly says: string;
}

export type Fact =
  | CertificateFact | KeyBlockFact | StoreListingFact | ChainVerificationFact
  | SelectionCallFact | ApiResultFact
  | CertificateRequestFact | ClientCertificateSentFact | TlsSessionFact | TlsRunFact | AlertFact | HttpStatusFact | VerifyErrorFact
  | ErrorCodeFact | LogClientsFact | SettingFact | KeyFileRightsFact | AccountFact | DamageFact;

export type FactKind = Fact["kind"];
