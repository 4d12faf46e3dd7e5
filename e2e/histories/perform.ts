import assert from 'node:assert/strict';
import { decodePlan, encodePlan, type ApplyResult, type Plan } from '@dpo/core';
import { startRun, type Death, type RunEnd } from '../support/engine/engine-run.ts';
import type { Action, Table } from './action.ts';
import { changedTables, checkApplied, checkIdle, checkPlan, endOf, recordedOf, withoutHome } from './checks.ts';
import type { HistoryWorld, Kept } from './history-world.ts';
import { configTextOf, count, expectedErrors, forgetState, isMarked, isUnreadable, type Model } from './model.ts';
import { createTableAgain, dropTable, setRevoked, strangerCreates, strangerDeletes, strangerEdits } from './strange.ts';

/** Carries one step out and checks what is particular to it. Throws when something does not hold. */
export async function perform(model: Model, world: HistoryWorld, action: Action): Promise<void> {
  if (plansAnew.has(action.do) && isUnreadable(model)) return refusedWhole(model, world);
  switch (action.do) {
    case 'configure':
      return void model.config.set(action.table, action.variant);
    case 'remove from config':
      return void model.config.delete(action.table);
    case 'drop table':
      await dropTable(model, world, action.table);
      return setRevoked(model, world, [...model.revoked]);
    case 'create table again':
      await dropTable(model, world, action.table);
      await createTableAgain(world, action.table);
      // The right to read a monitor goes with its table.
      return setRevoked(
        model,
        world,
        [...model.revoked].filter((each) => each !== `monitor ${action.table}`),
      );
    case 'stranger edits':
      return strangerEdits(model, world, action);
    case 'stranger deletes':
      return strangerDeletes(model, world, action.table);
    case 'stranger creates':
      return strangerCreates(model, world, action);
    case 'revoke':
      return setRevoked(model, world, [...model.revoked, `${action.of} ${action.table}`]);
    case 'grant again':
      return setRevoked(model, world, []);
    case 'lose the state':
      return exchangeState(model, world, new Map());
    case 'restore a state':
      return exchangeState(model, world, model.copies[action.copy % Math.max(1, model.copies.length)]);
    case 'plan':
      return plan(model, world);
    case 'apply':
      return apply(model, world, action);
    case 'apply the saved plan':
      return applySaved(model, world);
    case 'crash':
      return crash(model, world, action.death);
    case 'refresh':
      return refresh(model, world);
    case 'destroy':
      return destroy(model, world);
    case 'expect no monitor': {
      const id = (await world.tableIds()).get(action.table) ?? '';
      return assert.ok(!(await world.monitors()).has(id), `${action.table} has no monitor`);
    }
  }
}

/** Steps that read the catalog for what the config asks. */
const plansAnew: ReadonlySet<Action['do']> = new Set(['plan', 'apply', 'crash']);

async function refusedWhole(model: Model, world: HistoryWorld): Promise<void> {
  const before = new Map(world.disk.texts);
  const end = await startRun(world, (run) => run.plan({ config: configTextOf(model) }));
  assert.equal(end.status, 'refused', 'a catalog of which nothing can be read is not planned for');
  const codes = end.status === 'refused' ? end.problems.map(({ code }) => code) : [];
  assert.deepEqual([codes, end.writes], [['CATALOG.UNREADABLE'], 0]);
  assert.deepEqual(new Map(world.disk.texts), before, 'a refused plan touches no file');
  count(model, 'refused with nothing readable');
}

async function exchangeState(
  model: Model,
  world: HistoryWorld,
  texts: ReadonlyMap<string, string> | undefined,
): Promise<void> {
  if (texts === undefined) return;
  world.disk.replace(texts);
  forgetState(model, await recordedOf(world), await world.monitors());
}

/** Two plans of one moment decide the same, and neither sends a write or touches the disk. */
async function plan(model: Model, world: HistoryWorld): Promise<void> {
  const before = new Map(world.disk.texts);
  const config = configTextOf(model);
  const end = await startRun(world, async (run) => [await run.plan({ config }), await run.plan({ config })] as const);
  const [one, other] = endOf(end);
  assert.equal(end.writes, 0, 'a plan writes nothing');
  assert.deepEqual(new Map(world.disk.texts), before, 'a plan touches no file');
  assert.deepEqual(decisionsOf(one), decisionsOf(other), 'two plans of one moment decide the same');
  assert.equal(one.fingerprint, other.fingerprint);
  checkPlan(one, await expectedErrors(model, world, await recordedOf(world)));
  if (!one.errored) model.saved = encodePlan(one);
}

