import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBehaviour, startLocalWorkspace } from '../src/index.ts';
import type { Behaviour, LocalWorkspace, LocalWorkspaceOptions } from '../src/index.ts';

export interface Reply {
  readonly status: number;
  // Bodies are plain JSON that tests compare; a type would only repeat the expectation.
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

export interface TestWorkspace extends LocalWorkspace {
  readonly call: (method: string, path: string, body?: unknown) => Promise<Reply>;
  /** The value of one field of one resource. */
  readonly field: (path: string, name: string) => Promise<string>;
}

export const seedText = `
catalogs:
  prod:
    schemas:
      monitoring: { comment: metric tables }
      ml:
        tables:
          churn:
            sql: >-
              SELECT TIMESTAMP '2026-03-01 08:00:00' + INTERVAL (i % 3) DAY AS event_time, i AS id, i % 2 AS prediction,
              i % 2 AS label, 'v1' AS model_id, i / 10.0 AS score FROM range(60) AS numbers(i)
            tags: { monitor_enabled: true }
            column_tags: { score: { pii: 'no' } }
          orders: { sql: "SELECT 1 AS id, 2.5::DECIMAL(9,2) AS amount" }
          recent: { view: "SELECT * FROM prod.ml.churn WHERE id > 30" }
`;

/** The morning after the last row of `churn`. */
export const fixedClock = (): Date => new Date('2026-03-04T09:00:00Z');

/** The behaviour that the whole suite runs under; `npm run test:behaviours` names another than the documented one. */
export async function suiteBehaviour(): Promise<Behaviour> {
  return readBehaviour(process.env['DPO_LOCAL_BEHAVIOUR'] ?? 'documented');
}

/** Runs work against a workspace in memory that holds the seed above. */
export async function withWorkspace(
  options: Partial<LocalWorkspaceOptions>,
  work: (workspace: TestWorkspace) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'dpo-workspace-'));
  const workspace = await startLocalWorkspace({
    directory: ':memory:',
    clock: fixedClock,
    ...options,
    behaviour: { ...(await suiteBehaviour()), ...options.behaviour },
  });
  try {
    const file = join(directory, 'workspace.yaml');
    await writeFile(file, seedText);
    await workspace.seed(file);
    await work(withCalls(workspace));
  } finally {
    await workspace.close();
    await rm(directory, { recursive: true, force: true });
  }
}

export function withCalls(workspace: LocalWorkspace): TestWorkspace {
  async function call(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${workspace.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${workspace.token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const parsed = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body: parsed, headers: response.headers };
  }
  return { ...workspace, call, field: async (path, name) => String((await call('GET', path)).body[name]) };
}

export const unityPrefix = '/api/2.1/unity-catalog';
export const monitorsPath = '/api/data-quality/v1/monitors';

/** Creates a daily monitor on `prod.ml.churn`; answers the id of the table and the reply. */
export async function createMonitor(
  workspace: TestWorkspace,
  config: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly tableId: string; readonly reply: Reply }> {
  const tableId = await workspace.field(`${unityPrefix}/tables/prod.ml.churn`, 'table_id');
  const reply = await workspace.call('POST', monitorsPath, {
    object_type: 'table',
    object_id: tableId,
    data_profiling_config: { ...(await dailyConfig(workspace)), ...config },
  });
  return { tableId, reply };
}

export async function dailyConfig(workspace: TestWorkspace): Promise<Readonly<Record<string, unknown>>> {
  return {
    output_schema_id: await workspace.field(`${unityPrefix}/schemas/prod.monitoring`, 'schema_id'),
    time_series: { timestamp_column: 'event_time', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
  };
}

/** The configuration inside a monitor's answer. */
export function configOf(reply: Reply): Record<string, unknown> {
  return reply.body['data_profiling_config'] as Record<string, unknown>;
}
