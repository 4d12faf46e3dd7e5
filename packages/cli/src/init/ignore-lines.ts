/** What git has no business with: the embedded workspace, the state, saved plans. */
export const ignoredByGit: readonly string[] = ['.dpo/', 'state/', '*.plan.json'];

/**
 * What is to be appended to a `.gitignore`, in its own line endings; '' if nothing is missing. `text` is the file as it
 * is, '' if there is none. A line that ignores the same in another spelling counts.
 */
export function missingLines(text: string, lines: readonly string[] = ignoredByGit): string {
  const there = new Set(text.split(/\r?\n/).map(plain));
  const missing = lines.filter((line) => !there.has(plain(line)));
  if (missing.length === 0) return '';
  const end = /\r\n/.test(text) ? '\r\n' : '\n';
  const before = text === '' ? [] : text.endsWith('\n') ? [''] : ['', ''];
  return [...before, '# dpo: the embedded workspace, the state, saved plans', ...missing, ''].join(end);
}

/** As one character, and as the bytes of its UTF-8. */
const byteOrderMark = /^(?:\uFEFF|\u00EF\u00BB\u00BF)/;

/** `state`, `/state/` and `state/*` ignore the same of a folder. */
function plain(line: string): string {
  return line
    .replace(byteOrderMark, '')
    .trim()
    .replace(/^\//, '')
    .replace(/\/\*{0,2}$/, '');
}
