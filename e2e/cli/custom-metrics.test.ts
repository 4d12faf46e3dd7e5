import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Plan } from '@dpo/core';
import { expectGolden } from '../support/golden.ts';
import { createSmallWorld, steady, type SmallWorld } from '../support/small-world.ts';
import { callsOf } from '../support/workspace-calls.ts';

/** Three days of a hundred orders each, ids counted through; a day's orders are worth more than those of the day before. */
const seed = `
catalogs:
  shop:
    schemas:
      sales:
        tables:
          orders:
            sql: >-
              SELECT id, now()::TIMESTAMP - to_days(4 - CAST(id // 100 AS INTEGER)) AS ordered_at,
              1.0 + id // 100 AS amount, CASE WHEN id % 2 = 0 THEN 'eu' ELSE 'us' END AS region FROM range(300) AS r(id)
`;

const registry = `objective_functions:
  order_value:
    metric: { name: order_value, metric_type: derived, input_columns: [":table"], definition: revenue / orders }
`;

const revenue = '{ name: revenue, metric_type: aggregate, input_columns: [":table"], definition: sum(amount) }';
const metrics = [
  revenue,
  `{ name: regions, metric_type: aggregate, input_columns: [":table"], definition: "max(region)", output_type: string }`,
  '{ name: spread, metric_type: aggregate, input_columns: [amount, id], definition: "max({{input_column}}) - min({{input_column}})" }',
  '{ name: growth, metric_type: drift, input_columns: [":table"], definition: "{{current_df}}.revenue - {{base_df}}.revenue" }',
];

const configWith = (own: readonly string[], more = ''): string => `catalog_name: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
${registry}profile_defaults:
  profile_type: TIMESERIES
  timeseries_timestamp_column: ordered_at
  custom_metrics:
    - { name: orders, metric_type: aggregate, input_columns: [":table"], definition: count(*) }
monitored_tables:
  shop.sales.orders:
    objective_function_ids: [order_value]
    custom_metrics:
${own.map((one) => `      - ${one}\n`).join('')}${more}`;

let world: SmallWorld;
beforeEach(async () => {
  world = await createSmallWorld();
  await world.write('shop.yaml', seed);
  await world.workspace.seed(join(world.home, 'shop.yaml'));
  await world.write('dpo.yaml', configWith(metrics));
});
afterEach(async () => world.close());

/** Cells as the service answers them: texts. */
type Row = readonly string[];

async function rows(text: string): Promise<readonly Row[]> {
  const { stdout } = await world.dpo('local', 'sql', text, '--json');
  return (JSON.parse(stdout) as { readonly rows: readonly Row[] }).rows;
}

const profile = (columns: string, where = "column_name = ':table'"): Promise<readonly Row[]> =>
  rows(
    `SELECT ${columns} FROM shop.monitoring_results.orders_profile_metrics WHERE ${where} ORDER BY window.start, column_name`,
  );

async function plan(): Promise<Plan> {
  return (JSON.parse((await world.dpo('plan', '--json')).stdout) as { readonly plan: Plan }).plan;
}

async function applied(): Promise<void> {
  expect(await world.dpo('apply', '--auto-approve')).toMatchObject({ code: 0 });
}

async function refreshed(): Promise<void> {
  expect(await world.dpo('refresh', '--wait')).toMatchObject({ code: 0 });
}

interface LiveMetric {
  readonly name: string;
  readonly definition: string;
  readonly output_data_type: string;
}

async function liveMonitor(): Promise<{ readonly path: string; readonly config: Record<string, unknown> }> {
  const { call } = callsOf(world);
  const { body } = await call('GET', '/api/2.1/unity-catalog/tables/shop.sales.orders');
  const path = `/api/data-quality/v1/monitors/table/${String(body['table_id'])}`;
  const answer = await call('GET', path);
  return { path, config: answer.body['data_profiling_config'] as Record<string, unknown> };
}

async function liveMetrics(): Promise<readonly LiveMetric[]> {
  const { config } = await liveMonitor();
  return (config['custom_metrics'] ?? []) as readonly LiveMetric[];
}

