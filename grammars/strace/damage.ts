import type { DamageFact } from "../../src/model/fact.ts";
import type { Span } from "../../src/text/source-text.ts";

/** A sign that the log is not what the tool wrote. */
export function damage(what: DamageFact["what"], span: Span, says: string): DamageFact {
  return { kind: "damage", format: "strace", span, what, says };
}

/** `1 issuer`, `22 issuers` */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
