import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configSchema } from '@dpo/config';
import { startRun } from '../support/engine/engine-run.ts';
import { fuzzRuns, report } from '../support/figures.ts';
import { configText, createFuzzWorld, type FuzzWorld } from './fuzz-world.ts';
import { applyAll, changesOf, valueOf } from './runs.ts';
import { fuzzedConfig, otherKeys, settingValues } from './settings.ts';

let world: FuzzWorld;
let specs = 0;
let plans = 0;

beforeAll(async () => {
  world = await createFuzzWorld();
});

afterAll(() => world.close());

describe('what was applied stays applied, however the service spells it', () => {
  test('N004 a plan after any apply is empty, and a second apply sends no write and changes no byte', async () => {
    await fc.assert(
      fc.asyncProperty(fuzzedConfig, async ({ tables, defaults }) => {
        await world.reset();
        const config = configText(tables, defaults);
        await applyAll(world, config);
        specs += Object.keys(tables).length;
        const bytes = new Map(world.disk.texts);
        // Each answer is another draw of the forms and defaults that the service may give.
        for (let again = 0; again < 4; again += 1) {
          const end = await startRun(world, async (run) => {
            const plan = await run.plan({ config });
            return { plan, result: await run.apply(plan) };
          });
          plans += 1;
          expect(changesOf(valueOf(end).plan)).toEqual([]);
          expect(end.writes).toBe(0);
          expect(new Map(world.disk.texts)).toEqual(bytes);
        }
      }),
      { numRuns: fuzzRuns(25) },
    );
    report(`perpetual diff · ${String(specs)} specs fuzzed, ${String(plans)} plans after them, all empty`);
  }, 3_600_000);

  test('every setting of a table that this version acts on has values here', () => {
    const known = Object.entries(configSchema.$defs.table.properties as Record<string, object>);
    const acted = known.filter(([, node]) => !('x-dpo-since' in node)).map(([key]) => key);
    const covered = new Set([...Object.keys(settingValues), ...otherKeys]);
    expect(acted.filter((key) => !covered.has(key))).toEqual([]);
  });
});
