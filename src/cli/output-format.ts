/** Formats of output by name. */
export type FormatName = "text" | "markdown" | "html" | "json" | "ndjson" | "sarif";

/** Which of them each kind of output has; the first one is the default. */
export const formatNames = {
  report: ["text", "markdown", "html", "json", "ndjson", "sarif"],
  facts: ["text", "markdown", "html", "json", "ndjson", "sarif"],
  diff: ["text", "markdown", "html", "json"],
  document: ["text", "markdown", "html"],
} as const satisfies Readonly<Record<string, readonly FormatName[]>>;

const suffixes: Readonly<Record<string, FormatName>> = {
  txt: "text", text: "text", log: "text", md: "markdown", markdown: "markdown", html: "html", htm: "html", json: "json", ndjson: "ndjson", jsonl: "ndjson",
  sarif: "sarif",
};

/** `.pdf` of `case/report.PDF`; null for a name without one. */
export function suffixOf(file: string): string | null {
  return /[^./\\](\.[A-Za-z][A-Za-z0-9]{0,9})$/.exec(file)?.[1]?.toLowerCase() ?? null;
}

/** Suffixes by which the format is known, of each format the usual one. */
export function knownSuffixes(formats: readonly FormatName[]): readonly string[] {
  return formats.map((format) => `.${Object.keys(suffixes).find((suffix) => suffixes[suffix] === format) ?? format}`);
}

/** The format that a file name asks for by its suffix, if it is one of `formats`; null otherwise. */
export function formatBySuffix(file: string, formats: readonly FormatName[]): FormatName | null {
  const suffix = suffixOf(file)?.slice(1);
  const format = suffix === undefined || !Object.hasOwn(suffixes, suffix) ? undefined : suffixes[suffix];
  return format !== undefined && formats.includes(format) ? format : null;
}

/** Whether programs read it: then there is a document even when there is nothing to report. */
export function isForPrograms(format: FormatName): boolean {
  return format === "json" || format === "ndjson" || format === "sarif";
}
