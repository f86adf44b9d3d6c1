// Prints calls of CertSelectCertificateChains as an STRACE log holds them; the shapes are those of grammars/strace/FORMAT.md.

const QUOTED = /^\s|\s$|[,+="\n<>#;]/;

/** A name as CertNameToStr prints it: encoding order, values quoted where they must be. */
export function windowsName(name) {
  return name.map(({ type, value }) => `${type}=${QUOTED.test(value) ? `"${value.replaceAll('"', '""')}"` : value}`).join(", ");
}

/** The section of a call. `issuers`: names, null: no such criterion; `announced`: another number of issuers than there are. */
export function call({ flags = "00000088", issuers = [], announced = null, eku = true, keyUsage = true, matches, result = "TRUE" }) {
  const criteria = [eku, issuers !== null, keyUsage].filter(Boolean).length;
  return [
    "CertSelectCertificateChains called", "", `dwFlags : ${flags}`, "", ...flagNames(flags), "", `cCriteria : ${criteria}`, "",
    ...(eku ? ["===== CERT_SELECT_BY_ENHKEY_USAGE", "", "1.3.6.1.5.5.7.3.2", ""] : []),
    ...(issuers === null ? [] : ["===== CERT_SELECT_BY_ISSUER_NAME", "", `Number of issuer(s) : ${announced ?? issuers.length}`, "", ...issuers.map(windowsName), ""]),
    ...(keyUsage ? ["===== CERT_SELECT_BY_KEY_USAGE", "", "fCritical : FALSE", "pszObjId : (null)", "Value : 00000080", "", "CERT_DIGITAL_SIGNATURE_KEY_USAGE", ""] : []),
    `Number of certificates matching criteria(s) : ${matches}`, `CertSelectCertificateChains exited with value : ${result}`,
  ];
}

const FLAGS = [[0x1, "CERT_SELECT_ALLOW_EXPIRED"], [0x2, "CERT_SELECT_TRUSTED_ROOT"], [0x4, "CERT_SELECT_DISALLOW_SELFSIGNED"], [0x8, "CERT_SELECT_HAS_PRIVATE_KEY"], [0x10, "CERT_SELECT_HAS_KEY_FOR_SIGNATURE"], [0x20, "CERT_SELECT_HAS_KEY_FOR_KEY_EXCHANGE"], [0x80, "CERT_SELECT_ALLOW_DUPLICATES"]];
const flagNames = (hex) => FLAGS.filter(([bit]) => Number.parseInt(hex, 16) & bit).map(([, name]) => name);

/** What stands around the call in a log of a browser: the connection, the answer. `status`: `403 Forbidden`, `date` of the answer. */
export function log(sections, { host, path = "/", status, date, substatus = null, server = "Microsoft-IIS/8.5", error = null, address = "192.0.2.44" }) {
  return [
    `connect() called / socket = 0x000004A8 / ${address}:443`, "connect() exited with value : 0", "InitializeSecurityContextA called", "InitializeSecurityContextA exited with value : 0x00090312",
    "EncryptMessage called", "", `GET ${path} HTTP/1.1`, "Accept: text/html, application/xhtml+xml, */*", "User-Agent: Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.1; WOW64; Trident/6.0)", `Host: ${host}`, "", "EncryptMessage exited with value : 0x00000000",
    "send() called / socket = 0x000004A8 / len = 421", "send() exited with value : 421", "",
    ...sections, "",
    "InitializeSecurityContextA called", `InitializeSecurityContextA exited with value : ${error ?? "0x00000000"}`,
    ...(status === null ? [] : [
      "DecryptMessage called", "", `HTTP/1.1 ${status}`, "Content-Type: text/html", `Server: ${server}`, `Date: ${date}`, "Content-Length: 1233", "",
      ...(substatus === null ? [] : [`<h2>HTTP Error ${substatus} - Forbidden</h2>`]), "DecryptMessage exited with value : 0x00000000",
    ]),
    "closesocket() called / socket = 0x000004A8", "closesocket() exited with value : 0",
  ];
}

/** Every line behind a time of day and a thread, as traces of many programs have it. */
export function withPrefix(lines, clock, thread) {
  return lines.map((line) => (line === "" ? "" : `${clock} [${thread}] ${line}`));
}
