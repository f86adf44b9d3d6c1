import type { Certificate } from "../correlate/certificates.ts";
import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { clearedBy, currentCandidates, exclusionsBy, symptomOf } from "../correlate/exclusions.ts";
import { membershipOf } from "../correlate/issuer-lists.ts";
import { evidenceOf, verdictOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { readSignatureScheme } from "../model/signature-schemes.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome, Step } from "./cause.ts";
import { caStore, selectionTrace, transcript, unprintedCertificate, verboseUserStore } from "./collect.ts";

const FIX: readonly Step[] = [
  { text: "IIS: install the root of the client's chain in the computer's Trusted Root store (intermediates in Intermediate Certification Authorities), or in the Client Authentication Issuers store if the binding uses it.", command: "certutil -addstore root root.cer", on: "server" },
  { text: "nginx: add the CA to ssl_client_certificate. Apache: SSLCACertificateFile or SSLCADNRequestFile. HAProxy: ca-file.", command: null, on: "server" },
  { text: "Or use a certificate from one of the listed CAs.", command: null, on: "client" },
];

export const issuerNotInServerList: Cause = {
  id: "issuer-not-in-server-list",
  title: "No CA of the certificate's chain is in the server's list",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/ns-wincrypt-cert_select_criteria", "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 2), "");
    if (situation.replay?.list === null && situation.request.emptyList !== null) return ruledOut([situation.request.emptyList], "");
    const [first, ...more] = [
      ...exclusionsBy(situation, "ISSUER_NAME").filter(({ certificate }) => membershipIn(certificate, situation)?.state === "not-listed").map((exclusion): Discovery => discovery(
        exclusion.certificate, situation, exclusion.weight, exclusion.overturnedBy, exclusion.evidence,
      )),
      ...byElimination(situation),
      ...byEmptyAnswer(situation),
      ...byDotnet(situation),
    ];
    if (first !== undefined) return found(first, ...more);
    const cleared = clearedBy(situation, "ISSUER_NAME");
    if (cleared !== null) return ruledOut(cleared, "");
    if (exclusionsBy(situation, "ISSUER_NAME").length > 0) return doesNotApply("the list names a CA above a missing intermediate: that is another cause");
    if (situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    if (situation.request.requested === false) return doesNotApply("the server did not ask, so it sent no list");
    const list = situation.replay?.list ?? situation.serverList;
    if (list === null) return cannotTell(transcript(situation), ...unprintedCertificate(situation));
    if (list.incomplete !== null) return cannotTell({ ...selectionTrace, what: "the complete list of issuers, unshortened" }, transcript(situation));
    return situation.candidates.length === 0 ? cannotTell(verboseUserStore) : cannotTell(caStore);
  },
};

function membershipIn(certificate: Certificate, situation: Situation): ReturnType<typeof membershipOf> | null {
  const list = situation.replay?.list ?? null;
  return list === null ? null : membershipOf(situation.chainOf(certificate), list);
}

function discovery(certificate: Certificate, situation: Situation, weight: Discovery["weight"], overturnedBy: string | null, proof: readonly [Evidence, ...Evidence[]]): Discovery {
  const membership = membershipIn(certificate, situation);
  const list = situation.replay?.list ?? null;
  const near = membership !== null && "nearMisses" in membership ? membership.nearMisses : [];
  const count = list === null ? "" : ` of ${list.announced?.value ?? list.names.length}`;
  const [head, ...tail] = evidenceOf(proof, near);
  return {
    headline: weight === "possible"
      ? `No CA of the certificate's chain is among the ${list?.names.length ?? 0} names${count} that can be read here.`
      : `The server accepts ${list?.names.length ?? 0} issuers, and no CA of the certificate's chain is among them${near.length > 0 ? "; some names are nearly the same" : ""}.`,
    why: "The client offers a certificate only if some CA of its chain, intermediate or root, is in the list the server sends. A name that is nearly the same is another name.",
    overturnedBy, fix: FIX, weight, evidence: [head ?? proof[0], ...tail], about: certificate,
  };
}

/**
 * No certificate is printed, but the program was asked with a list that names authorities and for keys of every common type, and it answered
 * with nothing: a client that has a certificate passes over it for no other reason than the list.
 */
