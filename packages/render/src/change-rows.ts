import type { Change, Place } from '@dpo/core';
import type { Frame } from './frame.ts';
import { cellsIn, indent, span, type Line, type Span } from './line.ts';
import { listDifferenceLine } from './list-difference.ts';
import { padEnd, widthOf } from './measure.ts';
import { sharedStart } from './name-pattern.ts';
import { placesText } from './place-text.ts';
import type { Row } from './rows.ts';
import type { Readable } from './said.ts';
import { cutWidth, lineWidth } from './style.ts';
import { isText, textDifference } from './text-difference.ts';
import { nothingPending, valueText } from './value-text.ts';
import { countOf } from './words.ts';
import { visible } from './visible.ts';
import { wrapped } from './wrapped.ts';

/** One changed leaf of one resource or of a group of resources that change alike. */
export interface ChangeLine extends Readable {
  /** Where each resource has the value from. */
  readonly places: readonly Place[];
  /** Drift that stays: the record goes to the live value instead of the live value back. */
  readonly kept?: true;
  /** Said instead of values that mean nothing to people. */
  readonly instead?: string;
}

interface Pair {
  readonly old: Span;
  readonly arrow: string;
  readonly now: Line;
}

/** `label  old → new  end`: a difference in place of old and new where that is shorter to read. */
interface Cells {
  readonly label: string;
  readonly pair?: Pair;
  readonly single?: Line;
  readonly right: Line;
  readonly below: readonly Line[];
}

const indentation = 6;
/** Where values begin that have lines of their own. */
const belowLabel = 8;
const widestLabel = 30;
/** What two values have in common that is still shown before the point where they part. */
const shownBefore = 12;
/** Tables that a changed value is of, by name. */
const fewNames = 3;

/** The changed leaves of a block, old and new aligned; a pair too long for one line takes two, so that no value is lost. */
export function changeRows(changes: readonly ChangeLine[], frame: Frame): readonly Row[] {
  const cells = changes.map((change) => cellsOf(change, frame));
  const label = Math.min(widestLabel, Math.max(0, ...cells.map((row) => widthOf(row.label))));
  const room = lineWidth(frame.style) - indentation - label - 2;
  const old = Math.max(
    0,
    ...cells.flatMap(({ pair }) => (pair !== undefined && pairWidth(pair) <= room ? [widthOf(pair.old.text)] : [])),
  );
  return cells.flatMap((row): readonly Row[] => {
    const start = [indent(indentation), span(padEnd(row.label, label)), span('  ')];
    const below = row.below.map((line): Row => ({ left: [indent(indentation + 2), ...line] }));
    if (row.pair === undefined) return [{ left: [...start, ...(row.single ?? [])], right: row.right }, ...below];
    if (pairWidth(row.pair) > room) return stackedRows(row.pair, { start, right: row.right }, frame);
    const padding = old + pairWidth(row.pair) - widthOf(row.pair.old.text) <= room ? old : 0;
    return [{ left: [...start, ...pairLine(row.pair, padding)], right: row.right }];
  });
}

function pairWidth({ old, arrow, now }: Pair): number {
  return widthOf(old.text) + widthOf(arrow) + 4 + cellsIn(now);
}

function pairLine({ old, arrow, now }: Pair, padding: number): Line {
  return [span(padEnd(old.text, padding), old.tone), span(`  ${arrow}  `, 'quiet'), ...now];
}

/** Old above new: beside the label where both fit, else below it, where there is more room. */
function stackedRows(
  pair: Pair,
  { start, right }: { readonly start: Line; readonly right: Line },
  frame: Frame,
): readonly Row[] {
  const beside = cellsIn(start);
  const longest = Math.max(widthOf(pair.old.text), cellsIn(pair.now));
  const fits = longest <= cutWidth(frame.style) - beside - widthOf(pair.arrow) - 2;
  if (!fits) return [{ left: start.slice(0, -1), right }, ...valueRows(pair, belowLabel, frame)];
  const [old, ...others] = valueRows(pair, beside, frame);
  return [
    { left: [...start, ...(old?.left.slice(1) ?? [])] },
    ...others.map((row, index) => (index === others.length - 1 ? { ...row, right } : row)),
  ];
}

/**
 * Both values, each on a line of its own, and on a third what does not fit beside the new one. Where both begin alike for
 * longer than the line they are shown from shortly before they part.
 */
