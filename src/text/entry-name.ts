/** Longest name that is kept of an entry, per folder. */
const longest = 120;

/** Characters that do not show or change how others show, and those that no file system takes. */
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB<>:"|?*]|\p{Cs}/gu;

/**
 * The name of something inside an archive or a mail, as it is shown and written: it comes from strangers. Parts that lead out of a folder are
 * gone, characters that a terminal would obey are `_`; folders are parted by `/`.
 */
export function entryName(printed: string): string {
  const parts = printed.replace(/^[A-Za-z]:(?=[\\/])/, "").split(/[\\/]/)
    .map((part) => part.replace(UNSAFE, "_").trim().slice(0, longest)).filter((part) => part !== "" && !/^\.{1,}$/.test(part));
  return parts.slice(-16).join("/") || "unnamed";
}

/** The same name for the first, `name (2)` for the second that is called so. `used` is filled. */
export function distinctName(name: string, used: Set<string>): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > name.lastIndexOf("/") + 1 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  let free = name;
  for (let number = 2; used.has(free.toLowerCase()); number++) free = `${stem} (${number})${ending}`;
  used.add(free.toLowerCase());
  return free;
}

/** What systems put into archives by themselves: nobody attached it. */
export function isSystemFile(name: string): boolean {
  return /^(?:__MACOSX\/|(?:.{0,4000}\/)?(?:\.DS_Store|Thumbs\.db|desktop\.ini)$)/i.test(name);
}