function byEmptyAnswer(situation: Situation): readonly Discovery[] {
  const { request, serverList: list, outcome } = situation;
  if (request.emptyAnswer === null || list === null || outcome.arrived !== false || situation.calls.length > 0 || situation.candidates.length > 0) return [];
  const schemes = request.signatureAlgorithms?.value.map(readSignatureScheme) ?? null;
  const types = request.certificateTypes?.value ?? null;
  const anyKey = (schemes === null || (schemes.some((scheme) => scheme.key === "RSA") && schemes.some((scheme) => scheme.key === "EC")))
    && (types === null || (types.includes("RSA sign") && types.includes("ECDSA sign")));
  const shown = [evidence(list.span, `${list.names.length} authorit${list.names.length === 1 ? "y" : "ies"}, and the client has no certificate of theirs`), request.emptyAnswer];
  const [first, ...more] = evidenceOf(shown, anyKey && request.signatureAlgorithms !== null ? [evidence(request.signatureAlgorithms, "keys of every common type are accepted")] : []);
  if (first === undefined) return [];
  return [{
    headline: `The server accepts certificates of ${list.names.length} authorit${list.names.length === 1 ? "y" : "ies"}, and the client answered that it has none of them.`,
    why: "A client sends a certificate only if some CA of its chain is in the list of the server's request. One whose certificates all come from other CAs answers with an empty list, and goes on without a certificate.",
    overturnedBy: anyKey
      ? "A client that was given no certificate at all answers in the same way, and so does a browser whose user cancels the choice. The contents of its key store would tell: whether it holds a certificate with a private key, and who issued it."
      : "The server does not accept every type of key, so the client may hold a certificate with another one; the contents of its key store would tell.",
    fix: [...FIX, { text: "Look whether the client's key store holds a private key (Java: an entry PrivateKeyEntry), and whether its certificate was issued by a listed CA.", command: "keytool -list -v -keystore KEYSTORE", on: "client" },
      { text: "The same for a program that uses the store of Windows.", command: "certutil -v -user -store my", on: "client" }],
    weight: anyKey && list.incomplete === null ? "likely" : "possible", evidence: [first, ...more], about: null,
  }];
}

/** The trace of .NET Framework tells that issuers were listed and that none of the program's certificates was kept; it prints no names. */
function byDotnet(situation: Situation): readonly Discovery[] {
  const none = codeLines(situation, ["DOTNET_LEFT_WITH_NO_CERTIFICATES"]);
  const listed = codeLines(situation, ["DOTNET_ISSUERS_LISTED"]);
  const [first, ...more] = [...listed.slice(-1), ...none.slice(-1)];
  if (none.length === 0 || listed.length === 0 || first === undefined || situation.calls.length > 0 || situation.outcome.arrived !== false || situation.candidates.length > 0) return [];
  return [{
    headline: "The server listed issuers, and .NET kept none of the program's certificates.",
    why: "With a list, .NET keeps only certificates whose chain holds one of the listed issuers. The chain is built from the stores of the machine: a missing intermediate hides the CA that is listed.",
    overturnedBy: "The trace prints neither the issuers nor the certificates: the list and the certificate's chain would tell. A certificate without a usable key is dropped as well.",
    fix: FIX, weight: codeLines(situation, ["DOTNET_CERTIFICATE_NOT_IN_STORE"]).length > 0 ? "possible" : "likely", evidence: [first, ...more], about: null,
  }];
}

/** The call found nothing, the certificate meets all that is known, and only the list is open: the list is the suspect. */
function byElimination(situation: Situation): readonly Discovery[] {
  const replay = situation.replay;
  if (replay === null || replay.list === null) return [];
  if (replay.reported?.value !== 0 && (replay.call !== null || situation.request.emptyAnswer === null || situation.outcome.arrived !== false)) return [];
  return currentCandidates(situation).flatMap((replayed) => {
    const issuer = verdictOf(replayed, "ISSUER_NAME");
    if (issuer?.verdict !== "unknown" || !replayed.verdicts.every((verdict) => verdict === issuer || verdict.verdict === "meets")) return [];
    const incomplete = situation.replay?.list?.incomplete ?? null;
    const [first, ...more] = evidenceOf(issuer.evidence, symptomOf(situation), replayed.certificate.issuer === null ? [] : [evidence(replayed.certificate.issuer, "the certificate's issuer")]);
    if (first === undefined) return [];
    return [discovery(replayed.certificate, situation, incomplete === null ? "likely" : "possible",
      incomplete === null ? "A CA further up the chain could be in the list: the CA store of the client would show the chain." : "The list is not complete here: the whole list would confirm or overturn it (the full section of the trace, or openssl s_client -prexit).",
      [first, ...more])];
  });
}
