import { describe, expect, test } from '@jest/globals';
import { createHarness, type KillPoint, type PointResult } from './harness.ts';
import { histories } from './histories.ts';

/** `all` tries every point; otherwise every n-th of a history is tried, so that the suite stays in its time. */
const stride = process.env['DPO_CRASH_POINTS'] === 'all' ? 1 : 4;

describe('C11 D008 U066 a run that is killed', () => {
  test.each(histories)(
    'loses nothing, doubles nothing, deletes nothing of others: $name',
    async (history) => {
      const harness = await createHarness(history);
      try {
        const chosen = harness.points.filter((_, index) => index % stride === 0);
        const results: PointResult[] = [];
        for (const point of chosen) results.push(await harness.crashAt(point));
        const killed = results.filter((result) => result.killed).length;
        const told = `${history.name}: ${String(chosen.length)} of ${String(harness.points.length)} points tried, ${String(killed)} killed the run`;
        process.stderr.write(`crash harness · ${told}\n`);
        expect(results.filter((result) => result.faults.length > 0)).toEqual([]);
        expect(killed).toBeGreaterThan(chosen.length * 0.6);
      } finally {
        await harness.close();
      }
    },
    300_000,
  );

  test('every kind of point is among those tried', async () => {
    const history = histories[0];
    if (history === undefined) throw new Error('no history');
    const harness = await createHarness(history);
    const kinds = new Set(harness.points.map((point: KillPoint) => `${point.at} ${point.phase}`));
    await harness.close();
    expect([...kinds].toSorted()).toEqual([
      'file after',
      'file before',
      'file half',
      'request answered',
      'request handled',
      'request received',
    ]);
  }, 60_000);
});