function valueRows({ old, arrow, now }: Pair, at: number, { style, marks }: Frame): readonly Row[] {
  const lead = widthOf(arrow) + 2;
  const room = cutWidth(style) - at - lead;
  const [first = span(''), ...rest] = now;
  const apart = cellsIn(now) > room && rest.length > 0;
  const longest = Math.max(widthOf(old.text), apart ? widthOf(first.text) : cellsIn(now));
  const shared = longest <= room ? 0 : Math.max(0, sharedStart(old.text, first.text).length - shownBefore);
  const skip = /^[\udc00-\udfff]/.test(old.text.slice(shared)) ? shared - 1 : shared;
  const from = (piece: Span): Span => (skip === 0 ? piece : span(marks.ellipsis + piece.text.slice(skip), piece.tone));
  return [
    { left: [indent(at), indent(lead), from(old)] },
    { left: [indent(at), span(`${arrow}  `, 'quiet'), from(first), ...(apart ? [] : rest)] },
    ...(apart ? [{ left: [indent(at), indent(lead), ...trimmed(rest)] }] : []),
  ];
}

function trimmed([first, ...others]: Line): Line {
  return first === undefined ? [] : [span(first.text.trimStart(), first.tone), ...others];
}

function cellsOf(line: ChangeLine, frame: Frame): Cells {
  const { change } = line;
  const label = visible(change.label ?? change.path);
  const common = { label, right: endOf(line), below: [] };
  if (line.instead !== undefined) return { ...common, single: [span(line.instead, 'warn')] };
  if (line.said !== undefined) {
    const { title, below: lines } = line.said;
    return { ...common, single: title, below: lines.flatMap((each) => wrapped(each, frame)) };
  }
  const { before, after } = endsOf(line);
  if (isText(before) || isText(after)) {
    const lines = textDifference(textOf(before), textOf(after), frame.style.full === true);
    const below = lines.flatMap((each) => wrapped(each, frame));
    return { ...common, single: [span(textTitle(line), 'quiet')], below };
  }
  const list = change.unknown === true ? undefined : listDifferenceLine(before, after, frame.pending);
  if (list !== undefined) return { ...common, single: [...list, ...outside(line, frame)] };
  return { ...common, pair: pairOf(line, frame) };
}

/** What the difference is taken between: for drift, what the outside change did; else what the plan will do. */
function endsOf({ change }: ChangeLine): { readonly before: Change['live']; readonly after: Change['live'] } {
  if (change.reason === 'drift') return { before: change.recorded, after: change.live };
  return {
    before: change.reason === 'config+drift' ? change.recorded : (change.recorded ?? change.live),
    after: change.desired,
  };
}

function pairOf(line: ChangeLine, frame: Frame): Pair {
  const { change } = line;
  const { before, after } = endsOf(line);
  if (change.reason === 'drift') {
    const arrow = line.kept === true ? frame.marks.becomes : frame.marks.setBack;
    return {
      old: span(valueText(before, frame.pending)),
      arrow,
      now: [span(`${valueText(after, frame.pending)} (live)`, 'warn'), ...about(line)],
    };
  }
  const text = after === undefined && change.unknown === true ? '(known after apply)' : valueText(after, frame.pending);
  return {
    old: span(valueText(before, frame.pending), 'bad'),
    arrow: frame.marks.becomes,
    now: [span(text, 'good'), ...outside(line, frame), ...about(line)],
  };
}

/** Of which tables the changed value is: a few by name. */
function about({ of = [] }: ChangeLine): Line {
  if (of.length === 0) return [];
  const names = of.length <= fewNames ? of.join(', ') : countOf(of.length, 'table');
  return [span(`  of ${names}`, 'quiet')];
}

/** The third value: config and somebody else changed the same leaf. */
function outside({ change }: ChangeLine, frame: Frame): Line {
  if (change.reason === 'drift') return [span(' (live)', 'warn')];
  return change.reason === 'config+drift' ? [span(`  (live: ${valueText(change.live, frame.pending)})`, 'warn')] : [];
}

function endOf({ change, places }: ChangeLine): Line {
  const words = [
    ...(places.length === 0 ? [] : [span(placesText(places), 'quiet')]),
    ...(change.forces === true ? [span('forces replacement', 'bad')] : []),
    ...(change.reason === 'config+drift' ? [span('also changed outside', 'warn')] : []),
  ];
  return words.flatMap((word, index) => (index === 0 ? [word] : [span('  '), word]));
}

function textTitle({ change, kept }: ChangeLine): string {
  if (change.reason === 'config') return 'text';
  if (change.reason === 'config+drift') return 'text (from recorded to declared; the live text is a third one)';
  return kept === true ? 'live text' : 'live text, to be set back';
}

function textOf(value: Change['live']): string {
  return typeof value === 'string' ? value : value === undefined ? '' : valueText(value, nothingPending);
}
