/** First four octets of the headers of a zip archive (APPNOTE.TXT, 4.3). */
const signature = { file: 0x04034b50, descriptor: 0x08074b50, directory: 0x02014b50, end: 0x06054b50 } as const;
const size = { file: 30, directory: 46, end: 22 } as const;
/** Bit 3 of the flags: sizes and checksum stand behind the data. */
const HAS_DESCRIPTOR = 8;

interface Header {
  readonly start: number;
  readonly nameEnd: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly crc: number;
}

/**
 * A zip archive that breaks off, with a directory made from the headers before its files: the last one may be a part of a file. Sizes that no
 * header gives are what is there. Linear.
 */
export function withDirectory(archive: Uint8Array, most: number): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const headers: Header[] = [];
  for (let at = nextSignature(archive, 0, "file"); at >= 0 && headers.length < most;) {
    const header = headerAt(view, archive, at);
    if (header !== null) headers.push(header);
    at = nextSignature(archive, header === null ? at + 4 : header.nameEnd + header.packed, "file");
  }
  const directory = headers.map((header) => recordOf(archive, view, header));
  const length = directory.reduce((sum, record) => sum + record.length, 0);
  const made = new Uint8Array(archive.length + length + size.end);
  made.set(archive);
  let at = archive.length;
  for (const record of directory) {
    made.set(record, at);
    at += record.length;
  }
  const end = new DataView(made.buffer, at);
  end.setUint32(0, signature.end, true);
  end.setUint16(8, headers.length, true);
  end.setUint16(10, headers.length, true);
  end.setUint32(12, length, true);
  end.setUint32(16, archive.length, true);
  return made;
}

function headerAt(view: DataView, archive: Uint8Array, start: number): Header | null {
  if (start + size.file > archive.length) return null;
  const nameSize = view.getUint16(start + 26, true);
  const nameEnd = start + size.file + nameSize + view.getUint16(start + 28, true);
  if (nameSize === 0 || nameEnd > archive.length) return null;
  const left = archive.length - nameEnd;
  const packed = view.getUint32(start + 18, true);
  const isDescribed = (view.getUint16(start + 6, true) & HAS_DESCRIPTOR) !== 0;
  if (!isDescribed && packed !== 0xffffffff) {
    return { start, nameEnd, packed: Math.min(packed, left), unpacked: view.getUint32(start + 22, true), crc: view.getUint32(start + 14, true) };
  }
  for (let at = nextSignature(archive, nameEnd, "descriptor"); at >= 0 && at + 16 <= archive.length; at = nextSignature(archive, at + 4, "descriptor")) {
    // The sizes of a descriptor take four octets each, or eight; either way the first four are those that count here.
    if (view.getUint32(at + 8, true) !== at - nameEnd) continue;
    const wide = view.getUint32(at + 12, true) === 0 && at + 20 <= archive.length;
    return { start, nameEnd, packed: at - nameEnd, unpacked: view.getUint32(at + (wide ? 16 : 12), true), crc: view.getUint32(at + 4, true) };
  }
  return { start, nameEnd, packed: left, unpacked: 0, crc: 0 };
}

/** The record of the directory for a file; sizes are those that were found, extra fields stay with the file. */
function recordOf(archive: Uint8Array, view: DataView, { start, packed, unpacked, crc }: Header): Uint8Array {
  const nameSize = view.getUint16(start + 26, true);
  const record = new Uint8Array(size.directory + nameSize);
  const to = new DataView(record.buffer);
  to.setUint32(0, signature.directory, true);
  to.setUint16(4, 20, true);
  // Version, flags, method, time and date stand in both in the same order.
  record.set(archive.subarray(start + 4, start + 14), 6);
  to.setUint32(16, crc, true);
  to.setUint32(20, packed, true);
  to.setUint32(24, unpacked, true);
  to.setUint16(28, nameSize, true);
  to.setUint32(42, start, true);
  record.set(archive.subarray(start + size.file, start + size.file + nameSize), size.directory);
  return record;
}

function nextSignature(archive: Uint8Array, from: number, what: keyof typeof signature): number {
  const [b, c, d] = [(signature[what] >>> 8) & 0xff, (signature[what] >>> 16) & 0xff, signature[what] >>> 24];
  for (let at = archive.indexOf(0x50, from); at >= 0; at = archive.indexOf(0x50, at + 1)) {
    if (archive[at + 1] === b && archive[at + 2] === c && archive[at + 3] === d) return at;
  }
  return -1;
}
