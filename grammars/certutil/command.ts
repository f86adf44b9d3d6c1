import { located, type Located, type Span } from "../../src/text/source-text.ts";

/** A typed certutil command, as far as it bears on its output. */
export interface TypedCommand {
  /** `store`, `dump`, `verify`, `scinfo`, `verifystore`, …; `dump` where only a file is named. */
  readonly verb: string | null;
  readonly verbose: boolean;
  /** From the switches of a command that reads a store; null where none decides. */
  readonly scope: "user" | "machine" | null;
  readonly store: Located<string> | null;
  /** The certificate asked for (serial number, thumbprint or index), which makes the listing a selection. */
  readonly filter: Located<string> | null;
  readonly span: Span;
}

const STORE_VERBS = ["store", "viewstore", "verifystore", "delstore", "repairstore", "exportpfx", "addstore"];
const VERBS = [...STORE_VERBS, "dump", "verify", "scinfo", "importpfx", "view", "user", "v", "viewdelstore", "decode", "encode", "dspublish", "key", "csplist", "pulse", "hashfile", "asn", "urlcache"];
/** Switches that take the next word. */
const WITH_WORD = ["csp", "p", "t", "dc", "sid", "config", "out", "restrict", "symkeyalg", "policyserver"];

/** Takes a typed line apart; `text` begins anywhere before the word certutil. */
export function readCommand(text: string, span: Span): TypedCommand {
  const from = /certutil(?:\.exe)?["']?/i.exec(text);
  const start = from ? from.index + from[0].length : text.length;
  // In `certutil -store my` or "certutil -store my" the sign before the command also ends it.
  const quote = from && /[`"'\u201C]/.exec(text[from.index - 1] ?? "")?.[0];
  const close = quote ? text.indexOf(quote === "\u201C" ? "\u201D" : quote, start + 1) : -1;
  const words = [...text.slice(start, Math.min(start + 600, close < 0 ? text.length : close)).matchAll(/"([^"]{0,260})"|'([^']{0,260})'|<[^<>]{1,100}>|[^\s\u00A0"']{1,260}/g)].map((match) =>
    located((match[1] ?? match[2] ?? match[0]).replace(/[`\u201D:]{1,3}$/, ""), { ...span, start: span.start + start + match.index, end: span.start + start + match.index + match[0].length }));
  let verb: string | null = null;
  let verbose = false;
  let user: "before" | "after" | null = null;
  let elsewhere = false;
  const plain: Located<string>[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Located<string>;
    if (/^(?:[|>]|2>)/.test(word.value)) break;
    const option = /^[-/\u2013\u2014]([A-Za-z]{1,20})/.exec(word.value)?.[1]?.toLowerCase();
    if (option === undefined) {
      plain.push(word);
      continue;
    }
    if (option === "v") verbose = true;
    else if (option === "user") user = plain.length === 0 ? "before" : "after";
    else if (option === "enterprise" || option === "grouppolicy" || option === "service") elsewhere = true;
    else if (WITH_WORD.includes(option)) index++;
    else if (verb === null && VERBS.includes(option)) verb = option;
  }
  const reads = verb !== null && STORE_VERBS.includes(verb);
  const [store, filter] = plain;
  return {
    verb: verb ?? (/\.(?:cer|crt|pfx|p12|p7b|der|pem|req|csr)$/i.test(store?.value ?? "") ? "dump" : null),
    verbose,
    // Behind the store name `-user` is taken for the certificate to look for, so it decides nothing.
    scope: elsewhere || user === "after" ? null : user === "before" ? "user" : reads || verb === "verify" ? "machine" : null,
    store: reads && store !== undefined && !/^[<[]/.test(store.value) ? store : null,
    filter: reads && filter !== undefined && !/^[<[]/.test(filter.value) ? filter : null,
    span,
  };
}
