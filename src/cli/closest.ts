/** Number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`; `limit` + 1 when it is more than `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (beforeLast[j - 2] as number) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] as number, limit + 1);
}

/** The word most like `typed`, case aside; a word that begins with it counts as near. Null when none is near. */
export function closest(typed: string, words: readonly string[]): string | null {
  const wanted = typed.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let fewest = limit + 1;
  for (const word of words) {
    const distance = editDistance(wanted, word.toLowerCase(), limit);
    if (distance < fewest) { best = word; fewest = distance; }
  }
  if (best !== null || wanted.length < 3) return best;
  return words.find((word) => word.toLowerCase().includes(wanted)) ?? null;
}
