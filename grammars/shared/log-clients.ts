import type { FormatId, LogClient, LogClientsFact } from "../../src/model/fact.ts";
import type { Moment } from "../../src/model/moment.ts";
import { isAddressOfAnother } from "../../src/text/address-of-another.ts";
import { located, lineSpan, type Located, type SourceText, type Span, textOf } from "../../src/text/source-text.ts";
import { monthNamed, ZONE_DOUBT } from "./months.ts";

const IPV4 = "\\d{1,3}(?:\\.\\d{1,3}){3}";
// IIS prints the zone of a link-local address behind it.
const IPV6 = "(?=[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{2,39}(?:\\.\\d{1,3}){0,3}(?:%\\w{1,16})?";
const ADDRESS = `(?:${IPV4}|${IPV6})`;
const CLIENT = `(?<client>${ADDRESS})`;
/** What stands before a line of a log: marks of a quotation, the file's name of grep, the container's of docker, the time and host of syslog. As little
 * as there is: an address of IPv6 has colons too. */
const BEFORE = "[> \\t]{0,8}(?:[^\\s\"'\\[]{1,200}?[:|-]|[\\w./-]{1,100}[ \\t]{1,40}\\|[ \\t]{1,4}|\\[[\\w ./-]{1,200}\\][ \\t]|(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\dT\\S{8,30}) [^\\r\\n\"\\[]{1,120}(?:\\[\\d{1,10}\\])?: )??";
const DAY = "\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d";

/** Where a line of a server's log names the client: each form has the address in the group `client`. */
const FORMS: readonly RegExp[] = [
  // nginx, error log: … while reading client request headers, client: 192.0.2.9, server: depot.example
  new RegExp(`, client: ${CLIENT}(?=,|$)`),
  // Apache, error log: [ssl:info] [pid 3514:tid 3517] [client 192.0.2.9:55976]; an IPv6 address has its port behind a colon too
  new RegExp(`\\[client (?<client>${IPV4}|[0-9A-Fa-f:]{2,45}?(?:${IPV4})?(?<![^:]:))(?::\\d{1,5})?\\]`),
  // HAProxy: 192.0.2.9:47248 [22/Nov/2026:18:36:09.491] till/1: SSL handshake failure
  new RegExp(`(?:^|[> \\t])${CLIENT}:\\d{1,5} \\[${DAY}\\.\\d{3}\\]`),
  // Access logs of nginx and Apache: 192.0.2.9 - - [22/Nov/2026:18:37:18 +0000] "GET /stock HTTP/1.1" 496 0
  new RegExp(`^${BEFORE}(?:[\\w.-]{1,100}(?::\\d{1,5})? )?${CLIENT} \\S{1,100} [^\\r\\n\\[]{1,200} \\[${DAY} [+-]\\d{4}\\]`),
  // Apache, ssl_request_log: [22/Nov/2026:18:37:23 +0000] 192.0.2.9 TLSv1.3 NONE
  new RegExp(`^${BEFORE}\\[${DAY} [+-]\\d{4}\\] ${CLIENT} `),
  // IIS: 2026-03-02 08:14:11 10.20.0.5 GET /orders/ - 443 - 10.20.7.31 Mozilla/5.0 - 403 7 5 31
  new RegExp(`^${BEFORE}\\d{4}-\\d\\d-\\d\\d[ \\t]\\d\\d:\\d\\d:\\d\\d[ \\t](?:[^\\r\\n]{1,120}[ \\t])?[A-Z]{3,12} /[^\\r\\n]{0,2000}?[ \\t]${CLIENT}(?=[ \\t])`),
  // Go: http: TLS handshake error from 192.0.2.9:41234: tls: client didn't provide a certificate
  new RegExp(`TLS handshake error from \\[?${CLIENT}\\]?:\\d{1,5}`),
  // Postfix: postfix/smtpd[811]: SSL_accept error from mail.example[192.0.2.9]: -1
  new RegExp(`postfix/(?:smtpd|submission|smtps)[^\\r\\n]{1,200} from [\\w.-]{1,100}\\[${CLIENT}\\]`),
  // Dovecot: imap-login: Disconnected: … user=<>, rip=192.0.2.9, lip=192.0.2.80
  new RegExp(`, rip=${CLIENT}(?=,|$)`),
  // Logs in JSON, or of names and values: "remote-addr":"192.0.2.9:41234", client_ip=192.0.2.9
  new RegExp(`(?:remote[-_]?(?:addr|address|ip|host)|client[-_]?(?:ip|addr|address|host)|c-ip)\\\\?["']?[ \\t]{0,2}[:=][ \\t]{0,2}\\\\?["']?\\[?${CLIENT}(?![\\w.])`, "i"),
];
/** One of these stands in every line that has such a form. */
const HINTS = ["client", "CLIENT", "Client", "remote", "Remote", "REMOTE", "c-ip", "] ", "TLS handshake error", "postfix/", " /", "rip="];

