/** How the lines of Wireshark and tshark look, as sources of regular expressions; claim and lexer share them. */

/** Between the columns of the packet list: blanks, the separators of its CSV form, and the arrow of tshark. */
const gap = "(?:[ \\t\\u00A0]{1,40}|\",\")(?:(?:\\u2192|->)[ \\t\\u00A0]{1,4})?";
const address = "[^\\s\",]{1,100}";
const versions = "(?:TLSv1(?:\\.[0-3])?|SSLv[23]|TLS|SSL)";

/** `8 0.004942805 192.0.2.7 → 192.0.2.14 TLSv1.2 171 `; what follows says which messages the packet holds. */
export const row = `"?\\d{1,8}${gap}\\d[\\d:.T-]{0,30}(?: \\d[\\d:.]{1,20})?${gap}${address}${gap}${address}${gap}${versions}${gap}\\d{1,6}${gap}(?=[A-Z\\[])`;

export const frame = "Frame \\d{1,8}(?::|,| \\()";
export const network = "Internet Protocol(?: Version [46])?, (?=Src: )";
export const transport = "Transmission Control Protocol, (?=Src Port: )";
export const record = `${versions} Record Layer: (?=[A-Z])`;
export const handshake = "Handshake Protocol: (?=[A-Z])";
export const certificateType = "Certificate type: ";
/** Newer versions name the scheme, older ones the pair of hash and signature; both print its number. */
export const scheme = "Signature (?:Hash )?Algorithm: (?=[^\\r\\n]{0,60}0x[0-9a-f]{4})";
export const namesLength = "Distinguished Names Length: (?=\\d)";
export const authority = "Distinguished Name(?: \\[[Tt]runcated\\])?: \\(";
export const attribute = "RelativeDistinguishedName item \\(";
export const certificatesLength = "Certificates Length: (?=\\d)";
export const certificate = "Certificate(?: \\[[Tt]runcated\\])?: (?=[0-9a-f]{8})";
export const serialNumber = "serialNumber ?: (?=0x|[0-9a-f])";
export const nameHead = "(?:issuer|subject): rdnSequence \\(0\\)";
export const wholeName = "rdnSequence: \\d{1,4} items? \\(";
export const validityHead = "not(?:Before|After): (?:utcTime|general(?:ized)?Time) \\(\\d\\)";
export const time = "(?:utcTime|general(?:ized)?Time): (?=\\d)";
export const alertDescription = "Description: (?=[A-Z][A-Za-z _]{2,40} \\(\\d{1,3}\\))";
export const alertLevel = "Level: (?=(?:Fatal|Warning) \\(\\d\\))";
export const serverName = "Server Name: (?=[^ \\r\\n])";
