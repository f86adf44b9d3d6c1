import { derValues, type DerValue } from "./der-values.ts";
import { isFileEnding, isKeptWord, isPublicHost, isPublicName, isTopLevel } from "./kept-words.ts";
import { isPlainAddress, isPlainForeign, isPlainHex, isPlainNumber, type Pseudonyms, type WordKind } from "./pseudonyms.ts";

/** A private stretch of a text and what it becomes. */
export interface Replacement {
  /** Half-open ranges of the text: several where a line was broken inside a word or a number. */
  readonly pieces: readonly (readonly [start: number, end: number])[];
  /** What it is, for people. */
  readonly what: string;
  /** The new characters of all pieces; to be called when every private word of the run is known. */
  make(): string;
}

/** What the search is told besides the text. */
export interface Ground {
  readonly pseudonyms: Pseudonyms;
  /** Words that are private only inside names. */
  readonly vocabulary: ReadonlySet<string>;
  /** Hexadecimal digits that are no secret: thumbprints of certificates that are pseudonyms already. */
  readonly plainHex: ReadonlySet<string>;
}

/** A text under search: each character is claimed once, by the first search that understands it. */
export interface PrivateText {
  readonly text: string;
  readonly ground: Ground;
  readonly replacements: Replacement[];
  isFree(start: number, end: number): boolean;
  /** Claims a stretch that stays as it is. */
  keep(start: number, end: number): void;
  replace(pieces: Replacement["pieces"], what: string, make: () => string): void;
}

export function privateText(text: string, ground: Ground): PrivateText {
  const taken = new Uint8Array(text.length);
  const replacements: Replacement[] = [];
  const isFree = (start: number, end: number): boolean => {
    for (let at = start; at < end; at++) if (taken[at] === 1) return false;
    return true;
  };
  return {
    text, ground, replacements, isFree,
    keep: (start, end) => void taken.fill(1, start, end),
    replace(pieces, what, make) {
      if (!pieces.every(([start, end]) => isFree(start, end))) return;
      for (const [start, end] of pieces) taken.fill(1, start, end);
      replacements.push({ pieces, what, make });
    },
  };
}

