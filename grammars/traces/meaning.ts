import { findAlert, findAlertByName } from "../../src/model/alerts.ts";
import { findErrorByDecimal, findErrorByHex, findErrorByName, findSchannelEvent, findVerifyError } from "../../src/model/error-codes.ts";
import { type EvidenceKind, nssAlerts, nssNumbers } from "./patterns.ts";
import { codeOfSentence, codeOfVerifyWords } from "./sentences.ts";

/** What one piece of evidence says. */
export type Meaning =
  | { readonly kind: "error-code"; readonly name: string; readonly code: string | null }
  | { readonly kind: "http-status"; readonly status: number; readonly substatus: number | null; readonly win32Status: number | null }
  | { readonly kind: "alert"; readonly number: number; readonly name: string; readonly direction: "received" | "sent"; readonly event: string | null }
  | { readonly kind: "setting" };

const CERTIFICATE_SUBSTATUSES: ReadonlySet<number> = new Set([7, 12, 13, 16, 17]);
// IIS writes date and time first; a mail may put a quotation mark before them.
const LOG_LINE_START = /^[> \t]{0,8}\d{4}-\d\d-\d\d[ \t]\d\d:\d\d:\d\d[ \t]/;

/** An access log's line of a request that was served. */
const SERVED = /HTTP\/[0-9](?:\.[0-9])?" [23]\d\d(?!\d)/;

/** `[remote 192.0.2.4:443]` stands in Apache's log of a connection that Apache opened itself, where others have `[client …]`. */
export const OF_PROXY = /\[remote [^\]\r\n]{1,80}\]/;

function errorCode(found: { readonly name: string; readonly hex: string | null } | null, printedName: string, printedHex: string | null): Meaning {
  return { kind: "error-code", name: found?.name ?? printedName, code: found === null ? printedHex : found.hex };
}

function alert(number: number, direction: "received" | "sent", event: string | null = null): Meaning | null {
  const known = findAlert(number);
  return known === null || number === 0 ? null : { kind: "alert", number, name: known.name, direction, event };
}

function numberIn(image: string): number {
  return Number(/\d{1,3}(?!.*\d)/.exec(image)?.[0] ?? Number.NaN);
}

function status(image: string): Meaning {
  const numbers = image.match(/\d{1,10}/g)?.map(Number) ?? [];
  return { kind: "http-status", status: numbers[0] ?? 0, substatus: numbers[1] ?? null, win32Status: numbers[2] ?? null };
}

/**
 * What a piece of evidence says.
 * @param image the piece as printed
 * @param line the whole line that holds it
 * @returns null where the piece, looked at closely, says nothing: such a line is not claimed
 */
