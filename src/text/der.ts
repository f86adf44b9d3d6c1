/** An element of DER: its first identifier octet and its contents. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** First and last octet of the contents of the element at `at`; null for an element of indefinite or absurd length. */
export function derHeader(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } | null {
  const first = bytes[at + 1];
  if (first === undefined || first === 0x80) return null;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const count = first - 0x80;
  if (count > 3) return null;
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  return { start: at + 2 + count, end: at + 2 + count + length };
}

/** Elements of definite length, one behind the other; what cannot be read so ends the list. */
export function derElements(bytes: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at + 1 < bytes.length;) {
    const header = derHeader(bytes, at);
    if (header === null || header.end > bytes.length) break;
    elements.push({ tag: bytes[at] as number, content: bytes.subarray(header.start, header.end) });
    at = header.end;
  }
  return elements;
}
