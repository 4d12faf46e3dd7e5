import { countVerdicts, type Examination, type Verdict } from '@dpo/core';
import { indent, span, type Line, type Tone } from './line.ts';
import { padEnd, widthOf } from './measure.ts';
import { paint } from './paint.ts';
import { marksOf, type Style } from './style.ts';
import { countText } from './words.ts';

const tones: Readonly<Record<Verdict, Tone>> = {
  pass: 'good',
  warn: 'warn',
  fail: 'bad',
  unknown: 'warn',
  skipped: 'quiet',
};
const marks = { pass: 'passed', warn: 'warned', fail: 'failed', unknown: 'remark', skipped: 'skipped' } as const;
const wordWidth = 'unknown'.length;
/** Objects of one check that passed: more of them are one line, unless everything is asked for. */
const mostPasses = 3;

/** What the doctor found: one line for each examination, below it what to do, and a closing count. */
export function renderExaminations(examinations: readonly Examination[], style: Style): string {
  const shown = style.full === true ? examinations : gathered(examinations);
  const width = shown.reduce((most, { check }) => Math.max(most, widthOf(check)), 0);
  return paint([...shown.flatMap((one) => linesOf(one, { width, style })), [], closing(examinations)], style);
}

function linesOf(
  { check, subject, verdict, message, code, hint, mend = [] }: Examination,
  { width, style }: { readonly width: number; readonly style: Style },
): readonly Line[] {
  const inner = indent(2 + marksOf(style)[marks[verdict]].length + 1 + wordWidth + 2 + width + 2);
  const about = subject === undefined ? [] : [span(`${subject}  `, 'strong')];
  const coded = code === undefined ? [] : [span(`${code}: `, tones[verdict])];
  return [
    [
      span(`  ${marksOf(style)[marks[verdict]]} `, tones[verdict]),
      span(`${padEnd(verdict, wordWidth)}  `, tones[verdict]),
      span(`${padEnd(check, width)}  `),
      ...about,
      ...coded,
      span(message),
    ],
    ...(hint === undefined ? [] : hint.split('\n').map((line): Line => [inner, span(line, 'quiet')])),
    ...mend.map((statement): Line => [inner, span(statement, 'accent')]),
  ];
}

/** Neighbours of one check that passed, each about an object, become one line. */
function gathered(examinations: readonly Examination[]): readonly Examination[] {
  const passes = new Map<string, number>();
  for (const one of examinations) {
    if (isOneOfMany(one)) passes.set(one.check, (passes.get(one.check) ?? 0) + 1);
  }
  const told = new Set<string>();
  return examinations.flatMap((one): readonly Examination[] => {
    const count = passes.get(one.check) ?? 0;
    if (!isOneOfMany(one) || count <= mostPasses) return [one];
    if (told.has(one.check)) return [];
    told.add(one.check);
    const message = `${countText(count)} objects have what they need (--full names them)`;
    return [{ check: one.check, verdict: 'pass', message }];
  });
}

function isOneOfMany({ verdict, subject }: Examination): boolean {
  return verdict === 'pass' && subject !== undefined;
}

const words: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  warn: 'warned',
  fail: 'failed',
  unknown: 'unknown',
  skipped: 'skipped',
};

/** `12 passed, 1 failed, 2 unknown`. */
function closing(examinations: readonly Examination[]): Line {
  const counts = Object.entries(countVerdicts(examinations)) as [Verdict, number][];
  const parts = counts.filter(([, count]) => count > 0);
  return parts.flatMap(([verdict, count], index): Line => [
    ...(index === 0 ? [] : [span(', ')]),
    span(`${countText(count)} ${words[verdict]}`, tones[verdict]),
  ]);
}
