import { expect, test } from "@jest/globals";
import { mostEntries, newUnpackBudget, withinBudget } from "../../src/text/archive-limits.ts";

const mib = 2 ** 20;

test("a ratio counts only beyond 64 MiB, for one stream and for all together", () => {
  const budget = newUnpackBudget();
  expect(budget.exceeded(1, 64 * mib)).toBeNull();
  expect(budget.exceeded(mib, 200 * mib)).toBeNull();
  expect(budget.exceeded(mib, 200 * mib + 1)).toContain("200 times its size");
  for (let entry = 0; entry < 5; entry++) budget.take(1000, 13 * mib);
  expect(budget.exceeded(1000, 13 * mib)).toContain("200 times its size");
});

test("more than 4 GiB are not unpacked from one input, whatever the ratio", () => {
  const budget = newUnpackBudget();
  budget.take(1000 * mib, 4096 * mib);
  expect(budget.exceeded(0, 0)).toBeNull();
  budget.take(1, 1);
  expect(budget.exceeded(0, 0)).toBe("more than 4 GiB are unpacked from one input");
});

test("entries are counted", () => {
  const budget = newUnpackBudget();
  expect(Array.from({ length: mostEntries + 2 }, () => budget.takeEntry()).filter((taken) => !taken)).toHaveLength(2);
});

test("texts that are kept leave less room, but always some", () => {
  const budget = newUnpackBudget();
  expect(budget.room()).toBe(512 * mib);
  budget.keep(500 * mib);
  expect(budget.room()).toBe(12 * mib);
  budget.keep(500 * mib);
  expect(budget.room()).toBe(65_536);
});

test("a stream ends at the limit, and its source is left", async () => {
  let left = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield new Uint8Array(16 * mib);
    } finally {
      left = true;
    }
  }
  const says: string[] = [];
  let read = 0;
  for await (const chunk of withinBudget(endless(), () => 1000, newUnpackBudget(), (one) => says.push(one))) read += chunk.length;
  expect(read).toBe(64 * mib);
  expect(left).toBe(true);
  expect(says).toEqual([`Only the first ${64 * mib} bytes were unpacked: it unpacks to more than 200 times its size, which no log does. Nothing behind them was read.`]);
});
