import type { Moment } from "../../src/model/moment.ts";
import { monthNamed, ZONE_DOUBT } from "./months.ts";

/** Which of the first two numbers of a date is the day, as far as the dates of one text settle it. */
export type DayOrder = "day-first" | "month-first" | "unsettled";

/** A printed date taken apart; `first` and `second` are day and month in an order of their own. */
interface PrintedDate {
  readonly year: number;
  readonly first: number;
  readonly second: number;
  /** null: the notation itself does not say which is which. */
  readonly order: "day-first" | "month-first" | null;
  readonly hour: number;
  readonly minute: number;
  /** null: not printed. */
  readonly second60: number | null;
  /** `GMT`, `UTC` or `Z` is printed behind the time. */
  readonly universal: boolean;
}

/** Times are printed without seconds: the true moment lies within the minute. */
const SECONDS_DOUBT = 59_000;

/** Writing direction marks that Windows puts into dates of some regions, and the blanks that are no U+0020. */
const MARKS = /[\u200e\u200f\u061c\u202a-\u202e]/g;
const BLANKS = /[\t\u00a0\u2000-\u200a\u202f\u3000]/g;

/** AM and PM as regional formats print them, before or behind the time. */
const BEFORE_NOON = ["am", "a", "vorm", "上午", "午前", "오전", "πμ", "de", "dop", "sa"];
const AFTER_NOON = ["pm", "p", "nachm", "下午", "午後", "오후", "μμ", "du", "odp", "ch"];

/** Three numbers, or a month name in the middle: `19/01/2038`, `16.04.2009.`, `2024/1/22`, `22-Jan-2024`, `1. 2. 2026`. */
const DAY = /^(\d{1,4})(\. ?|[/-])(\d{1,2}|[A-Za-z]{3})(?:\. ?|[/-])(\d{1,4})(?:\.(?= ))?(?:,)?(?: +|T|$)/;
/** `11:04`, `1:37:59`, and `11.04` of Finnish and Italian settings. */
const TIME = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?: ?Z)?(?: +|$)/;

/** What a date begins with: asked first, because it is asked of every value of a listing. */
const BEGINS_WITH_DIGIT = /^[\s\u200e\u200f\u061c\u202a-\u202e]{0,80}\d/;

