import assert from 'node:assert/strict';
import { operationsOf, type Plan, type Recorded } from '@dpo/core';
import { verifyState } from '@dpo/state';
import { startRun, type RunEnd } from '../support/engine/engine-run.ts';
import { tables, type Table } from './action.ts';
import type { HistoryWorld, Kept } from './history-world.ts';
import { configTextOf, declared, isMarked, leftOvers, sorted, wanted, type Model } from './model.ts';

/**
 * As it was, but without an output schema if that is gone by now: as long as a schema holds no table, nothing tells a destroy that
 * somebody else's monitor is going to write into it.
 */
export function withoutHome(kept: Kept, after: Kept | undefined): Kept {
  return after?.config['output'] === 'none' ? { ...kept, config: { ...kept.config, output: 'none' } } : kept;
}

/** What holds after every step, whatever it was. */
export async function checkAlways(model: Model, world: HistoryWorld): Promise<void> {
  const recorded = await recordedOf(world);
  assert.deepEqual(verifyState(recorded), [], 'the state passes verify()');
  if (recorded.lineage === model.lineage) assert.ok(recorded.serial >= model.serial, 'the serial only grows');
  model.lineage = recorded.lineage;
  model.serial = recorded.serial;
  const monitors = await world.monitors();
  for (const [id, before] of model.foreign) {
    const now = monitors.get(id);
    assert.deepEqual(now, withoutHome(before, now), `the monitor that a stranger has on ${before.table} is as it was`);
  }
  const ids = new Set([...recorded.resources.values()].map(({ id }) => id));
  const intended = new Set<string>(recorded.intents.map(({ address }) => address));
  for (const kept of monitors.values()) {
    const isKnown = ids.has(kept.objectId) || intended.has(`monitor:${kept.table}`);
    if (!isMarked(kept) || model.orphans.has(kept.objectId)) continue;
    assert.ok(isKnown, `our monitor on ${kept.table} is in the state or in a started intent`);
  }
}

/** A plan holds exactly the errors that it is bound to hold. */
export function checkPlan(plan: Plan, expected: ReadonlySet<string>): void {
  const found = plan.problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  assert.deepEqual([...new Set(found)].toSorted(), [...expected].toSorted(), 'the errors of the plan');
}

/** After an apply of everything, or of some tables: ours are as the config wants them. */
export async function checkApplied(
  model: Model,
  world: HistoryWorld,
  { plan, chosen = tables }: { readonly plan: Plan; readonly chosen?: readonly Table[] },
): Promise<void> {
  const [ids, monitors] = [await world.tableIds(), await world.monitors()];
  for (const table of chosen) {
    const variant = wanted(model, table);
    const id = ids.get(table) ?? '';
    const kept = monitors.get(id);
    if (variant === undefined) {
      const stays = kept === undefined || model.foreign.has(id) || model.orphans.has(id) || !plan.scope.complete;
      assert.ok(stays, `the monitor on ${table}, which nobody wants, is gone`);
    } else if (!model.revoked.has(`table ${table}`) && !model.revoked.has(`monitor ${table}`)) {
      assert.ok(kept, `${table} has its monitor`);
      const { expected } = variant;
      assert.deepEqual(declared(expected, kept.config), sorted(expected), `the monitor on ${table} is as declared`);
      assert.deepEqual(leftOvers(expected, kept.config), []);
    }
  }
}

/** A second apply has nothing to do, sends no write and changes no byte. */
export async function checkIdle(model: Model, world: HistoryWorld): Promise<void> {
  const before = new Map(world.disk.texts);
  const end = await startRun(world, async (run) => {
    const plan = await run.plan({ config: configTextOf(model) });
    return { plan, result: await run.apply(plan) };
  });
  const { plan } = endOf(end);
  const left = operationsOf(plan).map(({ address, action, changes }) => ({ address, action, changes }));
  assert.deepEqual(left, [], 'the plan after an apply is empty');
  assert.equal(end.writes, 0, 'a second apply sends no write');
  assert.deepEqual(new Map(world.disk.texts), before, 'a second apply changes no byte of the state');
}

export async function recordedOf(world: HistoryWorld): Promise<Recorded> {
  return endOf(await startRun(world, (run) => run.recorded()));
}

export function endOf<T>(end: RunEnd<T>): T {
  assert.equal(end.status, 'ended', JSON.stringify(end));
  if (end.status !== 'ended') throw new Error('not reached');
  return end.value;
}

/** Monitors that differ between two looks, by name of the table. */
export function changedTables(
  before: ReadonlyMap<string, Kept>,
  after: ReadonlyMap<string, Kept>,
): ReadonlySet<string> {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return new Set(
    [...ids].flatMap((id) => {
      const [one, other] = [before.get(id), after.get(id)];
      return JSON.stringify(one) === JSON.stringify(other) ? [] : [(one ?? other)?.table ?? id];
    }),
  );
}
