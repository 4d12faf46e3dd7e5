import { describe, expect, test } from '@jest/globals';
import { runContention } from './contention.ts';
import { judge } from './trace.ts';

/** `DPO_LOCK_SEED` repeats the drawn moments of a run, `DPO_LOCK_KILLS` makes it longer. */
const seed = Number(process.env['DPO_LOCK_SEED'] ?? Date.now() % 1_000_000);
const kills = Number(process.env['DPO_LOCK_KILLS'] ?? 200);

describe('N016 the lock of a state, between processes that are killed while they hold it', () => {
  test('is held by one at a time, loses no update and leaves a readable state', async () => {
    const startedAt = Date.now();
    const told = await runContention({
      width: 8,
      seed,
      holds: 2,
      weak: false,
      // One hold without an end may be of a process that lives.
      enough: ({ killed }) => killed > kills,
    });
    const { verdict } = told;
    process.stderr.write(
      `locks · seed ${String(seed)}: ${String(told.processes)} processes, ${String(verdict.holds)} holds, ` +
        `${String(verdict.killed)} killed while holding, ${String(told.killed - verdict.killed)} while taking over; ` +
        `${String(verdict.overlaps)} overlaps, ${String(verdict.lostUpdates)} lost updates of ${String(told.count)}, ` +
        `${String(told.failures.length)} unreadable states in ${String(told.reads)} reads; ` +
        `${String(Math.round((Date.now() - startedAt) / 1000))} s\n`,
    );
    expect(told.failures).toEqual([]);
    expect(verdict).toMatchObject({ overlaps: 0, lostUpdates: 0 });
    expect(verdict.killed).toBeGreaterThanOrEqual(kills);
    expect(told.count).toBeGreaterThanOrEqual(verdict.counts[0]);
    expect(told.count).toBeLessThanOrEqual(verdict.counts[1]);
    expect(told.done).toBe(told.count);
    expect(told.serial).toBeGreaterThanOrEqual(told.count);
    expect(told.left).toEqual(['locks.history.ndjson', 'locks.json', 'locks.json.backup']);
  }, 600_000);

  test('is held by two where a dead lock is simply removed, and this suite sees it', async () => {
    const { verdict } = await runContention({
      width: 8,
      seed,
      holds: 2,
      weak: true,
      enough: ({ overlaps, holds }) => overlaps > 0 || holds > 600,
    });
    process.stderr.write(`locks · removed when dead: an overlap within ${String(verdict.holds)} holds\n`);
    expect(verdict.overlaps).toBeGreaterThan(0);
  }, 600_000);
});

describe('the judge of the trace', () => {
  const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
  const hold = (id: string, saw: number): readonly string[] =>
    ['enter', 'step', `saw ${String(saw)}`, `wrote ${String(saw + 1)}`, 'leave'].map((what) => `${id} ${what}`);

  test('finds nothing in holds one after the other', () => {
    expect(judge(lines(...hold('a', 0), ...hold('b', 1)))).toEqual({
      holds: 2,
      killed: 0,
      overlaps: 0,
      lostUpdates: 0,
      counts: [2, 2],
    });
  });

  test('a hold inside another is an overlap, and a number seen twice a lost update', () => {
    expect(judge(lines('a enter', ...hold('b', 0), 'a saw 0', 'a leave'))).toMatchObject({
      overlaps: 1,
      lostUpdates: 0,
    });
    expect(judge(lines(...hold('a', 0), ...hold('b', 0)))).toMatchObject({ overlaps: 0, lostUpdates: 1 });
  });

  test('after a kill the next may find the update or not', () => {
    const killed = hold('a', 0).slice(0, 3);
    expect(judge(lines(...killed, ...hold('b', 0)))).toMatchObject({ killed: 1, lostUpdates: 0 });
    expect(judge(lines(...killed, ...hold('b', 1)))).toMatchObject({ killed: 1, lostUpdates: 0 });
    expect(judge(lines(...killed, ...hold('b', 2)))).toMatchObject({ lostUpdates: 1 });
  });
});