/** What the fingerprint covers: outputs are as the service spelt them. */
function decisionsOf({ ops, drift }: Plan): unknown {
  return { ops: ops.map(({ out: _out, ...op }) => op), drift };
}

interface Done {
  readonly plan: Plan;
  /** Undefined: the plan holds errors, and nothing was applied. */
  readonly result: ApplyResult | undefined;
}

/** How things stand when an apply begins. */
interface Before {
  readonly monitors: ReadonlyMap<string, Kept>;
  /** What its plan has to refuse. */
  readonly errors: ReadonlySet<string>;
}

async function lookBefore(model: Model, world: HistoryWorld): Promise<Before> {
  return {
    monitors: await world.monitors(),
    errors: await expectedErrors(model, world, await recordedOf(world)),
  };
}

async function runApply(
  model: Model,
  world: HistoryWorld,
  options: { readonly parallelism: number; readonly select?: string; readonly death?: Death },
): Promise<RunEnd<Done>> {
  const { parallelism, select, death } = options;
  const order = { config: configTextOf(model), ...(select === undefined ? {} : { select }) };
  return startRun(
    world,
    async (run): Promise<Done> => {
      const made = await run.plan(order);
      return { plan: made, result: made.errored ? undefined : await run.apply(made, { parallelism }) };
    },
    death,
  );
}

async function apply(
  model: Model,
  world: HistoryWorld,
  { parallelism, select }: Extract<Action, { do: 'apply' }>,
): Promise<void> {
  const before = await lookBefore(model, world);
  const selection = select === undefined ? {} : { select: `table:prod.ml.${select}` };
  const end = await runApply(model, world, { parallelism, ...selection });
  await settled(model, world, { ...endOf(end), writes: end.writes, before, select });
}

interface Circumstances {
  readonly writes: number;
  readonly before: Before;
  /** The table that the apply was limited to. */
  readonly select?: Table | undefined;
}

type Looks = readonly [ReadonlyMap<string, Kept>, ReadonlyMap<string, Kept>];

/** What an apply that came to its end has to have done. */
async function settled(
  model: Model,
  world: HistoryWorld,
  { plan: made, result, writes, before, select }: Done & Circumstances,
): Promise<void> {
  checkPlan(made, before.errors);
  if (result === undefined) {
    count(model, 'refused with errors');
    assert.equal(writes, 0, 'a plan with errors is not applied');
    return;
  }
  const failed = result.outcomes.filter(({ status }) => status !== 'done');
  assert.deepEqual(failed, [], 'every operation is done');
  for (const { action } of made.ops) count(model, action);
  checkOnlyOps(model, made, [before.monitors, await world.monitors()]);
  await takeAdopted(model, world, made);
  model.copies.push(new Map(world.disk.texts));
  await checkApplied(model, world, { plan: made, ...(select === undefined ? {} : { chosen: [select] }) });
  if (select === undefined) await checkIdle(model, world);
}

/**
 * What no state knows may lose its output schema: as long as that holds no table, nothing tells that it is used. So may an
 * orphan, and a stranger's monitor whose adoption was interrupted.
 */
function checkOnlyOps(model: Model, made: Plan, looks: Looks): void {
  const [before, after] = looks.map((look) => new Map([...look].filter(([id]) => !model.orphans.has(id))));
  if (before === undefined || after === undefined) return;
  const named = new Set<string>(made.ops.map(({ address }) => address));
  const homeless = new Map([...before].map(([id, kept]) => [id, withoutHome(kept, after.get(id))]));
  const others = [...changedTables(homeless, after)].filter((table) => !named.has(`monitor:${table}`));
  assert.deepEqual(others, [], 'only what the plan names has changed');
}

