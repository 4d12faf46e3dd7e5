import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject, ViewFamily } from '@dpo/core';
import type { GroupViews } from '../../src/dashboards/datasets.ts';
import { groupDashboard } from '../../src/dashboards/group-dashboard.ts';
import {
  branchOf,
  startDashboardWorkspace,
  statementsOf,
  type DashboardStatements,
  type DashboardWorkspace,
} from './dashboard-workspace.ts';

const thresholds = { nullRate: 0.1, rowCount: 1000, distinctCount: 9, distinctColumns: ['region'] };
const hostile = "it's `pricing` \\ -- */ ; DROP VIEW x ${group} {{x}} <b>&amp;\n# 価格";

const contentOf = (views: GroupViews): string =>
  groupDashboard({ group: hostile, description: hostile, views, thresholds, ignoreColumns: ['id', "it's"] });

describe('dashboard of a group', () => {
  let workspace: DashboardWorkspace;
  let full: DashboardStatements;
  let empty: DashboardStatements;
  let content: string;

  beforeAll(async () => {
    workspace = await startDashboardWorkspace();
    const make = async (slug: string, tables: readonly string[]): Promise<GroupViews> => {
      const view = (family: ViewFamily): Promise<string> => {
        const chosen = family === 'performance' ? tables.filter((table) => table === 'scores') : tables;
        return workspace.makeView(
          family,
          slug,
          chosen.map((table) => branchOf(family, table, { monitor_group: hostile })),
        );
      };
      return { drift: await view('drift'), profile: await view('profile'), performance: await view('performance') };
    };
    content = contentOf(await make('full', ['scores', 'visits', 'old_visits']));
    full = statementsOf(content);
    empty = statementsOf(contentOf(await make('empty', [])));
  });
  afterAll(() => workspace.close());

  const rowsOf = async (name: string): ReturnType<DashboardWorkspace['rows']> => {
    const widget = full.widgets.find((each) => each.name === name);
    return workspace.rows(widget?.statement ?? full.datasets.get(name) ?? '');
  };
  const single = async (name: string): Promise<string | null> =>
    Object.values((await rowsOf(name))[0] ?? {})[0] ?? null;

  test('U105 U106 U107 U108 every dataset and every widget gives rows over views with rows', async () => {
    const silent: string[] = [];
    for (const [name, query] of full.datasets) if ((await workspace.rows(query)).length === 0) silent.push(name);
    for (const { name, statement, fields } of full.widgets) {
      const rows = await workspace.rows(statement);
      if (rows.length === 0) silent.push(name);
      expect(rows.every((row) => fields.every((field) => field in row))).toBe(true);
    }
    expect(silent).toEqual([]);
  });

  test('U111 every dataset and every widget runs over empty views, and counts nothing', async () => {
    for (const query of empty.datasets.values()) expect(await workspace.rows(query)).toEqual([]);
    const counts: Record<string, unknown> = {};
    for (const { name, statement, fields } of empty.widgets) {
      const rows = await workspace.rows(statement);
      if (fields.length === 1) counts[name] = Object.values(rows[0] ?? {})[0];
      else expect(rows).toEqual([]);
    }
    expect(counts).toEqual({
      monitored_tables: '0',
      drifted_tables: '0',
      critical_columns: '0',
      stale_count: '0',
      profiled_tables: '0',
      models: '0',
      lowest_accuracy: null,
      highest_error: null,
    });
  });

  test('ruling 46 counters tell monitored, drifted and stale tables, and the stale one is listed', async () => {
    expect(await single('monitored_tables')).toBe('3');
    expect(await single('stale_count')).toBe('1');
    expect((await rowsOf('stale_list')).map((row) => row['source_table_name'])).toEqual(['prod.ml.old_visits']);
    expect(await single('drifted_tables')).toBe('1');
    const drifted = (await rowsOf('top_drifters')).map((row) => [
      row['source_table_name'],
      row['column_name'],
      row['severity'],
    ]);
    expect(drifted).toEqual(
      expect.arrayContaining([
        ['prod.ml.scores', 'region', 'critical'],
        ['prod.ml.scores', 'amount', 'critical'],
      ]),
    );
  });

  test('U110 the table as a whole is no column, and rows are counted of the table only', async () => {
    for (const name of ['drift_details', 'drift_latest', 'profiles', 'drift_by_day']) {
      expect((await rowsOf(name)).filter((row) => row['column_name'] === ':table')).toEqual([]);
    }
    const rows = await rowsOf('rows_now');
    expect(rows.map((row) => [row['source_table_name'], row['record_count']])).toEqual([
      ['prod.ml.scores', '80'],
      ['prod.ml.visits', '80'],
    ]);
    expect((await rowsOf('nulls_now'))[0]).toMatchObject({ column_path: expect.stringContaining('.note') });
  });

  test('U113 a model meets the drift of its own window once', async () => {
    const met = await rowsOf('performance_and_drift');
    expect(met.length).toBe(12);
    expect(new Set(met.map((row) => row['window_end'])).size).toBe(12);
  });

  test('U112 the workspace takes it, in versions that are drawn, with every field of an encoding in its query', async () => {
    const body = { display_name: 'DPO Health', parent_path: '/Shared', warehouse_id: workspace.local.warehouseId };
    const made = await workspace.call('POST', '/api/2.0/lakeview/dashboards', {
      ...body,
      serialized_dashboard: content,
    });
    expect(JSON.parse(made['serialized_dashboard'] as string)).toEqual(JSON.parse(content));
    const { pages } = JSON.parse(content) as {
      pages: { displayName: string; pageType: string; layout: JsonObject[] }[];
    };
    expect(pages.map(({ displayName }) => displayName)).toEqual([
      'Drift Overview',
      'Data Quality',
      'Model Performance',
      'Detailed Drift Analysis',
    ]);
    expect(pages.every(({ pageType }) => pageType === 'PAGE_TYPE_CANVAS')).toBe(true);
    const widgets = pages.flatMap(({ layout }) => layout).map(({ widget }) => widget as JsonObject);
    expect(new Set(widgets.map(({ name }) => name)).size).toBe(widgets.length);
    const versions = widgets.map(({ spec }) => spec as JsonObject | undefined).filter((spec) => spec !== undefined);
    expect(new Set(versions.map(({ widgetType, version }) => `${widgetType as string} ${version as number}`))).toEqual(
      new Set(['counter 2', 'table 2', 'line 3', 'bar 3', 'heatmap 3', 'scatter 3']),
    );
    for (const { spec, queries } of widgets) {
      const encoded = [...JSON.stringify(spec ?? {}).matchAll(/"fieldName":("(?:[^"\\]|\\.)*")/gu)].map(
        ([, name]) => name,
      );
      for (const name of encoded) expect(JSON.stringify(queries)).toContain(`"name":${name ?? ''}`);
    }
  });

  test('widgets of a page stand beside one another, within the grid', () => {
    const { pages } = JSON.parse(content) as {
      pages: { layout: { position: Record<'x' | 'y' | 'width' | 'height', number> }[] }[];
    };
    for (const { layout } of pages) {
      const cells = layout.flatMap(({ position: { x, y, width, height } }) =>
        Array.from(
          { length: width * height },
          (_, at) => `${String(x + (at % width))} ${String(y + Math.floor(at / width))}`,
        ),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(layout.every(({ position: { x, width } }) => x + width <= 12)).toBe(true);
    }
  });

  test('T21 the text is the same for the same settings, and a name stays a name in Markdown', () => {
    const views = { drift: 'a.b.c', profile: 'a.b.d', performance: 'a.b.e' };
    expect(contentOf(views)).toBe(contentOf(views));
    const { pages } = JSON.parse(contentOf(views)) as {
      pages: { layout: { widget: { multilineTextboxSpec?: { lines: string[] } } }[] }[];
    };
    const [headline] = pages[0]?.layout[0]?.widget.multilineTextboxSpec?.lines ?? [];
    expect(headline).toBe(
      "## it's \\`pricing\\` \\\\ \\-\\- \\*/ ; DROP VIEW x $\\{group\\} \\{\\{x\\}\\} \\<b\\>\\&amp; \\# 価格\n",
    );
    expect(groupDashboard({ group: 'g', views, thresholds: {}, ignoreColumns: [] })).not.toContain('quality_now');
  });
});
