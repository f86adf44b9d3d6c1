import type { Texts } from "./analyze-texts.ts";
import type { CertificateSpec } from "./certificate-spec.ts";
import { issuingCa, rootCa } from "./certificate-spec.ts";
import { renderStore } from "./render-certutil.ts";
import { renderTranscript } from "./render-s-client.ts";
import type { TranscriptSpec } from "./render-s-client.ts";
import { renderStrace } from "./render-strace.ts";
import type { CallSpec } from "./render-strace.ts";

/** The evidence of one case. What is null or missing is not at hand. */
export interface CaseSpec {
  /** Verbose listing of the user's own store; a string stands for itself. */
  readonly my?: readonly CertificateSpec[] | string;
  /** Verbose listing of the computer's store. */
  readonly machine?: readonly CertificateSpec[] | string;
  /** The client's intermediates and roots; without them the sample CAs are there, null: not listed. */
  readonly ca?: readonly CertificateSpec[] | null;
  readonly root?: readonly CertificateSpec[] | null;
  readonly call?: CallSpec;
  /** Answer in the log, after the call. */
  readonly after?: Parameters<typeof renderStrace>[1];
  readonly probe?: Partial<TranscriptSpec>;
  /** A second transcript. */
  readonly otherProbe?: Partial<TranscriptSpec>;
  /** Loose lines: a log, an event, a mail. */
  readonly note?: string;
}

/** The files of a case: `my.txt`, `machine.txt`, `ca.txt`, `root.txt`, `strace.log`, `probe.txt`, `other-probe.txt`, `note.txt`. */
export function caseOf(given: CaseSpec): Texts {
  const stores = given.my !== undefined || given.machine !== undefined;
  const ca = given.ca === undefined ? (stores ? [issuingCa] : null) : given.ca;
  const root = given.root === undefined ? (stores ? [rootCa] : null) : given.root;
  return {
    ...(given.my === undefined ? {} : { "my.txt": typeof given.my === "string" ? given.my : renderStore(given.my) }),
    ...(given.machine === undefined ? {} : { "machine.txt": typeof given.machine === "string" ? given.machine : renderStore(given.machine, { scope: "machine" }) }),
    ...(ca === null ? {} : { "ca.txt": renderStore(ca, { name: "CA" }) }),
    ...(root === null ? {} : { "root.txt": renderStore(root, { name: "root" }) }),
    ...(given.call === undefined && given.after === undefined ? {} : { "strace.log": renderStrace(given.call === undefined ? [] : [given.call], given.after) }),
    ...(given.probe === undefined ? {} : { "probe.txt": renderTranscript(given.probe) }),
    ...(given.otherProbe === undefined ? {} : { "other-probe.txt": renderTranscript(given.otherProbe) }),
    ...(given.note === undefined ? {} : { "note.txt": given.note }),
  };
}
