import { join } from 'node:path';
import {
  isJsonObject,
  viewQuery,
  type CatalogColumn,
  type Json,
  type JsonObject,
  type MetricColumns,
  type ViewBranch,
  type ViewFamily,
} from '@dpo/core';
import { readBehaviour, startLocalWorkspace, type LocalWorkspace } from '@dpo/local-workspace';

/** A served workspace with metric tables, over which views of groups can be made and read. */
export interface DashboardWorkspace {
  readonly local: LocalWorkspace;
  call(method: string, path: string, body?: JsonObject): Promise<JsonObject>;
  /** Rows of a statement, each by the names of its columns; texts as the service writes them. */
  rows(text: string): Promise<readonly Readonly<Record<string, string | null>>[]>;
  /** Makes a unified view and gives its name. */
  makeView(family: ViewFamily, slug: string, branches: readonly ViewBranch[]): Promise<string>;
  close(): Promise<void>;
}

/** The morning after the last row. */
const now = (): Date => new Date('2026-03-13T09:00:00Z');

export async function startDashboardWorkspace(): Promise<DashboardWorkspace> {
  const local = await startLocalWorkspace({
    directory: ':memory:',
    clock: now,
    lifecycle: { activeAfterMs: 0 },
    behaviour: await readBehaviour(process.env['DPO_LOCAL_BEHAVIOUR'] ?? 'documented'),
    seed: join(import.meta.dirname, 'workspace.yaml'),
  });
  const call = async (method: string, path: string, body?: JsonObject): Promise<JsonObject> => {
    const headers = { authorization: `Bearer ${local.token}`, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${local.url}${path}`, init);
    const answer = (await response.json()) as JsonObject;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const rows = async (statement: string): ReturnType<DashboardWorkspace['rows']> => {
    const body = {
      warehouse_id: local.warehouseId,
      statement,
      wait_timeout: '50s',
      disposition: 'INLINE',
      format: 'JSON_ARRAY',
    };
    const answer = await call('POST', '/api/2.0/sql/statements', body);
    const { status, manifest, result } = answer as Readonly<Record<string, JsonObject | undefined>>;
    if (status?.['state'] !== 'SUCCEEDED') throw new Error(`${JSON.stringify(status)}\n${statement}`);
    const names = (((manifest?.['schema'] as JsonObject | undefined)?.['columns'] ?? []) as readonly JsonObject[]).map(
      ({ name }) => name as string,
    );
    const cells = (result?.['data_array'] ?? []) as unknown as readonly (readonly (string | null)[])[];
    return cells.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
  };
  await makeMonitors(local, call).catch(async (failure: unknown) => {
    // Nobody else has it yet to close.
    await local.close();
    throw failure;
  });
  const columns = new Map<string, CatalogColumn[]>();
  for (const row of await rows(
    "SELECT table_name, column_name, full_data_type FROM prod.information_schema.columns WHERE table_schema = 'reports'",
  )) {
    const name = `prod.reports.${row['table_name'] ?? ''}`;
    columns.set(name, [
      ...(columns.get(name) ?? []),
      { name: row['column_name'] ?? '', type: row['full_data_type'] ?? '' },
    ]);
  }
  const columnsOf: MetricColumns = (name) => columns.get(name) ?? 'absent';
  return {
    local,
    call,
    rows,
    makeView: async (family, slug, branches) => {
      const name = `prod.global_monitoring.unified_${family}_metrics_${slug}`;
      await rows(`CREATE VIEW ${name} AS ${viewQuery(family, branches, columnsOf)}`);
      return name;
    },
    close: () => local.close(),
  };
}

const series = { timestamp_column: 'event_time', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] };
const inference = {
  ...series,
  problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
  prediction_column: 'prediction',
  label_column: 'label',
  model_id_column: 'model',
};

/** One with a baseline and a model, one without either, one that nobody has written to for long. */
async function makeMonitors(local: LocalWorkspace, call: DashboardWorkspace['call']): Promise<void> {
  const output = await call('GET', '/api/2.1/unity-catalog/schemas/prod.reports');
  const monitors: readonly (readonly [string, JsonObject])[] = [
    ['scores', { inference_log: inference, baseline_table_name: 'prod.ml.scores_baseline' }],
    ['visits', { time_series: series }],
    ['old_visits', { time_series: series }],
  ];
  for (const [table, config] of monitors) {
    await call('POST', '/api/2.0/workspace/mkdirs', { path: `/Workspace/Shared/${table}` });
    const { table_id: id } = await call('GET', `/api/2.1/unity-catalog/tables/prod.ml.${table}`);
    const profiling = {
      output_schema_id: output['schema_id'] ?? '',
      assets_dir: `/Workspace/Shared/${table}`,
      ...config,
    };
    await call('POST', '/api/data-quality/v1/monitors', {
      object_type: 'table',
      object_id: id ?? '',
      data_profiling_config: profiling,
    });
  }
  await local.idle();
}

/** A table as a branch of the views of a group. */
export function branchOf(family: ViewFamily, table: string, facts: Partial<ViewBranch['facts']> = {}): ViewBranch {
  return {
    source: `prod.ml.${table}`,
    metrics: `prod.reports.${table}_${family === 'drift' ? 'drift' : 'profile'}_metrics`,
    facts: {
      monitor_group: 'sales',
      owner: "o'neill",
      department: 'pricing',
      priority: 1,
      runbook_url: null,
      lineage_url: null,
      drift_threshold: 0.2,
      numeric_drift_threshold: 0.2,
      alert_granularity: '1 day',
      freshness_days: 7,
      ...facts,
    },
    roles:
      table === 'scores'
        ? { prediction: 'prediction', label: 'label', timestamp: 'event_time', model_id: 'model' }
        : {},
  };
}

/** A widget of a dashboard with the statement that it sends. */
export interface WidgetStatement {
  readonly name: string;
  readonly fields: readonly string[];
  readonly statement: string;
}

export interface DashboardStatements {
  readonly datasets: ReadonlyMap<string, string>;
  readonly widgets: readonly WidgetStatement[];
}

/** Every statement that a dashboard sends: lines are put together with nothing between, fields are computed over the dataset. */
export function statementsOf(content: string): DashboardStatements {
  const dashboard = JSON.parse(content) as { datasets: JsonObject[]; pages: { layout: JsonObject[] }[] };
  const datasets = new Map(
    dashboard.datasets.map(({ name, queryLines }) => [name as string, (queryLines as readonly string[]).join('')]),
  );
  const widgets = dashboard.pages
    .flatMap(({ layout }) => layout)
    .flatMap(({ widget }) => statementOf(widget, datasets));
  return { datasets, widgets };
}

function statementOf(widget: Json | undefined, datasets: ReadonlyMap<string, string>): readonly WidgetStatement[] {
  if (!isJsonObject(widget)) return [];
  const queries = (widget['queries'] ?? []) as unknown as readonly {
    query: { datasetName: string; disaggregated: boolean; fields: { name: string; expression: string }[] };
  }[];
  return queries.map(({ query: { datasetName, disaggregated, fields } }) => {
    const dataset = datasets.get(datasetName);
    if (dataset === undefined) throw new Error(`no dataset ${datasetName}`);
    const selected = fields.map(({ name, expression }) => `${expression} AS \`${name}\``).join(', ');
    const statement = `SELECT ${selected} FROM (\n${dataset}\n) AS d${disaggregated ? '' : ' GROUP BY ALL'}`;
    return { name: widget['name'] as string, fields: fields.map(({ name }) => name), statement };
  });
}
