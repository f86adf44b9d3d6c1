import type { KeyUsage } from "./fact.ts";

/** RFC 5280, section 4.2.1.3: the bits of KeyUsage in order; bit 0 is the highest bit of the first octet. */
export const KEY_USAGE_NAMES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

/**
 * Key usage from the octets of the BIT STRING in hexadecimal (`a0`, `80 80`, `0x06`); blanks, commas and case do not matter.
 * Anything else than hexadecimal digits is ignored; text without digits gives an empty `hex` and no names.
 */
export function keyUsageFromHex(hex: string): KeyUsage {
  const digits = hex.toLowerCase().replace(/^\s*0x/, "").replace(/[^0-9a-f]/g, "");
  const even = digits.length % 2 === 1 ? `0${digits}` : digits;
  const names = KEY_USAGE_NAMES.filter((_, bit) => {
    const octet = Number.parseInt(even.slice((bit >> 3) * 2, (bit >> 3) * 2 + 2), 16);
    return !Number.isNaN(octet) && (octet & (0x80 >> (bit & 7))) !== 0;
  });
  return { hex: even, names };
}
