import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isPrintedDate, readMoment, settleDayOrder } from "../../grammars/shared/dates.ts";

const interval = (printed: string, order: Parameters<typeof readMoment>[1] = "unsettled"): string | null => {
  const moment = readMoment(printed, order);
  return moment && `${moment.earliest} ${moment.latest}`;
};

describe("regional notations", () => {
  test.each([
    ["1/22/2026 3:05 PM", "2026-01-22T15:05"], ["22/01/2026 15:05", "2026-01-22T15:05"], ["22.01.2026 15:05", "2026-01-22T15:05"],
    ["22.01.2026. 15:05", "2026-01-22T15:05"], ["22/01/2026 3:05 PM", "2026-01-22T15:05"], ["2026-01-22 3:05 PM", "2026-01-22T15:05"],
    ["2026-01-22 15:05", "2026-01-22T15:05"], ["2026/1/22 15:05", "2026-01-22T15:05"], ["2026/01/22 3:05", "2026-01-22T03:05"],
    ["2026-01-22 오후 3:05", "2026-01-22T15:05"], ["2026/1/22 上午 3:05", "2026-01-22T03:05"], ["2026/1/22 下午 03:05", "2026-01-22T15:05"],
    ["22.1.2026 15.05", "2026-01-22T15:05"], ["22. 1. 2026 15:05", "2026-01-22T15:05"], ["2026. 01. 22. 15:05", "2026-01-22T15:05"],
    ["22-01-2026 15:05", "2026-01-22T15:05"], ["22-Jan-2026 15:05", "2026-01-22T15:05"], ["22/01/26 15:05", "2026-01-22T15:05"],
    ["22/01/2026 03:05 p. m.", "2026-01-22T15:05"], ["22/1/2026 3:05 μμ", "2026-01-22T15:05"], ["1/22/2026 12:05 AM", "2026-01-22T00:05"],
    ["1/22/2026 12:05 PM", "2026-01-22T12:05"], ["\u200E1/22/2026\u202F3:05\u00A0PM", "2026-01-22T15:05"],
  ])("%s", (printed, local) => {
    const at = Date.parse(`${local}:00Z`);
    expect(interval(printed)).toBe(`${new Date(at - 14 * 3_600_000).toISOString()} ${new Date(at + 14 * 3_600_000 + 59_000).toISOString()}`);
    expect(readMoment(printed, "unsettled")?.printed).toBe(printed);
  });

  test("a printed zone leaves only the seconds open, printed seconds leave nothing", () => {
    expect(interval("8/17/2025 7:24 PM GMT")).toBe("2025-08-17T19:24:00.000Z 2025-08-17T19:24:59.000Z");
    expect(interval("8/17/2025 7:24:05 PM GMT")).toBe("2025-08-17T19:24:05.000Z 2025-08-17T19:24:05.000Z");
    expect(interval("2025-08-17T19:24:05Z")).toBe("2025-08-17T19:24:05.000Z 2025-08-17T19:24:05.000Z");
  });

  test.each(["", "CN=x", "1a2b3c4d5e", "13/13/2026 1:00 AM", "30/02/2026 10:00", "1/1/2026 25:00", "1/1/2026 1:00 XM", "<DateTime>", "1.2.840.113549", "12/2026", "1/1/2026 1:00 AM and more"])(
    "no date: %s", (text) => {
      expect(isPrintedDate(text)).toBe(false);
      expect(readMoment(text, "unsettled")).toBeNull();
    });
});

describe("the order of day and month", () => {
  test("a number above 12 anywhere in the text settles it", () => {
    expect(settleDayOrder(["01/02/2026 10:00", "13/02/2026 10:00"])).toBe("day-first");
    expect(settleDayOrder(["1/2/2026 1:00 AM", "2/13/2026 1:00 AM"])).toBe("month-first");
    expect(settleDayOrder(["2026-02-13 10:00", "13.02.2026 10:00"])).toBe("unsettled");
    expect(settleDayOrder(["1/2/2026 1:00 AM", "3/4/2026 1:00 PM"])).toBe("unsettled");
  });

  test("texts of two machines that contradict each other settle nothing", () => {
    expect(settleDayOrder(["13/02/2026 10:00", "2/13/2026 1:00 AM"])).toBe("unsettled");
  });

  test("an unsettled date spans both readings, a settled one does not", () => {
    expect(interval("01/02/2026 10:00")).toBe("2026-01-01T20:00:00.000Z 2026-02-02T00:00:59.000Z");
    expect(interval("01/02/2026 10:00", "day-first")).toBe("2026-01-31T20:00:00.000Z 2026-02-02T00:00:59.000Z");
    expect(interval("01/02/2026 10:00", "month-first")).toBe("2026-01-01T20:00:00.000Z 2026-01-03T00:00:59.000Z");
  });

  test("a date that has only one reading keeps it, whatever the rest of the text says", () => {
    expect(interval("13/02/2026 10:00", "month-first")).toBe(interval("13/02/2026 10:00"));
    expect(interval("01.02.2026 10:00", "month-first")).toBe(interval("01.02.2026 10:00", "day-first"));
    expect(interval("2026-02-01 10:00", "day-first")).toBe(interval("2026-02-01 10:00", "month-first"));
  });
});

test("whatever the text, the interval is in order and holds the printed time in both readings", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1970, max: 2099 }), fc.constantFrom("/", "-", "."), (day, month, year, separator) => {
    const moment = readMoment([day, month, year].join(separator) + " 10:00", "unsettled");
    const at = Date.UTC(year, month - 1, day, 10);
    expect(moment === null ? null : Date.parse(moment.earliest) <= at && at <= Date.parse(moment.latest)).toBe(true);
  }));
  fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.constantFrom("day-first", "month-first", "unsettled"), (text, order) => {
    const moment = readMoment(text, order);
    expect(moment === null || moment.earliest <= moment.latest).toBe(true);
  }));
});
