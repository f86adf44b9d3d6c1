// How evidence is written to files.

export const crlf = (...lines) => `${lines.flat(9).join("\r\n")}\r\n`;
export const lf = (...lines) => `${lines.flat(9).join("\n")}\n`;

const CP850 = new Map([..."ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´­±‗¾¶§÷¸°¨·¹³²■\u00a0"].map((character, at) => [character, 0x80 + at]));
const CP1252 = new Map([..."€‚ƒ„…†‡ˆ‰Š‹Œ\u{ff}\u{ff}Ž"].map((character, at) => [character, 0x80 + (at === 0 ? 0 : at + 1)]).concat([..."‘’“”•–—˜™š›œ"].map((character, at) => [character, 0x91 + at])));

function encode(text, table, else_) {
  return Buffer.from([...text].map((character) => (character.charCodeAt(0) < 0x80 ? character.charCodeAt(0) : table.get(character) ?? else_(character))));
}

export const cp850 = (text) => encode(text, CP850, () => 0x3f);
export const cp1252 = (text) => encode(text, CP1252, (character) => (character.charCodeAt(0) < 0x100 ? character.charCodeAt(0) : 0x3f));
/** What `>` of Windows PowerShell writes. */
export const utf16le = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

/** A quotation in a mail. */
export const quoted = (lines) => lines.map((line) => `> ${line}`);

/** What a web page makes of a paste: no-break spaces for indentation, one dash for two hyphens, curly quotes, no blank lines. */
export function webPage(lines) {
  return lines.map((line) => line.replace(/^ +/, (blanks) => "\u00a0".repeat(blanks.length)).replace(/ -- /g, " — ").replace(/"([^"]*)"/g, "“$1”").replace(/\s-(prexit|connect|user|store|v)\b/g, " –$1"));
}
