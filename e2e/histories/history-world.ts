import { isJsonObject, type JsonObject } from '@dpo/core';
import { shippedBehaviours } from '@dpo/local-workspace';
import { createEngineWorld, type EngineWorld } from '../support/engine/engine-world.ts';
import { tables, type Table } from './action.ts';

const columns =
  "1 AS id, TIMESTAMP '2026-01-01' AS ts, TIMESTAMP '2026-01-01' AS later, 'x' AS region, 1 AS prediction, 'v1' AS model";

const seed = `
catalogs:
  prod:
    schemas:
      ml:
        tables:
${[...tables, 'base'].map((name) => `          ${name}: { sql: "SELECT ${columns}" }`).join('\n')}
      reports: {}
      theirs: {}
`;

/** A monitor as the workspace keeps it, past every form of an answer and every right to read it. */
export interface Kept {
  readonly objectId: string;
  readonly table: string;
  /** With the name of the output schema in place of its id. */
  readonly config: JsonObject;
  readonly version: number;
}

export interface HistoryWorld extends EngineWorld {
  reset(): Promise<void>;
  /** What is there, by the id of its table. Monitors that went with their tables are not. */
  monitors(): Promise<ReadonlyMap<string, Kept>>;
  /** Ids of the tables that exist. */
  tableIds(): Promise<ReadonlyMap<Table, string>>;
  schemaId(name: string): Promise<string>;
  recreate(table: Table): Promise<void>;
}

export async function createHistoryWorld(): Promise<HistoryWorld> {
  const world = await createEngineWorld(seed, {
    realism: { normalise: true, seed: 11 },
    // An update that the service refuses ends a history too early.
    behaviour: { monitor_output_schema: 'updatable' },
  });
  const start = await world.workspace.snapshot();
  const readable = shippedOf().monitor_of_dropped_table === 'readable';
  const look = async (): Promise<Look> => {
    const { documents } = await world.workspace.snapshot();
    return (kind) => (documents[kind] ?? new Map()) as ReadonlyMap<string, JsonObject>;
  };
  return {
    ...world,
    reset: async () => {
      await world.workspace.restore(start);
      world.workspace.faults.clear();
      world.workspace.clearRequests();
      world.disk.replace(new Map());
    },
    monitors: async () => monitorsIn(await look(), readable),
    tableIds: async () => tableIdsIn(await look()),
    schemaId: async (name) => textIn((await look())('schema').get(name)?.['schemaId']),
    recreate: (table) => world.sql(`CREATE TABLE prod.ml.${table} AS SELECT ${columns}`),
  };
}

function textIn(value: JsonObject[string] | undefined): string {
  if (typeof value !== 'string') throw new TypeError(`not a text: ${JSON.stringify(value)}`);
  return value;
}

/** The documents of a kind at one moment. */
type Look = (kind: string) => ReadonlyMap<string, JsonObject>;

function tableIdsIn(look: Look): ReadonlyMap<Table, string> {
  return new Map(
    tables.flatMap((name): [Table, string][] => {
      const id = look('table').get(`prod.ml.${name}`)?.['tableId'];
      return typeof id === 'string' ? [[name, id]] : [];
    }),
  );
}

function monitorsIn(look: Look, readable: boolean): ReadonlyMap<string, Kept> {
  const existing = new Set(tableIdsIn(look).values());
  const schemas = new Map([...look('schema')].map(([name, { schemaId }]) => [schemaId, name]));
  return new Map(
    [...look('monitor')].flatMap(([id, document]): [string, Kept][] => {
      if (document['goneAt'] !== undefined || (!readable && !existing.has(id))) return [];
      const config = isJsonObject(document['config']) ? document['config'] : {};
      const { output_schema_id: output, ...settings } = config;
      const named = { ...settings, output: schemas.get(output) ?? 'none' };
      const { monitoredTable, version } = document;
      return [[id, { objectId: id, table: textIn(monitoredTable), config: named, version: Number(version) }]];
    }),
  );
}

function shippedOf(): (typeof shippedBehaviours)[keyof typeof shippedBehaviours] {
  return shippedBehaviours[process.env['DPO_LOCAL_BEHAVIOUR'] === 'contrary' ? 'contrary' : 'documented'];
}
