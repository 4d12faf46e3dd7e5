import type { Frame } from './frame.ts';
import { cellsIn, span, type Line } from './line.ts';
import { widthOf } from './measure.ts';
import { cutWidth } from './style.ts';

/** Cells before lines that belong to a label. */
const before = 8;

/** A line that came or went is broken between words rather than cut: what differs may be at its end. */
export function wrapped(line: Line, { style }: Frame): readonly Line[] {
  const [first, ...others] = line;
  const room = cutWidth(style) - before;
  if (first === undefined || others.length > 0 || cellsIn(line) <= room || !/^[+-]/u.test(first.text)) return [line];
  const sign = first.text.slice(0, 1);
  const blanks = /^ */u.exec(first.text.slice(1))?.[0] ?? '';
  const lines: string[] = [];
  let current = `${sign}${blanks}`;
  let empty = true;
  for (const word of first.text.slice(current.length).split(' ')) {
    const next = empty ? current + word : `${current} ${word}`;
    if (!empty && widthOf(next) > room) {
      lines.push(current);
      current = `${sign}${blanks}    ${word}`;
    } else current = next;
    empty = false;
  }
  return [...lines, current].map((text) => [span(text, first.tone)]);
}
