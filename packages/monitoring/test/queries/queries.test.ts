import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { helperQuery, type QueryRequest } from '../../src/index.ts';
import {
  branchOf,
  startDashboardWorkspace,
  statementsOf,
  type DashboardWorkspace,
} from '../dashboards/dashboard-workspace.ts';
import { load } from '../support.ts';

const hostile = "it's `pricing` \\ -- */ ; DROP VIEW x";

const loaded = load(`
alerting: { null_rate_threshold: 0.01, row_count_min: 1000, ignore_columns: [id, "it's"] }
monitored_tables: { prod.ml.scores: { profile_type: SNAPSHOT } }
`);
const bare = load('monitored_tables: { prod.ml.scores: { profile_type: SNAPSHOT } }');
const groups = [
  { name: hostile, slug: 'one' },
  { name: 'Two', slug: 'two' },
];

type Asked = Partial<QueryRequest> & Pick<QueryRequest, 'name'>;
const sqlOf = (asked: Asked): string => {
  const query = helperQuery({ loaded, groups, limit: 100, ...asked });
  if (query.status !== 'sql') throw new Error(query.status);
  return query.sql;
};

describe('helper queries', () => {
  let workspace: DashboardWorkspace;
  beforeAll(async () => {
    workspace = await startDashboardWorkspace();
    const members: readonly (readonly [string, readonly string[]])[] = [
      ['one', ['scores']],
      ['two', ['visits', 'old_visits']],
    ];
    for (const [slug, tables] of members)
      for (const family of ['drift', 'profile', 'performance'] as const) {
        const branches = tables.map((table) => branchOf(family, table, { monitor_group: hostile }));
        // oxlint-disable-next-line no-await-in-loop
        await workspace.makeView(family, slug, branches);
      }
  });
  afterAll(() => workspace.close());

  const rowsOf = (asked: Asked): ReturnType<DashboardWorkspace['rows']> => workspace.rows(sqlOf(asked));
  const numbers = (rows: readonly Readonly<Record<string, string | null>>[], name: string): readonly number[] =>
    rows.map((row) => Number(row[name] ?? -1));

  test('U092 the worst drifters come first, of all groups or of one table, and no more than asked for', async () => {
    const rows = await rowsOf({ name: 'worst-drifters' });
    expect(rows.length).toBeGreaterThan(2);
    expect(numbers(rows, 'drift_score')).toEqual(numbers(rows, 'drift_score').toSorted((a, b) => b - a));
    expect(new Set(rows.map((row) => row['source_table_name']))).toEqual(new Set(['prod.ml.scores', 'prod.ml.visits']));
    expect(rows.every((row) => row['column_name'] !== ':table' && row['column_name'] !== 'id')).toBe(true);
    expect(await rowsOf({ name: 'worst-drifters', limit: 1 })).toEqual(rows.slice(0, 1));
    const own = await rowsOf({ name: 'worst-drifters', table: 'PROD.ML.visits' });
    expect(new Set(own.map((row) => row['source_table_name']))).toEqual(new Set(['prod.ml.visits']));
  });

  test('U092 the drift of the columns of a table is told window by window', async () => {
    const rows = await rowsOf({ name: 'feature-drift', table: 'prod.ml.visits' });
    const ends = rows.map((row) => row['window_end'] ?? '');
    expect(new Set(ends).size).toBeGreaterThan(1);
    expect(ends).toEqual(ends.toSorted().toReversed());
    const column = rows[0]?.['column_name'] ?? '';
    const one = await rowsOf({ name: 'feature-drift', table: 'prod.ml.visits', column });
    expect(one.length).toBeGreaterThan(0);
    expect(one.every((row) => row['column_name'] === column)).toBe(true);
    expect(helperQuery({ loaded, groups, limit: 1, name: 'feature-drift' })).toEqual({
      status: 'needs',
      what: 'table',
    });
  });

  test('U092 the summary of quality has a row a table, with breaches only where a threshold is set', async () => {
    const rows = await rowsOf({ name: 'quality-summary' });
    expect(rows.map((row) => row['source_table_name'] ?? '').toSorted()).toEqual(['prod.ml.scores', 'prod.ml.visits']);
    expect(numbers(rows, 'row_count').every((count) => count > 0)).toBe(true);
    const alert = await rowsOf({ name: 'quality-alert' });
    expect(numbers(rows, 'breaches').reduce((sum, count) => sum + count, 0)).toBe(alert.length);
    expect(alert.length).toBeGreaterThan(0);
    const without = await workspace.rows(sqlOf({ name: 'quality-summary', loaded: bare }));
    expect(without.length).toBe(2);
    expect(without[0]).not.toHaveProperty('breaches');
    expect(helperQuery({ loaded: bare, groups, limit: 1, name: 'quality-alert' })).toEqual({
      status: 'needs',
      what: 'thresholds',
    });
  });

  test('U103 the tiers of the drift alert are its rows by level', async () => {
    const all = await rowsOf({ name: 'drift-alert' });
    const critical = await rowsOf({ name: 'drift-alert', level: 'critical' });
    const warning = await rowsOf({ name: 'drift-alert', level: 'warning' });
    expect(all.length).toBeGreaterThan(0);
    expect([...critical, ...warning]).toEqual(all);
    expect(new Set(critical.map((row) => row['severity']))).toEqual(new Set(['critical']));
  });

  test('U103 the status of each table agrees with the alert, and a table without a late window is stale', async () => {
    const rows = await rowsOf({ name: 'status' });
    const alert = await rowsOf({ name: 'drift-alert' });
    const statuses = Object.fromEntries(rows.map((row) => [row['source_table_name'], row['status']]));
    expect(Object.keys(statuses).toSorted()).toEqual(['prod.ml.old_visits', 'prod.ml.scores', 'prod.ml.visits']);
    expect(statuses['prod.ml.old_visits']).toBe('stale');
    for (const table of ['prod.ml.scores', 'prod.ml.visits']) {
      const levels = alert.filter((row) => row['source_table_name'] === table).map((row) => row['severity']);
      const worst = levels.includes('critical') ? 'critical' : levels.includes('warning') ? 'warning' : 'ok';
      expect([table, statuses[table]]).toEqual([table, worst]);
    }
    expect(await rowsOf({ name: 'status', table: 'prod.ml.scores' })).toHaveLength(1);
  });

  test('U117 the dashboard of one table is that of its group over the rows of the table, and every dataset runs', async () => {
    const query = helperQuery({
      loaded,
      groups: groups.slice(0, 1),
      limit: 1,
      name: 'table-dashboard',
      table: 'prod.ml.scores',
    });
    const { datasets } = statementsOf(query.status === 'text' ? query.text : '');
    expect(datasets.size).toBeGreaterThan(5);
    for (const [, sql] of datasets) {
      // oxlint-disable-next-line no-await-in-loop
      const rows = await workspace.rows(sql);
      expect(sql).toContain("WHERE lower(source_table_name) = 'prod.ml.scores'");
      for (const { source_table_name: table } of rows) expect(table ?? 'prod.ml.scores').toBe('prod.ml.scores');
    }
    const asked = { loaded, groups, limit: 1, name: 'table-dashboard' } as const;
    expect(helperQuery(asked)).toEqual({ status: 'needs', what: 'table' });
    const hostileName = helperQuery({ ...asked, table: "prod.ml.it's" });
    expect(hostileName.status === 'text' && hostileName.text).toContain(String.raw`it\\'s`);
  });

  test('U103 texts for alerts of one own have the variables that the service fills', () => {
    const query = helperQuery({ loaded, groups, limit: 1, name: 'alert-text' });
    const text = query.status === 'text' ? query.text : '';
    for (const part of [hostile, 'Two', '{{QUERY_RESULT_TABLE}}', '{{ALERT_URL}}', '{{QUERY_RESULT_VALUE}}'])
      expect(text).toContain(part);
  });
});
