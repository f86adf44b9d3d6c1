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

/** The format that a file name asks for by its suffix, if it is one of `formats`; null otherwise. */
export function formatBySuffix(file: string, formats: readonly FormatName[]): FormatName | null {
  const suffix = /\.([A-Za-z]{1,10})$/.exec(file)?.[1]?.toLowerCase();
  const format = suffix === undefined || !Object.hasOwn(suffixes, suffix) ? undefined : suffixes[suffix];
  return format !== undefined && formats.includes(format) ? format : null;
}

/** Whether programs read it: then there is a document even when there is nothing to report. */
export function isForPrograms(format: FormatName): boolean {
  return format === "json" || format === "ndjson" || format === "sarif";
}
