/** One array of the bytes of many. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes of one's own. Not `slice()`: on a Buffer that is a view of the same memory. */
export function copied(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** The first `size` bytes of many parts, or all where there are fewer. */
export function firstBytes(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const first: Uint8Array[] = [];
  for (let at = 0, left = size; left > 0 && at < parts.length; at++) {
    const part = (parts[at] as Uint8Array).subarray(0, left);
    first.push(part);
    left -= part.length;
  }
  return joined(first);
}

/** Bytes that are there already, as an input gives them. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
