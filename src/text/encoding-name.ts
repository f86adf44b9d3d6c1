/** Encodings that can be named by `--encoding` and that the detector can find. */
export const encodingNames = [
  "utf-8", "utf-16le", "utf-16be",
  "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257",
  "windows-1258", "windows-874", "iso-8859-2", "iso-8859-15",
  "cp850", "cp437", "cp852", "cp866",
  "cp932", "cp936", "cp949", "cp950", "gb18030", "euc-jp", "koi8-r",
] as const;

/** An encoding by the name that `--encoding` takes. */
export type EncodingName = (typeof encodingNames)[number];

/** What people call them: code page numbers as `chcp` prints them, names of editors and of iconv. */
const aliases: Readonly<Record<string, EncodingName>> = {
  utf8: "utf-8", "utf-8-bom": "utf-8", cp65001: "utf-8", ascii: "utf-8", "us-ascii": "utf-8",
  utf16: "utf-16le", "utf-16": "utf-16le", utf16le: "utf-16le", utf16be: "utf-16be", unicode: "utf-16le", "ucs-2": "utf-16le", ucs2: "utf-16le",
  cp1200: "utf-16le", cp1201: "utf-16be",
  ansi: "windows-1252", latin1: "windows-1252", "latin-1": "windows-1252", "iso-8859-1": "windows-1252", "iso8859-1": "windows-1252",
  "iso-8859-9": "windows-1254", latin2: "iso-8859-2", latin9: "iso-8859-15", cp874: "windows-874",
  oem: "cp850", dos: "cp437", ibm437: "cp437", ibm850: "cp850", ibm852: "cp852", ibm866: "cp866",
  shift_jis: "cp932", "shift-jis": "cp932", sjis: "cp932", "windows-31j": "cp932", gbk: "cp936", gb2312: "cp936", "euc-kr": "cp949", euckr: "cp949",
  uhc: "cp949", big5: "cp950", cp54936: "gb18030", eucjp: "euc-jp", cp20866: "koi8-r",
};

/** The encoding that `text` names (any case, `cp1252`, `1252` and `latin1` are understood), or null. */
export function parseEncodingName(text: string): EncodingName | null {
  const wanted = text.trim().toLowerCase();
  const known = encodingNames.find((name) => name === wanted);
  if (known !== undefined) return known;
  const alias = Object.hasOwn(aliases, wanted) ? aliases[wanted] : undefined;
  if (alias !== undefined) return alias;
  const number = /^(?:cp|ibm|windows-?|win-?|x-?cp)?(\d{3,5})$/.exec(wanted)?.[1];
  if (number === undefined) return null;
  return encodingNames.find((name) => name === `windows-${number}` || name === `cp${number}`) ?? aliases[`cp${number}`] ?? null;
}
