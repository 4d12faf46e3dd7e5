import type { Place, Position, Snippet } from '@dpo/core';

/**
 * Start and end as UTF-16 offsets into the texts of all files of a config, one behind the other in the order in which they are
 * read; the end is behind the last character. So a range says by itself which file it is in.
 */
export type Range = readonly [start: number, end: number];

export const startOfFile: Range = [0, 0];

/** Text of a file with its lines found, so that an offset becomes a place in logarithmic time. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  /** Offset of its first character among those of all files. */
  readonly base: number;
}

/** All files of a config, the root first. */
export type Sources = readonly [Source, ...Source[]];

/** A byte order mark at the start is no part of the text: columns of line 1 count from behind it. */
export function sourceOf(file: string, text: string, base = 0): Source {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lineStarts = [0];
  for (let end = content.indexOf('\n'); end !== -1; end = content.indexOf('\n', end + 1)) lineStarts.push(end + 1);
  return { file, text: content, lineStarts, base };
}

/** Where the next file starts; one apart, so that the end of a file is not the start of another. */
export function endOf({ base, text }: Source): number {
  return base + text.length + 1;
}

/** The file that an offset is in. */
export function sourceAt(sources: Sources, offset: number): Source {
  const [root] = sources;
  return sources[lastAtMost(offset, sources.length, (index) => sources[index]?.base ?? 0)] ?? root;
}

/** The place of an offset in one file; the offset counts from the start of that file. */
export function positionIn({ lineStarts }: Source, offset: number): Position {
  const line = lastAtMost(offset, lineStarts.length, (index) => lineStarts[index] ?? 0);
  return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
}

/** A map or a list ends with the line break behind it for the parser; for people it ends with its last character. */
export function placeAt(sources: Sources, range: Range, path: string): Place {
  const [start] = range;
  const source = sourceAt(sources, start);
  const end = withoutBlanks(source, range);
  return {
    file: source.file,
    start: positionIn(source, start - source.base),
    ...(end > start && { end: positionIn(source, end - source.base) }),
    ...(path !== '' && { path }),
  };
}

function withoutBlanks({ text, base }: Source, [start, end]: Range): number {
  let last = end;
  while (last > start && /[ \t\r\n]/.test(text.charAt(last - base - 1))) last -= 1;
  return last > start ? last : end;
}

/** `3:5`, or `tables/ml.yaml:3:5` if that is another file than the one it is said in. */
export function whereAt(sources: Sources, offset: number, seenFrom: number): string {
  const source = sourceAt(sources, offset);
  const { line, column } = positionIn(source, offset - source.base);
  return `${source === sourceAt(sources, seenFrom) ? '' : `${source.file}:`}${line}:${column}`;
}

/** The last of `count` ascending values that is not above a limit; the first if all are. */
function lastAtMost(limit: number, count: number, valueAt: (index: number) => number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (valueAt(middle) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
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
