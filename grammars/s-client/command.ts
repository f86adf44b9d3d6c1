import { located, textOf, type Located, type Span } from "../../src/text/source-text.ts";

/** What a typed command line says about a run. */
export interface Command {
  /** From `openssl` on; what stands before may hold anything that was piped in. Secrets of options are replaced by `…`. */
  readonly text: Located<string>;
  readonly connect: Located<string> | null;
  readonly serverName: Located<string> | null;
  readonly clientCertificate: Located<string> | null;
  readonly httpRequest: Located<string> | null;
  readonly options: readonly Located<string>[];
  /** Standard input is closed at once: `</dev/null`, `echo |`. */
  readonly inputEnded: Located<boolean> | null;
}

const SECRET_OPTIONS = new Set(["pass", "psk", "psk_identity", "srppass", "srpuser", "proxy_pass", "proxy_user", "passin"]);
const WITH_VALUE = new Set([
  "connect", "host", "port", "servername", "cert", "key", "CAfile", "CApath", "cert_chain", "certform", "keyform", "starttls", "proxy", "cipher", "ciphersuites",
  "sigalgs", "client_sigalgs", "groups", "curves", "nameopt", "verify", "alpn", "sess_in", "sess_out", "keylogfile", "msgfile", "bind", "xmpphost", "name",
  "verify_hostname", "engine", "rand", "provider", "ssl_client_engine", "policy", "purpose",
]);

/** Reads the words of a command line. Hyphens that a blog turned into dashes count as hyphens; positions stay true. */
export function readCommand(span: Span): Command {
  const text = textOf(span);
  const openssl = Math.max(0, text.search(/openssl(?:\.exe)?["']? {1,4}s_client/i));
  const words = [...text.slice(openssl).matchAll(/"[^"]{0,4000}"|'[^']{0,4000}'|[^\s"']{1,4000}/g)]
    .map((match) => at(match[0], openssl + match.index));
  function at(value: string, offset: number): Located<string> {
    const start = span.start + offset;
    return located(value, { source: span.source, start, end: start + value.length });
  }
  let connect: Located<string> | null = null;
  let serverName: Located<string> | null = null;
  let clientCertificate: Located<string> | null = null;
  let secretAt: number | null = null;
  const options: Located<string>[] = [];
  const shown: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Located<string>;
    if (/^[|;&]/.test(word.value)) break;
    if (/^(?:\\|\^|`)$/.test(word.value)) continue;
    shown.push(word.value);
    const name = /^[-\u2010-\u2015]{1,2}([A-Za-z][\w-]{0,40})$/.exec(word.value)?.[1];
    if (name === undefined) continue;
    options.push(located(`-${name}`, word.span));
    const next = words[index + 1];
    if (next === undefined || /^[-\u2010-\u2015][A-Za-z]/.test(next.value)) continue;
    const value = unquoted(next);
    if (SECRET_OPTIONS.has(name)) {
      secretAt ??= next.span.start;
      shown.push("\u2026");
      index++;
    } else if (name === "connect" || name === "host") connect ??= value;
    else if (name === "servername") serverName ??= value;
    else if (name === "cert") clientCertificate ??= value;
    if (WITH_VALUE.has(name) && !/^[<>|\\^`]/.test(next.value)) {
      shown.push(next.value);
      index++;
    }
  }
  // Newer programs take the address as the last word: `openssl s_client www.contoso.test:443`.
  const last = words.filter((word) => /^[\w.-]{1,253}:[0-9]{1,5}$/.test(word.value)).at(-1);
  connect ??= last ?? null;
  const request = /(GET|HEAD|POST|PUT|OPTIONS) {1,3}(\/[^\s?"'\\]{0,1000})/.exec(text.slice(0, openssl)) ?? /<<<? ?["']?(GET|HEAD|POST) (\/[^\s?"'\\]{0,1000})/.exec(text);
  const ended = /<[ ]?(?:\/dev\/null|nul(?![\w]))/i.exec(text) ?? /^[^|]{0,80}(?:echo(?: -n)?(?: ""| ''| "?Q"?)?|true|:|printf '') *\|/.exec(text);
  const start = span.start + openssl;
  return {
    text: located(shown.join(" "), { source: span.source, start, end: secretAt ?? span.end }),
    connect, serverName, clientCertificate, options,
    httpRequest: request === null ? null : at(`${request[1]} ${request[2]}`, request.index + request[0].indexOf(request[1] as string)),
    inputEnded: ended === null ? null : located(true, at(ended[0], ended.index).span),
  };
}

function unquoted(word: Located<string>): Located<string> {
  const bare = /^(["'])(.*)\1$/s.exec(word.value);
  if (bare?.[2] === undefined) return word;
  return located(bare[2], { ...word.span, start: word.span.start + 1, end: word.span.end - 1 });
}
