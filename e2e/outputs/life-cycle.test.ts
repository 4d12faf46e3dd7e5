import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { operationsOf } from '@dpo/core';
import { configOf, createFullWorld, type Done, type FullWorld } from './full-world.ts';

let world: FullWorld;

beforeEach(async () => {
  world = await createFullWorld();
});

afterEach(async () => world.close());

const two = configOf({ a: 'One', b: 'Two' });
const bulk = 'mode: bulk_provision_only\n';

/** How many operations there are of each action and kind. */
function counted({ plan }: Pick<Done, 'plan'>): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { action, address } of plan.ops) {
    const key = `${action} ${address.slice(0, address.indexOf(':'))}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function allDone({ result }: Done): void {
  expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
}

describe('C18 R050 from mode to mode', () => {
  test('bulk to full and back plans and writes exactly the difference, and no monitor is touched', async () => {
    const before = await world.apply(configOf({ a: 'One', b: 'Two' }, bulk));
    expect(counted(before)).toEqual({ 'create schema': 1, 'create monitor': 2 });
    world.workspace.clearRequests();
    const full = await world.apply(two);
    expect(counted(full)).toEqual({
      'create schema': 1,
      'create view': 6,
      'create alert': 2,
      'create dashboard': 3,
    });
    allDone(full);
    expect(writesTo('data-quality')).toEqual([]);
    // One for the schema and for each view; folder, create and resume for alerts; folder, draft and publication for dashboards.
    expect(full.writes).toBe(1 + 6 + 2 * 3 + 3 * 3);
    expect(operationsOf(await world.plan(two))).toEqual([]);

    world.workspace.clearRequests();
    const back = await world.apply(configOf({ a: 'One', b: 'Two' }, bulk));
    expect(counted(back)).toEqual({
      'delete schema': 1,
      'delete view': 6,
      'delete alert': 2,
      'delete dashboard': 3,
    });
    allDone(back);
    expect(back.writes).toBe(1 + 6 + 2 + 3);
    expect(writesTo('data-quality')).toEqual([]);
    expect(await world.outputs()).toEqual({ schemas: ['prod.out'], views: [], alerts: [], dashboards: [] });
    expect(operationsOf(await world.plan(configOf({ a: 'One', b: 'Two' }, bulk)))).toEqual([]);
  }, 120_000);

  test('C18 the mode of the target wins over that of the file', async () => {
    const config = configOf({ a: 'One' }, bulk).replace('prod: {}', 'prod: { mode: full }');
    expect(counted({ plan: await world.plan(config) })).toMatchObject({ 'create view': 3, 'create alert': 1 });
    const other = configOf({ a: 'One' }).replace('prod: {}', 'prod: { mode: bulk_provision_only }');
    expect(counted({ plan: await world.plan(other) })).toEqual({ 'create schema': 1, 'create monitor': 1 });
  }, 60_000);
});

describe('C18 D009 the schema of the views', () => {
  const destroy = { mode: 'destroy' } as const;

  test('goes with a destroy when it holds nothing else', async () => {
    await world.apply(two);
    const made = await world.apply(two, destroy);
    allDone(made);
    expect(made.plan.survives.filter((note) => note.includes('global_monitoring'))).toEqual([]);
    expect(await world.outputs()).toEqual({ schemas: ['prod.out'], views: [], alerts: [], dashboards: [] });
    expect(operationsOf(await world.plan(two, 'destroy'))).toEqual([]);
  }, 120_000);

  test('W016 stays, and is named, when somebody else has a view in it', async () => {
    await world.apply(two);
    await world.sql('CREATE VIEW prod.global_monitoring.theirs AS SELECT 1 AS id');
    const made = await world.apply(two, destroy);
    allDone(made);
    expect(made.plan.survives).toContain('schema prod.global_monitoring holds tables and stays');
    expect(await world.outputs()).toMatchObject({
      schemas: ['prod.global_monitoring', 'prod.out'],
      views: ['prod.global_monitoring.theirs'],
    });
  }, 120_000);

  test('W016 stays, and is named, when somebody comes between plan and apply', async () => {
    await world.apply(two);
    const comes = (): Promise<void> => world.sql('CREATE TABLE prod.global_monitoring.theirs AS SELECT 1 AS id');
    const end = await world.attemptPlanned(two, comes, destroy);
    expect(end.plan.survives.filter((note) => note.includes('global_monitoring'))).toEqual([]);
    expect(end.result.outcomes.find(({ address }) => address === 'schema:prod.global_monitoring')).toEqual({
      address: 'schema:prod.global_monitoring',
      action: 'forget',
      status: 'done',
      note: 'it stays: schema prod.global_monitoring still holds prod.global_monitoring.theirs',
    });
    expect((await world.outputs()).views).toEqual([]);
    expect(operationsOf(await world.plan(two, 'destroy'))).toEqual([]);
  }, 120_000);

  test('U090 U116 T25 stays with the views when the last table is not monitored any more', async () => {
    await world.apply(two);
    const made = await world.apply(configOf({}));
    allDone(made);
    expect(counted(made)).toEqual({ 'delete monitor': 2, 'forget schema': 1 });
    const { views, alerts, dashboards } = await world.outputs();
    expect([views.length, alerts.length, dashboards.length]).toEqual([6, 2, 3]);
    expect(operationsOf(await world.plan(configOf({})))).toEqual([]);
    await world.apply(configOf({}), destroy);
    expect(await world.outputs()).toEqual({ schemas: ['prod.out'], views: [], alerts: [], dashboards: [] });
  }, 120_000);
});

/** Requests that change something below a path. */
function writesTo(part: string): readonly string[] {
  return world.workspace
    .requests()
    .filter(({ method, path }) => method !== 'GET' && path.includes(part))
    .map(({ method, path }) => `${method} ${path}`);
}
