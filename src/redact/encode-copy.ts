import { encodeSingleByte, isMultiByte } from "../text/code-pages.ts";
import { decode } from "../text/decode.ts";
import { encodingNames, type EncodingName } from "../text/encoding-name.ts";
import type { Intake } from "../text/intake.ts";

export interface EncodedCopy {
  readonly bytes: Uint8Array;
  readonly encoding: EncodingName;
  /** Why the copy is not in the encoding of the input; null when it is. */
  readonly instead: string | null;
}

/**
 * The copy of an input in the encoding of the input: `texts` stand for its stretches, lines between them are empty. When a character has no
 * place in that encoding, or the copy would be read in another one, it is UTF-8 with a byte-order mark.
 */
export function encodeCopy(taken: Intake, texts: readonly string[], landmarks: readonly string[]): EncodedCopy {
  const text = wholeText(taken, texts);
  const encoding = encodingNames.find((name) => name === taken.encoding) ?? "utf-8";
  const marked = taken.encodingBecause === "byte-order mark";
  const bytes = encode(text, encoding, marked);
  const again = bytes === null ? null : decode(bytes, { encoding: null, landmarks });
  if (bytes !== null && again?.text === text && again.damage.length <= taken.damage.length) return { bytes, encoding, instead: null };
  const instead = bytes === null ? `not every character can be written in ${encoding}` : `the copy would not be recognized as ${encoding}`;
  return { bytes: encode(text, "utf-8", true) ?? new Uint8Array(), encoding: "utf-8", instead };
}

function wholeText({ stretches }: Intake, texts: readonly string[]): string {
  let line = 1;
  const parts: string[] = [];
  for (const [index, taken] of stretches.entries()) {
    const stretch = taken.carried?.original ?? taken;
    if (stretch.firstLine > line) parts.push("\n".repeat(stretch.firstLine - line));
    parts.push(texts[index] ?? "");
    line = stretch.firstLine + stretch.lineStarts.length;
  }
  return parts.join("");
}

function encode(text: string, encoding: EncodingName, marked: boolean): Uint8Array | null {
  switch (encoding) {
    case "utf-8": return new TextEncoder().encode(marked ? `\uFEFF${text}` : text);
    case "utf-16le": case "utf-16be": return encodeWide(marked ? `\uFEFF${text}` : text, encoding === "utf-16le");
    default: return isMultiByte(encoding) ? encodePairs(text, encoding) : encodeSingleByte(text, encoding);
  }
}

function encodeWide(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return bytes;
}

const decoderLabels: Readonly<Partial<Record<EncodingName, string>>> = { cp932: "shift_jis", cp936: "gbk", cp949: "euc-kr", cp950: "big5", gb18030: "gb18030", "euc-jp": "euc-jp" };
const pairTables = new Map<EncodingName, ReadonlyMap<number, number>>();

/** Characters of one and two bytes of an East Asian code page, found by decoding all of them. */
function pairTable(encoding: EncodingName): ReadonlyMap<number, number> {
  const known = pairTables.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<number, number>();
  const decoder = new TextDecoder(decoderLabels[encoding] ?? encoding);
  for (let lead = 0x80; lead <= 0xff; lead++) {
    const single = decoder.decode(Uint8Array.of(lead));
    if (single.length === 1 && single !== "\uFFFD" && !table.has(single.charCodeAt(0))) table.set(single.charCodeAt(0), lead);
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const pair = decoder.decode(Uint8Array.of(lead, trail));
      if (pair.length === 1 && pair !== "\uFFFD" && !table.has(pair.charCodeAt(0))) table.set(pair.charCodeAt(0), lead * 256 + trail);
    }
  }
  pairTables.set(encoding, table);
  return table;
}

function encodePairs(text: string, encoding: EncodingName): Uint8Array | null {
  const table = pairTable(encoding);
  const bytes = new Uint8Array(text.length * 2);
  let size = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const code = unit < 0x80 ? unit : table.get(unit);
    if (code === undefined) return null;
    if (code > 0xff) bytes[size++] = code >> 8;
    bytes[size++] = code & 0xff;
  }
  return bytes.slice(0, size);
}
