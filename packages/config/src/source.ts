import type { Place, Position, Snippet } from '@dpo/core';

/** Start and end as UTF-16 offsets into the text; the end is behind the last character. */
export type Range = readonly [start: number, end: number];

export const startOfFile: Range = [0, 0];

/** Text of a file with its lines found, so that an offset becomes a place in logarithmic time. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** A byte order mark at the start is no part of the text: columns of line 1 count from behind it. */
export function sourceOf(file: string, text: string): Source {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lineStarts = [0];
  for (let end = content.indexOf('\n'); end !== -1; end = content.indexOf('\n', end + 1)) lineStarts.push(end + 1);
  return { file, text: content, lineStarts };
}

export function positionAt(source: Source, offset: number): Position {
  const { lineStarts } = source;
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

export function placeAt(source: Source, range: Range, path: string): Place {
  const [start, end] = range;
  return {
    file: source.file,
    start: positionAt(source, start),
    ...(end > start && { end: positionAt(source, end) }),
    ...(path !== '' && { path }),
  };
}

const longestSnippet = 500;
const token = /\bdapi[0-9a-f]{8,}\S*/g;
const secretSetting = /((?:token|secret|password)\w{0,20}["']?[ \t]*:[ \t]*)\S.*/i;

// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;

/**
 * The line, without anything that looks like a credential or that a terminal would obey; `undefined` for lines too
 * long to show.
 */
export function snippetAt(source: Source, line: number): Snippet | undefined {
  const start = source.lineStarts[line - 1] ?? 0;
  const end = (source.lineStarts[line] ?? source.text.length + 1) - 1;
  if (end - start > longestSnippet) return undefined;
  const text = source.text.slice(start, end).replace(/\r$/, '');
  return {
    line,
    text: text.replaceAll(unprintable, '\uFFFD').replaceAll(token, '***').replace(secretSetting, '$1***'),
  };
}
