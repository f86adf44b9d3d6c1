import type { Missing, Step, Weight } from "../causes/cause.ts";
import type { Place } from "../text/source-text.ts";

// A cause states these as plain data already; the report passes them on as they are.
export type { Missing, Step, Weight };

/** A report as plain data: what `--format json` prints. No spans, no functions, no dates but ISO 8601 strings. */
export interface Report {
  readonly schema: "certwhy/report/1";
  readonly tool: { readonly name: "certwhy"; readonly version: string };
  /** The moment validity was judged at, ISO 8601 UTC. */
  readonly at: string;
  /** Where `at` comes from: the `--at` option, the evidence (then cited), or the clock. */
  readonly atFrom: { readonly source: "option" | "evidence" | "clock"; readonly evidence: Citation | null };
  readonly inputs: readonly InputSummary[];
  /** One sentence a manager could read. */
  readonly verdict: string;
  readonly path: readonly PathStation[];
  /** Strongest first. */
  readonly findings: readonly Finding[];
  readonly ruledOut: readonly RuledOut[];
  readonly cannotTell: readonly CannotTell[];
  readonly selections: readonly Selection[];
  readonly issuerLists: readonly IssuerList[];
  /** What the inputs say that explains without being a fault, e.g. that a single certificate is sent without a prompt. */
  readonly notes: readonly Note[];
  readonly damage: readonly DamageReport[];
  /** Lines inside claimed passages that nothing understood, at most the first 20. */
  readonly notUnderstood: readonly Citation[];
  /** Causes whose check failed by a fault of the tool itself. */
  readonly failures: readonly { readonly cause: string; readonly error: string }[];
}

/** A quoted place of the input and what it shows. */
export interface Citation extends Place {
  /** The whole line, without its line end; long lines are shortened around the cited part. */
  readonly quote: string;
  readonly shows: string;
  /** Offset in `quote` of the cited part, from 0, and its length in UTF-16 code units. */
  readonly from: number;
  readonly length: number;
}

/** One input as it was read. Of an empty or binary one `formats` is empty. */
export interface InputSummary {
  readonly file: string;
  readonly bytes: number;
  readonly encoding: string;
  readonly encodingBecause: string;
  readonly lines: number;
  readonly sha256: string | null;
  /** Formats that claimed something, in order of appearance. */
  readonly formats: readonly string[];
  readonly linesClaimed: number;
  readonly linesNotUnderstood: number;
}

/** The stations of a client certificate, in order: from the server's request to its acceptance. */
export type Station = "asked" | "listed" | "candidates" | "selected" | "usable" | "sent" | "accepted";

/** How far a certificate came. `unknown`: the inputs do not show it; `not-reached`: it broke before. */
export interface PathStation {
  readonly station: Station;
  readonly state: "ok" | "broken" | "unknown" | "not-reached";
  readonly evidence: readonly Citation[];
}

/** A certificate as the report names it. */
export interface CertificateLabel {
  readonly certificate: string | null;
  readonly subject: string | null;
  readonly place: Place;
}

/** A cause that was found, with what shows it and what mends it. */
export interface Finding {
  /** Id of the cause, as `certwhy explain` takes it. */
  readonly cause: string;
  readonly title: string;
  readonly headline: string;
  readonly why: string;
  /** What would overturn a finding that is not proved; null for proved ones. */
  readonly overturnedBy: string | null;
  readonly fix: readonly Step[];
  readonly weight: Weight;
  readonly evidence: readonly Citation[];
  readonly about: CertificateLabel | null;
}

/** A cause that the cited lines exclude. */
export interface RuledOut {
  readonly cause: string;
  readonly title: string;
  readonly evidence: readonly Citation[];
}

/** A cause that the inputs leave open, and what would decide it. */
export interface CannotTell {
  readonly cause: string;
  readonly title: string;
  readonly missing: readonly Missing[];
}

/** A distinguished name: as printed, as RDNs in the order of the encoding (root first), and by RFC 4514. */
export interface JsonName {
  readonly printed: string;
  readonly rdns: readonly (readonly { readonly type: string; readonly value: string }[])[];
  readonly rfc4514: string;
}

/** How a certificate stands to one criterion of a selection. */
export interface CriterionVerdict {
  /** Criterion code of the contract: HAS_PRIVATE_KEY, KEY_USAGE, ISSUER_NAME, … */
  readonly criterion: string;
  readonly verdict: "meets" | "fails" | "unknown";
  readonly because: string;
  readonly evidence: readonly Citation[];
}

/** A selection replayed: every certificate of the inputs against every criterion. */
export interface Selection {
  /** null: criteria predicted for a default Windows client, no trace at hand. */
  readonly call: Place | null;
  readonly flags: { readonly hex: string; readonly names: readonly string[] } | null;
  readonly reportedMatches: number | null;
  readonly predictedMatches: number | null;
  /** What equality or disagreement of the two counts means; null when one of them is unknown. */
  readonly countCheck: string | null;
  /** How many further calls of the trace ask for exactly the same. */
  readonly sameCalls: number;
  readonly certificates: readonly {
    readonly certificate: { readonly subject: JsonName | null; readonly sha1Thumbprint: string | null; readonly serialNumber: string | null; readonly place: Place };
    readonly selectable: "yes" | "no" | "unknown";
    readonly criteria: readonly CriterionVerdict[];
  }[];
}

/** A list of certification authorities that a server accepts, as one tool printed it. */
export interface IssuerList {
  readonly from: "selection-call" | "certificate-request";
  readonly place: Place;
  readonly announced: number | null;
  readonly listed: number;
  /** true: every announced name is present (or nothing suggests otherwise where no count is announced). */
  readonly complete: boolean;
  readonly names: readonly { readonly printed: string; readonly place: Place }[];
  /** Names that equal a CA of a candidate's chain. */
  readonly matches: readonly Citation[];
  /** Names that nearly equal one, and what differs. */
  readonly nearMisses: readonly Citation[];
}

/** Something true that explains without being a fault. */
export interface Note {
  readonly cause: string;
  readonly title: string;
  readonly says: string;
  readonly evidence: readonly Citation[];
}

/** A place where the inputs cannot be trusted as they stand. */
export interface DamageReport {
  readonly kind: "damage";
  readonly place: Place;
  readonly what: string;
  readonly says: string;
  readonly quote: string;
}
