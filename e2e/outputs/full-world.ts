import type { ApplyResult, JsonObject, Plan, PlanMode } from '@dpo/core';
import type { LocalWorkspaceOptions } from '@dpo/local-workspace';
import { createEngineWorld, type EngineWorld } from '../support/engine/engine-world.ts';
import { startRun, type ApplyOrder, type Death, type RunEnd } from '../support/engine/engine-run.ts';

const columns = 'id, CAST(id AS DOUBLE) AS value, CAST(current_date AS TIMESTAMP) - INTERVAL 1 DAY AS ts';
const model = ", 'a' AS prediction, 'b' AS label, 'v1' AS model";

const seed = `
catalogs:
  prod:
    schemas:
      ml:
        tables:
${['a', 'b', 'c', 'd'].map((name) => `          ${name}: { sql: "SELECT ${columns}${model} FROM range(4) AS r(id)" }`).join('\n')}
`;

export interface Done {
  readonly plan: Plan;
  readonly result: ApplyResult;
  /** Requests and statements that change something. */
  readonly writes: number;
}

/** Four tables in a workspace, and runs of the engine over configs in mode full. */
export interface FullWorld extends EngineWorld {
  plan(config: string, mode?: PlanMode): Promise<Plan>;
  /** Plans and applies; fails where the run does not come to its end. */
  apply(config: string, order?: ApplyOrder & { readonly mode?: PlanMode }): Promise<Done>;
  /** The same for a run that may die. */
  attempt(
    config: string,
    order: ApplyOrder & { readonly death?: Death; readonly mode?: PlanMode },
  ): Promise<RunEnd<Omit<Done, 'writes'>>>;
  /** Addresses in the state. */
  known(): Promise<readonly string[]>;
  /** What happens between a plan and its apply. */
  attemptPlanned(
    config: string,
    between: () => Promise<void> | void,
    order?: ApplyOrder & { readonly mode?: PlanMode },
  ): Promise<Omit<Done, 'writes'>>;
  /** Names of what is there: views and schemas by full name, alerts and dashboards by display name. */
  outputs(): Promise<Outputs>;
}

export interface Outputs {
  readonly schemas: readonly string[];
  readonly views: readonly string[];
  readonly alerts: readonly Shown[];
  readonly dashboards: readonly Shown[];
}

export interface Shown {
  readonly id: string;
  readonly name: string;
  readonly body: JsonObject;
}

/** `groups`: name of a table → its group; missing: not monitored. */
export function configOf(groups: Readonly<Record<string, string>>, more = ''): string {
  const tables = Object.entries(groups).map(([table, group]) => `  prod.ml.${table}: { monitor_group: "${group}" }\n`);
  return `catalog_name: prod
project: hist
targets: { prod: {} }
profile_defaults: { profile_type: TIMESERIES, timestamp_column: ts, output_schema_name: out }
alerting: { default_notifications: [data@example.com], ignore_columns: [id] }
monitored_tables:
${tables.join('')}  prod.ml.d: { enabled: false }
${more}`;
}

/** Waits pass at once for dpo and not for the profiler. */
const patientMs = 100_000_000;

export async function createFullWorld(options: Partial<LocalWorkspaceOptions> = {}): Promise<FullWorld> {
  const world = await createEngineWorld(seed, { firstRefresh: 'automatic', ...options });
  const listed = async (path: string, member: string): Promise<readonly JsonObject[]> =>
    ((await world.call('GET', path)).body[member] ?? []) as readonly JsonObject[];
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const attempt: FullWorld['attempt'] = (config, { death, mode = 'apply', ...order }) =>
    startRun(
      world,
      async (run) => {
        const plan = await run.plan({ config, mode });
        return { plan, result: await run.apply(plan, { waitMs: patientMs, ...order }) };
      },
      death,
    );
  return {
    ...world,
    attempt,
    known: async () => [...ended(await startRun(world, (run) => run.recorded())).value.resources.keys()].toSorted(),
    attemptPlanned: async (config, between, { mode = 'apply', ...order } = {}) =>
      ended(
        await startRun(world, async (run) => {
          const plan = await run.plan({ config, mode });
          await between();
          return { plan, result: await run.apply(plan, { waitMs: patientMs, ...order }) };
        }),
      ).value,
    plan: async (config, mode = 'apply') => ended(await startRun(world, (run) => run.plan({ config, mode }))).value,
    apply: async (config, { mode = 'apply', ...order } = {}) => {
      const end = await startRun(world, async (run) => {
        const plan = await run.plan({ config, mode });
        return { plan, result: await run.apply(plan, { waitMs: patientMs, ...order }) };
      });
      return { ...ended(end).value, writes: end.writes };
    },
    outputs: async () => ({
      schemas: (await listed('/api/2.1/unity-catalog/schemas?catalog_name=prod', 'schemas'))
        .map(({ full_name: name }) => text(name))
        .filter((name) => name !== 'prod.ml' && !name.endsWith('.information_schema'))
        .toSorted(),
      views: (await listed('/api/2.1/unity-catalog/tables?catalog_name=prod&schema_name=global_monitoring', 'tables'))
        .filter(({ table_type: type }) => type === 'VIEW')
        .map(({ full_name: name }) => text(name))
        .toSorted(),
      alerts: (await listed('/api/2.0/alerts', 'alerts'))
        .filter(({ lifecycle_state: state }) => state !== 'DELETED')
        .map((body) => ({ id: text(body['id']), name: text(body['display_name']), body })),
      dashboards: (await listed('/api/2.0/lakeview/dashboards', 'dashboards'))
        .filter(
          ({ lifecycle_state: state, display_name: name }) => state !== 'TRASHED' && text(name).startsWith('DPO '),
        )
        .map((body) => ({ id: text(body['dashboard_id']), name: text(body['display_name']), body })),
    }),
  };
}

function ended<T>(end: RunEnd<T>): Extract<RunEnd<T>, { readonly status: 'ended' }> {
  if (end.status !== 'ended') throw new Error(JSON.stringify(end));
  return end;
}
