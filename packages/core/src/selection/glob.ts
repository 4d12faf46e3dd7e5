/** Whether a text matches a glob as a whole: `*` is any text, `?` one character; case does not count. */
export function matchesGlob(glob: string, text: string): boolean {
  const pattern = glob.toLowerCase();
  const subject = text.toLowerCase();
  // Two positions instead of a regular expression: linear in text times stars, whatever the glob.
  let star = -1;
  let retry = 0;
  let at = 0;
  let position = 0;
  while (position < subject.length) {
    if (at < pattern.length && (pattern[at] === '?' || pattern[at] === subject[position]) && pattern[at] !== '*') {
      at += 1;
      position += 1;
    } else if (pattern[at] === '*') {
      star = at;
      retry = position;
      at += 1;
    } else if (star >= 0) {
      at = star + 1;
      retry += 1;
      position = retry;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
