const ANOTHER = new RegExp([
  "\\b(?:gateway|router|proxy|proxies|load[ -]?balancers?|firewall|dns|dhcp|nat|vip|broadcast|monitoring|monitor|health|scanner|nagios|zabbix)\\b", "standardgateway", "proxy",
  "passerelle", "puerta de enlace", "subnet", "netmask", "serveur", "überwachung", "\\bignor", "\\bother\\b", "\\banother\\b", "\\bexcept\\b", "\\bandere[nrsm]?\\b", "\\baußer\\b",
  "\\bnot (?:our|ours|mine|us|the|a|concerned|affected)\\b", "\\b(?:nicht|kein\\w{0,2}) (?:unser|wir|die|der|das|betroffen|von uns)",
  "\\bping(?:ing|t)?\\b", "\\breply from\\b", "\\bbytes from\\b", "\\bantwort von\\b", "\\br[ée]ponse de\\b", "\\brespuesta desde\\b", "\\brisposta da\\b", "\\btrace?r",
].join("|"), "i");
/** What `nslookup` prints below the name that was asked for. */
const OF_LOOKUP = /^[> \t]{0,8}Add?ress(?:es|en|e)?[ \t]{0,4}:[^A-Za-z]{0,200}$/i;
const WORKS = /^[ ,]{0,2}(?:works?|is (?:fine|ok)|geht|funktioniert|läuft)\b(?! (?:not|nicht|no))/i;
/** `192.0.2.10 is the load balancer`, `192.0.2.10, that is our monitoring`, `192.0.2.10 (monitoring)`. */
const SAYS_WHAT_IT_IS = /^[ ,]{0,2}(?:(?:that|which|this|it|das|dies|die|der) )?(?:is|was|are|ist|war|belongs|gehört|=|:|-|–|\()/i;
const AN_ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{2,39}/;
// Windows fills its lists with dots: `Default Gateway . . . : 192.0.2.1`.
const END_OF_SENTENCE = /(?<=[\w)])[.!?;](?=$| (?!\.))/;
/** Characters before and behind that are looked at. */
const BEFORE = 60;
const BEHIND = 80;

/** Whether a line says of an address in it that it is that of a gateway, a proxy, a monitor, or of a machine that works: not of the client in question. */
export function isAddressOfAnother(line: string, start: number, end: number): boolean {
  if (OF_LOOKUP.test(line.slice(0, Math.min(start, 400)))) return true;
  const before = line.slice(Math.max(0, start - BEFORE), start).split(END_OF_SENTENCE).at(-1)?.split(AN_ADDRESS).at(-1) ?? "";
  const behind = line.slice(end, end + BEHIND).split(END_OF_SENTENCE)[0]?.split(AN_ADDRESS)[0] ?? "";
  const said = SAYS_WHAT_IT_IS.exec(behind)?.[0];
  // `the other till, 192.0.2.10`: the clause that leads to the address.
  const clause = before.split(",").findLast((one) => one.trim() !== "") ?? "";
  return ANOTHER.test(clause) || WORKS.test(behind) || (said !== undefined && ANOTHER.test(behind.slice(said.length).split(",")[0] ?? ""));
}
