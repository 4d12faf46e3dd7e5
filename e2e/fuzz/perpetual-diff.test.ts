import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configSchema } from '@dpo/config';
import type { JsonObject } from '@dpo/core';
import { startRun } from '../support/engine/engine-run.ts';
import { fuzzRuns, report } from '../support/figures.ts';
import { configText, createFuzzWorld, type FuzzWorld } from './fuzz-world.ts';
import { groupNames, outputSettings } from './outputs.ts';
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

  test('N014 W013 N004 so it is with views, alerts and dashboards', async () => {
    let resources = 0;
    const groups = fc.array(groupNames, { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fuzzedConfig, outputSettings, groups, async ({ tables, defaults }, outputs, names) => {
        await world.reset();
        const grouped = Object.entries(tables).map(([name, settings], index): [string, JsonObject] => {
          const group = names[index % names.length];
          return [name, { ...(settings as JsonObject), ...(group === undefined ? {} : { monitor_group: group }) }];
        });
        const config = configText(Object.fromEntries(grouped), defaults, outputs);
        const { result } = await applyAll(world, config, { wait: false });
        resources += result.outcomes.length;
        const bytes = new Map(world.disk.texts);
        for (let again = 0; again < 2; again += 1) {
          const { plan, writes } = await applyAll(world, config, { wait: false });
          expect([changesOf(plan), writes, new Map(world.disk.texts)]).toEqual([[], 0, bytes]);
        }
      }),
      { numRuns: fuzzRuns(5) },
    );
    report(`perpetual diff in mode full · ${String(resources)} resources, all plans after them empty`);
  }, 3_600_000);

  test('every setting of a table that this version acts on has values here', () => {
    const known = Object.entries(configSchema.$defs.table.properties as Record<string, object>);
    const acted = known.map(([key]) => key);
    const covered = new Set([...Object.keys(settingValues), ...otherKeys]);
    expect(acted.filter((key) => !covered.has(key))).toEqual([]);
  });
});
