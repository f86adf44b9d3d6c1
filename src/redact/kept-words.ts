import { attributeTypes } from "../model/name.ts";

const words = (list: string): readonly string[] => list.split(/\s+/).filter((word) => word !== "");

/** Words that say nothing about who is concerned: they stay readable wherever they stand, in names too. */
const everyday: ReadonlySet<string> = new Set(words(`
  a an and as at be by de del della der des di do du el et for from i if in is it la le les los no not o of on or the to und van von was with y
  ca cas pki root roots sub issuing intermediate policy class primary secondary public private internal external enterprise global
  certificate certificates certification certificat certificats authority authorities autorite autorita autoridad autoridade zertifikat zertifizierungsstelle
  server servers client clients user users person device devices machine computer host trust trusted secure security services service network networks
  signing encryption authentication auth login code time stamping timestamping validation extended organization organizational domain web ssl tls vpn
  smartcard smart card email mail smtp ldap ldaps http https www ftp proxy gateway portal api app test testing demo example sample lab prod dev staging
  inc incorporated ltd limited llc llp plc gmbh mbh ag kg kgaa ohg se sa sas sarl srl spa nv bv ab as asa oy oyj co corp corporation company group holding
  org unit name place user key file path id eku ku rsa ecc ec dsa ecdsa sha md g class generation version new old default none null empty localhost local
  january february march april may june july august september october november december gmt utc
  am pm br c d e f b l s t
  pkcs x cn ou dc st uid sn gn oid crl ocsp aia cdp ski aki san upn sid spn
  nt microsoft windows openssl system administrator admin guest
  usr etc var opt bin tmp temp home program files
`));

/** Top-level names of hosts and of `DC=` that stay readable, besides the countries' two letters. */
const topLevel: ReadonlySet<string> = new Set(words(`
  com net org edu gov mil int info biz name pro local lan internal intern intranet intra corp home private priv localdomain localhost test example invalid
  cloud online site tech app dev io group company bank email network systems solutions services consulting digital global world agency domain arpa loc
`));

/** Last parts of dotted words that are files and not hosts. */
const fileEndings: ReadonlySet<string> = new Set(words(`
  exe dll sys log txt cer crt pem pfx p12 key csr req der p7b p7c p7s crl inf ini cfg conf config xml json yml yaml html htm xhtml asp aspx php jsp js ts css
  zip gz tar cab msi ps1 psm1 bat cmd sh py rb pl cs cc cpp hpp c h java class jar md rst out etl evtx pcap pcapng cap dmp jks sst ctl stl png jpg gif pdf doc docx xls xlsx msg eml tmp bak old
`));

/** Hosts of documentation and of public authorities: their addresses stay readable. */
const publicHosts: readonly string[] = words(`
  microsoft.com windows.net w3.org ietf.org openssl.org iana.org mozilla.org verisign.com digicert.com symantec.com symcb.com symcd.com thawte.com geotrust.com
  globalsign.com globalsign.net entrust.net entrust.com godaddy.com starfieldtech.com comodoca.com usertrust.com sectigo.com letsencrypt.org lencr.org quovadisglobal.com
  identrust.com trustwave.com amazontrust.com pki.goog ssl.com certum.pl swisssign.net telesec.de d-trust.net apple.com github.com stackoverflow.com asp.net
  w3.org xmlsoap.org oasis-open.org example.com example.net example.org
`);

