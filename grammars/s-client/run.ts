import type { Fact } from "../../src/model/fact.ts";
import type { Located, Span } from "../../src/text/source-text.ts";
import type { PemBlock } from "../shared/x509.ts";
import type { Command } from "./command.ts";
import type { Answer } from "./http.ts";
import type { Line } from "./lines.ts";
import type { Summary } from "./summary.ts";
import { noEvidence, type ToolEvidence } from "./version.ts";

/** What the lines between known ones belong to. */
export type Region = "none" | "body" | "headers" | "typed" | "trace" | "debug" | "extra" | "usage";

/** A message of the handshake that -state, -msg or -trace printed. */
export interface HandshakeMessage {
  readonly what: "request" | "flight-end" | "finished" | "hello-request";
  readonly span: Span;
  /** Number of complete summaries printed before it. */
  readonly summaries: number;
}

/** The lines of a run and the one that is being read; who takes up the lines that one goes on in moves `index`. */
export interface LineCursor {
  readonly lines: readonly Line[];
  /** Width at which the output was broken; null where none shows. */
  readonly wrapWidth: number | null;
  index: number;
}

/** What is known of one run while its lines are read. Every line is either understood or in `unread`. */
export interface Run extends LineCursor {
  /** Number of the run over the input. */
  readonly number: number;
  /** Its first summary is the first of all. */
  readonly fromStart: boolean;
  readonly facts: Fact[];
  readonly unread: Span[];
  readonly pem: PemBlock[];
  readonly tool: ToolEvidence;
  readonly summaries: Summary[];
  readonly messages: HandshakeMessage[];
  /** The summary that lines are added to; null between two. */
  summary: Summary | null;
  region: Region;
  /** Inside the session of a ticket that arrived after the handshake. */
  inTicket: boolean;
  /** A record of -trace was printed. */
  traced: boolean;
  depth: number | null;
  answer: Answer | null;
  command: Command | null;
  connecting: Located<string> | null;
  connected: Located<boolean> | null;
  request: Located<string> | null;
  inputEnded: Located<boolean> | null;
  /** Offset of the first request or answer of HTTP; a summary behind it is not that of the first handshake alone. */
  spoke: number | null;
  /** The lines of the PEM block that is open. */
  pemLines: string[] | null;
  /** Its first line; null where it is not taken for a certificate of the server. */
  pemStart: Span | null;
  /** The notations that names were printed in; each belongs to some releases. */
  readonly notations: { slash: boolean; spaced: boolean; comma: boolean };
}

/** A run of which nothing is read yet. */
export function newRun(lines: readonly Line[], number: number, wrapWidth: number | null, fromStart: boolean): Run {
  return {
    lines, wrapWidth, index: 0, number, fromStart, facts: [], unread: [], pem: [], tool: noEvidence(), summaries: [], messages: [],
    summary: null, region: "none", inTicket: false, traced: false, depth: null, answer: null, command: null, connecting: null, connected: null,
    request: null, inputEnded: null, spoke: null, pemLines: null, pemStart: null, notations: { slash: false, spaced: false, comma: false },
  };
}
