import { kindOfDer } from "./armor.ts";

/** Bytes of what people attach by mistake, what to say about it, and where they stand when not at the beginning. */
const signatures: readonly (readonly [signature: readonly number[], what: string, at?: number])[] = [
  [[0x1f, 0x8b], "a gzip archive: unpack it first"],
  [[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], "a bzip2 archive: unpack it first", 4],
  [[0x75, 0x73, 0x74, 0x61, 0x72], "a tar archive: unpack it first", 257],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "a 7z archive: unpack it first"],
  [[0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], "a rar archive: unpack it first"],
  [[0x28, 0xb5, 0x2f, 0xfd], "a zstd archive: unpack it first"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "an xz archive: unpack it first"],
  [[0x4d, 0x53, 0x43, 0x46], "a cabinet file: unpack it first"],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], "a PDF document: save its text first"],
  [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], "a PNG picture: the text itself is needed"],
  [[0xff, 0xd8, 0xff], "a JPEG picture: the text itself is needed"],
  [[0x47, 0x49, 0x46, 0x38], "a GIF picture: the text itself is needed"],
  [[0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00], "a Windows event log (.evtx): export it as text or XML first"],
  [[0x0a, 0x0d, 0x0d, 0x0a], "a network capture (pcapng)"],
  [[0xd4, 0xc3, 0xb2, 0xa1], "a network capture (pcap)"],
  [[0xa1, 0xb2, 0xc3, 0xd4], "a network capture (pcap)"],
  [[0x4d, 0x5a, 0x90, 0x00], "a Windows program"],
  [[0x7f, 0x45, 0x4c, 0x46], "a program"],
  [[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "an old Office document or an Outlook message (.msg): save its text first"],
];

/** Bytes looked at to tell text from binary data. */
const sampleSize = 1 << 16;
/** Share of control characters above which bytes are no text. Logs with raw payload in them stay far below. */
const tolerated = 0.1;

/** What binary data the bytes are, for people, or null when they can be text. */
export function recognizeBinary(bytes: Uint8Array): string | null {
  for (const [signature, what, at = 0] of signatures) if (signature.every((byte, index) => bytes[at + index] === byte)) return what;
  const kind = kindOfDer(bytes);
  if (kind === "pkcs12") return "a PFX (PKCS #12) file, and its certificates are encrypted with a password: `certutil -dump FILE` or `openssl pkcs12 -in FILE -info -nokeys` prints them";
  if (kind === "key") return "a private key, or another structure in DER that holds no certificate: keep it to yourself";
  if (bytes[0] === 0x30 && bytes[1] === 0x82 && bytes.length >= 64 && controlShare(bytes) > 0.02) {
    return "DER: a certificate, key or PFX file in binary form; `certutil -v -dump FILE` prints it as text";
  }
  return controlShare(bytes) > tolerated ? "binary data" : null;
}

/** Share of bytes that text does not hold. A run of NULs is padding and counts once. */
function controlShare(bytes: Uint8Array): number {
  const end = Math.min(bytes.length, sampleSize);
  let controls = 0;
  let counted = 0;
  for (let at = 0; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0 && at > 0 && bytes[at - 1] === 0) continue;
    counted++;
    // Tab, LF, VT, FF, CR, Ctrl-Z and ESC stand in texts; 0x7F does not.
    if (byte === 0x7f || (byte < 0x20 && !(byte >= 9 && byte <= 13) && byte !== 0x1a && byte !== 0x1b)) controls++;
  }
  return counted === 0 ? 0 : controls / counted;
}