const COMMON_TIME = /\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.\d{3})?(?: ([+-])(\d\d)(\d\d))?\]/;
const APACHE_TIME = /\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d{1,6})? (\d{4})\]/;
const PLAIN_TIME = /(?<!\d)(\d{4})([/-])(\d\d)\2(\d\d)[ T\t](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(Z|\+00:00)?/;

function moment(printed: string, parts: readonly (string | number | undefined)[], offset: number | null): Moment | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const time = Date.UTC(year, month, day, hour, minute, second) - (offset ?? 0) * 60_000;
  const doubt = offset === null ? ZONE_DOUBT : 0;
  return Number.isNaN(time) || month < 0 || month > 11 ? null : { printed, earliest: new Date(time - doubt).toISOString(), latest: new Date(time + doubt).toISOString() };
}

/** When the line was written; without a zone any moment that the time can be. */
function timeOf(line: string, isUtc: boolean): Moment | null {
  const common = COMMON_TIME.exec(line);
  if (common !== null) {
    const [printed, day, month, year, hour, minute, second, sign, hours, minutes] = common;
    const offset = sign === undefined ? null : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    return moment(printed, [year, monthNamed(month ?? ""), day, hour, minute, second], offset);
  }
  const apache = APACHE_TIME.exec(line);
  if (apache !== null) return moment(apache[0], [apache[6], monthNamed(apache[1] ?? ""), apache[2], apache[3], apache[4], apache[5]], null);
  const plain = PLAIN_TIME.exec(line);
  return plain === null ? null : moment(plain[0], [plain[1], Number(plain[3]) - 1, plain[4], plain[5], plain[6], plain[7]], isUtc || plain[8] !== undefined ? 0 : null);
}

/** The longest line that is looked at. */
const LONGEST = 4000;
/** IIS prints its times in UTC. */
const OF_IIS = 5;

/** The form that a line has; the one of the line before is tried first, since a log has one. */
function formOf(text: string, before: RegExp | null): { readonly form: RegExp; readonly match: RegExpExecArray; readonly address: string } | null {
  if (text.length > LONGEST || !HINTS.some((hint) => text.includes(hint))) return null;
  for (const form of before === null ? FORMS : [before, ...FORMS]) {
    const match = form.exec(text);
    const address = match?.groups?.["client"];
    if (match !== null && address !== undefined) return { form, match, address };
  }
  return null;
}

/** The client that a line of a server's log names; null for any other line. */
export function logClientIn(line: Span): LogClient | null {
  const text = textOf(line);
  const found = formOf(text, null);
  return found === null ? null : { address: addressIn(line, found), time: timeOf(text, found.form === FORMS[OF_IIS]) };
}

function addressIn(line: Span, { match, address }: { readonly match: RegExpExecArray; readonly address: string }): Located<string> {
  const start = line.start + match.index + match[0].indexOf(address);
  return located(address, { source: line.source, start, end: start + address.length });
}

const ANY_ADDRESS = new RegExp(`(?<![\\w.:-])${ADDRESS}(?![\\w-]|\\.\\d)`, "g");
/** What stands before the address of a server, not of a client. */
const OF_DESTINATION = /(?:\bto [\w.-]{1,253} \(|(?:\bto|\btrying|\bserver(?:'s)?(?: (?:ip|address|is|at))*|\bhost|\bconnect|\bs-ip|->|→|\/\/|\blisten\w*)[ \t:=([]{0,4})$/i;
const LONGEST_BEFORE = 260;
const OF_LOG = /\d\d:\d\d:\d\d|^[> \t]{0,8}#/;

/** The addresses that a line names which is no line of a log, but for those that something is sent to. */
export function addressesNamed(line: Span): readonly Located<string>[] {
  const text = textOf(line);
  if (text.length > LONGEST || OF_LOG.test(text)) return [];
  return [...text.matchAll(ANY_ADDRESS)]
    .filter((match) => !OF_DESTINATION.test(text.slice(Math.max(0, match.index - LONGEST_BEFORE), match.index)) && !isAddressOfAnother(text, match.index, match.index + match[0].length))
    .map((match) => located(match[0], { source: line.source, start: line.start + match.index, end: line.start + match.index + match[0].length }));
}

/** Clients that a report can go through one by one. */
const MOST_CLIENTS = 1000;

/**
 * What a text that holds lines of a server's log says of their clients.
 * @param known clients of which the format at hand knows better than the form of a line
 * @returns null where the log has one client only: then there is nothing to tell apart
 */
export function logClientsOf(source: SourceText, format: FormatId, known: readonly Located<string>[]): LogClientsFact | null {
  const clients = new Map(known.map((address) => [address.value, address]));
  const others: Span[] = [];
  let before: RegExp | null = null;
  for (let index = 0; index < source.lineStarts.length; index++) {
    const line = lineSpan(source, index);
    const found = formOf(textOf(line), before);
    before = found?.form ?? before;
    if (found === null) others.push(line);
    else if (clients.size < MOST_CLIENTS && !clients.has(found.address)) clients.set(found.address, addressIn(line, found));
  }
  const [first, second] = clients.values();
  if (first === undefined || second === undefined) return null;
  const named = others.flatMap(addressesNamed).filter(({ value }) => clients.has(value));
  return { kind: "log-clients", format, span: first.span, clients: [...clients.values()], named };
}
