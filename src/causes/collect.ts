import type { Certificate } from "../correlate/certificates.ts";
import type { ServerKind } from "../correlate/server-kind.ts";
import type { Situation } from "../correlate/situation.ts";
import type { Missing } from "./cause.ts";

/** The account whose client fails; certutil sees another store and other keys under any other account. */
const FAILING_USER = "the user whose client fails";

/** Validity, Key Usage, Enhanced Key Usage, properties, provider, KeySpec and key test of every certificate of the user. */
export const verboseUserStore: Missing = {
  what: "Key Usage, Enhanced Key Usage, validity and key of the certificate, from the store that the client searches",
  command: "certutil -v -user -store my", on: "client", account: FAILING_USER,
};

/**
 * The same listing, for what only a Windows store holds: KeySpec, provider, properties, a second certificate for the same purpose.
 * An object of its own, which `askedOfFiles` does not take for the other one.
 */
export const storeProperties: Missing = { ...verboseUserStore };

/** What to ask about the certificate beside the server's request: nothing when the listing at hand prints issuer and key of each. */
export function unprintedCertificate({ candidates }: Situation): readonly Missing[] {
  return candidates.length > 0 && candidates.every(({ issuer, publicKey }) => issuer !== null && publicKey !== null) ? [] : [verboseUserStore];
}

export const bothStores: Missing = {
  what: "whether the certificate is in the user's store or in the computer's (add -user for the user's), and under which account the client runs (typed in cmd.exe)",
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

const clientFile: Missing = {
  what: "Key Usage, Enhanced Key Usage, issuer and validity of the certificate file that the client is given",
  command: "openssl x509 -in client.pem -noout -text", on: "client", account: null,
};

const clientKeystore: Missing = {
  what: "the certificates and their chains in the keystore that the client is given, and which of them have a key",
  command: "keytool -list -v -keystore client.p12", on: "client", account: null,
};

const chainFile: Missing = {
  what: "the certificates that the client's file holds beside its own",
  command: "openssl crl2pkcs7 -nocrl -certfile client.pem | openssl pkcs7 -print_certs -noout", on: "client", account: null,
};

const fileVerification: Missing = {
  what: "whether the certificate and those in its file lead to the CA that the server trusts",
  command: "openssl verify -CAfile ca.pem -untrusted client.pem client.pem", on: "client", account: null,
};

/** What stands for a listing of a Windows store where the client takes its certificate from a file. */
const inFiles = {
  pem: new Map<Missing, Missing>([[verboseUserStore, clientFile], [caStore, chainFile], [chainVerification, fileVerification]]),
  keystore: new Map<Missing, Missing>([[verboseUserStore, clientKeystore], [caStore, clientKeystore], [chainVerification, clientKeystore]]),
};

const ofWindowsClients = ["certutil", "whoami &", "STRACE", "powershell"];

/** The same question to a client that takes its certificate from files; null when it is about a Windows store. */
export function askedOfFiles(missing: Missing, files: "pem" | "keystore"): Missing | null {
  const other = inFiles[files].get(missing);
  if (other !== undefined) return other;
  return missing.on === "client" && ofWindowsClients.some((program) => missing.command?.startsWith(program) === true) ? null : missing;
}

/** How each kind of server shows whether it asks, where, and with which list. */
const configurationOf: Readonly<Record<Exclude<ServerKind, "windows">, Missing>> = {
  nginx: { what: "whether the block that serves the host name asks for certificates (ssl_verify_client, ssl_client_certificate)", command: "nginx -T", on: "server", account: "an administrator" },
  apache: {
    what: "whether the virtual host or the path asks for certificates (SSLVerifyClient), in the files that this names",
    command: "apachectl -t -D DUMP_VHOSTS", on: "server", account: "an administrator",
  },
  haproxy: { what: "whether the bind line asks for certificates (verify, ca-file)", command: "grep -nE 'bind|ca-file|verify' /etc/haproxy/haproxy.cfg", on: "server", account: "an administrator" },
};

/** Commands by which IIS, http.sys and Schannel show how they ask. */
function asksWindows(missing: Missing): boolean {
  return missing.on === "server" && [bindings.command, accessFlags.command, schannelEvents.command].includes(missing.command);
}

/** The same question to the kind of server that answers; where that is not known the question says for which kind it is. Null: no question to this kind. */
export function askedOfServer(missing: Missing, kind: ServerKind | null): Missing | null {
  if (kind === "windows" || !asksWindows(missing)) return missing;
  // What only IIS or http.sys can have is no fault of another kind.
  if (kind !== null) return missing === bindings ? configurationOf[kind] : null;
  if (missing !== bindings) return { ...missing, what: `if the server is IIS: ${missing.what}` };
  const others = (Object.keys(configurationOf) as (keyof typeof configurationOf)[]).map((other) => `${KIND_NAMES[other]}: ${configurationOf[other].command}`);
  return { ...missing, what: `${missing.what}. The Server line of its answer tells what to ask: IIS and others on http.sys as below; ${others.join("; ")}` };
}

const KIND_NAMES: Readonly<Record<keyof typeof configurationOf, string>> = { nginx: "nginx", apache: "Apache", haproxy: "HAProxy" };

const ASKS_ACCOUNT = "whoami & ";

/** The command without the question for the account, where an input prints it. */
export function withoutAccount(command: string): string {
  return command.startsWith(ASKS_ACCOUNT) ? command.slice(ASKS_ACCOUNT.length) : command;
}

/** The same question, where the account is known. */
export function askedOfAccount(missing: Missing): Missing {
  if (missing.command?.startsWith(ASKS_ACCOUNT) !== true) return missing;
  return { ...missing, what: missing.what.replace("), and under which account the client runs (typed", "; typed"), command: withoutAccount(missing.command) };
}

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
  const inCmd = situation.facts.some((fact) => fact.format === "certutil" || fact.format === "strace");
  return {
    what: `whether, when and with which list of authorities the server asks: a whole transcript${inCmd ? " (typed in cmd.exe)" : ""}, with the request for the path that fails`,
    command: transcriptCommand(inCmd, { path: pathOf(path), host: safe(host), connect: safe(connect) }),
    on: "client", account: null,
  };
}

