import type { Located, Span } from "../text/source-text.ts";

/** A place of the input and, in one clause, what it shows. */
export interface Evidence {
  readonly span: Span;
  readonly shows: string;
}

/** Evidence from a span or from a located value. */
export function evidence(at: Span | Located<unknown>, shows: string): Evidence {
  return { span: "span" in at ? at.span : at, shows };
}
