import type { Fact } from "../model/fact.ts";
import type { SourceText, Span } from "../text/source-text.ts";
import { hiddenMark, secretsWithin, type Secret } from "./secrets.ts";

/**
 * Facts in whose values secrets are hidden: a line that a reader took for a container or for the rest of a name can be a password all the
 * same. Facts without secrets are the same objects, and facts that refer to others refer to what became of them.
 */
export function factsWithoutSecrets(facts: readonly Fact[]): readonly Fact[] {
  const changed = new Map<object, unknown>();
  const touched = facts.some((fact) => secretsWithin(fact.span).length > 0);
  return touched ? facts.map((fact) => changedValue(fact, [], changed) as Fact) : facts;
}

function changedValue(value: unknown, secrets: readonly string[], changed: Map<object, unknown>): unknown {
  if (typeof value === "string") return secrets.length === 0 ? value : withoutAny(value, secrets);
  if (typeof value !== "object" || value === null || isSource(value) || isSpan(value)) return value;
  const known = changed.get(value);
  if (known !== undefined) return known;
  const own = "value" in value && "span" in value && isSpan(value.span) ? textsOf(value.span) : secrets;
  if (Array.isArray(value)) {
    const made = value.map((one) => changedValue(one, own, changed));
    const result = made.every((one, index) => one === value[index]) ? value : made;
    changed.set(value, result);
    return result;
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, changedValue(inner, own, changed)] as const);
  const result = entries.every(([name, inner]) => inner === (value as Readonly<Record<string, unknown>>)[name]) ? value : Object.fromEntries(entries);
  changed.set(value, result);
  return result;
}

function isSource(value: object): value is SourceText {
  return "lineStarts" in value;
}

function isSpan(value: unknown): value is Span {
  return typeof value === "object" && value !== null && "source" in value && "start" in value && "end" in value;
}

/** The secrets of a span as they are printed, as far as they stand in it; pieces of a few characters would hit by chance. */
function textsOf(span: Span): readonly string[] {
  return secretsWithin(span).map(({ start, end }: Secret) => span.source.text.slice(Math.max(start, span.start), Math.min(end, span.end)).trim()).filter((text) => text.length >= 3);
}

const bare = (text: string): string => text.replace(/[^A-Za-z0-9]/g, "").toLowerCase();

function withoutAny(value: string, secrets: readonly string[]): string {
  let shown = value;
  for (const secret of secrets) {
    shown = shown.replaceAll(secret, hiddenMark(secret.length));
    // A reader may have taken blanks out, or have joined what was broken.
    const wanted = bare(shown);
    if (wanted.length >= 4 && (wanted.includes(bare(secret)) || bare(secret).includes(wanted))) shown = hiddenMark(shown.length);
  }
  return shown;
}
