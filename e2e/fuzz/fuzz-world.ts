import type { JsonObject } from '@dpo/core';
import type { LocalWorkspaceOptions } from '@dpo/local-workspace';
import { createEngineWorld, type EngineWorld } from '../support/engine/engine-world.ts';

const columns = [
  '1 AS id',
  "TIMESTAMP '2026-01-01' AS ts",
  `TIMESTAMP '2026-01-01' AS "Later"`,
  "'x' AS region",
  `'x' AS "Market"`,
  `'x' AS "odd name"`,
  '0.5 AS score',
  '1 AS prediction',
  "'a' AS label",
  "'b' AS truth",
  "'v1' AS model",
  '0.5 AS probability',
].join(', ');

const table = (tags: string): string => `{ sql: ${JSON.stringify(`SELECT ${columns}`)}, tags: ${tags} }`;

const seed = `
catalogs:
  prod:
    schemas:
      ml:
        tables:
          a: ${table('{}')}
          b: ${table('{}')}
          tagged: ${table('{ monitor_slicing_exprs: "region, Market", monitor_label_column: truth, owner: ann }')}
          base: ${table('{}')}
          base_2: ${table('{}')}
      reports: {}
`;

export const tableNames = ['prod.ml.a', 'prod.ml.b', 'prod.ml.tagged'] as const;

/** A workspace whose every answer comes in another of the forms that mean the same. */
export interface FuzzWorld extends EngineWorld {
  /** Back to the world without monitors and without a state. */
  reset(): Promise<void>;
  tableId(name: string): Promise<string>;
}

export async function createFuzzWorld(options: Partial<LocalWorkspaceOptions> = {}): Promise<FuzzWorld> {
  const world = await createEngineWorld(seed, { realism: { normalise: true, seed: 7 }, ...options });
  const start = await world.workspace.snapshot();
  const ids = new Map<string, string>();
  return {
    ...world,
    reset: async () => {
      await world.workspace.restore(start);
      world.disk.replace(new Map());
      world.workspace.clearRequests();
    },
    tableId: async (name) => {
      const known = ids.get(name);
      if (known !== undefined) return known;
      const { body } = await world.call('GET', `/api/2.1/unity-catalog/tables/${name}`);
      const id = body['table_id'];
      if (typeof id !== 'string') throw new Error(`no table ${name}`);
      ids.set(name, id);
      return id;
    },
  };
}

const objectives = {
  total_score: {
    metric: { name: 'Total', metric_type: 'aggregate', input_columns: ['score'], definition: 'sum({{input_column}})' },
  },
  spread: {
    metric: {
      name: 'spread',
      metric_type: 'aggregate',
      input_columns: [':table'],
      definition: 'max(score) - min(score)',
    },
  },
};

/** The text of a config that asks for these tables; with `outputs` in mode full. JSON is YAML. */
export function configText(tables: JsonObject, defaults: JsonObject = {}, outputs?: JsonObject): string {
  return JSON.stringify({
    ...outputs,
    catalog_name: 'prod',
    project: 'hist',
    targets: { prod: { mode: outputs === undefined ? 'bulk_provision_only' : 'full' } },
    objective_functions: objectives,
    profile_defaults: defaults,
    monitored_tables: tables,
  });
}
