import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodePlan, encodePlan, type JsonObject, type Observation, type Plan, type Providers } from '@dpo/core';
import { renderPlan } from '@dpo/render';
import { startRun } from '../support/engine/engine-run.ts';
import { statePath } from '../support/engine/engine-world.ts';
import { fuzzRuns, report } from '../support/figures.ts';
import { configText, createFuzzWorld, type FuzzWorld } from './fuzz-world.ts';
import { applyAll, planOf, valueOf } from './runs.ts';
import { fuzzedConfig, twoConfigs, type FuzzedConfig } from './settings.ts';

let world: FuzzWorld;
let relations = 0;

beforeAll(async () => {
  world = await createFuzzWorld({ behaviour: { monitor_output_schema: 'updatable' } });
});

afterAll(async () => {
  report(`metamorphic · ${String(relations)} relations held over ${String(fuzzRuns(8))} configs each`);
  await world.close();
});

const textOf = ({ tables, defaults }: FuzzedConfig): string => configText(tables, defaults);

/** Some monitors from an earlier config, so that a plan holds more than creates. */
async function before(first: FuzzedConfig): Promise<void> {
  await world.reset();
  await applyAll(world, textOf(first));
}

async function check<T>(values: fc.Arbitrary<T>, holds: (value: T) => Promise<void>): Promise<void> {
  await fc.assert(fc.asyncProperty(values, holds), { numRuns: fuzzRuns(8) });
  relations += 1;
}

/** What the plan decides about each address. */
function decisions({ ops, blocked, skipped, drift }: Plan, without = ''): unknown {
  const kept = ops.filter(({ address }) => address !== without);
  return {
    ops: kept.map(({ from: _place, changes, ...op }) => ({
      ...op,
      changes: changes.map(({ from: _from, ...each }) => each),
    })),
    blocked,
    skipped,
    drift,
  };
}

describe('two plans that have to agree', () => {
  test('N004 an unrelated table changes nothing else', () =>
    check(twoConfigs, async ([first, second]) => {
      await before(first);
      // Where its metric tables go exists, so that it needs no schema of its own.
      const unrelated = { profile_type: 'SNAPSHOT', output_schema_name: 'reports' };
      const { 'prod.ml.b': _taken, ...tables } = second.tables;
      const free = { ...second, tables: { 'prod.ml.a': {}, ...tables } };
      const alone = await planOf(world, textOf(free));
      const more = await planOf(world, textOf({ ...free, tables: { ...free.tables, 'prod.ml.base': unrelated } }));
      const added = 'monitor:prod.ml.base';
      expect(more.ops.filter(({ address }) => address === added)).toMatchObject([{ action: 'create' }]);
      const used = (plan: Plan): Plan => ({
        ...plan,
        ops: plan.ops.map((op) => ({ ...op, needs: op.needs.filter(({ address }) => address !== added) })),
      });
      expect(decisions(used(more), added)).toEqual(decisions(alone));
    }));

  test('N001 the order of tables and settings in the config gives the same fingerprint', () =>
    check(twoConfigs, async ([first, second]) => {
      await before(first);
      const plan = await planOf(world, textOf(second));
      const turned = await planOf(world, configText(reversed(second.tables), reversed(second.defaults)));
      expect(decisions(turned)).toEqual(decisions(plan));
      expect(turned.fingerprint).toBe(plan.fingerprint);
    }));

  test('N001 the order in which live answers arrive gives the same bytes', () =>
    check(twoConfigs, async ([first, second]) => {
      await before(first);
      const config = textOf(second);
      const [plain, turned] = valueOf(
        await startRun(world, async (run) => [
          await run.plan({ config }),
          await run.plan({ config, through: backwards }),
        ]),
      );
      expect(turned === undefined ? '' : encodePlan(turned)).toBe(plain === undefined ? '-' : encodePlan(plain));
    }));

  test('U068 one operation at a time and many at once end in the same state and the same monitors', () =>
    check(fuzzedConfig, async (config) => {
      const ends = [];
      for (const parallelism of [1, 32]) {
        await world.reset();
        valueOf(
          await startRun(world, async (run) => run.apply(await run.plan({ config: textOf(config) }), { parallelism })),
        );
        ends.push(steady(world.disk.texts.get(statePath) ?? 'none'));
      }
      expect(ends[1]).toBe(ends[0]);
    }));

  test('N002 a plan file is shown as the plan was when it was made', () =>
    check(twoConfigs, async ([first, second]) => {
      await before(first);
      const plan = await planOf(world, textOf(second));
      const read = decodePlan(encodePlan(plan), 'plan.json');
      const style = { width: 80, color: false, unicode: true };
      expect(renderPlan(read, style)).toBe(renderPlan(plan, style));
      expect(read).toEqual(plan);
    }));
});

function reversed(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .toReversed()
      .map(([key, value]) => [
        key,
        key.startsWith('prod.') || key.startsWith('Prod.') ? reversed(value as JsonObject) : value,
      ]),
  );
}

/** Providers that answer last what was asked first. */
function backwards(providers: Providers): Providers {
  const turned = Object.entries(providers).map(([kind, provider]) => [
    kind,
    {
      ...provider,
      observe: async function* (...request: Parameters<typeof provider.observe>): AsyncIterable<Observation> {
        const all: Observation[] = [];
        for await (const each of provider.observe(...request)) all.unshift(each);
        yield* all;
      },
    },
  ]);
  return Object.fromEntries(turned) as Providers;
}

/** Ids of a run, a state and of what the service makes differ from run to run. */
function steady(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}/gu, '<id>');
}
