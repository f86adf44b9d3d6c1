import type { EncodingName } from "./encoding-name.ts";

/**
 * Characters of the bytes 0x80 to 0xFF of the code pages that `TextDecoder` does not know (Unicode's mapping tables CP437.TXT,
 * CP850.TXT, CP852.TXT), and of windows-1252, which Node 20 decodes as if it were ISO 8859-1.
 */
const ownPages: Readonly<Record<"cp437" | "cp850" | "cp852" | "windows-1252", string>> = {
  cp437:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0",
  cp850:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0",
  cp852:
    "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐" +
    "└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00AD˝˛ˇ˘§÷¸°¨˙űŘř■\u00A0",
  "windows-1252":
    "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ" +
    Array.from({ length: 96 }, (_, index) => String.fromCharCode(0xa0 + index)).join(""),
};

/** Names under which `TextDecoder` knows the others. */
const labels: Readonly<Partial<Record<EncodingName, string>>> = {
  cp866: "ibm866", cp932: "shift_jis", cp936: "gbk", cp949: "euc-kr", cp950: "big5",
};

const multiByte: ReadonlySet<EncodingName> = new Set(["cp932", "cp936", "cp949", "cp950", "gb18030", "euc-jp"]);

/** Whether a character of the code page can take more than one byte. */
export function isMultiByte(name: EncodingName): boolean {
  return multiByte.has(name);
}

const upperHalves = new Map<EncodingName, Uint16Array>();

/** UTF-16 code units of the bytes 0x80 to 0xFF of a single-byte code page. */
function upperHalf(name: EncodingName): Uint16Array {
  const known = upperHalves.get(name);
  if (known !== undefined) return known;
  const own = Object.hasOwn(ownPages, name) ? ownPages[name as keyof typeof ownPages] : undefined;
  const upper = own ?? new TextDecoder(labels[name] ?? name).decode(Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index));
  const units = Uint16Array.from({ length: 128 }, (_, index) => upper.charCodeAt(index));
  upperHalves.set(name, units);
  return units;
}

const decoders = new Map<string, TextDecoder>();

/** A decoder is kept: damaged text is decoded line by line. */
function decoderFor(label: string): TextDecoder {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  const made = new TextDecoder(label, { ignoreBOM: true });
  decoders.set(label, made);
  return made;
}

/** Code units decoded at a time: a string is made of each piece, so that no second copy of a large text is held. */
const pieceSize = 1 << 20;

/** Text of bytes in a code page, UTF-8 or UTF-16. Invalid bytes become U+FFFD, a byte-order mark is kept as U+FEFF. Never throws. */
export function decodeBytes(bytes: Uint8Array, name: EncodingName): string {
  if (name === "utf-8" || name.startsWith("utf-16") || isMultiByte(name)) {
    return decoderFor(labels[name] ?? name).decode(bytes);
  }
  const upper = upperHalf(name);
  const utf16 = decoderFor(littleEndian ? "utf-16le" : "utf-16be");
  let text = "";
  for (let from = 0; from < bytes.length; from += pieceSize) {
    const to = Math.min(bytes.length, from + pieceSize);
    const units = new Uint16Array(to - from);
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
      units[at - from] = byte < 0x80 ? byte : (upper[byte - 0x80] as number);
    }
    text += utf16.decode(units);
  }
  return text;
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const encoders = new Map<EncodingName, ReadonlyMap<number, number>>();

/** Bytes of `text` in a single-byte code page; null when a character is not in it. */
export function encodeSingleByte(text: string, name: EncodingName): Uint8Array | null {
  let table = encoders.get(name);
  if (table === undefined) {
    table = new Map(Array.from(upperHalf(name), (unit, index) => [unit, 0x80 + index] as const));
    encoders.set(name, table);
  }
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const byte = unit < 0x80 ? unit : table.get(unit);
    if (byte === undefined) return null;
    bytes[at] = byte;
  }
  return bytes;
}
