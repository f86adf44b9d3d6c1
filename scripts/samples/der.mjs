// As much of DER as is needed to print a certificate.

/** The element at an offset: `at` its first octet, `start` and `end` of its content. */
export function read(bytes, at) {
  let length = bytes[at + 1];
  let start = at + 2;
  if (length >= 0x80) {
    const octets = length & 0x7f;
    length = 0;
    for (let index = 0; index < octets; index++) length = length * 256 + bytes[start + index];
    start += octets;
  }
  return { tag: bytes[at], at, start, end: start + length };
}

export function children(bytes, element) {
  const all = [];
  for (let at = element.start; at < element.end; at = all.at(-1).end) all.push(read(bytes, at));
  return all;
}

export function oidOf(content) {
  const arcs = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
      else arcs.push(arc);
      arc = 0;
    }
  }
  return arcs.join(".");
}
