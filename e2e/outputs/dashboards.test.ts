import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  statementsOf,
  type DashboardStatements,
} from '../../packages/monitoring/test/dashboards/dashboard-workspace.ts';
import type { EngineWorld } from '../support/engine/engine-world.ts';
import { applied, createProofWorld, rowsOf } from './proof-world.ts';

const quickstart = fileURLToPath(new URL('../../examples/quickstart/dpo.yaml', import.meta.url));

/** Each dashboard's name with what gives no rows: nothing is stale, and flights have no model. */
const silent: Readonly<Record<string, readonly string[]>> = {
  'DPO Health - Models': ['stale_list', 'stale_tables'],
  'DPO Health - Operations': [
    'performance_and_drift',
    'performance_by_day',
    'performance_now',
    'performance_summary',
    'quality_against_drift',
    'quality_summary',
    'quality_trend',
    'stale_list',
    'stale_tables',
  ],
  'DPO Executive Roll-up': ['stale_list', 'stale_tables'],
};

describe('dashboards on the data of the quickstart', () => {
  let world: EngineWorld;
  let dashboards: ReadonlyMap<string, string>;
  beforeAll(async () => {
    world = await createProofWorld();
    const config = (await readFile(quickstart, 'utf8'))
      .replace('  local:\n    workspace: local', '  prod:')
      .replace('profile_type: SNAPSHOT\n\n  #', 'profile_type: SNAPSHOT\n    monitor_group: Operations\n\n  #')
      .replace('profile_type: TIMESERIES', 'profile_type: TIMESERIES\n    monitor_group: Operations')
      .replace('profile_type: INFERENCE', 'profile_type: INFERENCE\n    monitor_group: Models')
      .replace('alerting:', 'alerting:\n  null_rate_threshold: 0\n  row_count_min: 1000');
    await applied(world, config.replace('mode: full', 'mode: bulk_provision_only'));
    await world.workspace.idle();
    await applied(world, config);
    dashboards = await published();
  }, 240_000);
  afterAll(() => world.close());

  /** Texts that viewers see, by name. */
  const published = async (): Promise<ReadonlyMap<string, string>> => {
    const path = '/api/2.0/lakeview/dashboards';
    const { body } = await world.call('GET', path);
    const listed = body['dashboards'] as unknown as readonly {
      readonly dashboard_id: string;
      readonly display_name: string;
    }[];
    // Each monitor has one of its own, which is not ours.
    const ours = listed.filter(({ display_name: name }) => name.startsWith('DPO '));
    const texts = ours.map(async ({ dashboard_id: id }) => {
      const draft = (await world.call('GET', `${path}/${id}`)).body;
      expect((await world.call('GET', `${path}/${id}/published`)).status).toBe(200);
      return [draft['display_name'] as string, draft['serialized_dashboard'] as string] as const;
    });
    return new Map(await Promise.all(texts));
  };

  const statements = (name: string): DashboardStatements => statementsOf(dashboards.get(name) ?? '{}');
  const widget = (dashboard: string, name: string): ReturnType<typeof rowsOf> =>
    rowsOf(world, statements(dashboard).widgets.find((each) => each.name === name)?.statement ?? '');
  const single = async (dashboard: string, name: string): Promise<string | null | undefined> =>
    Object.values((await widget(dashboard, name))[0] ?? {})[0];

  test('U104 U114 there is one for each group, and one for all where there are several', () => {
    expect([...dashboards.keys()].toSorted()).toEqual(Object.keys(silent).toSorted());
  });

  test.each(Object.keys(silent))(
    'U105 U106 U107 U108 U112 every dataset and widget of %s runs, and gives rows where there are data',
    async (name) => {
      const { datasets, widgets } = statements(name);
      const none: string[] = [];
      for (const [dataset, query] of datasets) if ((await rowsOf(world, query)).length === 0) none.push(dataset);
      for (const { name: one, statement } of widgets) if ((await rowsOf(world, statement)).length === 0) none.push(one);
      expect(none.toSorted()).toEqual(silent[name]);
      const { pages } = JSON.parse(dashboards.get(name) ?? '{}') as { pages: { layout: object[] }[] };
      expect(pages.map(({ layout }) => layout.length > 0)).toEqual(pages.map(() => true));
    },
    60_000,
  );

  const metrics = 'demo.monitoring_results';

  test('U105 U109 what drifts has the value that its metric table has', async () => {
    const shown = await widget('DPO Health - Operations', 'top_drifters');
    const [direct] = await rowsOf(
      world,
      `SELECT js_distance FROM ${metrics}.flights_drift_metrics WHERE column_name = 'origin' AND slice_key IS NULL
       AND drift_type = 'CONSECUTIVE' ORDER BY window.end DESC LIMIT 1`,
    );
    const row = shown.find(
      (each) => each['column_name'] === 'origin' && each['source_table_name']?.endsWith('.flights'),
    );
    expect(Number(row?.['value'])).toBe(Number(direct?.['js_distance']));
    expect(await single('DPO Health - Operations', 'monitored_tables')).toBe('2');
    expect(await single('DPO Executive Roll-up', 'monitored_tables')).toBe('3');
    expect(await single('DPO Executive Roll-up', 'groups_count')).toBe('2');
  });

  test('U107 U110 T19 drift in full has each column once a window, and not again for slices', async () => {
    const shown = await widget('DPO Health - Operations', 'all_drift');
    const [direct] = await rowsOf(
      world,
      `SELECT count(*) AS rows, count_if(slice_key IS NOT NULL) AS sliced FROM ${metrics}.flights_drift_metrics WHERE column_name <> ':table'`,
    );
    const { rows, sliced } = direct ?? {};
    expect(Number(sliced)).toBeGreaterThan(0);
    expect(shown.filter((row) => row['source_table_name'] === 'demo.flights.flights')).toHaveLength(
      Number(rows) - Number(sliced),
    );
  });

  test('U106 U110 rows and shares of NULLs are those of the latest window of the metric table', async () => {
    const rows = await widget('DPO Health - Operations', 'rows_by_table');
    const [direct] = await rowsOf(
      world,
      `SELECT count FROM ${metrics}.flights_profile_metrics WHERE column_name = ':table' AND slice_key IS NULL ORDER BY window.end DESC LIMIT 1`,
    );
    const flights = rows.find((row) => row['source_table_name'] === 'demo.flights.flights') ?? {};
    expect(Object.values(flights)).toContain(direct?.['count']);
    const shares = (await widget('DPO Health - Operations', 'quality_details')).map((row) => Number(row['null_rate']));
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  test('U108 model quality is that of the metric table, told apart by model', async () => {
    const shown = await widget('DPO Health - Models', 'quality_summary');
    const direct = await rowsOf(
      world,
      `SELECT model_version, accuracy_score FROM (
         SELECT model_version, accuracy_score, ROW_NUMBER() OVER (PARTITION BY model_version ORDER BY window.end DESC) AS n
         FROM ${metrics}.delay_predictions_profile_metrics WHERE column_name = ':table' AND slice_key IS NULL AND log_type = 'INPUT'
       ) WHERE n = 1 ORDER BY model_version`,
    );
    expect(direct.map((row) => row['model_version'])).toEqual(['*', 'v1', 'v2']);
    expect(shown.map((row) => [row['model_id'], row['accuracy']])).toEqual(
      direct.map((row) => [row['model_version'], row['accuracy_score']]),
    );
  });
});
