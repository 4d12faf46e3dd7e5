import { span, type Line, type Tone } from './line.ts';
import { layoutRows, type Row } from './rows.ts';
import type { Style } from './style.ts';
import { countText } from './words.ts';

/** A titled part of a text: `Change 98  behaviour`. Without rows it is left out. */
export interface Section {
  readonly title: string;
  readonly count: number;
  readonly tone: Tone;
  readonly aside?: string;
  readonly rows: readonly Row[];
}

/** Sections, each after an empty line. */
export function sectionLines(sections: readonly Section[], style: Style): readonly Line[] {
  return sections
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ title, count, tone, aside, rows }): Line[] => [
      [],
      [
        span(title, 'strong'),
        span(` ${countText(count)}`, tone),
        ...(aside === undefined ? [] : [span(`  ${aside}`, 'quiet')]),
      ],
      ...layoutRows(rows, style),
    ]);
}
