import { closeSync, openSync, writeSync } from "node:fs";
import { clientCertificate, digitsOf, type CertificateSpec } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { renderTranscript, requestFor } from "../support/render-s-client.ts";
import { browserCall, renderStrace } from "../support/render-strace.ts";

// Inputs for the benchmarks, made anew each time: too large to be kept, and printed by the same renderers that the tests use.

/** The n-th authority, leaf first. */
export function authorityName(n: number): readonly string[] {
  return [`CN=Issuing CA ${n} of a long list`, `OU=Unit ${n % 17}`, "O=Fabrik, Inc.", "C=DE"];
}

/** The n-th certificate; every tenth authority issued none. */
function certificate(n: number, authorities: number): CertificateSpec {
  return clientCertificate({
    subject: [`CN=client ${n}`, "O=Fabrik, Inc.", "C=DE"], issuer: authorityName(n % authorities), serial: digitsOf(`serial ${n}`).slice(0, 32), thumbprint: digitsOf(`thumbprint ${n}`),
  });
}

/** `certutil -v -store` of so many certificates, five kilobytes each. */
export function storeOf(certificates: number, authorities: number): string {
  return renderStore(Array.from({ length: certificates }, (_, n) => certificate(n, authorities)), { wholeKeys: true });
}

/** A transcript whose server names so many authorities. */
export function transcriptOf(authorities: number): string {
  return renderTranscript({ first: requestFor(...Array.from({ length: authorities }, (_, n) => authorityName(n))) });
}

/** A log of so many selection calls, each with so many issuers. */
export function logOf(calls: number, issuers: number): string {
  const names = Array.from({ length: issuers }, (_, n) => authorityName(n));
  return renderStrace(Array.from({ length: calls }, () => browserCall(names)));
}

/** Lines of a trace between selection calls: other calls, their results, hexadecimal dumps of payload. About 4 kB. */
function noise(seed: number): string {
  const lines: string[] = [];
  for (let n = 0; n < 18; n++) {
    const digits = digitsOf(`noise ${seed} ${n}`);
    lines.push(`recv() called`, `socket : 0x${digits.slice(0, 8)}`, `length : ${n * 137 + seed % 1000}`);
    for (let row = 0; row < 2; row++) lines.push(`${digits.match(/.{1,2}/g)?.slice(0, 16).join(" ") ?? ""}   ${digits.slice(0, 16).replace(/[a-f]/g, ".")}`);
    lines.push(`recv() exited with value : ${n * 137}`, "");
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** Writes a log of about `bytes` bytes in which so many selection calls stand at equal distances. */
export function writeLog(file: string, bytes: number, calls: number, encoding: "utf8" | "utf16le"): void {
  const width = encoding === "utf8" ? 1 : 2;
  const pieces = Array.from({ length: 64 }, (_, seed) => noise(seed));
  const filler = Buffer.from(pieces.join(""), encoding);
  const call = Buffer.from(logOf(1, 20), encoding);
  const handle = openSync(file, "w");
  let written = width === 1 ? 0 : writeSync(handle, Buffer.from("\uFEFF", encoding));
  for (let n = 0; n < calls; n++) {
    const until = Math.floor((bytes / calls) * (n + 1)) - call.length;
    while (written + filler.length < until) written += writeSync(handle, filler);
    written += writeSync(handle, call);
  }
  closeSync(handle);
}

/** Writes one line of so many bytes. */
export function writeOneLine(file: string, bytes: number): void {
  const piece = Buffer.alloc(1 << 20, "payload 0123456789 ");
  const handle = openSync(file, "w");
  for (let written = 0; written < bytes;) written += writeSync(handle, piece);
  closeSync(handle);
}

/** Writes a log of nothing but selection calls. */
export function writeCalls(file: string, calls: number): void {
  const piece = Buffer.from(logOf(100, 1));
  const handle = openSync(file, "w");
  for (let n = 0; n < calls; n += 100) writeSync(handle, piece);
  closeSync(handle);
}

/** Writes a log whose only call never ends: lines of its list follow to the end. */
export function writeOpenCall(file: string, bytes: number): void {
  const handle = openSync(file, "w");
  let written = writeSync(handle, Buffer.from(logOf(1, 3).split("Number of certificates")[0] ?? ""));
  const piece = Buffer.from(Array.from({ length: 1000 }, (_, n) => `CN=Issuing CA ${n}, O=Fabrik, C=DE\r\n`).join(""));
  while (written < bytes) written += writeSync(handle, piece);
  closeSync(handle);
}
