/** How the lines look, as sources of regular expressions; claim and lexer share them. Every repetition is bounded. */

/** Indentation and marks of quotation. */
export const lead = "[ \\t\\u00A0>|]{0,40}";
const end = "(?=[ \\t\\u00A0]{0,20}(?![^\\r\\n]))";

/** `error 20 at 1 depth lookup: unable to get local issuer certificate`, with or without the blank behind the colon. */
export const errorLine = "error {1,2}[0-9]{1,3} at [0-9]{1,3} depth lookup: ?[^\\r\\n]{0,200}";

/** `client.pem: OK`; a file whose name says what it is. */
export const file = "[^\\s:=<>\"|](?:[^:=<>\"|\\r\\n]{0,250}[^\\s:=<>\"|])?";
export const okLine = `${file}: OK${end}`;
export const certificateFileOk = `[^:=<>"|\\r\\n]{1,250}\\.(?:pem|crt|cer|cert|der): OK${end}`;

/** `error client.pem: verification failed`; version 1.1.0 without the first word. */
export const failedLine = `(?:error )?${file}: verification failed(?:: [^\\r\\n]{0,200})?${end}`;

/** `depth=1: C = DE, CN = Issuing CA (untrusted)` of -show_chain. */
export const chainLine = "depth=[0-9]{1,3}: [^\\r\\n]{1,2000}";

/** `O = Talgrund, CN = till-08`, `client.pem: C = DE, CN = x`, `/C=DE/CN=x`. */
export const subjectLine = `(?:${file}: )?(?:(?:[A-Za-z]{1,30}|[0-9]{1,3}(?:\\.[0-9]{1,12}){2,20}) ?= ?[^\\r\\n]{1,2000}|\\/[A-Za-z]{1,30}=[^\\r\\n]{1,2000})`;