/** The command line that prints a whole transcript, for cmd.exe or for a shell; without a target, with words to replace. */
export function transcriptCommand(inCmd: boolean, target = { path: "/PATH", host: "HOST", connect: "HOST:443" }): string {
  const request = (inCmd ? requestInCmd : requestInShell)(target.path, target.host);
  return `${request} | openssl s_client -connect ${target.connect} -servername ${target.host} -tls1_2 -prexit -ign_eof`;
}

function requestInShell(path: string, host: string): string {
  // printf would read the escapes of an address as its own.
  return `printf 'GET ${path.replaceAll("%", "%%")} HTTP/1.1\\r\\nHost: ${host}\\r\\nConnection: close\\r\\n\\r\\n'`;
}

function requestInCmd(path: string, host: string): string {
  return `(echo GET ${path} HTTP/1.1& echo Host: ${host}& echo Connection: close& echo.)`;
}

function hostOf(connect: string): string {
  const colon = connect.lastIndexOf(":");
  return colon > 0 ? connect.slice(0, colon) : connect;
}

/** Without the query: no server looks at it to decide whether to ask, and it may hold what nobody else should read. */
function pathOf(target: string): string {
  const [start = "", ...parts] = (target.split("?")[0] ?? "").split("%");
  return [safe(start), ...parts.map((part) => `${isEscape(part) ? "%" : ""}${safe(part)}`)].join("");
}

/** What follows a percent sign; anything but two hexadecimal digits could be a variable of cmd.exe. */
function isEscape(part: string): boolean {
  return part.length >= 2 && [...part.slice(0, 2)].every((character) => "0123456789abcdefABCDEF".includes(character));
}

/** Characters that a shell would interpret never reach a command that people paste. */
function safe(word: string): string {
  return [...word].filter((character) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:/[]~=".includes(character)).join("");
}
