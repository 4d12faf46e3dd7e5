import type { Json } from '@dpo/core';
import { cutLine, span, type Line } from './line.ts';
import { cut, padEnd, padStart, widthOf } from './measure.ts';
import { paint } from './paint.ts';
import { cutWidth, marksOf, type Style } from './style.ts';
import { nothingPending, valueText } from './value-text.ts';
import { visible } from './visible.ts';
import { countOf } from './words.ts';

/** A cell as it came from a query; `null` is the SQL NULL. Numbers may be text, as 64-bit ones are. */
export type Cell = Json;

const gap = '  ';
const narrowest = 3;
const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

interface Column {
  readonly cells: readonly string[];
  readonly numeric: boolean;
  readonly width: number;
}

/** Rows under their column names, numbers to the right, cut to the width unless `full`, and the number of rows. */
export function renderTable(columns: readonly string[], rows: readonly (readonly Cell[])[], style: Style): string {
  const count: Line = [span(`(${countOf(rows.length, 'row')})`, 'quiet')];
  return paint([...(columns.length === 0 ? [] : tableLines(columns, rows, style)), count], style);
}

/** The same without the number of rows. */
export function tableLines(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  style: Style,
): readonly Line[] {
  const natural = columns.map((name, index) =>
    columnOf(
      name,
      rows.map((row) => row[index] ?? null),
    ),
  );
  const widths = fit(
    natural.map(({ width }) => width),
    cutWidth(style) - gap.length * Math.max(0, columns.length - 1),
  );
  const line = (index: number): Line =>
    natural.flatMap((column, at): Line => {
      const text = cell(column, index, { width: widths[at] ?? 0, style });
      const tone = index === 0 ? 'strong' : rows[index - 1]?.[at] === null ? 'quiet' : 'plain';
      return [...(at === 0 ? [] : [span(gap)]), span(text, tone)];
    });
  const rule = widths.map((width) => marksOf(style).rule.repeat(width)).join(gap);
  const body: readonly Line[] = [line(0), [span(rule, 'quiet')], ...rows.map((_row, index) => line(index + 1))];
  return body.map((each) => cutLine(each, cutWidth(style), style));
}

function columnOf(name: string, values: readonly Cell[]): Column {
  const cells = [visible(name), ...values.map(cellText)];
  const present = values.filter((value) => value !== null);
  const numeric =
    present.length > 0 &&
    present.every((value) => typeof value === 'number' || (typeof value === 'string' && number.test(value)));
  return { cells, numeric, width: cells.reduce((most, text) => Math.max(most, widthOf(text)), 0) };
}

/** A text that reads NULL is quoted, the SQL NULL is not. */
function cellText(value: Cell): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return value === 'NULL' ? '"NULL"' : visible(value);
  return visible(valueText(value, nothingPending));
}

function cell(
  { cells, numeric }: Column,
  index: number,
  to: { readonly width: number; readonly style: Style },
): string {
  const text = cut(cells[index] ?? '', to.width, marksOf(to.style).ellipsis);
  return numeric ? padStart(text, to.width) : padEnd(text, to.width);
}

/** Narrow columns keep their width; the widest ones share what is left. */
function fit(widths: readonly number[], room: number): readonly number[] {
  let left = room;
  let columns = widths.length;
  const limits = new Map<number, number>();
  for (const { width, index } of widths
    .map((width, index) => ({ width, index }))
    .toSorted((a, b) => a.width - b.width)) {
    const share = Math.max(narrowest, Math.floor(left / columns));
    limits.set(index, Math.min(width, share));
    left -= Math.min(width, share);
    columns -= 1;
  }
  return widths.map((width, index) => limits.get(index) ?? width);
}
