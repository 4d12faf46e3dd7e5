import { startOf, widthOf } from './measure.ts';
import { marksOf, type Style } from './style.ts';
import { visible } from './visible.ts';

/** What a piece of text means; `paint.ts` gives it a colour. */
export type Tone = 'plain' | 'strong' | 'quiet' | 'good' | 'warn' | 'bad' | 'accent';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One printed line before it is coloured: laid out and measured as plain text. */
export type Line = readonly Span[];

/** The only door by which text enters a line; it makes every hidden character visible. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: visible(text), tone };
}

export function cellsIn(line: Line): number {
  return line.reduce((sum, piece) => sum + widthOf(piece.text), 0);
}

export function indent(cells: number): Span {
  return span(' '.repeat(cells));
}

export function cutLine(line: Line, width: number, style: Style): Line {
  if (cellsIn(line) <= width) return line;
  const { ellipsis } = marksOf(style);
  const kept: Span[] = [];
  let room = width - widthOf(ellipsis);
  for (const piece of line) {
    const cells = widthOf(piece.text);
    if (cells > room) return [...kept, { text: startOf(piece.text, room) + ellipsis, tone: piece.tone }];
    kept.push(piece);
    room -= cells;
  }
  return kept;
}

/** Joins lines into one, with the separator between them. */
export function joinLines(lines: readonly Line[], separator: Span): Line {
  return lines.flatMap((line, index) => (index === 0 ? line : [separator, ...line]));
}
