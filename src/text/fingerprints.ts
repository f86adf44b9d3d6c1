/** Four characters of a landmark by which it is looked for. */
export interface Fingerprint {
  readonly landmark: string;
  /** Offset of the gram in the landmark. */
  readonly offset: number;
  readonly gram: string;
}

/** Characters of a gram. */
export const gramLength = 4;

/** A landmark this long is found by looking at every `stepOfLong`-th character only. */
const long = 8;

/** Any `long` characters hold a gram that begins at one of this many places in a row, so one of them is looked at. */
export const stepOfLong = long - gramLength + 1;

export interface Fingerprints {
  /** For each long landmark one gram for every place that the step may meet. */
  readonly ofLong: readonly Fingerprint[];
  /** For each short landmark one gram, in at most eight buckets of alike ones. */
  readonly ofShort: readonly (readonly Fingerprint[])[];
}

/** How often a character is met among others in logs, roughly: only speed depends on it, never a result. */
function frequency(character: string): number {
  if (character === " ") return 0.13;
  if (character >= "0" && character <= "9") return 0.03;
  if ("etaoinsrhl".includes(character)) return 0.035;
  if (character >= "a" && character <= "z") return 0.012;
  if (character >= "A" && character <= "Z") return 0.004;
  return ".:,-=/_()".includes(character) ? 0.01 : 0.002;
}

/** What nearly every record of a trace prints: four characters of it are met as often as the record. */
const usual = "recv() called socket buffer length flags context handle exited with value : 0x00000000 Certificate certificate server client ";

function rarity(gram: string): number {
  if (usual.includes(gram)) return 0.01;
  let product = 1;
  for (const character of gram) product *= frequency(character);
  return product;
}

/**
 * What to look for, so that no line with one of `landmarks` is missed. Landmarks that hold another one are left out: the other one is found there.
 * Null when a landmark is too short, or is not ASCII.
 */
export function chooseFingerprints(landmarks: readonly string[]): Fingerprints | null {
  const least = [...new Set(landmarks)].filter((one, _, all) => !all.some((other) => other !== one && one.includes(other)));
  if (least.some((landmark) => landmark.length < gramLength || !/^[\x01-\x7f]*$/.test(landmark))) return null;
  const [longOnes, shortOnes] = [least.filter(({ length }) => length >= long), least.filter(({ length }) => length < long)];
  return { ofLong: longOnes.flatMap(ofLong), ofShort: inBuckets(shortOnes.map(rarest)) };
}

function gramsOf(landmark: string): readonly Fingerprint[] {
  return Array.from({ length: landmark.length - gramLength + 1 }, (_, offset) => ({ landmark, offset, gram: landmark.slice(offset, offset + gramLength) }));
}

function rarest(landmark: string): Fingerprint {
  return gramsOf(landmark).reduce((best, one) => (rarity(one.gram) < rarity(best.gram) ? one : best));
}

/** The `stepOfLong` grams in a row that are met least. */
function ofLong(landmark: string): readonly Fingerprint[] {
  const grams = gramsOf(landmark);
  const costAt = (from: number): number => grams.slice(from, from + stepOfLong).reduce((sum, { gram }) => sum + rarity(gram), 0);
  let best = 0;
  for (let from = 1; from + stepOfLong <= grams.length; from++) if (costAt(from) < costAt(best)) best = from;
  return grams.slice(best, best + stepOfLong);
}

const buckets = 8;

/** The halves of a bucket's characters at one place: bit n of `low` says that a character ends in the hexadecimal digit n. */
interface Halves {
  readonly low: number;
  readonly high: number;
}

export function halvesOf(gram: string): readonly Halves[] {
  return Array.from(gram, (character) => ({ low: 1 << (character.charCodeAt(0) & 15), high: 1 << (character.charCodeAt(0) >> 4) }));
}

/** ASCII as characters, with how often each is met. */
const ascii = Array.from({ length: 128 }, (_, code) => ({ low: code & 15, high: code >> 4, often: frequency(String.fromCharCode(code)) }));

/** How often four characters in a row are taken for one of a bucket's. */
function candidates(halves: readonly Halves[]): number {
  let product = 1;
  for (const { low, high } of halves) {
    let sum = 0;
    for (const one of ascii) if (((low >> one.low) & 1) !== 0 && ((high >> one.high) & 1) !== 0) sum += one.often;
    product *= sum;
  }
  return product;
}

interface Bucket {
  readonly members: readonly Fingerprint[];
  readonly halves: readonly Halves[];
  readonly cost: number;
}

function union(one: Bucket, other: Bucket): Bucket {
  const halves = one.halves.map((half, at) => ({ low: half.low | (other.halves[at] as Halves).low, high: half.high | (other.halves[at] as Halves).high }));
  return { members: [...one.members, ...other.members], halves, cost: candidates(halves) };
}

/** Alike grams share a bucket: again and again the two neighbours in their order are put together that make the fewest candidates more. */
function inBuckets(fingerprints: readonly Fingerprint[]): readonly (readonly Fingerprint[])[] {
  const filled = [...fingerprints].sort((a, b) => (a.gram < b.gram ? -1 : 1)).map((one): Bucket => {
    const halves = halvesOf(one.gram);
    return { members: [one], halves, cost: candidates(halves) };
  });
  while (filled.length > buckets) {
    const unions = filled.slice(1).map((bucket, at) => union(filled[at] as Bucket, bucket));
    const more = unions.map(({ cost }, at) => cost - (filled[at] as Bucket).cost - (filled[at + 1] as Bucket).cost);
    const best = more.indexOf(Math.min(...more));
    filled.splice(best, 2, unions[best] as Bucket);
  }
  return filled.map(({ members }) => members);
}
