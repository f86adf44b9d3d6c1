import type { FactJson, FactsDocument } from "../report/facts-json.ts";
import { phrase, words, type Block, type Words } from "../report/document.ts";

/** What was read, for people: one heading a fact, one line a field that is printed in the input. */
export function factsBlocks({ inputs, facts }: FactsDocument): readonly Block[] {
  return [
    { kind: "heading", level: 1, text: words("What was read") },
    {
      kind: "list", items: inputs.map((input) => words(
        phrase("code", input.file), `: ${input.bytes} bytes, ${input.lines} lines, ${input.encoding} (${input.encodingBecause}); `,
        input.formats.length === 0 ? "nothing recognized" : `${input.formats.join(", ")}: ${input.linesClaimed} lines claimed, ${input.linesNotUnderstood} not understood`,
      )),
    },
    ...facts.flatMap(factBlocks),
  ];
}

function factBlocks(fact: FactJson): readonly Block[] {
  const { kind, format, place, ...fields } = fact;
  const items = fieldLines(fields);
  return [
    { kind: "heading", level: 2, text: words(kind, "  ", phrase("place", `${place.file}:${place.line}:${place.column}`)) },
    ...(items.length === 0 ? [] : [{ kind: "list" as const, items }]),
  ];
}

/** `issuer: CN=…`; what is not printed in the input has no line. */
function fieldLines(fields: Readonly<Record<string, unknown>>, prefix = ""): readonly Words[] {
  return Object.entries(fields).flatMap(([name, value]): readonly Words[] => {
    const label = prefix === "" ? name : `${prefix}.${name}`;
    if (value === null || value === undefined) return [];
    const short = shortForm(value);
    if (short !== null) return short === "" ? [] : [words(`${label}: `, phrase("code", short))];
    if (Array.isArray(value)) {
      return value.flatMap((one: unknown, index): readonly Words[] => {
        const text = shortForm(one);
        return text !== null ? [words(`${label}[${index + 1}]: `, phrase("code", text))] : fieldLines(one as Readonly<Record<string, unknown>>, `${label}[${index + 1}]`);
      });
    }
    return fieldLines(value as Readonly<Record<string, unknown>>, label);
  });
}

/** Names, moments, key usages, places and lists of plain values have a short form; null for anything that needs more lines. */
function shortForm(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.every((one) => typeof one !== "object") ? value.join(", ") || "(none)" : null;
  const record = value as Readonly<Record<string, unknown>>;
  if (typeof record["printed"] === "string") return record["printed"];
  if (typeof record["hex"] === "string" && Array.isArray(record["names"])) return `${record["hex"]} (${record["names"].join(", ")})`;
  if (typeof record["line"] === "number" && typeof record["file"] === "string") return `${record["file"]}:${record["line"]}:${String(record["column"])}`;
  if (typeof record["passed"] === "boolean" && typeof record["name"] === "string") return `${record["name"]} ${record["passed"] ? "passed" : "failed"}`;
  return null;
}
