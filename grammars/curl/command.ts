import { located, type Located, type Span, textOf } from "../../src/text/source-text.ts";

/** What the words of a command say. */
export interface Command {
  /** Only the program's name: options may hold passwords. */
  readonly text: Located<string>;
  readonly clientCertificate: Located<string> | null;
  readonly options: readonly Located<string>[];
}

const CERTIFICATE = new Set(["--cert", "-E"]);

/** Reads the words of a command line from `curl` on. Hyphens that a page turned into dashes count as hyphens. */
export function readCommand(label: Span, words: Span | null): Command {
  const at = textOf(label).lastIndexOf("curl");
  const name: Span = { ...label, start: label.start + at, end: label.start + at + 4 };
  const options: Located<string>[] = [];
  let clientCertificate: Located<string> | null = null;
  let named = false;
  for (const match of words === null ? [] : textOf(words).matchAll(/"[^"]{0,2000}"|'[^']{0,2000}'|[^\s"']{1,2000}/g)) {
    const start = (words as Span).start + match.index;
    const word = match[0].replace(/^[\u2010-\u2015]{1,2}(?=[A-Za-z])/, (dash) => (dash === "\u2014" ? "--" : "-".repeat(dash.length)));
    const span: Span = { source: label.source, start, end: start + match[0].length };
    if (named) {
      named = false;
      clientCertificate ??= certificateOf(span);
    } else if (CERTIFICATE.has(word)) named = true;
    else if (/^--[a-z][a-z0-9.-]{0,40}$/.test(word) || /^-[A-Za-z0-9]{1,8}$/.test(word)) options.push(located(word, span));
  }
  return { text: located("curl", name), clientCertificate, options };
}

/** The certificate that git is told of for one command: `-c http.sslCert=robot.pem`. */
export function gitCertificate(words: Span): Located<string> | null {
  const match = /-c ["']?http\.(?:[^ =\r\n]{1,200}\.)?sslCert=([^\s"']{1,1000})/i.exec(textOf(words));
  if (match?.[1] === undefined) return null;
  const start = words.start + match.index + match[0].length - match[1].length;
  return located(match[1], { ...words, start, end: start + match[1].length });
}

/** `robot.p12:secret` and `"C:\keys\robot.p12":secret` hold a password behind a colon that is no drive's. */
function certificateOf(word: Span): Located<string> {
  const text = textOf(word);
  const quote = /^["']/.test(text) ? 1 : 0;
  const colon = text.slice(quote).search(/:(?![\\/])/);
  const end = colon >= 0 ? quote + colon : text.length - (quote === 1 && /["']$/.test(text) ? 1 : 0);
  const span = { ...word, start: word.start + quote, end: word.start + Math.max(quote, end) };
  return located(textOf(span), span);
}
