/**
 * How the lines look, as sources of regular expressions (to be used with the `i` flag); claim and lexer share them. Every repetition is bounded.
 */

/** `0123456789abcdef0123456789abcdef_1c7f90b2-6d3e-4a58-9f04-b7a1e8352cd6`: a file of a key, with or without its folder. */
export const keyFile = "(?:[A-Z]:\\\\[^:*?\"<>|\\r\\n]{0,250}\\\\|[.]\\\\)?[0-9a-f]{32}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** `(I)(F)`, `(DENY)(R,W)` of icacls; `(OI)(CI)F`, `R` of cacls. */
const masks = "(?:(?:\\([A-Z]{1,5}(?:,[A-Z]{1,5}){0,16}\\)){1,8}|(?:\\([A-Z]{2,4}\\)){0,4}[NRCFW])";

/** `NT AUTHORITY\SYSTEM:(F)`. */
export const entry = `[^\\s:()<>"|][^:()<>"|\\r\\n]{0,150}(?:\\(S-1-[0-9-]{3,180}\\))?:${masks}(?=[ \\t\\u00A0]{0,80}(?![^\\r\\n]))`;

/** Indentation and marks of quotation. */
export const lead = "[ \\t\\u00A0>|]{0,40}";

/** Before a typed command: a prompt of cmd.exe, PowerShell or a Unix shell. */
const prompt = "(?:(?:PS )?[A-Z]:\\\\[^>\\r\\n]{0,150}>|[$#>%])?";

/** `C:\>whoami /groups`. */
export const whoami = `${prompt}[ \\t\\u00A0]{0,4}whoami(?:\\.exe)?(?:[ \\t]{1,4}\\/[a-z]{2,6}(?:[ \\t]{1,4}(?:list|table|csv))?){0,4}(?=[ \\t\\u00A0]{0,20}(?![^\\r\\n]))`;

/** `birkenfeld\svc-upload`: the whole answer of whoami. */
export const accountLine = "[^\\s\\\\/:*?\"<>|=,;()][^\\\\/:*?\"<>|=;()\\r\\n]{0,60}\\\\[^\\s\\\\/:*?\"<>|=;()][^\\\\/:*?\"<>|=;()\\r\\n]{0,100}(?=[ \\t\\u00A0]{0,20}(?![^\\r\\n]))";

/** A row of a table of whoami: a name, a SID, perhaps attributes. */
export const sidRow = "\\S[^\\r\\n]{0,250}?[ \\t\\u00A0]S-1-\\d{1,3}(?:-\\d{1,12}){1,15}(?![-\\w])[^\\r\\n]{0,300}";

/** The rule between the heading of a table and its rows. */
export const rule = "={4,200}(?:[ \\t]{1,4}={2,200}){1,6}";

/** Between the name of the account of a program and what stands before it. */
export const serviceLabel = "(?:SERVICE_START_NAME|StartName)[ \\t]{0,20}:[ \\t]{0,4}(?=\\S)";
export const identityLabel = "[A-Z\\u00C0-\\u024F][A-Z\\u00C0-\\u024F .()_-]{2,60}[:=][ \\t\\u00A0]{0,8}(?=(?:IIS APPPOOL|NT SERVICE)\\\\\\S)";
/** `<processModel identityType="SpecificUser" userName="BIRKENFELD\svc-upload" …>` of applicationHost.config. */
export const processModel = "<processModel(?=[^>\\r\\n]{0,400}identityType=)[^>\\r\\n]{0,600}>?";