/** What somebody with a browser does: the whole list is sent. */
async function setByHand(change: (live: readonly LiveMetric[]) => readonly LiveMetric[]): Promise<void> {
  const { path, config } = await liveMonitor();
  const id = path.slice(path.lastIndexOf('/') + 1);
  const { time_series: timeSeries, output_schema_id: schema } = config;
  const next = { time_series: timeSeries, output_schema_id: schema, custom_metrics: change(await liveMetrics()) };
  const { status } = await callsOf(world).call('PATCH', `${path}?update_mask=data_profiling_config.custom_metrics`, {
    object_type: 'table',
    object_id: id,
    data_profiling_config: next,
  });
  expect(status).toBe(200);
}

describe('custom metrics from the file to the metric tables', () => {
  // The steps build on each other, so they are one test.
  test('U023 U028 U032 T09 are made, computed, changed alone and removed', async () => {
    const first = await world.dpo('plan');
    await expectGolden('plan-metrics-first.txt', steady(first.stdout));
    await applied();
    await refreshed();
    expect(await profile('orders, revenue, order_value, regions')).toEqual([
      ['100.0', '100.0', '1.0', 'us'],
      ['100.0', '200.0', '2.0', 'us'],
      ['100.0', '300.0', '3.0', 'us'],
    ]);
    expect(await profile('column_name, spread', 'spread IS NOT NULL')).toHaveLength(6);
    expect(
      await rows(
        "SELECT growth FROM shop.monitoring_results.orders_drift_metrics WHERE column_name = ':table' ORDER BY window.start",
      ),
    ).toEqual([['100.0'], ['100.0']]);
    expect((await world.dpo('plan')).stdout).toContain('No changes.');

    // U024: one definition changes, nothing else.
    const definition = '  sum( amount )  * 2 ';
    const changed = revenue.replace('sum(amount)', JSON.stringify(definition));
    await world.write('dpo.yaml', configWith([changed, ...metrics.slice(1)]));
    const { ops } = await plan();
    expect(ops.map(({ action, changes }) => [action, changes])).toEqual([
      [
        'update',
        [
          {
            path: 'custom_metrics[name=revenue].definition',
            recorded: 'sum(amount)',
            desired: definition,
            live: 'sum(amount)',
            reason: 'config',
            from: {
              file: 'dpo.yaml',
              start: { line: 15, column: 89 },
              end: { line: 15, column: 112 },
              path: 'monitored_tables.shop.sales.orders.custom_metrics[0].definition',
            },
          },
        ],
      ],
    ]);
    world.workspace.clearRequests();
    await applied();
    expect(world.writes()).toEqual([expect.stringMatching(/^PATCH .api.data-quality/u)]);
    expect((await liveMetrics()).find(({ name }) => name === 'revenue')?.definition).toBe(definition);
    await refreshed();
    expect(await profile('revenue, order_value')).toEqual([
      ['200.0', '2.0'],
      ['400.0', '4.0'],
      ['600.0', '6.0'],
    ]);

    // One goes, one comes; their columns go and come with the next refresh.
    const fresh = '{ name: largest, metric_type: aggregate, input_columns: [":table"], definition: max(amount) }';
    await world.write('dpo.yaml', configWith([changed, fresh, ...metrics.slice(2)]));
    const next = await world.dpo('plan');
    await expectGolden('plan-metrics-changed.txt', steady(next.stdout));
    await applied();
    await refreshed();
    expect(await profile('largest')).toEqual([['1.0'], ['2.0'], ['3.0']]);
    const { stderr } = await world.dpo(
      'local',
      'sql',
      'SELECT regions FROM shop.monitoring_results.orders_profile_metrics',
    );
    expect(stderr).toContain('UNRESOLVED_COLUMN');
    expect((await world.dpo('plan')).stdout).toContain('No changes.');

    await world.write(
      'dpo.yaml',
      configWith([changed])
        .replace(registry, '')
        .replace(/ {4}objective.*\n/u, ''),
    );
    await applied();
    expect((await liveMetrics()).map(({ name }) => name)).toEqual(['orders', 'revenue']);
  }, 300_000);

  test('ruling 35: what somebody adds by hand is kept, what he changes of ours is set back', async () => {
    await applied();
    const theirs: LiveMetric = {
      ...({ type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE', input_columns: ['id'] } as object),
      name: 'theirs',
      definition: 'max({{input_column}})',
      output_data_type: '{"metadata":{},"name":"output","nullable":true,"type":"double"}',
    };
    await setByHand((live) => [theirs, ...live]);
    expect((await world.dpo('plan')).stdout).toContain('No changes.');

    await setByHand((live) =>
      live.map((one) => (one.name === 'revenue' ? { ...one, definition: 'min(amount)' } : one)),
    );
    const drift = await plan();
    expect(drift.drift).toMatchObject([
      { fate: 'reverted', changes: [{ path: 'custom_metrics[name=revenue].definition', live: 'min(amount)' }] },
    ]);
    await applied();
    const after = await liveMetrics();
    expect(after.find(({ name }) => name === 'revenue')?.definition).toBe('sum(amount)');
    expect(after.find(({ name }) => name === 'theirs')).toEqual(theirs);
  });

  test('ruling 35: a metric that somebody adds after the plan makes it stale, for the list is written as a whole', async () => {
    await applied();
    await world.write('dpo.yaml', configWith([revenue.replace('sum', 'max'), ...metrics.slice(1)]));
    expect(await world.dpo('plan', '--out', 'plan.json')).toMatchObject({ code: 0 });
    await setByHand((live) => [
      ...live.map((one) => (one.name === 'orders' ? { ...one, name: 'copy' } : one)),
      ...live,
    ]);
    const stale = await world.dpo('apply', 'plan.json');
    expect(stale).toMatchObject({ code: 1 });
    expect(stale.stderr).toContain('PLAN.STALE');
  });

  test('T09 a bare type that somebody set is mended', async () => {
    await applied();
    await setByHand((live) => live.map((one) => ({ ...one, output_data_type: 'double' })));
    await applied();
    expect((await liveMetrics()).map(({ output_data_type: type }) => type.startsWith('{'))).not.toContain(false);
  });

  test('N008 with ignore they are made and then left alone', async () => {
    await world.write('dpo.yaml', configWith(metrics, '    ignore: [monitor.custom_metrics]\n'));
    await applied();
    await setByHand((live) => live.slice(1));
    await world.write('dpo.yaml', configWith(metrics.slice(2), '    ignore: [monitor.custom_metrics]\n'));
    expect((await world.dpo('plan')).stdout).toContain('No changes.');
  });

  test('a refresh-only plan takes a change of them into the state, and the next one sets it back', async () => {
    await applied();
    await setByHand((live) => live.filter(({ name }) => name !== 'regions'));
    expect(await world.dpo('apply', '--refresh-only', '--auto-approve')).toMatchObject({ code: 0 });
    expect((await plan()).ops.map(({ changes }) => changes.map(({ path, reason }) => [path, reason]))).toEqual([
      ['definition', 'input_columns', 'output_data_type', 'type'].map((member) => [
        `custom_metrics[name=regions].${member}`,
        'config',
      ]),
    ]);
  });
});

describe('U033 functions that objective functions call', () => {
  const named = (name: string): string =>
    configWith(metrics).replace('    metric: {', `    uc_function_name: ${name}\n    metric: {`);

  test('one that does not exist is an error, told before anything is written; each is asked for once', async () => {
    await world.write('dpo.yaml', named('shop.sales.cost'));
    const missing = await world.dpo('plan');
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.stdout).toContain('CATALOG.FUNCTION_NOT_FOUND  dpo.yaml:5:23');
    expect(missing.stdout).toContain(
      "function 'shop.sales.cost' of the objective function 'order_value' does not exist",
    );
    expect(
      await world.dpo('local', 'sql', 'CREATE FUNCTION shop.sales.cost(x DOUBLE) RETURNS DOUBLE RETURN x * 2'),
    ).toMatchObject({ code: 0 });
    world.workspace.clearRequests();
    expect(await world.dpo('plan')).toMatchObject({ code: 0 });
    const asked = world.workspace.requests().filter(({ path }) => path.includes('/functions/'));
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/2.1/unity-catalog/functions/shop.sales.cost',
    ]);
  });
});
