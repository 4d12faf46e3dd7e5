import { cellsIn, cutLine, indent, span, type Line, type Span } from './line.ts';
import { cutWidth, lineWidth, type Style } from './style.ts';

/** A line with something at its end: where it comes from, and why. `whole` is a line that holds a name; it is never cut. */
export interface Row {
  readonly left: Line;
  readonly right?: Line;
  readonly whole?: true;
}

const gap = 3;
const hanging = 10;

/** Lays rows out: ends aligned in one column where they fit, else on the next line, so that values keep their room. */
export function layoutRows(rows: readonly Row[], style: Style): readonly Line[] {
  const width = lineWidth(style);
  const measured = rows.map((row) => measure(row, style));
  const column = measured.reduce(
    (most, { left, right }) => (right >= 0 && left + gap + right <= width ? Math.max(most, left) : most),
    0,
  );
  return measured.flatMap(({ row, left, right }): Line[] => {
    if (row.right === undefined || row.right.length === 0) return [row.left];
    if (left + gap + right > width) return [row.left, cutLine([indent(hanging), ...row.right], cutWidth(style), style)];
    const at = Math.max(left, Math.min(column, width - gap - right));
    return [[...row.left, indent(at - left + gap), ...row.right]];
  });
}

/** Cells of a row that is printed on one line. */
export function rowCells({ left, right }: Row): number {
  return cellsIn(left) + (right === undefined || right.length === 0 ? 0 : gap + cellsIn(right));
}

export interface Flow {
  /** Cells before every line. */
  readonly at: number;
  readonly separator: string;
}

/** Phrases set after each other and broken between them only; a phrase longer than the line is not cut. */
export function flow(items: readonly Line[], { at, separator }: Flow, style: Style): readonly Line[] {
  const width = lineWidth(style);
  const tail = separator.startsWith(',') ? ',' : '';
  const lines: Line[] = [];
  let current: Line = [];
  for (const item of items) {
    const joined = current.length === 0 ? item : [...current, span(separator, 'quiet'), ...item];
    if (current.length > 0 && at + cellsIn(joined) + tail.length > width) {
      lines.push([indent(at), ...current, span(tail, 'quiet')]);
      current = item;
    } else {
      current = joined;
    }
  }
  return current.length === 0 ? lines : [...lines, [indent(at), ...current]];
}

/** A sentence broken between words behind its lead; only a word longer than the line is cut. */
export function wrap(text: Span, lead: Line, style: Style): readonly Line[] {
  const at = cellsIn(lead);
  const words = text.text.split(' ').map((word) => cutLine([span(word, text.tone)], cutWidth(style) - at, style));
  const lines = flow(words, { at, separator: ' ' }, style);
  return lines.map((line, index) => (index === 0 ? [...lead, ...line.slice(1)] : line));
}

function measure(row: Row, style: Style): { readonly row: Row; readonly left: number; readonly right: number } {
  const left = row.whole === true ? row.left : cutLine(row.left, cutWidth(style), style);
  const right = row.right === undefined || row.right.length === 0 ? -gap : cellsIn(row.right);
  return { row: { ...row, left }, left: cellsIn(left), right };
}
