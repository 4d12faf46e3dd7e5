import { span, type Line, type Tone } from './line.ts';
import { padEnd, widthOf } from './measure.ts';
import { paint } from './paint.ts';
import { marksOf, type Style } from './style.ts';
import { countOf } from './words.ts';

/** How one check of a config went. `skipped`: something before it made it pointless. */
export interface Check {
  readonly name: string;
  readonly status: 'passed' | 'warned' | 'failed' | 'skipped';
  readonly errors: number;
  readonly warnings: number;
}

const tones: Readonly<Record<Check['status'], Tone>> = {
  passed: 'good',
  warned: 'warn',
  failed: 'bad',
  skipped: 'quiet',
};

/** One line for each check: `× schema  failed   2 errors`. */
export function renderChecks(checks: readonly Check[], style: Style): string {
  const width = checks.reduce((most, { name }) => Math.max(most, widthOf(name)), 0);
  return paint(
    checks.map((check) => checkLine(check, width, style)),
    style,
  );
}

function checkLine({ name, status, errors, warnings }: Check, width: number, style: Style): Line {
  const tone = tones[status];
  const counts = [errors === 0 ? [] : countOf(errors, 'error'), warnings === 0 ? [] : countOf(warnings, 'warning')];
  return [
    span(`  ${marksOf(style)[status]} `, tone),
    span(`${padEnd(name, width)}  `),
    span(padEnd(status, 'skipped'.length), tone),
    span(`  ${counts.flat().join(', ')}`),
  ];
}
