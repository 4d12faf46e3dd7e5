import { compareText, type Problem, type Severity } from '@dpo/core';
import { indent, span, type Line, type Tone } from './line.ts';
import { groupBy } from './op-groups.ts';
import { paint } from './paint.ts';
import { placeText } from './place-text.ts';
import { snippetLines } from './snippet.ts';
import type { Style } from './style.ts';
import { countOf, countText } from './words.ts';

const severities: readonly Severity[] = ['error', 'warning', 'note'];
const tones: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', note: 'accent' };
/** Warnings and notes shown of one code before the rest is counted; errors are all shown. */
const mostOfCode = 10;

/** One problem as a compiler would print it. Messages and hints are never broken: people search for and copy them. */
export function renderProblem(problem: Problem, style: Style): string {
  return paint(problemLines(problem, style), style);
}

/** Problems, errors first and then by place, each set off by an empty line, and a closing count; empty for none. */
export function renderProblems(problems: readonly Problem[], style: Style): string {
  if (problems.length === 0) return '';
  return paint([...problemsLines(problems, style), [], problemCount(problems)], style);
}

export function problemsLines(problems: readonly Problem[], style: Style): readonly Line[] {
  const sorted = problems.toSorted(compareProblems);
  const isShown = firstFew(style);
  const shown = new Set(sorted.filter((problem) => isShown(problem)));
  const hidden = groupBy(
    sorted.filter((problem) => !shown.has(problem)),
    ({ severity, code }) => `${severity} ${code}`,
  );
  const blocks = [...shown].map((problem) => problemLines(problem, style));
  const more = hidden.map(({ first, items }): Line[] => [
    [span(`and ${countText(items.length)} more of ${first.severity} ${first.code} (--full shows all)`, 'quiet')],
  ]);
  return [...blocks, ...more].flatMap((block, index) => (index === 0 ? block : [[], ...block]));
}

function firstFew(style: Style): (problem: Problem) => boolean {
  const counts = new Map<string, number>();
  return ({ severity, code }) => {
    const count = (counts.get(`${severity} ${code}`) ?? 0) + 1;
    counts.set(`${severity} ${code}`, count);
    return style.full === true || severity === 'error' || count <= mostOfCode;
  };
}

export function problemLines(problem: Problem, style: Style): readonly Line[] {
  const { severity, code, message, hint, place, address } = problem;
  const head: Line = [
    span(severity, tones[severity]),
    span(` ${code}`, 'strong'),
    ...(place === undefined ? [] : [span(`  ${placeText(place)}`, 'accent')]),
    ...(address === undefined ? [] : [span(`  ${address}`)]),
    ...(place !== undefined && 'path' in place && place.path !== undefined ? [span(`  ${place.path}`, 'quiet')] : []),
  ];
  return [
    head,
    [indent(2), span(message)],
    ...snippetLines(problem, style),
    ...(hint === undefined ? [] : hintLines(hint)),
  ];
}

/** A hint may list what was looked at, one to a line. */
function hintLines(hint: string): readonly Line[] {
  const [first = '', ...more] = hint.split('\n');
  return [[indent(2), span('hint: ', 'strong'), span(first)], ...more.map((text): Line => [indent(8), span(text)])];
}

/** `2 errors, 1 warning`. */
export function problemCount(problems: readonly Problem[]): Line {
  const counts = severities.flatMap((severity): Line[] => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [[span(countOf(count, severity), tones[severity])]];
  });
  return counts.flatMap((count, index) => (index === 0 ? count : [span(', '), ...count]));
}

function compareProblems(a: Problem, b: Problem): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    comparePlaces(a, b) ||
    compareText(a.code, b.code) ||
    compareText(a.address ?? '', b.address ?? '') ||
    compareText(a.message, b.message)
  );
}

/** Files first, by position; then tags and defaults by their text; then problems without a place. */
function comparePlaces({ place: a }: Problem, { place: b }: Problem): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (!('file' in a) || !('file' in b))
    return Number(!('file' in a)) - Number(!('file' in b)) || compareText(placeText(a), placeText(b));
  return compareText(a.file, b.file) || a.start.line - b.start.line || a.start.column - b.start.column;
}