export function meaningOf(kind: EvidenceKind, image: string, line: string): Meaning | null {
  switch (kind) {
    case "Sentence": {
      const code = findErrorByName(codeOfSentence(image) ?? "");
      // As a proxy Apache verifies the certificate of the server behind it, with the same messages but for the address.
      if (code !== null && OF_PROXY.test(line) && code.side === "server") return null;
      return code === null ? null : errorCode(code, code.name, code.hex);
    }
    case "HexCode":
      return errorCode(findErrorByHex(image), image.toLowerCase(), image.toLowerCase());
    case "BareHexCode": {
      const code = findErrorByHex(image);
      return code === null ? null : errorCode(code, code.name, code.hex);
    }
    case "DecimalCode":
    case "WinHttpNumber": {
      const code = findErrorByDecimal(Number(image));
      return code === null ? null : errorCode(code, code.name, code.hex);
    }
    case "SymbolicName": {
      const code = findErrorByName(image);
      // Header names are upper case; `cert_e_mail` is a variable of somebody's script. SEC_E_OK is success.
      if (code === null && (image !== image.toUpperCase() || image === "SEC_E_OK")) return null;
      return errorCode(code, image, null);
    }
    case "ClientVerifyWords": {
      const code = findErrorByName(codeOfVerifyWords(image.replace(/[ \t\u00A0]{1,3}/g, " ")) ?? "");
      // `optional_no_ca`: the request was served although the certificate did not verify, so it was not refused for that.
      if (SERVED.test(line)) return null;
      return code === null ? null : errorCode(code, code.name, null);
    }
    case "ClientVerify": {
      // `verify=NONE` alone is said of many things; a request or the name of the variable shows that a server says it of its client.
      if (image !== image.toUpperCase() || !(/client[_-]verify/i.test(line) || /HTTP\/[0-9]/.test(line))) return null;
      const code = findErrorByName(`CLIENT_VERIFY_${image}`);
      return code === null ? null : errorCode(code, code.name, null);
    }
    case "HaproxyFailure":
      return errorCode(null, "HAPROXY_HANDSHAKE_FAILURE", null);
    case "VerifyLookup":
    case "HaproxyLeafResult":
    case "HaproxyCaResult":
    case "ServerVerifyResult": {
      const code = findVerifyError(Number(image));
      return Number(image) === 0 ? null : errorCode(code, `X509_V_ERR ${image}`, null);
    }
    case "EventId": {
      const event = findSchannelEvent(Number(image));
      return event === null ? null : errorCode(event, event.name, null);
    }
    case "CertificateSubstatus":
    case "OtherSubstatus":
    case "PageStatus":
      return status(image);
    case "SubstatusInWords":
      return { kind: "http-status", status: 403, substatus: numberIn(image), win32Status: null };
    case "StatusLine":
    case "AccessLogStatus":
      return { kind: "http-status", status: numberIn(image), substatus: null, win32Status: null };
    case "LogTail": {
      const tail = status(image);
      const ofCertificates = tail.kind === "http-status" && tail.status === 403 && CERTIFICATE_SUBSTATUSES.has(tail.substatus ?? 0);
      return ofCertificates || LOG_LINE_START.test(line) ? tail : null;
    }
    case "OpensslErrorCode":
      // The reason of an alert that was received is 1000 + its number, in the low twelve bits of old and new codes.
      return alert((Number.parseInt(image.slice(-8), 16) & 0xfff) - 1000, "received");
    case "AlertNumber":
    case "GnutlsAlert":
      return alert(numberIn(image), "received");
    case "OpensslAlertName": {
      const known = findAlertByName(image.replace(/^(?:\S{1,9} alert |ERR_SSL_[A-Z0-9]{5,6}_ALERT_)/i, ""));
      // LibreSSL prints this one as an error of its own, without a number, when the port speaks no TLS.
      return known === null || known.name === "protocol_version" ? null : alert(known.number, "received");
    }
    case "CurlAlert": {
      const number = numberIn(image);
      return alert(number >= 512 ? number - 512 : number - 256, /^\(IN/i.test(image) ? "received" : "sent");
    }
    case "NssAlert":
      return alert(nssAlerts[image.toUpperCase().slice("SSL_ERROR_".length, -"_ALERT".length)] ?? 0, "received");
    case "NssNumber": {
      const meant = nssNumbers[image] ?? 0;
      if (typeof meant === "number") return alert(meant, "received");
      return errorCode(findErrorByName(meant), meant, null);
    }
    case "NamedAlert": {
      const name = image.slice(image.lastIndexOf(": ") + 2).replace(/^['"\u2018\u201C]/, "").replace(/([a-z])([A-Z])/g, "$1_$2");
      const known = findAlertByName(name);
      return known === null ? null : alert(known.number, "received");
    }
    case "EventAlert":
      return /received|alert code/i.test(image) ? alert(numberIn(image), "received", "SCHANNEL_EVENT_36887") : alert(numberIn(image), "sent", "SCHANNEL_EVENT_36888");
    case "FlagsSetting":
    case "NetshSetting":
    case "NumberSetting":
    case "DirectiveSetting":
    case "FeatureSetting":
      return { kind: "setting" };
  }
}
