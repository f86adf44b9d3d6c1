import type { Attribute } from "./certificate-spec.ts";
import { opensslName } from "./certificate-spec.ts";

/** What one handshake of the transcript asked for; null: it asked for nothing. */
export interface RequestSpec {
  /** Acceptable authorities; empty: an empty list. */
  readonly authorities: readonly (readonly Attribute[])[];
  /** Printed up to TLS 1.2 only. */
  readonly types: string | null;
  readonly algorithms: string | null;
}

export interface TranscriptSpec {
  /** Common name of the certificate that answers; also what is connected to and asked for, unless that is given. */
  readonly host: string;
  /** `-connect`, host:port. */
  readonly connect: string | null;
  /** `-servername`; null: `-noservername`. */
  readonly serverName: string | null;
  readonly protocol: "TLSv1.2" | "TLSv1.3";
  /** Before the request line was sent, and at the end of the session. */
  readonly first: RequestSpec | null;
  readonly last: RequestSpec | null;
  /** `GET /path`; null: nothing was typed. */
  readonly request: string | null;
  /** Status line without the version, `403 Forbidden`; null: no answer. */
  readonly status: string | null;
  /** `Date` header of the answer. */
  readonly date: string | null;
  /** The page of IIS with a sub-status, `403.7`. */
  readonly iisPage: string | null;
  /** Alert of the server after the handshake, by number. */
  readonly alert: 40 | 42 | 45 | 48 | 116 | null;
  /** File of `-cert`. */
  readonly clientCertificate: string | null;
  readonly serverIssuer: readonly Attribute[];
  /** false: the typed command is not part of the paste. */
  readonly withCommand: boolean;
}

export const RSA_AND_ECDSA = "RSA+SHA256:RSA+SHA384:RSA+SHA1:ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA1";
export const ALL_TYPES = "RSA sign, DSA sign, ECDSA sign";

/** A request of a TLS 1.2 server for certificates of these authorities. */
export function requestFor(...authorities: readonly (readonly Attribute[])[]): RequestSpec {
  return { authorities, types: ALL_TYPES, algorithms: RSA_AND_ECDSA };
}

const DEFAULTS: TranscriptSpec = {
  host: "intranet.fabrik.example", connect: null, serverName: null, protocol: "TLSv1.2", first: null, last: null, request: "GET /secure/", status: "403 Forbidden", date: null, iisPage: null, alert: null,
  clientCertificate: null, serverIssuer: ["CN=Fabrik Server CA", "O=Fabrik, Inc.", "C=DE"], withCommand: true,
};

const ALERTS = {
  40: ["0A000410", "sslv3 alert handshake failure"], 42: ["0A000412", "sslv3 alert bad certificate"], 45: ["0A000415", "sslv3 alert certificate expired"],
  48: ["0A000418", "tlsv1 alert unknown ca"], 116: ["0A00045C", "tlsv13 alert certificate required"],
} as const;

/** A transcript of `openssl s_client -prexit` as openssl 3.5 prints it on a terminal. `last` is the request of the first handshake when it is not given. */
export function renderTranscript(given: Partial<TranscriptSpec> = {}): string {
  const spec: TranscriptSpec = { ...DEFAULTS, serverName: given.host ?? DEFAULTS.host, ...given, last: given.last === undefined ? given.first ?? null : given.last };
  const options = `${spec.protocol === "TLSv1.2" ? " -tls1_2" : " -tls1_3"} -prexit${spec.clientCertificate === null ? "" : ` -cert ${spec.clientCertificate} -key key.pem`}`;
  return [
    ...(spec.withCommand ? [`$ openssl s_client -connect ${spec.connect ?? `${spec.host}:443`}${spec.serverName === null ? " -noservername" : ` -servername ${spec.serverName}`}${options}`] : []),
    "Connecting to 192.0.2.10", "CONNECTED(00000003)", `depth=0 CN=${spec.host}`, "verify return:1",
    ...summary(spec, spec.first),
    ...(spec.request === null ? [] : [`${spec.request} HTTP/1.1`, `Host: ${spec.host}`, ""]),
    ...(spec.alert === null ? [] : [`40D7C2A1B37F0000:error:${ALERTS[spec.alert][0]}:SSL routines:ssl3_read_bytes:${ALERTS[spec.alert][1]}:../ssl/record/rec_layer_s3.c:907:SSL alert number ${spec.alert}`]),
    ...(spec.status === null ? [] : [
      `HTTP/1.1 ${spec.status}`, "Content-Type: text/html", "Server: Microsoft-IIS/10.0", ...(spec.date === null ? [] : [`Date: ${spec.date}`]), "Connection: close", "",
      ...(spec.iisPage === null ? [] : [`<h2>HTTP Error ${spec.iisPage} - Forbidden</h2>`]), "closed",
    ]),
    ...summary(spec, spec.last), "",
  ].join("\n");
}

function summary(spec: TranscriptSpec, request: RequestSpec | null): readonly string[] {
  const older = spec.protocol === "TLSv1.2";
  return [
    "---", "Certificate chain", ` 0 s:CN=${spec.host}`, `   i:${opensslName(spec.serverIssuer)}`, "   a:PKEY: RSA, 2048 (bit); sigalg: sha256WithRSAEncryption",
    "   v:NotBefore: Jan 15 08:00:00 2025 GMT; NotAfter: Jan 15 08:00:00 2027 GMT",
    "---", "Server certificate", `subject=CN=${spec.host}`, `issuer=${opensslName(spec.serverIssuer)}`, "---",
    ...(request === null || request.authorities.length === 0 ? ["No client certificate CA names sent"] : ["Acceptable client certificate CA names", ...request.authorities.map(opensslName)]),
    ...(request === null || request.types === null || !older ? [] : [`Client Certificate Types: ${request.types}`]),
    ...(request === null || request.algorithms === null ? [] : [`Requested Signature Algorithms: ${request.algorithms}`, `Shared Requested Signature Algorithms: ${request.algorithms}`]),
    "Peer signing digest: SHA256", "Peer signature type: rsa_pss_rsae_sha256", "Peer Temp Key: X25519, 253 bits", "---",
    "SSL handshake has read 2315 bytes and written 419 bytes", "Verification: OK", "---",
    older ? "New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384" : "New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384",
    `Protocol: ${spec.protocol}`, "Server public key is 2048 bit",
    older ? "Secure Renegotiation IS supported" : "This TLS version forbids renegotiation.", "Compression: NONE", "Expansion: NONE", "No ALPN negotiated",
    ...(older
      ? ["SSL-Session:", `    Protocol  : ${spec.protocol}`, "    Cipher    : ECDHE-RSA-AES256-GCM-SHA384", "    Session-ID: 4F0C", "    Session-ID-ctx:", "    Start Time: 1750000000", "    Timeout   : 7200 (sec)", "    Verify return code: 0 (ok)", "    Extended master secret: yes"]
      : ["Early data was not sent", "Verify return code: 0 (ok)"]),
    "---",
  ];
}
