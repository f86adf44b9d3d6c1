/** Whether a path holds wildcards. cmd.exe hands them on as they are, so the command expands them itself. */
export function hasWildcard(path: string): boolean {
  return /[*?]/.test(path);
}

/**
 * A test for the names that a pattern with `*` and `?` matches; case is ignored, as on Windows. No backtracking: the classic two-pointer
 * walk, linear for all practical names.
 */
export function wildcard(pattern: string): (name: string) => boolean {
  const wanted = pattern.toLowerCase();
  return (name) => {
    const text = name.toLowerCase();
    let at = 0;
    let place = 0;
    let star = -1;
    let resume = 0;
    while (at < text.length) {
      if (place < wanted.length && (wanted[place] === "?" || (wanted[place] === text[at] && wanted[place] !== "*"))) {
        at++;
        place++;
      } else if (wanted[place] === "*") {
        star = place++;
        resume = at;
      } else if (star >= 0) {
        place = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (wanted[place] === "*") place++;
    return place === wanted.length;
  };
}
