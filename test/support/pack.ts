import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterConstructorOptions } from "@zip.js/zip.js/lib/zip-core-native.js";

/** A zip archive of files by name. */
export async function zipOf(files: Readonly<Record<string, Uint8Array | string>>, options: ZipWriterConstructorOptions = {}): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { dataDescriptor: false, ...options, useWebWorkers: false });
  for (const [name, content] of Object.entries(files)) await writer.add(name, new Uint8ArrayReader(typeof content === "string" ? new TextEncoder().encode(content) : content));
  return writer.close();
}

export interface MailPartToPack {
  /** Header lines beside the encoding. */
  readonly headers: string;
  readonly bytes: Uint8Array | string;
}

/** A mail with attachments in base64, as mail programs write them. */
export function mailWith(parts: readonly MailPartToPack[], text = "Hello,\r\nsee below.\r\n"): string {
  const attached = parts.map(({ headers, bytes }) => `--b1\r\n${headers}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Lines(bytes)}\r\n`);
  return `From: alice@example.org\r\nSubject: 403.7\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\n${text}${attached.join("")}--b1--\r\n`;
}

/** Base64 in lines of 76 characters, the last one without a line end. */
export function base64Lines(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString("base64").replace(/.{76}(?=.)/g, "$&\r\n");
}
