import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonical, isJsonArray, isJsonObject, type JsonObject } from '@dpo/core';
import { fuzzRuns, report } from '../support/figures.ts';
import { configText, createFuzzWorld, tableNames, type FuzzWorld } from './fuzz-world.ts';
import { applyAll, changesOf, planOf } from './runs.ts';
import { twoConfigs, type FuzzedConfig } from './settings.ts';
import { editByHand, keptConfig, strangersEdits, valueAt } from './strangers-edit.ts';

let world: FuzzWorld;
let ways = 0;
let edits = 0;

beforeAll(async () => {
  world = await createFuzzWorld({ behaviour: { monitor_output_schema: 'updatable' } });
});

afterAll(() => world.close());

const textOf = ({ tables, defaults }: FuzzedConfig): string => configText(tables, defaults);

describe('where a config leads to', () => {
  test('N004 W018 does not depend on what was there before, nor on what a stranger made of it', async () => {
    const picks = fc.array(fc.nat(), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(twoConfigs, picks, async ([first, second], strange) => {
        await world.reset();
        await applyAll(world, textOf(second));
        const straight = await monitors();
        await world.reset();
        await applyAll(world, textOf(first));
        for (const pick of strange) await editSomething(pick);
        await applyAll(world, textOf(second));
        expect(await monitors()).toEqual(straight);
        expect(changesOf(await planOf(world, textOf(second)))).toEqual([]);
        ways += 1;
      }),
      { numRuns: fuzzRuns(20) },
    );
    report(
      `convergence · ${String(ways)} ways from one config to another, ${String(edits)} edits by a stranger on them`,
    );
  }, 3_600_000);
});

/** A stranger changes something that is set. */
async function editSomething(pick: number): Promise<void> {
  const name = tableNames[pick % tableNames.length] ?? tableNames[0];
  const id = await world.tableId(name);
  const config = await keptConfig(world, id);
  const possible = strangersEdits.filter(({ path }) => valueAt(config, path) !== undefined);
  const edit = possible[Math.floor(pick / tableNames.length) % Math.max(1, possible.length)];
  if (edit === undefined) return;
  await editByHand(world, id, edit);
  edits += 1;
}

/** Every monitor as it is kept, with names for ids, without what only a create can set and without the order of sets. */
async function monitors(): Promise<JsonObject> {
  const found: Record<string, JsonObject> = {};
  const schemas = (await world.workspace.snapshot()).documents['schema'] ?? new Map<string, JsonObject>();
  const names = new Map([...schemas].map(([name, document]) => [document['schemaId'], name]));
  for (const name of tableNames) {
    const config = await keptConfig(world, await world.tableId(name));
    if (config === undefined) continue;
    const { skip_builtin_dashboard: _createOnly, output_schema_id: id, ...settings } = config;
    found[name] = { ...(sorted(settings) as JsonObject), output: names.get(id) ?? 'none' };
  }
  return found;
}

/** Empty objects and lists say nothing. */
function sorted(value: JsonObject[string]): JsonObject[string] {
  if (isJsonArray(value)) return value.toSorted((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]): [string, JsonObject[string]] => [key, sorted(member)])
      .filter(([key, member]) => key === 'snapshot' || !['{}', '[]'].includes(canonical(member))),
  );
}
