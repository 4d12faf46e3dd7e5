import type { Cursor } from '../cursor.ts';

/** `[LIKE] 'a*|b'` at the end of a SHOW: a star stands for any text, a bar separates alternatives, case does not matter. */
export function readPattern(cursor: Cursor): (name: string) => boolean {
  const given = cursor.take('LIKE') || cursor.peek()?.kind === 'string' ? cursor.string() : '*';
  cursor.expectEnd();
  const alternatives = given
    .toLowerCase()
    .split('|')
    .map((pattern) => pattern.trim().split('*'));
  return (name) => alternatives.some((pieces) => matchesPieces(name.toLowerCase(), pieces));
}

/** Without a regular expression, whose time a pattern of many stars could blow up. */
function matchesPieces(name: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  if (others.length === 0) return name === first;
  if (!name.startsWith(first)) return false;
  const last = others.at(-1) ?? '';
  let position = first.length;
  for (const piece of others.slice(0, -1)) {
    const found = name.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return name.length - last.length >= position && name.endsWith(last);
}
