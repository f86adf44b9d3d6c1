import type { Certificate } from "../correlate/certificates.ts";
import type { Situation } from "../correlate/situation.ts";
import type { Missing } from "./cause.ts";

/** The account whose client fails; certutil sees another store and other keys under any other account. */
const FAILING_USER = "the user whose client fails";

/** Validity, Key Usage, Enhanced Key Usage, properties, provider, KeySpec and key test of every certificate of the user. */
export const verboseUserStore: Missing = {
  what: "Key Usage, Enhanced Key Usage, validity and key of the certificate, from the store that the client searches",
  command: "certutil -v -user -store my", on: "client", account: FAILING_USER,
};

export const bothStores: Missing = {
  what: "whether the certificate is in the user's store or in the computer's (add -user for the user's), and under which account the client runs",
  command: "whoami & certutil -user -store my & certutil -store my", on: "client", account: FAILING_USER,
};

export const caStore: Missing = {
  what: "the intermediate certificates that the client holds",
  command: "certutil -user -store CA", on: "client", account: FAILING_USER,
};

export const chainVerification: Missing = {
  what: "the chain that the client builds, and whether it can fetch what is missing (first export the certificate to client.cer)",
  command: "certutil -user -verify -urlfetch client.cer", on: "client", account: FAILING_USER,
};

export const keyAccess: Missing = {
  what: "whether this caller can open the key, and whether the link can be repaired (for a key of the computer: in an elevated prompt, without -user)",
  command: "certutil -v -user -store my", on: "client", account: FAILING_USER,
};

export const selectionTrace: Missing = {
  what: "the criteria of the selection call and the number of matches: start STRACE.CMD, reproduce in the browser window it opens, search the log for CertSelectCertificateChains",
  command: "STRACE.CMD", on: "client", account: FAILING_USER,
};

export const bindings: Missing = {
  what: "how the binding asks for certificates",
  command: "netsh http show sslcert", on: "server", account: "an administrator",
};

export const accessFlags: Missing = {
  what: "whether the path asks for a certificate (sslFlags must hold SslNegotiateCert)",
  command: "%windir%\\system32\\inetsrv\\appcmd list config \"SITE/PATH\" -section:access", on: "server", account: "an administrator",
};

export const schannelEvents: Missing = {
  what: "event 36885 (issuer list cut), after EventLogging has been set to 7 and the attempt repeated",
  command: "wevtutil qe System /q:\"*[System[Provider[@Name='Schannel'] and (EventID=36885)]]\" /f:text /c:5", on: "server", account: "an administrator",
};

/** The certificate's serial number for a command, or a word to replace where it is not printed in full. */
export function serialNumberOf(certificate: Certificate): string {
  const printed = certificate.serialNumber?.value ?? "";
  return printed !== "" && [...printed].every((character) => "0123456789abcdef".includes(character)) ? printed : "SERIALNUMBER";
}

/** A transcript that shows whether, when and with which list the server asks; host and path as far as the inputs show them. */
export function transcript(situation: Situation): Missing {
  const run = situation.runs.find((one) => one.fact?.connect !== null && one.fact !== null) ?? null;
  const connect = run?.fact?.connect?.value ?? "HOST:443";
  const host = run?.fact?.serverName?.value ?? hostOf(connect);
  const path = situation.runs.map((one) => one.fact?.httpRequest?.value.split(" ")[1]).find((one) => one !== undefined) ?? "/PATH";
  return {
    what: "whether, when and with which list of authorities the server asks: a whole transcript, with the request for the path that fails",
    command: `printf 'GET ${safe(path)} HTTP/1.1\\r\\nHost: ${safe(host)}\\r\\nConnection: close\\r\\n\\r\\n' | openssl s_client -connect ${safe(connect)} -servername ${safe(host)} -tls1_2 -prexit -ign_eof`,
    on: "client", account: null,
  };
}

function hostOf(connect: string): string {
  const colon = connect.lastIndexOf(":");
  return colon > 0 ? connect.slice(0, colon) : connect;
}

/** Characters that a shell would interpret never reach a command that people paste. */
function safe(word: string): string {
  const kept = [...word].filter((character) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:/[]~=&?".includes(character)).join("");
  return kept.split("&").join("%26").split("?").join("%3F");
}
