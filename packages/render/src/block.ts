import { kindNames, nameOf, type Address, type KindName } from '@dpo/core';
import type { Frame } from './frame.ts';
import { indent, joinLines, span, type Line, type Span, type Tone } from './line.ts';
import { padEnd } from './measure.ts';
import { commonPattern } from './name-pattern.ts';
import { flow, wrap, type Row } from './rows.ts';
import { countText } from './words.ts';

const fewNames = 5;
const indentation = 6;
const kindWidth = Math.max(...kindNames.map((kind) => kind.length));

export interface Head {
  readonly mark: string;
  readonly tone: Tone;
  readonly kind: KindName;
  readonly addresses: readonly Address[];
  readonly right: readonly Line[];
}

/** `~ monitor  main.sales.orders`, or `~ monitor  97 × main.sales.*` for a group. */
export function headRow({ mark, tone, kind, addresses, right }: Head, { marks }: Frame): Row {
  const names = addresses.map(nameOf);
  const pattern = commonPattern(names);
  const text = names.length === 1 ? pattern : `${countText(names.length)} ${marks.times} ${pattern}`;
  return {
    left: [span(`  ${mark} `, tone), span(`${padEnd(kind, kindWidth)}  `), span(text, 'strong')],
    right: joinLines(right, span('  ')),
    whole: true,
  };
}

/** The names behind a pattern: all of a few or with `full`, else the first `most` and a count. Names are never cut. */
export function nameRows(addresses: readonly Address[], most: number, { style }: Frame): readonly Row[] {
  if (addresses.length < 2) return [];
  const limit = style.full === true || addresses.length <= fewNames ? addresses.length : most;
  if (limit === 0) return [];
  const names = addresses.slice(0, limit).map((address): Line => [span(nameOf(address))]);
  const rest = addresses.length - names.length;
  const more: Line[] = rest === 0 ? [] : [[span(`and ${countText(rest)} more (--full lists them)`, 'quiet')]];
  return wholeRows(flow([...names, ...more], { at: indentation, separator: ', ' }, style));
}

export function wholeRows(lines: readonly Line[]): readonly Row[] {
  return lines.map((line) => ({ left: line, whole: true }));
}

/** Remarks, each wrapped behind its mark; the same remark is printed once, and of many the first few and a count. */
export function remarkRows(remarks: readonly string[], mark: Span, { style }: Frame): readonly Row[] {
  const different = [...new Set(remarks)];
  const shown = style.full === true ? different : different.slice(0, fewNames);
  const rest = different.length - shown.length;
  const lead = [indent(indentation), mark, span(' ')];
  const lines = shown.flatMap((remark) => wrap(span(remark, mark.tone), lead, style));
  const more: Line[] =
    rest === 0 ? [] : [[...lead, span(`and ${countText(rest)} more remarks (--full shows all)`, 'quiet')]];
  return wholeRows([...lines, ...more]);
}
