import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";

/** ASCII strings of which one stands in every passage. */
export const landmarks: readonly string[] = ["Thumbprint ", "HasPrivateKey"];

const LEAD = /^[ \t\u00A0>|]{0,80}/;
/** `Thumbprint                                Subject              EnhancedKeyUsageList` */
const HEADER = /^Thumbprint {2,60}Subject\b/;
const DASHES = /^-{4,60}(?: {1,80}-{4,60}){1,4} *$/;
const ROW = /^[0-9A-F]{40} {2,8}\S/i;
/** Properties of a certificate object, one a line. */
export const propertyNames = [
  "PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "PSIsContainer", "EnhancedKeyUsageList", "DnsNameList", "SendAsTrustedIssuer", "EnrollmentPolicyEndPoint", "EnrollmentServerEndPoint", "PolicyId",
  "Archived", "Extensions", "FriendlyName", "HasPrivateKey", "PrivateKey", "IssuerName", "NotAfter", "NotBefore", "PublicKey", "RawDataMemory", "RawData", "SerialNumber", "SignatureAlgorithm", "SubjectName",
  "Thumbprint", "Version", "Handle", "Issuer", "Subject",
] as const;
const PROPERTY = new RegExp(`^(?:${propertyNames.join("|")}) {0,24}:(?: |$)`);
const TELLING = /^(?:Thumbprint|HasPrivateKey|EnhancedKeyUsageList|PSParentPath) {0,24}: \S/;
/** The heading of a listing, whatever its word is: `PSParentPath:`, `Verzeichnis:`. */
const PARENT = /^[^\s:][^\r\n:]{2,30}: {0,4}Microsoft\.PowerShell\.Security\\Certificate::/;
const COMMAND = /\bcert:\\?(?:CurrentUser|LocalMachine)\\/i;

/** Claims tables and lists of certificates from PowerShell's Cert: drive, with the heading or the typed command that names the store. */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const passages: Passage[] = [];
  const count = source.lineStarts.length;
  const bareAt = (index: number): string => {
    const { start, end } = lineSpan(source, index);
    return source.text.slice(start, Math.min(end, start + 1000)).replace(LEAD, "");
  };
  let taken = 0;
  for (let index = 0; index < count; index++) {
    const line = bareAt(index);
    const isTable = HEADER.test(line) && index + 1 < count && DASHES.test(bareAt(index + 1));
    if (!isTable && !TELLING.test(line)) continue;
    const group = isTable ? null : groupAround(bareAt, index, taken, count);
    if (group !== null && group.properties < 2) continue;
    const first = headingAbove(bareAt, group?.first ?? index, taken);
    const last = group?.last ?? lastRow(bareAt, index + 1, count);
    const before = passages.at(-1);
    const end = lineSpan(source, last).end;
    const start = source.lineStarts[first] as number;
    if (before !== undefined && group !== null && source.text.slice(before.span.end, start).trim() === "") passages[passages.length - 1] = { ...before, span: { ...before.span, end } };
    else passages.push({ format: "cert-drive", section: isTable ? "table" : "list", span: { source, start, end } });
    index = last;
    taken = last + 1;
  }
  return passages;
}

type BareAt = (index: number) => string;

/** Lines of one object: properties and the lines that long values continue on, without an empty line. */
function groupAround(bareAt: BareAt, telling: number, taken: number, count: number): { readonly first: number; readonly last: number; readonly properties: number } {
  let first = telling;
  for (let index = telling - 1; index >= Math.max(taken, telling - 60) && bareAt(index) !== ""; index--) if (PROPERTY.test(bareAt(index))) first = index;
  let last = telling;
  let properties = 0;
  for (let index = first; index < count && index < first + 120 && bareAt(index) !== ""; index++) {
    const isProperty = PROPERTY.test(bareAt(index));
    if (isProperty) properties++;
    if (!isProperty && /^\S{1,40} ?[>$#] ?\S/.test(bareAt(index))) break;
    last = index;
  }
  return { first, last, properties };
}

function lastRow(bareAt: BareAt, dashes: number, count: number): number {
  let last = dashes;
  while (last + 1 < count && ROW.test(bareAt(last + 1))) last++;
  return last;
}

function headingAbove(bareAt: BareAt, first: number, taken: number): number {
  for (let index = first - 1; index >= Math.max(taken, first - 5); index--) {
    const line = bareAt(index);
    if (PARENT.test(line) || COMMAND.test(line)) return index;
    if (line !== "") break;
  }
  return first;
}
