import type { Json } from '@dpo/core';
import { structuredPatch } from 'diff';
import { span, type Line, type Tone } from './line.ts';
import { countOf } from './words.ts';

const context = 2;
const mostLines = 20;
/** Beyond this many edited lines a difference tells nobody anything, and finding it takes seconds. */
const mostEdits = 1000;
const statement = /^\s*(select|with|create|alter|merge|insert|case)\b/i;

/** True for values that are compared line by line: anything with several lines, and long SQL. */
export function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && (value.trimEnd().includes('\n') || (value.length > 40 && statement.test(value)));
}

/** Unified difference of two texts: hunks with two lines of context, cut at twenty lines unless `full`. */
export function textDifference(before: string, after: string, full: boolean): readonly Line[] {
  const patch = structuredPatch('', '', ended(before), ended(after), undefined, undefined, {
    context,
    maxEditLength: mostEdits,
  });
  if (patch === undefined) return [[span(`${linesIn(before)} replaced by ${linesIn(after)}`)]];
  const lines = patch.hunks.flatMap((hunk): Line[] => [
    [span(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, 'quiet')],
    ...hunk.lines.map((text): Line => [span(blanksShown(text), toneOf(text))]),
  ]);
  if (lines.length === 0) return [[span('only the line break at the end differs', 'quiet')]];
  if (full || lines.length <= mostLines) return lines;
  return [
    ...lines.slice(0, mostLines),
    [span(`${countOf(lines.length - mostLines, 'more line')} (--full shows all)`, 'quiet')],
  ];
}

function toneOf(line: string): Tone {
  return line.startsWith('+') ? 'good' : line.startsWith('-') ? 'bad' : 'plain';
}

/** Blanks at the end of a line are the kind of change that nobody sees. */
function blanksShown(line: string): string {
  return toneOf(line) === 'plain' ? line : line.replace(/(?<=.) +$/, (blanks) => '\\x20'.repeat(blanks.length));
}

function ended(text: string): string {
  return text.endsWith('\n') || text === '' ? text : `${text}\n`;
}

function linesIn(text: string): string {
  return countOf(ended(text).split('\n').length - 1, 'line');
}
