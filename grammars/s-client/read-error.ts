import { findAlert, findAlertByName } from "../../src/model/alerts.ts";
import type { AlertFact, ErrorCodeFact, VerifyErrorFact } from "../../src/model/fact.ts";
import { located, type Span } from "../../src/text/source-text.ts";
import { readLabelledName } from "./labelled-name.ts";
import type { Line } from "./lines.ts";
import { clientErrorName } from "./openssl-errors.ts";
import { continues, plainText, restOfBroken } from "./printed-names.ts";
import type { Run } from "./run.ts";

/** `depth=1 …`: the place in the chain that the errors of verification below it are about. */
export function readDepth(run: Run, line: Line): void {
  run.depth = Number(/[0-9]{1,3}/.exec(line.value?.value ?? "")?.[0] ?? "0");
  const own = line.value;
  if (own === null) return;
  const name = own.value.replace(/^[0-9]{1,3} ?/, "");
  const start = own.span.end - name.length;
  readLabelledName(run, { ...line, value: name === "" ? null : located(name, { ...own.span, start }), raw: { ...line.raw, start } });
}

/** `verify error:num=20:…` */
export function readVerifyError(run: Run, line: Line): void {
  const match = /^([0-9]{1,5}):(.{1,300})$/.exec(line.value?.value ?? "");
  if (match === null) return;
  const fact: VerifyErrorFact = {
    kind: "verify-error", format: "s_client", span: line.span, run: run.number, depth: run.depth, code: Number(match[1]), text: (match[2] as string).trim(),
  };
  run.facts.push(fact);
}

/** A line of the error queue of OpenSSL: an alert, a failed connection or a reason that the catalogue knows. */
export function readError(run: Run, line: Line): void {
  let text = plainText(line);
  let before = line;
  // A broken error line goes on until its last field, "SSL alert number 40" or empty.
  for (let taken = 0; taken < 8 && !/alert number [0-9]{1,3}/.test(text); taken++) {
    const next = run.lines[run.index + 1];
    if (next === undefined || !continues(text, before.width, next, run.wrapWidth)) break;
    const full = before.width === run.wrapWidth;
    if (!full && !/[:_.]|alert|number/.test(plainText(next))) break;
    text += full ? restOfBroken(next, line) : ` ${plainText(next)}`;
    before = next;
    run.index++;
  }
  const number = /SSL alert {1,2}number {1,2}([0-9]{1,3})/.exec(text)?.[1];
  if (number !== undefined) {
    addAlert(run, Number(number), /(?:alert )([a-z ]{3,40}):/.exec(text)?.[1] ?? "", "received", line.span);
    return;
  }
  if (/:connect error:|Connection refused|:connect:/.test(text) && run.connected === null) run.connected = located(false, line.span);
  const name = clientErrorName(text);
  if (name !== null) {
    const fact: ErrorCodeFact = { kind: "error-code", format: "s_client", span: line.span, name, code: null };
    run.facts.push(fact);
  }
}

/** Writes the fact of an alert, known by its number or by its printed name. */
export function addAlert(run: Run, number: number | null, printed: string, direction: "received" | "sent", span: Span): void {
  const known = number === null ? findAlertByName(printed) : findAlert(number);
  if (known?.number === 0) return;
  const fact: AlertFact = {
    kind: "alert", format: "s_client", span, run: run.number, number: number ?? known?.number ?? null,
    name: known?.name ?? (printed.trim().replace(/[ -]/g, "_") || `alert_${number ?? "unknown"}`), direction,
  };
  run.facts.push(fact);
}

/** An alert that -state printed (`SSL3 alert read:fatal:handshake failure`). */
export function readStateAlert(run: Run, line: Line): void {
  const match = /^(read|write):(fatal|warning|[a-z]{1,12}):(.{1,60})$/.exec(line.value?.value ?? "");
  if (match !== null) addAlert(run, null, match[3] as string, match[1] === "read" ? "received" : "sent", line.span);
}
