import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fuzzRuns, report } from '../support/figures.ts';
import { anyAction, settledBeginning } from './action.ts';
import { explore } from './explore.ts';
import { createHistoryWorld, type HistoryWorld } from './history-world.ts';

let world: HistoryWorld;

beforeAll(async () => {
  world = await createHistoryWorld();
});

afterAll(() => world.close());

describe('U066 N004 N012 any history of configs, strangers, crashes and lost states', () => {
  test('loses nothing, doubles nothing, touches nothing of others and ends as declared', async () => {
    const { histories, steps, counts, failure } = await explore(world, {
      actions: anyAction,
      runs: fuzzRuns(20),
      longest: 40,
      beginnings: [settledBeginning, settledBeginning],
    });
    if (failure !== undefined) throw new Error(`${failure.message}\n\n${failure.test}`);
    const told = [...counts].toSorted(([, a], [, b]) => b - a).map(([what, times]) => `${what} ${String(times)}`);
    report(`histories · ${String(histories)} run, ${String(steps)} steps, every property held after each`);
    report(`  ${told.join(', ')}`);
    expect(steps).toBeGreaterThan(histories);
  }, 3_600_000);
});