/** A month name says where the day stands, so does a year in front, so does the dotted form, which nobody writes month first. */
function takeApart(printed: string): PrintedDate | null {
  if (!BEGINS_WITH_DIGIT.test(printed)) return null;
  let rest = printed.slice(0, 80).replace(MARKS, "").replace(BLANKS, " ").trim();
  const day = DAY.exec(rest);
  if (!day) return null;
  rest = rest.slice(day[0].length).trim();
  let universal = / ?(?:GMT|UTC)$/.test(rest) || /\dZ$/.test(rest);
  rest = rest.replace(/ ?(?:GMT|UTC)$/, "").replace(/(\d)Z$/, "$1");
  const half = halfOf(rest);
  rest = half.rest;
  const time = TIME.exec(rest);
  if (rest !== "" && (!time || rest.slice(time[0].length).trim() !== "")) return null;
  if (rest === "") universal = false;
  let hour = time ? Number(time[1]) : 0;
  const minute = time ? Number(time[2]) : 0;
  const second60 = time?.[3] === undefined ? null : Number(time[3]);
  if (half.half !== null) {
    if (hour < 1 || hour > 12) {
      if (hour > 23 || half.half === "am") return null;
    } else hour = (hour % 12) + (half.half === "pm" ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || (second60 ?? 0) > 59) return null;

  const [, one, separator, middle, three] = day as unknown as [string, string, string, string, string];
  const named = monthNamed(middle);
  if (/[A-Za-z]/.test(middle) && named < 0) return null;
  const middleNumber = named >= 0 ? named + 1 : Number(middle);
  if (one.length > 2) return check({ year: Number(one), first: middleNumber, second: Number(three), order: "month-first" });
  if (three.length === 1 || three.length === 3) return null;
  const year = three.length === 2 ? fullYear(Number(three)) : Number(three);
  const order = named >= 0 || separator.startsWith(".") ? "day-first" : null;
  return check({ year, first: Number(one), second: middleNumber, order });

  function check(date: Pick<PrintedDate, "year" | "first" | "second" | "order">): PrintedDate | null {
    const whole = { ...date, hour, minute, second60, universal };
    return [dayFirst(whole), monthFirst(whole)].some((reading) => reading !== null) ? whole : null;
  }
}

/** Windows reads two digits as the years up to 49 of this century and from 50 of the last. */
function fullYear(twoDigits: number): number {
  return twoDigits < 50 ? 2000 + twoDigits : 1900 + twoDigits;
}

function halfOf(time: string): { readonly half: "am" | "pm" | null; readonly rest: string } {
  const words = time.replace(/[0-9:]/g, " ").replace(/[. ]/g, "").toLowerCase();
  if (words === "") return { half: null, rest: time };
  const half = BEFORE_NOON.includes(words) ? "am" : AFTER_NOON.includes(words) ? "pm" : null;
  if (half === null) return { half: null, rest: time };
  const digits = /\d[\d:.]{0,10}/.exec(time);
  return { half, rest: digits ? digits[0].replace(/[.:]$/, "") : time };
}

function dayFirst(date: PrintedDate): number | null {
  return date.order === "month-first" ? null : instant(date, date.second, date.first);
}

function monthFirst(date: PrintedDate): number | null {
  return date.order === "day-first" ? null : instant(date, date.first, date.second);
}

/** Milliseconds of the printed clock time taken as UTC; null when no such day exists. */
function instant(date: PrintedDate, month: number, day: number): number | null {
  const time = new Date(0);
  time.setUTCFullYear(date.year, month - 1, day);
  time.setUTCHours(date.hour, date.minute, date.second60 ?? 0, 0);
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === day && date.year >= 1601 && date.year <= 9999 ? time.getTime() : null;
}

/** True for text that is a date in one of the regional notations, nothing else before or behind it. */
export function isPrintedDate(printed: string): boolean {
  return takeApart(printed) !== null;
}

/**
 * The order of day and month that the dates of one text settle: a number above 12 does, a separator or AM/PM does not.
 * Texts joined from machines with different settings contradict themselves and settle nothing.
 */
export function settleDayOrder(printed: Iterable<string>): DayOrder {
  let day = false;
  let month = false;
  for (const text of printed) {
    const date = takeApart(text);
    if (date === null || date.order !== null || date.first === date.second) continue;
    const [asDayFirst, asMonthFirst] = [dayFirst(date), monthFirst(date)];
    if (asMonthFirst === null) day = true;
    else if (asDayFirst === null) month = true;
  }
  return day === month ? "unsettled" : day ? "day-first" : "month-first";
}

/**
 * The interval a printed date may mean, in UTC: fourteen hours to both sides where no zone is printed, 59 seconds more
 * where no seconds are, and from the one reading to the other where neither the date nor `order` says which number is the day.
 * null: the text is no date.
 */
export function readMoment(printed: string, order: DayOrder): Moment | null {
  const date = takeApart(printed);
  if (date === null) return null;
  const readings = [dayFirst(date), monthFirst(date)];
  const settled = order === "day-first" ? readings[0] : order === "month-first" ? readings[1] : null;
  const possible = typeof settled === "number" ? [settled] : readings.filter((reading) => reading !== null);
  const doubt = date.universal ? 0 : ZONE_DOUBT;
  const earliest = Math.min(...possible) - doubt;
  const latest = Math.max(...possible) + doubt + (date.second60 === null ? SECONDS_DOUBT : 0);
  return { printed, earliest: new Date(earliest).toISOString(), latest: new Date(latest).toISOString() };
}
