import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { operationsOf, type JsonObject, type Plan } from '@dpo/core';
import { createFullWorld, type FullWorld } from './full-world.ts';

let world: FullWorld;

beforeEach(async () => {
  world = await createFullWorld();
});

afterEach(async () => world.close());

/** Tables and groups come from tags alone. */
const tagged = (more = ''): string => `catalog_name: prod
project: hist
targets: { prod: {} }
include_tagged_tables: true
discovery: {}
monitored_tables: {}
profile_defaults: { profile_type: TIMESERIES, timestamp_column: ts, output_schema_name: out }
alerting: { default_notifications: [data@example.com], ignore_columns: [id] }
${more}`;

const tag = (table: string, group: string): Promise<void> =>
  world.sql(`ALTER TABLE prod.ml.${table} SET TAGS ('monitor_enabled' = 'true', 'monitor_group' = '${group}')`);
const untag = (table: string): Promise<void> =>
  world.sql(`ALTER TABLE prod.ml.${table} UNSET TAGS ('monitor_enabled', 'monitor_group')`);

const opsOf = ({ ops }: Plan): readonly string[] => ops.map(({ action, address }) => `${action} ${address}`).toSorted();
const viewsOf = (group: string): readonly string[] =>
  ['drift', 'performance', 'profile'].map((family) => `prod.global_monitoring.unified_${family}_metrics_${group}`);

/** Tables of a view, as its rows tell. */
async function sourcesIn(view: string): Promise<readonly string[]> {
  const { body } = await world.call('POST', '/api/2.0/sql/statements', {
    warehouse_id: world.workspace.warehouseId,
    statement: `SELECT DISTINCT source_table_name FROM ${view} ORDER BY source_table_name`,
    wait_timeout: '30s',
  });
  const rows = (body['result'] as JsonObject | undefined)?.['data_array'] ?? [];
  return (rows as readonly (readonly string[])[]).map(([name = '']) => name);
}