/** What the O of a public authority's names begins with, lower case. */
const publicOrganizations: readonly string[] = `
  verisign|symantec|digicert|thawte|geotrust|rapidssl|globalsign|entrust|comodo|sectigo|the usertrust network|addtrust|baltimore|cybertrust|gte corporation|verizon
  godaddy.com|the go daddy group|go daddy|starfield technologies|internet security research group|let's encrypt|digital signature trust|identrust|quovadis|swisssign
  wisekey|oiste|t-systems enterprise|deutsche telekom|d-trust|unizeto|asseco data systems|actalis|buypass|dhimyotis|certinomis|certplus|keynectis|opentrust
  ac camerfirma|fnmt|firmaprofesional|izenpe|agencia catalana|hellenic academic|secom trust|japan certification services|government of japan|japanese government
  chunghwa telecom|taiwan-ca|cnnic|china internet network information|china financial certification|wosign|startcom|trustwave|securetrust|network solutions
  ssl corporation|ssl.com|amazon|google trust services|google inc|microsoft|apple inc|cloudflare|zerossl|gogetssl|trustcor|e-tugra|türktrust|turktrust
  turkiye bilimsel|netlock|microsec|disig|certsign|valicert|equifax|rsa security|rsa data security|xcert|visa|american express|wells fargo|u.s. government
  atos|trustis|naver|hongkong post|guang dong certificate|emsign|eMudhra|beltrustedcertificates|kbc|tc trustcenter|tdc|skaitmeninio sertifikavimo
  a-trust|arge daten|first data digital|nederland|staat der nederlanden|kisa|korea information security|post.trust|saunalahden|sonera|telia|teliasonera|swisscom
  autoridad de certificacion|colegio de registradores|generalitat valenciana|ips certification|ips seguridad|isigntrust|belgacom|certipost|cisco systems
  abn amro|aol|america online|time warner|digital signature trust co|united states postal|usertrust|viacode|deutscher sparkassen|netrust
`.split(/[|\n]/).map((name) => name.trim().toLowerCase()).filter((name) => name !== "");

/** Common names that no organization stands beside. */
const publicNames: readonly string[] = [
  "nt authority", "microsoft ", "root agency", "globalsign", "autoridad de certificacion firmaprofesional", "copyright (c) 1997 microsoft", "windows azure", "ms-organization",
];

/** Whether a word stays readable: an everyday word, a short number, a generation such as `G2` or `CA01`, or a pseudonym already. */
export function isKeptWord(word: string): boolean {
  const folded = word.toLowerCase();
  if (/^[0-9]{1,40}$/.test(folded)) return folded.replace(/^0{1,40}/, "").length <= 4;
  if (/^[a-z][0-9]{0,2}$/.test(folded) || /^(?:ca|root|sub|class|sha|rsa|tls|ssl|pki|p)[0-9]{1,4}$/.test(folded)) return true;
  return everyday.has(folded) || /^x{1,400}$/.test(folded) || (folded.length <= 2 && /^[0-9]/.test(folded));
}

/** Whether the last part of a dotted word makes it a host name. */
export function isTopLevel(label: string): boolean {
  const folded = label.toLowerCase();
  return topLevel.has(folded) || (/^[a-z]{2}$/.test(folded) && !fileEndings.has(folded));
}

export function isFileEnding(label: string): boolean {
  return fileEndings.has(label.toLowerCase());
}

export function isPublicHost(host: string): boolean {
  const folded = host.toLowerCase();
  return publicHosts.some((known) => !known.startsWith("example.") && (folded === known || folded.endsWith(`.${known}`)));
}

/** Attributes of one name: does a public authority carry it? */
export function isPublicName(attributes: readonly { readonly type: string; readonly value: string }[]): boolean {
  const fold = (value: string): string => value.toLowerCase().replace(/[\u2019`]/g, "'").replace(/[\s\u00A0]{1,40}/g, " ").replace(/^["\u201C]/, "").trim();
  if (attributes.some(({ type, value }) => type === "O" && publicOrganizations.some((known) => beginsWith(fold(value), known)))) return true;
  if (attributes.some(({ type }) => type === "O" || type === "DC")) return false;
  return attributes.some(({ type, value }) => type === "CN" && publicNames.some((known) => fold(value).startsWith(known)));
}

function beginsWith(text: string, known: string): boolean {
  return text.startsWith(known) && !/[a-z0-9]/.test(text.charAt(known.length));
}

/** Spellings of attribute types, longest first, for looking for names in a text. */
export const typeSpellings: readonly string[] = attributeTypes.flatMap(({ name, spellings }) => [name, ...spellings]).sort((a, b) => b.length - a.length);
