import type { Citation, CriterionVerdict, Report, Selection } from "../../src/report/report.ts";

/** A citation of the first occurrence of `cited` in `quote`. */
export function citation(file: string, line: number, quote: string, cited: string, shows: string): Citation {
  const from = Math.max(0, quote.lastIndexOf(cited));
  return { file, line, column: from + 1, quote, shows, from, length: cited.length };
}

const usage = citation("certutil.txt", 41, "    Key Encipherment, Data Encipherment (30)", "Key Encipherment, Data Encipherment (30)", "the key usage of the certificate");
const demand = citation("strace.log", 212, "10:15:00:470 4312.1a4c Value : 00000080", "00000080", "the client demands digitalSignature");
const none = citation("strace.log", 214, "10:15:00:470 4312.1a4c Number of certificates matching criteria(s) : 0", ": 0", "no certificate matched");
const list = citation("strace.log", 180, "10:15:00:470 4312.1a4c Number of issuer(s) : 22", "22", "22 issuers are announced");
const page = citation("sclient.txt", 61, "HTTP/1.1 403 Forbidden", "403", "the server's answer");

function criterion(code: string, verdict: CriterionVerdict["verdict"], because: string, evidence: readonly Citation[] = []): CriterionVerdict {
  return { criterion: code, verdict, because, evidence };
}

/** A certificate of a selection; `verdicts` are those of key, dates, usage and issuer. */
export function replayed(name: string, line: number, usageVerdict: CriterionVerdict["verdict"]): Selection["certificates"][number] {
  return {
    certificate: {
      subject: { printed: name, rdns: [[{ type: "CN", value: name.slice(3) }]], rfc4514: name }, sha1Thumbprint: "0123456789abcdef0123456789abcdef01234567".slice(0, 40),
      serialNumber: "0a0b", place: { file: "certutil.txt", line, column: 1 },
    },
    selectable: usageVerdict === "meets" ? "yes" : usageVerdict === "fails" ? "no" : "unknown",
    criteria: [
      criterion("HAS_PRIVATE_KEY", "meets", "a key container is printed"),
      criterion("NOT_EXPIRED", "meets", "valid until 2027-01-01"),
      criterion("KEY_USAGE", usageVerdict, usageVerdict === "fails" ? "its Key Usage (30) lacks digitalSignature (80)" : "its Key Usage is (a0)", [usage]),
      criterion("ISSUER_NAME", usageVerdict === "fails" ? "unknown" : "meets", "3 of 22 announced names are printed", [list]),
    ],
  };
}

