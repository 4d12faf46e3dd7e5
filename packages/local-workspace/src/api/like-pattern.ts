/**
 * Whether a name fits an SQL LIKE pattern: `%` any text, `_` one character, a backslash makes the next one plain. Case
 * does not count, as names have none. Takes no more steps than pattern times name, whatever the pattern.
 */
export function isLike(name: string, pattern: string): boolean {
  const parts = readPattern(pattern.toLowerCase());
  const text = Array.from(name.toLowerCase());
  let at = 0;
  let part = 0;
  let retry: { readonly part: number; at: number } | undefined;
  while (at < text.length) {
    const current = parts[part];
    if (current?.kind === 'any') {
      retry = { part: part + 1, at };
      part += 1;
    } else if (current?.kind === 'one' || (current?.kind === 'text' && current.text === text[at])) {
      part += 1;
      at += 1;
    } else if (retry === undefined) {
      return false;
    } else {
      // The last % takes one character more.
      retry.at += 1;
      at = retry.at;
      part = retry.part;
    }
  }
  return parts.slice(part).every(({ kind }) => kind === 'any');
}

type PatternPart =
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'text'; readonly text: string };

function readPattern(pattern: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (!escaped && character === '\\') escaped = true;
    else {
      if (!escaped && character === '%') parts.push({ kind: 'any' });
      else if (!escaped && character === '_') parts.push({ kind: 'one' });
      else parts.push({ kind: 'text', text: character });
      escaped = false;
    }
  }
  return parts;
}