/** The text with everything private replaced. */
export function replacedText({ text, replacements }: PrivateText): string {
  const changes: { readonly start: number; readonly end: number; readonly by: string }[] = [];
  for (const { pieces, make } of replacements) {
    const made = make();
    let at = 0;
    for (const [index, [start, end]] of pieces.entries()) {
      const to = index === pieces.length - 1 ? made.length : Math.min(made.length, at + end - start);
      changes.push({ start, end, by: made.slice(at, to) });
      at = to;
    }
  }
  changes.sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, by } of changes) {
    parts.push(text.slice(at, start), by);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

// --- words ------------------------------------------------------------------------------------------------------------

const beyondAscii = "\\u00A1-\\u00A9\\u00AE-\\u1FFF\\u2070-\\u2FFF\\u3040-\\uD7FF\\uD800-\\uDFFF\\uE000-\\uFEFE\\uFF10-\\uFFFD";
/** Words inside names: escapes of characters and the `?` of a lost character belong to them. */
const nameWord = new RegExp(`(?:\\\\x?[C-Fc-f][0-9A-Fa-f](?:\\\\x?[89ABab][0-9A-Fa-f]){1,3}|[A-Za-z0-9${beyondAscii}]|(?<=[A-Za-z])\\?(?=[A-Za-z])){1,400}`, "g");
/** Words elsewhere. */
const plainWord = new RegExp(`[A-Za-z0-9${beyondAscii}]{1,400}`, "g");

export type WordFilter = (word: string) => boolean;

const everyWord: WordFilter = () => true;

/** Replaces the private words of a stretch. */
export function takeWords(found: PrivateText, start: number, end: number, kind: WordKind | ((word: string) => WordKind | null), filter: WordFilter = everyWord): void {
  const pattern = new RegExp(nameWord);
  const stretch = found.text.slice(start, end);
  for (let match = pattern.exec(stretch); match !== null; match = pattern.exec(stretch)) {
    const word = match[0];
    const as = typeof kind === "string" ? kind : kind(word);
    if (as !== null && filter(word)) takeWord(found, [[start + match.index, start + match.index + word.length]], word, as);
  }
}

export function takeWord(found: PrivateText, pieces: Replacement["pieces"], word: string, kind: WordKind): void {
  const { pseudonyms } = found.ground;
  if (/^[0-9]{1,400}$/.test(word)) {
    if (!isPlainNumber(word)) found.replace(pieces, "number", () => pseudonyms.number(word));
    return;
  }
  if (/^[0-9A-Fa-f]{16,2000}$/.test(word)) {
    if (pieces.length === 1 && pieces[0] !== undefined) takeHex(found, pieces[0][0], pieces[0][1], "digits");
    return;
  }
  if (isPlainWord(word) || !pieces.every(([start, end]) => found.isFree(start, end))) return;
  pseudonyms.note(word, kind);
  found.replace(pieces, kind, () => pseudonyms.word(word));
}

/** Latin letters beyond ASCII are no part of a pseudonym; a word without letters of a script is punctuation. */
export function isPlainWord(word: string): boolean {
  const bare = word.replace(/[\u0080-\u036F\u1E00-\u1EFF]{1,400}|\\x?[C-Dc-d][0-9A-Fa-f]\\x?[89ABab][0-9A-Fa-f]/g, "");
  if (isKeptWord(word) || isPlainForeign(word) || (bare !== "" && isKeptWord(bare))) return true;
  return !/[A-Za-z0-9\u0370-\u1FFF\u3040-\uD7FF]/.test(word);
}

// --- hexadecimal digits --------------------------------------------------------------------------------------------------

/** Replaces the hexadecimal digits of a stretch as one number; what stands between them stays. */
export function takeHex(found: PrivateText, start: number, end: number, what: string): void {
  const pieces: [number, number][] = [];
  let digits = "";
  for (let at = start; at < end; at++) {
    const character = found.text.charAt(at);
    if (!/[0-9A-Fa-f]/.test(character)) continue;
    digits += character;
    const last = pieces.at(-1);
    if (last !== undefined && last[1] === at) last[1] = at + 1;
    else pieces.push([at, at + 1]);
  }
  const { pseudonyms, plainHex } = found.ground;
  const bare = digits.toLowerCase().replace(/^0{1,400}/, "");
  if (digits === "" || isPlainHex(bare) || plainHex.has(digits.toLowerCase())) {
    if (digits !== "") found.keep(start, end);
    return;
  }
  if (!pieces.every(([from, to]) => found.isFree(from, to))) return;
  pseudonyms.hex(digits);
  found.replace(pieces, what, () => pseudonyms.hex(digits));
}

// --- shapes -------------------------------------------------------------------------------------------------------------

interface Shape {
  readonly pattern: RegExp;
  take(found: PrivateText, match: RegExpExecArray): void;
}

/** Start and end of group `index` of a match that holds it after group `before` texts. */
function groupAt(match: RegExpExecArray, index: number): readonly [number, number] {
  let start = match.index;
  for (let group = 1; group < index; group++) start += (match[group] ?? "").length;
  return [start, start + (match[index] ?? "").length];
}

const knownGuids: ReadonlySet<string> = new Set(["4dc3e181-e14b-4a21-b022-59fc669b0914"]);

const outside = (found: PrivateText): WordFilter => (word) => !found.ground.vocabulary.has(word.toLowerCase());
const isCapitalized: WordFilter = (word) => /^[A-Z\u00C0-\u00DE\u0400-\u042F]/.test(word) || /[\u3040-\uD7FF]/.test(word);

const hostPattern = /(?<![\w@%$\\-]|\w\.)(?:\*\.)?(?:[A-Za-z0-9\u00C0-\u024F_](?:[A-Za-z0-9\u00C0-\u024F_-]{0,62})\.){1,12}(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,40})(?![\w-]|\.\w|\()/g;

/** In this order: what is claimed first is not looked at again. */
const shapes: readonly Shape[] = [
  // {51B4C789-2185-2CE9-A255-27E97232B5A7}
  { pattern: /(?<![0-9A-Za-z-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z])/gi, take: (found, match) => {
    if (!knownGuids.has(match[0].toLowerCase())) takeHex(found, match.index, match.index + match[0].length, "GUID");
  } },
  // S-1-5-21-1004336348-1177238915-682003330-1001
  { pattern: /(\bS-1-5-21-)([0-9]{1,10})(-)([0-9]{1,10})(-)([0-9]{1,10})(-)?([0-9]{1,10})?/g, take: (found, match) => {
    for (const group of [2, 4, 6, 8]) {
      const [start, end] = groupAt(match, group);
      if (end > start) takeWord(found, [[start, end]], found.text.slice(start, end), "id");
    }
    found.keep(match.index, match.index + match[0].length);
  } },
  // 10.20.7.31, but no version and no object identifier
  { pattern: /(?<![\w.]|[\w)]\/|version |OpenSSL )(?!(?:0\.9|1\.[0-3]|2\.5|2\.16|2\.23)\.)(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})(?:\.(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})){3}(?![\w]|\.[0-9])/g, take: (found, match) => {
    if (isPlainAddress(match[0])) { found.keep(match.index, match.index + match[0].length); return; }
    const { pseudonyms } = found.ground;
    found.replace([[match.index, match.index + match[0].length]], "address", () => pseudonyms.address(match[0]));
  } },
  // db 31 4d a0 …, DB:31:4D:A0:…, DB-31-4D-…: digests, card identifiers, hardware addresses
  { pattern: /(?<![0-9A-Za-z:-])[0-9A-Fa-f]{2}(?:([ :-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4,80}(?![0-9A-Za-z])/g, take: (found, match) => {
    const octets = match[0].split(match[1] ?? " ");
    // Octets of an object identifier, of key usage and the like are judged.
    if (Number.parseInt(octets[1] ?? "", 16) === octets.length - 2 && (octets[0] === "06" || octets[0] === "03")) return;
    if (match[1] === " " && octets.length < 8) return;
    takeHex(found, match.index, match.index + match[0].length, "digits");
  } },
  // fe80::1ff:fe23:4567:890a
  { pattern: /(?<![0-9A-Za-z:.])(?=[0-9A-Fa-f:]{6,39}(?![0-9A-Za-z:]))(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(?:[0-9A-Fa-f]{1,4}:){1,7}(?::[0-9A-Fa-f]{1,4}){1,7})(?![0-9A-Za-z:])/g, take: (found, match) => {
    takeHex(found, match.index, match.index + match[0].length, "address");
  } },
  // Thumbprints, serial numbers, key identifiers, names of key files
  // Between slashes and with eight zeros before it: an error of 32 bits, as HAProxy writes it.
  { pattern: /(?<![0-9A-Za-z])(?!(?<=\/)0{8}[0-9A-Fa-f]{8}\/)[0-9A-Fa-f]{16,2000}(?![0-9A-Za-z])/g, take: (found, match) => takeHex(found, match.index, match.index + match[0].length, "digits") },
  // eva@pc01:~$
  { pattern: /(?<![\w.@-])([\w.-]{1,40})(@)([\w-]{1,63})(?=[:\s][~\/])/g, take: (found, match) => {
    takeWords(found, ...groupAt(match, 1), "user");
    takeWords(found, ...groupAt(match, 3), "host");
  } },
  // eva.meier@contoso.example
  { pattern: /(?<![\w.+-])([\w.+'\u00C0-\u024F-]{1,64})(@)(?=[A-Za-z0-9\u00C0-\u024F-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8})/g, take: (found, match) => {
    takeWords(found, ...groupAt(match, 1), "user");
    const host = /^[A-Za-z0-9\u00C0-\u024F.-]{1,253}/.exec(found.text.slice(match.index + match[0].length, match.index + match[0].length + 253))?.[0] ?? "";
    takeHost(found, match.index + match[0].length, host);
  } },
  { pattern: hostPattern, take: (found, match) => {
    const labels = match[0].split(".");
    const last = labels.at(-1) ?? "";
    const isName = last === last.toLowerCase() || match[0] === match[0].toUpperCase();
    if (!isName || !isTopLevel(last) && !last.startsWith("xn--") || isFileEnding(last) && labels.length < 3) return;
    takeHost(found, match.index, match[0]);
  } },
  // https://intranet/path?query
  { pattern: /(\b[a-z][a-z0-9+.-]{1,12}:\/\/)([^\s\/"'<>()\[\]]{0,255})([^\s"'<>()\[\]]{0,4000})/gi, take: (found, match) => {
    const [start, end] = groupAt(match, 2);
    if (isPublicHost((match[2] ?? "").replace(/:[0-9]{1,5}$/, ""))) { found.keep(match.index, match.index + match[0].length); return; }
    if (!/^ldap/i.test(match[0])) takeWords(found, start, end, "host", (word) => !isTopLevel(word));
    if (!/=/.test(match[3] ?? "") || !/^ldap/i.test(match[0])) takePath(found, ...groupAt(match, 3));
  } },
  // GET /members/area HTTP/1.1
  { pattern: /(\b(?:GET|POST|HEAD|PUT|OPTIONS|DELETE|PATCH|PROPFIND)[ \t]{1,4})(\/[^\s"'<>]{0,4000})/g, take: (found, match) => takePath(found, ...groupAt(match, 2)) },
  // C:\Users\eva\…, /home/eva/…
  { pattern: /((?:[\\\/])(?:Users|Documents and Settings|home|Benutzer|Utilisateurs|Usuarios)[\\\/]{1,2})([^\\\/:*?"'<>|\r\n]{1,60}?)(?=[\\\/>"'\s:;,)]|$)/gim, take: (found, match) => takeWords(found, ...groupAt(match, 2), "user") },
  { pattern: /((?<![\\\w:])\\\\)([A-Za-z0-9][\w.-]{0,62})(?=\\)/g, take: (found, match) => takeWords(found, ...groupAt(match, 2), "host") },
  { pattern: /(\s-(?:connect|servername|host|verify_hostname|proxy|resolve)[ \t=\u00A0]{1,4})([^\s"':;,]{1,255})/g, take: (found, match) => takeWords(found, ...groupAt(match, 2), "host", (word) => !isTopLevel(word)) },
  { pattern: /((?<![\w-])(?:User(?: ?name)?|Account(?: (?:Name|Domain))?|Computer(?: ?Name)?|Machine(?: ?Name)?|Host(?: ?name)?|Workstation(?: Name)?|Hostname:port|Benutzer(?:name)?|Kontoname|Computername|Central Certificate Store|server_name)[ \t]{0,30}[:=][ \t]{1,30})([^\r\n]{1,120}?)(?=[ \t]{2}|[\r\n]|$)/gi, take: (found, match) => {
    takeWords(found, ...groupAt(match, 2), /^(?:user|account|benutzer|konto)/i.test(match[1] ?? "") ? "user" : "host", (word) => outside(found)(word) && !isTopLevel(word));
  } },
  // CONTOSO\eva where an account is meant
  { pattern: /((?:user|account|benutzer|konto|logon|identity|runas|icacls|owner)[^\r\n]{0,40}?(?<![\w\\:]))([A-Z][A-Z0-9-]{1,14})(\\)([A-Za-z][\w.$-]{0,40})/gi, take: (found, match) => {
    takeWords(found, ...groupAt(match, 2), "host", outside(found));
    takeWords(found, ...groupAt(match, 4), "user", outside(found));
  } },
  // eva.meier.cer, contoso-root.pem
  { pattern: /((?<![\w%.-])(?:[\w\u00C0-\u024F][\w\u00C0-\u024F.-]{0,118}?))(\.)(cer|crt|pem|pfx|p12|key|p7b|csr|req|der|jks|crl)(?![\w-])/gi, take: (found, match) => takeWords(found, ...groupAt(match, 1), "file", outside(found)) },
  // people in mails
  { pattern: /(^[>|\s]{0,40}(?:From|To|Cc|Bcc|Von|An|Sender|Reply-To|Sent by|Gesendet von|Kopie)[ \t]?:[ \t]{0,8})((?![^\r\n]{0,40}[0-9]:[0-9]{2})[^\r\n]{1,400})/gim, take: (found, match) => takeWords(found, ...groupAt(match, 2), "user", (word) => isCapitalized(word) && outside(found)(word)) },
  { pattern: /(^[>|\s]{0,40}(?:On [^\r\n]{1,80}?, )?)((?:[A-Z\u00C0-\u00DE][\w\u00C0-\u024F.'-]{1,40} ?){1,4})((?:<[^>\r\n]{0,100}> ?)?(?:wrote|writes|schrieb|a \u00E9crit|escribi\u00F3)[^\r\n]{0,60}:[ \t]*$)/gm, take: (found, match) => takeWords(found, ...groupAt(match, 2), "user", outside(found)) },
  { pattern: /(^[>|\s]{0,40}(?:Hi|Hello|Hallo|Dear|Hey|Bonjour|Ciao|Hola|Lieber?|Moin|Sehr geehrter? (?:Frau|Herr)|Guten (?:Tag|Morgen)(?: Frau| Herr)?)[ \t]{1,4}(?:Mr\.?|Mrs\.?|Ms\.?|Dr\.?)?[ \t]{0,2})((?:[A-Z\u00C0-\u00DE][\w\u00C0-\u024F'-]{1,40} ?){1,3})(?=[,!:.]?[ \t]*$)/gm, take: (found, match) => takeWords(found, ...groupAt(match, 2), "user", (word) => !/^(?:all|there|team|everyone|everybody|folks|zusammen|allerseits|kolleg(?:e|in|en|innen))$/i.test(word) && outside(found)(word)) },
  { pattern: /((?:^[>|\s]{0,40}|(?<=[.!?])[ \t]{1,3})(?:(?:Kind |Best |Warm |Many )?regards|Best|Thanks|Thank you|Thx|Cheers|Sincerely|Cordialement|Gru\u00DF|Gr\u00FC\u00DFe|(?:Viele|Beste|Sch\u00F6ne|Liebe) Gr\u00FC\u00DFe|Mit freundlichen Gr\u00FC\u00DFen|MfG|Saludos|Saluti|LG|VG|BG|(?:Besten |Vielen |Herzlichen )?Dank(?: im Voraus)?|Danke(?:sch\u00F6n)?(?: im Voraus| vorab)?(?: und (?:viele |beste )?Gr\u00FC\u00DFe| und Gru\u00DF)?|(?:Many |Kind )?thanks(?: in advance)?|(?:Herzliche|Freundliche) Gr\u00FC\u00DFe|Mit freundlichem Gru\u00DF|Merci(?: d'avance)?|Grazie|Gracias)[,.!]?[ \t]{0,4}\r?\n(?:[>|\s]{0,40}\r?\n)?[>|\s]{0,40}(?:--[ \t]{0,4}\r?\n)?)([A-Z\u00C0-\u00DE][^\r\n:=<>]{1,60})(?=\r|\n|$)/gim, take: (found, match) => takeWords(found, ...groupAt(match, 2), "user", (word) => isCapitalized(word) && outside(found)(word)) },
  // on one line: "Gru\u00DF Karl", "Thanks, Karl Meier"
  { pattern: /(^[>|\s]{0,40}(?:(?:Viele |Liebe |Beste |Sch\u00F6ne )?Gr(?:u\u00DF|\u00FC\u00DFe)|LG|VG|MfG|(?:Vielen )?Dank|Danke|Thanks|Thx|Cheers|Regards|(?:Best|Kind) regards|Merci|Cordialement)[,.!]?[ \t]{1,3})((?:[A-Z\u00C0-\u00DE][a-z\u00DF-\u00FF'-]{1,40} ?){1,3})(?=[ \t]*$)/gm, take: (found, match) => takeWords(found, ...groupAt(match, 2), "user", outside(found)) },
  { pattern: /((?<!\w)(?:Tel(?:efon)?|Phone|Fax|Mobile|Mobil)\.?[ \t]{0,4}:?[ \t]{0,4})([+(0-9][0-9 ()\/.-]{5,25}[0-9])/gi, take: (found, match) => {
    const [start, end] = groupAt(match, 2);
    const bare = found.text.slice(start, end).replace(/[0-9]/g, "0");
    if (bare !== found.text.slice(start, end)) found.replace([[start, end]], "telephone number", () => bare);
  } },
];

/** Host names keep their dots, stars and top-level name; `www` and the like stay, too. */
export function takeHost(found: PrivateText, start: number, host: string): void {
  if (isPublicHost(host)) { found.keep(start, start + host.length); return; }
  const last = host.lastIndexOf(".");
  if (last >= 0) takeWords(found, start, start + last, "host");
  else takeWords(found, start, start + host.length, "host");
  if (last >= 0 && !isTopLevel(host.slice(last + 1)) && !/^[0-9]/.test(host.slice(last + 1))) takeWords(found, start + last + 1, start + host.length, "host");
  found.keep(start, start + host.length);
}

function takePath(found: PrivateText, start: number, end: number): void {
  for (const match of found.text.slice(start, end).matchAll(/%[0-9A-Fa-f]{2}/g)) if (found.isFree(start + match.index, start + match.index + 3)) found.keep(start + match.index, start + match.index + 3);
  const pattern = new RegExp(plainWord);
  for (const match of found.text.slice(start, end).matchAll(pattern)) {
    let from = start + match.index;
    const to = from + match[0].length;
    while (from < to && !found.isFree(from, from + 1)) from++;
    const word = found.text.slice(from, to);
    if (word !== "" && outside(found)(word) && !isFileEnding(word)) takeWord(found, [[from, to]], word, "path");
  }
}

/** Finds what is private by its shape, wherever it stands. Linear in the length of the text. */
export function takeShapes(found: PrivateText): void {
  for (const { pattern, take } of shapes) {
    const search = new RegExp(pattern);
    for (let match = search.exec(found.text); match !== null; match = search.exec(found.text)) {
      if (match[0] === "") search.lastIndex++;
      else take(found, match);
    }
  }
}

// --- DER ----------------------------------------------------------------------------------------------------------------

/** Octets of a certificate whose private values can be exchanged for pseudonyms of the same size. */
export interface PrivateDer {
  /** Whether anything in it is private. */
  readonly isPrivate: boolean;
  /** The octets with pseudonyms; to be called when every private word of the run is known. */
  make(): Uint8Array;
}

const kindOfAttribute: Readonly<Record<string, WordKind | null>> = {
  "2.5.4.6": null, "2.5.4.3": "name", "2.5.4.10": "org", "2.5.4.11": "unit", "2.5.4.7": "place", "2.5.4.8": "place", "2.5.4.9": "place", "2.5.4.17": "place",
  "0.9.2342.19200300.100.1.25": "host", "1.2.840.113549.1.9.1": "user", "2.5.4.4": "user", "2.5.4.42": "user", "0.9.2342.19200300.100.1.1": "user", "2.5.29.17": "host",
};

/** Reads DER octets; null when they are none. `oid` is the extension they stand in. */
export function privateDer(bytes: Uint8Array, ground: Ground, oid = ""): PrivateDer | null {
  const values = derValues(bytes, oid);
  if (values === null) return null;
  const changes = values.flatMap((value) => derChange(bytes, value, ground) ?? []);
  return {
    isPrivate: changes.length > 0,
    make() {
      const made = bytes.slice();
      for (const { start, end, make } of changes) {
        const octets = make();
        made.set(octets.length === end - start ? octets : new Uint8Array(end - start).fill(0x78), start);
      }
      return made;
    },
  };
}

interface DerChange {
  readonly start: number;
  readonly end: number;
  make(): Uint8Array;
}

function derChange(bytes: Uint8Array, value: DerValue, ground: Ground): DerChange | null {
  const { start, end } = value;
  const octets = bytes.subarray(start, end);
  if (value.name !== null && isPublicName(value.name)) return null;
  switch (value.what) {
    case "text": case "wide-text": {
      const wide = value.what === "wide-text";
      const found = privateText(new TextDecoder(wide ? "utf-16be" : "utf-8").decode(octets), ground);
      const kind = value.oid in kindOfAttribute ? kindOfAttribute[value.oid] : value.name === null ? "host" : "id";
      takeShapes(found);
      const filter: WordFilter = (word) => value.name !== null || !ground.vocabulary.has(word.toLowerCase());
      if (kind !== null && kind !== undefined && !(kind === "host" && isTopLevel(found.text)) && !/^https?:/i.test(found.text)) takeWords(found, 0, found.text.length, kind, filter);
      if (found.replacements.length === 0) return null;
      return { start, end, make: () => (wide ? wideOctets(replacedText(found)) : new TextEncoder().encode(replacedText(found))) };
    }
    case "address": {
      const dotted = octets.length === 4 ? octets.join(".") : "";
      if (dotted !== "") return isPlainAddress(dotted) ? null : { start, end, make: () => Uint8Array.from(ground.pseudonyms.address(dotted).split("."), (part) => Math.min(255, Number(part))) };
      break;
    }
    default: break;
  }
  const digits = Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
  if (isPlainHex(digits.replace(/^0{1,20000}/, ""))) return null;
  // A key or a signature is of no use to anybody else, and need not be told from others.
  if (value.what === "serial" || value.what === "identifier") ground.pseudonyms.hex(digits);
  return { start, end, make: () => octetsOf(ground.pseudonyms.hex(digits)) };
}

export function octetsOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function wideOctets(text: string): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at++) {
    octets[2 * at] = text.charCodeAt(at) >> 8;
    octets[2 * at + 1] = text.charCodeAt(at) & 0xff;
  }
  return octets;
}

/** Private words that stand outside of everything that is understood: in prose, in other programs' lines. */
export function takeKnownWords(found: PrivateText): void {
  const { pseudonyms, vocabulary } = found.ground;
  const { text } = found;
  const pattern = new RegExp(plainWord);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const word = match[0];
    const start = match.index;
    const end = start + word.length;
    if (word.length < 3) continue;
    if (/^[0-9A-Fa-f]{6,400}$/.test(word) && pseudonyms.isKnownHex(word)) {
      takeHex(found, start, end, "digits");
      continue;
    }
    // `Serial: 111b`: a short number is known by its place at the end of a line.
    if (/^[0-9A-Fa-f]{3,5}$/.test(word) && pseudonyms.isKnownHex(word) && /[:=][ \t\u00A0]{0,8}$/.test(text.slice(Math.max(0, start - 10), start)) && /^[ \t\u00A0]{0,8}(?:[\r\n]|$)/.test(text.slice(end, end + 10))) {
      takeHex(found, start, end, "digits");
      continue;
    }
    if (!pseudonyms.isPrivate(word) || vocabulary.has(word.toLowerCase()) || isPlainWord(word)) continue;
    // Three letters are a private word only as an abbreviation; constants, options and labels are the tools' own words.
    if (word.length === 3 && word !== word.toUpperCase()) continue;
    if (text.charAt(start - 1) === "_" || text.charAt(end) === "_" || /(?:^|\s)-{1,2}$/.test(text.slice(Math.max(0, start - 3), start))) continue;
    if (!found.isFree(start, end)) continue;
    found.replace([[start, end]], "known word", () => pseudonyms.word(word));
  }
}