/** What is adopted is ours from now on, although it bears no mark. */
async function takeAdopted(model: Model, world: HistoryWorld, made: Plan): Promise<void> {
  const ids = new Set(made.ops.filter(({ action }) => action === 'adopt').map(({ id }) => id));
  for (const id of model.foreign.keys()) if (ids.has(id)) model.foreign.delete(id);
  const known = new Set([...(await recordedOf(world)).resources.values()].map(({ id }) => id));
  for (const id of model.orphans) if (known.has(id)) model.orphans.delete(id);
}

/** Exactly the operations of the plan, or a refusal without a write. */
async function applySaved(model: Model, world: HistoryWorld): Promise<void> {
  const text = model.saved;
  if (text === undefined) return;
  const saved = decodePlan(text, 'plan.json');
  const before = await world.monitors();
  const end = await startRun(world, (run) => run.apply(saved));
  count(model, end.status === 'refused' ? 'saved plan refused' : 'saved plan applied');
  if (end.status === 'refused') {
    assert.equal(end.writes, 0, 'a plan that is refused writes nothing');
    assert.deepEqual(await world.monitors(), before);
    return;
  }
  const { outcomes } = endOf(end);
  const addresses = saved.ops.map(({ address }) => address).toSorted();
  assert.deepEqual(outcomes.map(({ address }) => address).toSorted(), addresses, 'every operation has an outcome');
  checkOnlyOps(model, saved, [before, await world.monitors()]);
  await takeAdopted(model, world, saved);
}

async function crash(model: Model, world: HistoryWorld, death: Death): Promise<void> {
  const before = await lookBefore(model, world);
  const end = await runApply(model, world, { parallelism: 1, death });
  if (end.status === 'ended') return settled(model, world, { ...end.value, writes: end.writes, before });
  assert.equal(end.status, 'died', JSON.stringify(end));
  count(model, 'died');
  // An adoption was approved: whether it came to it, only the state can tell.
  const recorded = await recordedOf(world);
  const touched = new Set([...recorded.resources.values()].map(({ id }) => id));
  const intended = new Set<string>(recorded.intents.map(({ address }) => address));
  const now = await world.monitors();
  for (const [id, kept] of model.foreign) {
    const variant = [...model.config].find(([table]) => kept.table === `prod.ml.${table}`)?.[1];
    if (variant === undefined || ![6, 7].includes(variant)) continue;
    if (touched.has(id)) model.foreign.delete(id);
    else if (intended.has(`monitor:${kept.table}`)) model.foreign.set(id, now.get(id) ?? kept);
  }
}

async function refresh(model: Model, world: HistoryWorld): Promise<void> {
  const before = await world.monitors();
  const end = await startRun(world, async (run) => {
    const made = await run.plan({ config: configTextOf(model), mode: 'refresh-only' });
    return { made, result: await run.apply(made) };
  });
  const { result } = endOf(end);
  assert.deepEqual(
    result.outcomes.filter(({ status }) => status !== 'done'),
    [],
  );
  assert.equal(end.writes, 0, 'a refresh sends no write');
  assert.deepEqual(await world.monitors(), before, 'a refresh changes nothing');
}

async function destroy(model: Model, world: HistoryWorld): Promise<void> {
  const before = await world.monitors();
  const end = await startRun(world, async (run): Promise<Done> => {
    const made = await run.plan({ config: configTextOf(model), mode: 'destroy' });
    return { plan: made, result: made.errored ? undefined : await run.apply(made) };
  });
  const { plan: made, result } = endOf(end);
  if (result === undefined) {
    assert.equal(end.writes, 0, 'a destroy that is refused writes nothing');
    assert.ok(!made.scope.complete, JSON.stringify(made.problems));
    return;
  }
  assert.deepEqual(
    result.outcomes.filter(({ status }) => status !== 'done'),
    [],
  );
  const after = await world.monitors();
  checkOnlyOps(model, made, [before, after]);
  for (const [id, kept] of after) {
    const stays = model.foreign.has(id) || model.orphans.has(id) || !isMarked(kept);
    assert.ok(stays, `the monitor on ${kept.table} is gone after a destroy`);
  }
  const { resources } = await recordedOf(world);
  assert.deepEqual([...resources.keys()], [], 'the state is empty after a destroy');
}
