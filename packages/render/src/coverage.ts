import type { Coverage } from '@dpo/core';
import { coverageSections } from './coverage-sections.ts';
import { indent, span, type Line } from './line.ts';
import { paint } from './paint.ts';
import { snapshotLines } from './plan-header.ts';
import { flow } from './rows.ts';
import { sectionLines } from './section.ts';
import { marksOf, type Style } from './style.ts';
import { countOf, countText } from './words.ts';

/** What was asked for with `--min`, from 0 to 1, and whether it holds. */
export interface CoverageGate {
  readonly minimum: number;
  readonly met: boolean;
}

/** What is covered, then every list with its first 20, all with `full`; last whether the minimum holds. */
export function renderCoverage(coverage: Coverage, gate: CoverageGate | undefined, style: Style): string {
  const lines: readonly Line[] = [
    ...headLines(coverage, style),
    ...sectionLines(coverageSections(coverage, style), style),
    [],
    ...verdictLines(coverage, style),
    ...(gate === undefined ? [] : gateLines(coverage, gate)),
  ];
  return paint(lines, style);
}

/** `92.3%`. Not `100.0%` for anything less. */
export function percentText(share: number): string {
  const text = (share * 100).toFixed(1);
  return `${text === '100.0' && share < 1 ? '99.9' : text}%`;
}

function headLines(
  { catalog, owner, catalogs, summary, complete, unknown_schemas: unknown }: Coverage,
  style: Style,
): readonly Line[] {
  const filtered = summary.schemas_left_out;
  const items: readonly Line[] = [
    [span('dpo coverage', 'strong')],
    [span(`owner ${owner}`)],
    [span(catalogs.length === 0 ? 'no catalog' : `catalogs ${catalogs.join(', ')}`)],
    [span(countOf(summary.schemas, 'schema'))],
    ...(filtered === 0 ? [] : [[span(`${countText(filtered)} left out by the filters`, 'quiet')]]),
  ];
  const partly = `incomplete: ${countOf(unknown.length, 'schema')} could not be listed, with tables that are not counted`;
  return [
    ...flow(items, { at: 0, separator: marksOf(style).between }, style),
    ...snapshotLines(catalog, style),
    ...(complete ? [] : [[span(partly, 'warn')]]),
  ];
}

function verdictLines({ coverage, summary }: Coverage, style: Style): readonly Line[] {
  const count = (word: string, value: number, tone: 'warn' | 'bad'): readonly Line[] =>
    value === 0 ? [] : [[span(`${word} `), span(countText(value), tone)]];
  const covered = summary.monitored + summary.by_schema;
  const lead =
    summary.eligible === 0
      ? 'no table that could have a monitor'
      : `${countText(covered)} of ${countOf(summary.eligible, 'eligible table')}`;
  const items: readonly Line[] = [
    [span(`  Coverage ${percentText(coverage)}`, 'strong'), span(`  ${lead}`)],
    ...count('by schema', summary.by_schema, 'warn'),
    ...count('unmonitored', summary.unmonitored, 'bad'),
    ...count('unknown', summary.unknown, 'bad'),
    ...count('stale', summary.stale, 'warn'),
    ...count('never refreshed', summary.never_refreshed, 'warn'),
    ...count('history unavailable', summary.history_unavailable, 'warn'),
    ...count('orphans', summary.orphans, 'warn'),
    ...count("others' monitors", summary.others, 'warn'),
    ...count('outside', summary.outside, 'warn'),
  ];
  const [first = [], ...rest] = flow(items, { at: 0, separator: '  ' }, style);
  return [first, ...rest.map((line) => [indent(2), ...line])];
}

function gateLines({ coverage, summary, complete }: Coverage, { minimum, met }: CoverageGate): readonly Line[] {
  const wanted = `${String(Number((minimum * 100).toFixed(6)))}%`;
  if (met) return [[span('  Minimum ', 'strong'), span(wanted), span('  met', 'good')]];
  const needed = Math.ceil(minimum * summary.eligible - 1e-9) - summary.monitored - summary.by_schema;
  const why =
    needed > 0
      ? `missed by ${countOf(needed, 'table')} (${percentText(coverage)})`
      : `not proven: ${complete ? '' : 'not every schema could be listed'}`;
  return [[span('  Minimum ', 'strong'), span(wanted), span(`  ${why}`, 'bad')]];
}
