import type { Moment } from "../../src/model/moment.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The month of an English name of three letters, 0 for January; -1 for any other text. */
export function monthNamed(name: string): number {
  return MONTHS.indexOf(name.toLowerCase());
}

/** Milliseconds. A local time without a zone that can be read stands for any offset in use; 14 hours is the largest (Kiribati). */
export const ZONE_DOUBT = 14 * 3_600_000;

/** `Nov 22 16:49:43 2026 GMT`: OpenSSL's ASN1_TIME_print, always in UTC. */
const OPENSSL = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})? (\d{4})(?: GMT)?$/;
/** `Mon Mar 02 09:14:11 CET 2026`: Date.toString of Java, in the zone of the machine. */
const JAVA = /^(?:[A-Z][a-z]{2} )([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([A-Z]{1,5}|GMT[+-]\d{2}:\d{2}) (\d{4})$/;

/** A date with an English month name as OpenSSL or Java prints it; null for any other text. */
export function readMonthDate(printed: string): Moment | null {
  const plain = printed.replace(/[\t\u00A0\u202F]/g, " ").trim();
  const openssl = OPENSSL.exec(plain);
  if (openssl) return momentAt(plain, openssl[6] as string, openssl.slice(1, 6), 0);
  const java = JAVA.exec(plain);
  if (!java) return null;
  const zone = java[6] as string;
  return momentAt(plain, java[7] as string, java.slice(1, 6), zone === "GMT" || zone === "UTC" ? 0 : ZONE_DOUBT);
}

function momentAt(printed: string, year: string, parts: readonly string[], doubt: number): Moment | null {
  const [name, day, hour, minute, second] = parts as [string, string, string, string, string];
  const month = monthNamed(name);
  const date = new Date(0);
  date.setUTCFullYear(Number(year), month, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  if (month < 0 || Number.isNaN(date.getTime()) || date.getUTCMonth() !== month || date.getUTCDate() !== Number(day) || Number(hour) > 23) return null;
  return { printed, earliest: new Date(date.getTime() - doubt).toISOString(), latest: new Date(date.getTime() + doubt).toISOString() };
}