/** A report with one proved finding and one possible one; everything a report can hold is there once. */
export const sampleReport: Report = {
  schema: "certwhy/report/1",
  tool: { name: "certwhy", version: "0.1.0" },
  at: "2026-03-02T08:14:11Z",
  atFrom: { source: "evidence", evidence: citation("sclient.txt", 62, "Date: Mon, 02 Mar 2026 08:14:11 GMT", "Mon, 02 Mar 2026 08:14:11 GMT", "the date of the response") },
  inputs: [
    { file: "strace.log", bytes: 20480, encoding: "utf-16le", encodingBecause: "byte-order mark", lines: 300, sha256: "00", formats: ["strace"], linesClaimed: 40, linesNotUnderstood: 1 },
    { file: "certutil.txt", bytes: 4096, encoding: "cp850", encodingBecause: "words", lines: 120, sha256: "01", formats: ["certutil", "traces"], linesClaimed: 118, linesNotUnderstood: 0 },
    { file: "holiday.txt", bytes: 10, encoding: "utf-8", encodingBecause: "valid UTF-8", lines: 1, sha256: "02", formats: [], linesClaimed: 0, linesNotUnderstood: 0 },
  ],
  verdict: "The client holds a certificate with a key, but its Key Usage lacks digitalSignature, so Windows does not offer it.",
  path: [
    { station: "asked", state: "ok", evidence: [list] },
    { station: "listed", state: "unknown", evidence: [] },
    { station: "candidates", state: "ok", evidence: [usage] },
    { station: "selected", state: "broken", evidence: [none] },
    { station: "usable", state: "not-reached", evidence: [] },
    { station: "sent", state: "not-reached", evidence: [] },
    { station: "accepted", state: "not-reached", evidence: [page] },
  ],
  findings: [
    {
      cause: "ku-missing-digitalsignature", title: "Key Usage lacks digitalSignature", headline: "The Key Usage (30) lacks digitalSignature (80): it allows only keyEncipherment and dataEncipherment.",
      why: "A TLS client proves possession of its key by signing the handshake. Windows offers a certificate only if it has no Key Usage extension, or one with digitalSignature.",
      overturnedBy: null,
      fix: [
        { text: "Have the certificate issued again with digitalSignature. Key Usage is part of the certificate and cannot be changed afterwards.", command: null, on: "ca" },
        { text: "Check the new certificate.", command: "certutil -v -user -store my", on: "client" },
      ],
      weight: "proved", evidence: [usage, demand, none],
      about: { certificate: "0123456789abcdef0123456789abcdef01234567", subject: "CN=alice, OU=Sales, O=\"Example, Inc.\"", place: { file: "certutil.txt", line: 12, column: 1 } },
    },
    {
      cause: "issuer-not-in-server-list", title: "No CA of the certificate's chain is in the server's list", headline: "No CA of the chain is among the 3 names of 22 that can be read here.",
      why: "The client offers a certificate only if some CA of its chain is in the list the server sends.", overturnedBy: "The list is cut: the whole list would confirm or overturn it.",
      fix: [{ text: "Install the root of the client's chain in the computer's Trusted Root store.", command: "certutil -addstore root root.cer", on: "server" }],
      weight: "possible", evidence: [list], about: null,
    },
  ],
  ruledOut: [
    { cause: "keyspec-mismatch", title: "The key has another KeySpec than the call demands", evidence: [citation("strace.log", 170, "dwFlags : 00000088", "00000088", "neither 10 nor 20 is set")] },
    { cause: "duplicate-suppressed", title: "A newer duplicate hides the certificate", evidence: [citation("strace.log", 170, "dwFlags : 00000088", "00000088", "duplicates are allowed")] },
  ],
  cannotTell: [
    { cause: "client-missing-intermediate", title: "The client lacks an intermediate", missing: [{ what: "the intermediate certificates that the client holds", command: "certutil -user -store CA", on: "client", account: "the user whose client fails" }] },
    {
      cause: "orphaned-key-missing-keyset", title: "The key is gone",
      missing: [
        { what: "whether the key opens", command: "certutil -v -user -store my", on: "client", account: "the user whose client fails" },
        { what: "event 36870", command: null, on: "client", account: null },
      ],
    },
    { cause: "key-no-permission", title: "The account may not use the key", missing: [{ what: "whether the key opens for this account", command: "certutil  -v -user -store my ", on: "client", account: "the user whose client fails" }] },
  ],
  selections: [
    {
      call: { file: "strace.log", line: 168, column: 24 }, flags: { hex: "00000088", names: ["CERT_SELECT_HAS_PRIVATE_KEY", "CERT_SELECT_ALLOW_DUPLICATES"] }, reportedMatches: 0, predictedMatches: 0,
      countCheck: "The two agree: the explanation is complete.", sameCalls: 2, certificates: [replayed("CN=alice", 12, "fails"), replayed("CN=bob", 60, "unknown")],
    },
  ],
  issuerLists: [
    {
      from: "selection-call", place: { file: "strace.log", line: 180, column: 24 }, announced: 22, listed: 8, complete: false,
      names: Array.from({ length: 8 }, (_, index) => ({ printed: `CN=Example Root CA ${index}, O=Example`, place: { file: "strace.log", line: 181 + index, column: 1 } })),
      matches: [], nearMisses: [citation("strace.log", 183, "CN=Example Root CA G3, O=Example", "G3", "the certificate's issuer ends in G2")],
    },
  ],
  notes: [{ cause: "single-cert-silent-send", title: "A single certificate is sent without a prompt", says: "That no window appears is no fault.", evidence: [none] }],
  damage: [{ kind: "damage", place: { file: "strace.log", line: 189, column: 1 }, what: "count-mismatch", says: "22 issuers are announced and 8 are listed.", quote: "…" }],
  notUnderstood: [citation("strace.log", 199, "10:15:00:470 4312.1a4c pvReserved : 0", "pvReserved : 0", "")],
  failures: [],
};

/** Text that tries to leave its place: terminal escapes, bidi controls, markup of every output. */
export const hostile = "\u001B[31mred\u001B]0;title\u0007 \u202Eevil\u2066 `` ``` | @admin #12 !7 <script>alert(1)</script> </script> **b** [x](http://e.vil) # h\r\n- i &amp; \"q' \u0000\u009B\uD800";

/** The sample with every string of it replaced or followed by hostile text. */
export function hostileReport(): Report {
  const infect = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return ["schema", "source", "state", "station", "weight", "verdict-of", "kind", "on", "from", "selectable", "at"].includes(key) || (key === "verdict" && /^(?:meets|fails|unknown)$/.test(value)) ? value : `${value} ${hostile}`;
    if (Array.isArray(value)) return value.map((one) => infect(one, key));
    if (value !== null && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, infect(one, name)]));
    return value;
  };
  return infect(sampleReport, "") as Report;
}
