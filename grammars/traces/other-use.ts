import type { SourceText } from "../../src/text/source-text.ts";
import { startOfLine } from "../shared/span.ts";

/** Uses of keys and certificates beside TLS: a logon, a remote desktop, disk and mail encryption, signatures of programs. */
const OTHER_USES = new RegExp([
  "\\blog(?:ged|ging)?[ -]?on\\b", "\\bsign(?:ed|ing)?[ -]?in\\b", "\\bwinlogon\\b", "\\blogonui\\b", "\\bunlock", "\\bkerberos", "\\bkdc", "\\bpkinit\\b", "\\bSmartcardLogon",
  "\\banmeldung", "\\banmelden\\b", "\\bouverture de session", "\\binicio de sesi", "\\bremote desktop\\b", "\\bcredssp\\b", "\\bmstsc\\b", "\\bbitlocker\\b", "\\bs\\/mime\\b", "\\bsigntool\\b", "\\bcode signing\\b",
].join("|"), "i");
const OF_TLS = /(?<![A-Za-z])(?:TLS|SSL|Schannel|https:|InitializeSecurityContext|AcquireCredentialsHandle|CertSelect|client[ -]?(?:cert|zert|auth)|certificat(?:o|e)? (?:de |du )?client|portal|portail|(?:login|log-?on|sign-?in|anmelde)[ -]?(?:page|seite|form)|browser|edge|chrome|firefox|curl|iis|web ?(?:site|server|page|service)|handshake|40[13]\.\d)/i;
const OWN_RECORD = /^[> \t]{0,8}(?:\[?\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:)|<Event[ >]/;
/** Lines of an event above and below that are looked at. */
const REACH = 20;
/** A longer line is cut. */
const LONGEST = 4000;

/** Whether the line, or the event that it is a line of, tells of another use than TLS. */
export function tellsOfOtherUse(source: SourceText, index: number): boolean {
  const lineAt = (at: number): string => startOfLine(source, at, LONGEST);
  const line = lineAt(index);
  if (OF_TLS.test(line)) return false;
  if (OTHER_USES.test(line)) return true;
  if (OWN_RECORD.test(line)) return false;
  const around: string[] = [];
  for (const step of [-1, 1]) {
    for (let away = 1; away <= REACH; away++) {
      const at = index + step * away;
      if (at < 0 || at >= source.lineStarts.length) break;
      const text = lineAt(at);
      if (text.trim() === "") break;
      around.push(text);
    }
  }
  return around.some((text) => OTHER_USES.test(text)) && !around.some((text) => OF_TLS.test(text));
}
