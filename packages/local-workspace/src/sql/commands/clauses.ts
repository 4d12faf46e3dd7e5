import type { Cursor } from '../cursor.ts';

/** `('key' = 'value', other.key = true)`; keys may be bare, values any literal. */
export function readProperties(cursor: Cursor): Readonly<Record<string, string>> {
  const properties: Record<string, string> = {};
  cursor.expectSymbol('(');
  do {
    const key = readKey(cursor);
    cursor.takeSymbol('=');
    properties[key] = readValue(cursor);
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return properties;
}

/** `('a', 'b')` */
export function readKeys(cursor: Cursor): readonly string[] {
  const keys: string[] = [];
  cursor.expectSymbol('(');
  do {
    keys.push(readKey(cursor));
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return keys;
}

/** Tags: `('a' = 'b', 'c')`; a tag without a value has the empty one. */
export function readTags(cursor: Cursor): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  cursor.expectSymbol('(');
  do {
    const key = readKey(cursor);
    tags[key] = cursor.takeSymbol('=') ? readValue(cursor) : '';
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return tags;
}

function readKey(cursor: Cursor): string {
  return cursor.peek()?.kind === 'string' ? cursor.string() : cursor.dottedName().join('.');
}

function readValue(cursor: Cursor): string {
  const kind = cursor.peek()?.kind;
  if (kind === 'string') return cursor.string();
  return kind === 'number' ? String(cursor.number()) : cursor.name();
}
