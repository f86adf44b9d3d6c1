/** A value's text, and a clause when the bytes could have been read in another way. */
export interface Decoded {
  readonly text: string;
  readonly doubt: string | null;
}

/**
 * Text of the bytes of a directory string whose type was not printed. UTF-8 wins when it fits; zero bytes or other
 * controls in an even number of bytes mean BMPString (UTF-16, big endian); what is left is read as Latin-1, which
 * T61String comes close to.
 */
export function decodeBytes(bytes: readonly number[]): Decoded {
  const utf8 = decodeUtf8(bytes);
  const controls = bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  if (controls) {
    const bmp = decodeBmp(bytes);
    if (bmp !== null) return { text: bmp, doubt: null };
  }
  if (utf8 !== null) return { text: utf8, doubt: null };
  return { text: latin1(bytes), doubt: "its bytes are not UTF-8 and were read as Latin-1" };
}

/** Text of UTF-8 bytes; null when they are none. */
export function decodeUtf8(bytes: readonly number[]): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}

function decodeBmp(bytes: readonly number[]): string | null {
  if (bytes.length === 0 || bytes.length % 2 !== 0) return null;
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const unit = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    // BMPString has neither controls nor surrogates.
    if (unit < 0x20 || (unit >= 0x7f && unit < 0xa0) || (unit >= 0xd800 && unit < 0xe000)) return null;
    text += String.fromCharCode(unit);
  }
  return text;
}

function latin1(bytes: readonly number[]): string {
  return bytes.map((byte) => String.fromCharCode(byte)).join("");
}

/** Tags of the string types a directory string may have, and how their bytes are read. */
const stringTags: Readonly<Record<number, (bytes: readonly number[]) => string | null>> = {
  0x0c: decodeUtf8,
  0x12: (bytes) => latin1(bytes),
  0x13: (bytes) => latin1(bytes),
  0x14: (bytes) => latin1(bytes),
  0x16: (bytes) => latin1(bytes),
  0x1a: (bytes) => latin1(bytes),
  0x1e: decodeBmp,
};

/** Text of `#0C05...`, the DER encoding of a string in hex digits; null when it is no string that is understood. */
export function decodeHexString(hex: string): string | null {
  if (!/^#(?:[0-9A-Fa-f]{2}){2,8200}$/.test(hex)) return null;
  const bytes: number[] = [];
  for (let at = 1; at < hex.length; at += 2) bytes.push(Number.parseInt(hex.slice(at, at + 2), 16));
  const first = bytes[1] as number;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 3) return null;
  const length = lengthBytes === 0 ? first : bytes.slice(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  const content = bytes.slice(2 + lengthBytes);
  const read = stringTags[bytes[0] as number];
  return read !== undefined && content.length === length ? read(content) : null;
}
