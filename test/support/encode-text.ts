import { encodeSingleByte } from "../../src/text/code-pages.ts";
import type { EncodingName } from "../../src/text/encoding-name.ts";

const decoderLabels: Readonly<Partial<Record<EncodingName, string>>> = { cp932: "shift_jis", cp936: "gbk", cp949: "euc-kr", cp950: "big5" };
const doubleByte = new Map<string, ReadonlyMap<string, readonly [number, number]>>();

/** Characters of a double-byte code page, found by decoding every pair of bytes: independent of the code under test. */
function doubleByteTable(label: string): ReadonlyMap<string, readonly [number, number]> {
  const known = doubleByte.get(label);
  if (known !== undefined) return known;
  const table = new Map<string, readonly [number, number]>();
  const decoder = new TextDecoder(label);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== "\uFFFD" && !table.has(text)) table.set(text, [lead, trail]);
    }
  }
  doubleByte.set(label, table);
  return table;
}

/** Bytes of `text` as a Windows machine would write them; throws when the encoding lacks a character. */
export function encodeText(text: string, encoding: EncodingName): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(text);
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    const bytes = new Uint8Array(text.length * 2);
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      bytes[2 * at + (encoding === "utf-16le" ? 0 : 1)] = unit & 0xff;
      bytes[2 * at + (encoding === "utf-16le" ? 1 : 0)] = unit >> 8;
    }
    return bytes;
  }
  const label = decoderLabels[encoding];
  if (label === undefined) {
    const bytes = encodeSingleByte(text, encoding);
    if (bytes === null) throw new Error(`${encoding} cannot write ${JSON.stringify(text)}`);
    return bytes;
  }
  const table = doubleByteTable(label);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    const pair = code < 0x80 ? [code] : table.get(character);
    if (pair === undefined) throw new Error(`${encoding} cannot write ${character}`);
    bytes.push(...pair);
  }
  return Uint8Array.from(bytes);
}

/** Bytes one after the other. */
export function concatenate(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}
