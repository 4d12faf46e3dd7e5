import { describe, expect, test } from '@jest/globals';
import { createHarness, type KillPoint, type PointResult } from './harness.ts';
import type { History } from './histories.ts';

/** `npm run crash:all` tries every point; `npm run check` those in the middle of an operation and a sample of the others. */
const everything = process.env['DPO_CRASH_POINTS'] === 'all';

function isChosen(point: KillPoint, index: number): boolean {
  return everything || (point.at === 'request' && point.writes) || index % 20 === 0;
}

/** Crashes one history at many points; prints how many were tried. */
export function crashSuite(history: History): void {
  describe('C11 D008 U066 a run that is killed', () => {
    test(`loses nothing, doubles nothing, deletes nothing of others: ${history.name}`, async () => {
      const harness = await createHarness(history);
      try {
        const chosen = harness.points.filter(isChosen);
        const results: PointResult[] = [];
        for (const point of chosen) {
          // One after the other: all points share one world.
          // oxlint-disable-next-line no-await-in-loop
          results.push(await harness.crashAt(point));
        }
        const killed = results.filter((result) => result.killed).length;
        const faulty = results.filter((result) => result.faults.length > 0);
        process.stderr.write(
          `crash harness · ${history.name}: ${String(chosen.length)} of ${String(harness.points.length)} points tried, ` +
            `${String(killed)} killed the run, ${String(faulty.length)} left a fault\n`,
        );
        expect(faulty).toEqual([]);
        expect(killed).toBeGreaterThan(chosen.length * 0.6);
        const kinds = new Set(harness.points.map((point) => `${point.at} ${point.phase}`));
        expect(kinds.size).toBe(6);
      } finally {
        await harness.close();
      }
    }, 3_600_000);
  });
}