describe('groups that only tags give', () => {
  test('U090 U116 one that appears gets its outputs, one that vanishes loses them, the other keeps its own', async () => {
    await tag('a', 'One');
    const first = await world.apply(tagged());
    expect((await world.outputs()).views).toEqual(viewsOf('one').toSorted());
    expect(first.result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);

    await tag('b', 'Two');
    const second = await world.apply(tagged());
    expect(second.plan.summary).toMatchObject({ delete: 0, update: 0, replace: 0 });
    expect((await world.outputs()).views).toEqual([...viewsOf('one'), ...viewsOf('two')].toSorted());
    expect((await world.outputs()).dashboards.map(({ name }) => name)).toContain('DPO Executive Roll-up');

    await untag('b');
    const third = await world.apply(tagged());
    expect(opsOf(third.plan)).toEqual(
      [
        'alert:two/drift',
        'dashboard:*',
        'dashboard:two',
        'monitor:prod.ml.b',
        ...viewsOf('two').map((name) => `view:${name}`),
      ].map((address) => `delete ${address}`),
    );
    expect((await world.outputs()).views).toEqual(viewsOf('one').toSorted());
    expect(operationsOf(await world.plan(tagged()))).toEqual([]);
  }, 60_000);

  test('a new name with renamed_from keeps the objects, and a plan after it is empty', async () => {
    await tag('a', 'Old Team');
    await world.apply(tagged());
    const before = await world.outputs();
    await tag('a', 'New Team');
    const config = tagged('groups: { New Team: { renamed_from: Old Team } }\n');
    const { plan } = await world.apply(config);
    expect(plan.summary).toMatchObject({ create: 0, delete: 0, replace: 0 });
    const after = await world.outputs();
    expect(after.views).toEqual(viewsOf('new_team').toSorted());
    expect(after.alerts.map(({ id }) => id)).toEqual(before.alerts.map(({ id }) => id));
    expect(after.dashboards.map(({ id }) => id)).toEqual(before.dashboards.map(({ id }) => id));
    expect(after.alerts.map(({ name }) => name)).toEqual(['[DPO] Drift Alert - prod - New Team']);
    expect(operationsOf(await world.plan(config))).toEqual([]);
    // Once the state knows the new name, the old one may come back for another group.
    await tag('b', 'Old Team');
    expect((await world.plan(config)).summary).toMatchObject({ delete: 0, replace: 0 });
    expect((await world.plan(config)).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  }, 60_000);

  test('another spelling of a name is the same group with another title', async () => {
    await tag('a', 'team');
    await world.apply(tagged());
    await tag('a', 'TEAM');
    const { plan } = await world.apply(tagged());
    expect(plan.summary).toMatchObject({ create: 0, delete: 0, replace: 0 });
    expect((await world.outputs()).alerts.map(({ name }) => name)).toEqual(['[DPO] Drift Alert - prod - TEAM']);
    expect(operationsOf(await world.plan(tagged()))).toEqual([]);
  }, 60_000);

  test('U050 two names with one slug are an error that names both groups and a table of each', async () => {
    await tag('a', 'My Team');
    await tag('b', 'my-team');
    const plan = await world.plan(tagged());
    expect(plan.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'CONFIG.GROUP',
        message: "the groups 'My Team' (prod.ml.a) and 'my-team' (prod.ml.b) would both be called 'my_team'",
      },
    ]);
    expect(plan.applyable).toBe(false);
  }, 60_000);

  test('a table that changes its group leaves one view and comes into the other in one apply, with its monitor', async () => {
    await tag('a', 'One');
    await tag('b', 'One');
    await tag('c', 'Two');
    await world.apply(tagged());
    await tag('b', 'Two');
    const { plan, result } = await world.apply(tagged());
    expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    expect(plan.ops.map(({ action, address }) => [action, address.slice(0, address.indexOf(':'))])).toEqual(
      Array.from({ length: plan.ops.length }, () => ['update', 'view']),
    );
    expect(await sourcesIn('prod.global_monitoring.unified_profile_metrics_one')).toEqual(['prod.ml.a']);
    expect(await sourcesIn('prod.global_monitoring.unified_profile_metrics_two')).toEqual(['prod.ml.b', 'prod.ml.c']);
    expect(operationsOf(await world.plan(tagged()))).toEqual([]);
  }, 60_000);

  test('W002 a group that vanishes while a table cannot be read deletes nothing', async () => {
    await tag('a', 'One');
    await tag('b', 'Two');
    await world.apply(tagged());
    const before = await world.outputs();
    await untag('b');
    const { body } = await world.call('GET', '/api/2.1/unity-catalog/tables/prod.ml.a');
    const path = `/api/data-quality/v1/monitors/table/${JSON.stringify(body['table_id']).slice(1, -1)}`;
    world.workspace.faults.add({
      match: `GET ${path}`,
      status: 403,
      errorCode: 'PERMISSION_DENIED',
      times: 'unlimited',
    });
    const { plan } = await world.apply(tagged());
    expect(plan.summary).toMatchObject({ delete: 0, replace: 0 });
    expect(plan.problems.map(({ code }) => code)).toContain('PLAN.INCOMPLETE');
    world.workspace.faults.clear();
    expect(await world.outputs()).toEqual(before);
  }, 60_000);

  test('C12 U079 the last table of a group that is skipped keeps the group as it is', async () => {
    await tag('a', 'One');
    await tag('b', 'Two');
    await world.apply(tagged());
    const before = await world.outputs();
    // The column of time is gone, so that what was found is skipped.
    await world.sql('ALTER TABLE prod.ml.b DROP COLUMN ts');
    const { plan } = await world.apply(tagged());
    expect(plan.skipped).toMatchObject([{ address: 'monitor:prod.ml.b' }]);
    expect(opsOf(plan)).toEqual([]);
    expect(await world.outputs()).toEqual(before);
  }, 60_000);
});
