import type { Json, Position } from '@dpo/core';

export type Path = readonly (string | number)[];

/** Text that is no JSON, or an object that names a member twice. `offset` counts UTF-16 units from 0. */
export class JsonSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.offset = offset;
  }
}

interface Scanner {
  readonly text: string;
  offset: number;
  readonly path: (string | number)[];
  readonly visit: ((path: Path, offset: number) => void) | undefined;
}

/**
 * Parses JSON strictly. Unlike `JSON.parse` it refuses an object with one member twice (a badly merged file would
 * silently lose an entry), and tells where the text is wrong.
 */
export function parseJson(text: string): Json {
  return scan({ text, offset: 0, path: [], visit: undefined });
}

/** Offset of the value at a path, or of its nearest ancestor that is there. The text must be valid JSON. */
export function locate(text: string, path: Path): number {
  let found = 0;
  let depth = -1;
  scan({
    text,
    offset: 0,
    path: [],
    visit: (at, offset) => {
      if (at.length <= depth || at.some((step, index) => step !== path[index])) return;
      depth = at.length;
      found = offset;
    },
  });
  return found;
}

/** Line and column, both from 1. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

function scan(scanner: Scanner): Json {
  skipSpace(scanner);
  const value = scanValue(scanner);
  skipSpace(scanner);
  if (scanner.offset < scanner.text.length) throw unexpected(scanner, 'the end');
  return value;
}

function scanValue(scanner: Scanner): Json {
  scanner.visit?.(scanner.path, scanner.offset);
  const first = scanner.text[scanner.offset];
  if (first === '{') return scanObject(scanner);
  if (first === '[') return scanArray(scanner);
  return first === '"' ? scanString(scanner) : scanScalar(scanner);
}

function scanObject(scanner: Scanner): Json {
  const members = new Map<string, Json>();
  scanner.offset += 1;
  skipSpace(scanner);
  while (!take(scanner, '}')) {
    if (members.size > 0) expect(scanner, ',');
    skipSpace(scanner);
    const start = scanner.offset;
    if (scanner.text[start] !== '"') throw unexpected(scanner, 'a member name');
    const name = scanString(scanner);
    if (members.has(name)) throw new JsonSyntaxError(`member ${JSON.stringify(name)} is there twice`, start);
    skipSpace(scanner);
    expect(scanner, ':');
    skipSpace(scanner);
    members.set(name, scanInside(scanner, name));
    skipSpace(scanner);
  }
  return Object.fromEntries(members);
}

function scanArray(scanner: Scanner): Json {
  const items: Json[] = [];
  scanner.offset += 1;
  skipSpace(scanner);
  while (!take(scanner, ']')) {
    if (items.length > 0) expect(scanner, ',');
    skipSpace(scanner);
    items.push(scanInside(scanner, items.length));
    skipSpace(scanner);
  }
  return items;
}

function scanInside(scanner: Scanner, step: string | number): Json {
  scanner.path.push(step);
  const value = scanValue(scanner);
  scanner.path.pop();
  return value;
}

function scanString(scanner: Scanner): string {
  const start = scanner.offset;
  let end = start + 1;
  for (;;) {
    const code = scanner.text.charCodeAt(end);
    if (code === 0x22) break;
    if (Number.isNaN(code)) throw new JsonSyntaxError('the text ends inside a string', end);
    if (code < 0x20) throw new JsonSyntaxError('a control character is inside a string', end);
    end += code === 0x5c ? 2 : 1;
  }
  scanner.offset = end + 1;
  return parseToken(scanner.text.slice(start, end + 1), start) as string;
}

function scanScalar(scanner: Scanner): Json {
  const start = scanner.offset;
  const token = /[-+.\w]*/y;
  token.lastIndex = start;
  const text = token.exec(scanner.text)?.[0] ?? '';
  if (text === '') throw unexpected(scanner, 'a value');
  scanner.offset = start + text.length;
  const value = parseToken(text, start);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new JsonSyntaxError(`${text} is too large`, start);
  return value;
}

function parseToken(token: string, offset: number): Json {
  try {
    return JSON.parse(token) as Json;
  } catch {
    throw new JsonSyntaxError(`${token.slice(0, 40)} is no JSON value`, offset);
  }
}

function skipSpace(scanner: Scanner): void {
  for (;;) {
    const code = scanner.text.charCodeAt(scanner.offset);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    scanner.offset += 1;
  }
}

function take(scanner: Scanner, mark: string): boolean {
  if (scanner.text[scanner.offset] !== mark) return false;
  scanner.offset += 1;
  return true;
}

function expect(scanner: Scanner, mark: string): void {
  if (!take(scanner, mark)) throw unexpected(scanner, `'${mark}'`);
}

function unexpected(scanner: Scanner, wanted: string): JsonSyntaxError {
  const found = scanner.text[scanner.offset];
  const message =
    found === undefined
      ? `the text ends where ${wanted} should be`
      : `${JSON.stringify(found)} is where ${wanted} should be`;
  return new JsonSyntaxError(message, scanner.offset);
}
