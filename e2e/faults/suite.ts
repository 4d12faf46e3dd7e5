import { describe, expect, test } from '@jest/globals';
import { cellsOf } from './faults.ts';
import type { CellClass, CellResult } from './cell-result.ts';
import { createFaultHarness } from './harness.ts';
import type { History } from './histories.ts';
import { sampleOf } from './sample.ts';

/** `npm run faults:all` tries every cell; `npm run check` a sample by seed, and the same one every time. */
const everything = process.env['DPO_FAULTS'] === 'all';
const seed = process.env['DPO_FAULTS_SEED'] ?? '1';

/** Runs one history under faults; prints what was tried and what came of it. */
export function faultSuite(history: History, sampleSize: number): void {
  describe('U144 N019 a run under faults', () => {
    test(`ends as without them or says why, and the next run heals it: ${history.name}`, async () => {
      const harness = await createFaultHarness(history);
      try {
        const all = cellsOf(harness.calls);
        const chosen = everything ? all : sampleOf(all, sampleSize, seed);
        const results: CellResult[] = [];
        for (const cell of chosen) {
          // One after the other: all cells share one world.
          // oxlint-disable-next-line no-await-in-loop
          const result = await harness.tryCell(cell);
          results.push(result);
          if (everything && result.wrong.length > 0) process.stderr.write(`${result.wrong.join('\n')}\n`);
        }
        process.stderr.write(report(history, { all: all.length, results }));
        expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
        const count = (wanted: CellClass): number => results.filter((result) => result.class === wanted).length;
        expect(count('missed')).toBeLessThan(results.length * 0.1);
        expect(count('survived')).toBeGreaterThan(results.length * 0.2);
        expect(count('refused')).toBeGreaterThan(0);
      } finally {
        await harness.close();
      }
    }, 7_200_000);
  });
}

function report(
  history: History,
  { all, results }: { readonly all: number; readonly results: readonly CellResult[] },
): string {
  const distinct = (of: (result: CellResult) => string): number => new Set(results.map(of)).size;
  const endpoints = distinct(({ cell }) => `${cell.call.method} ${cell.call.path}`);
  const routes = distinct(({ cell }) => `${cell.call.method} ${cell.call.route}`);
  const classes = (['survived', 'partly', 'refused', 'missed'] as const).map(
    (wanted) => `${String(results.filter((result) => result.class === wanted).length)} ${wanted}`,
  );
  const wrong = results.flatMap((result) => result.wrong);
  const believed = results.filter((result) => result.believed).length;
  const count = (text: string): string => String(wrong.filter((line) => line.includes(text)).length);
  const codes = [...new Set(results.flatMap((result) => result.codes))].toSorted().join(' ');
  const longest = Math.max(...results.map((result) => result.longest)) / 1000;
  const elapsed = Math.max(...results.map((result) => result.elapsed)) / 1000;
  return [
    `fault matrix · ${history.name}: ${String(endpoints)} endpoints (${String(routes)} routes) × ` +
      `${String(distinct(({ cell }) => cell.fault.name))} faults, ${String(results.length)} of ${String(all)} cells: ${classes.join(', ')}; ` +
      `${String(believed)} believed that something is gone`,
    `  wrong ${String(results.filter((result) => result.wrong.length > 0).length)} · duplicates ${count('too many')} · ` +
      `lost ${count('missing')} · unplanned deletes ${count('unplanned delete')} · blind creates ${count('blindly')} · strangers changed ${count('somebody else')}`,
    `  longest operation ${String(longest)} s, longest run ${String(elapsed)} s of virtual time · told ${codes}`,
    '',
  ].join('\n');
}
