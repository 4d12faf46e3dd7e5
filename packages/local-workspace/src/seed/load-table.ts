import type { DuckDBConnection } from '@duckdb/node-api';
import { tableSecurable } from '../access/securable.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { Transaction } from '../storage/storage.ts';
import { describeColumns } from '../unity/describe-columns.ts';
import type { UnityColumn } from '../unity/objects.ts';
import type { Unity } from '../unity/unity.ts';
import { withComments, withPrimaryKey } from './column-facts.ts';
import { deltaFolder } from './delta/delta-folder.ts';
import { readDeltaLog } from './delta/read-delta-log.ts';
import type { DeltaSnapshot } from './delta/read-delta-log.ts';
import { setTags } from './load-containers.ts';
import type { Seed } from './read-seed.ts';
import { seedGrants } from './seed-grants.ts';
import type { SeedPorts, SeedTable } from './seed-table.ts';
import { ownShift } from './shift.ts';
import type { Shifts } from './shift.ts';
import { columnTagsOf } from './table-shape.ts';
import { shiftedSource, tableSource } from './table-source.ts';

interface LoadOptions {
  readonly seed: Seed;
  readonly table: SeedTable;
  readonly shifts: Shifts;
}

/** Makes a table with its data, registration, tags and grants in one transaction. */
export async function loadTable(ports: SeedPorts, options: LoadOptions): Promise<void> {
  const { storage, unity } = ports;
  const { seed, table } = options;
  await storage.transaction(async (transaction) => {
    const { connection } = transaction;
    // Relative paths in the SQL of the seed are found beside the seed file, wherever the process runs.
    await connection.run(`SET file_search_path = ${quoteLiteral(seed.directory)}`);
    try {
      const rows = await shiftedRows(ports, transaction, options);
      const relation = `${quoteIdentifier(`${table.catalog}.${table.schema}`)}.${quoteIdentifier(table.name)}`;
      await connection.run(`CREATE TABLE ${relation} AS ${rows}`);
      const key = table.fields.primary_key;
      const columns = withPrimaryKey(await describeColumns(connection, relation), key);
      await checkKey(connection, relation, key);
      await register(ports, transaction, { ...options, columns });
      await setTableTags(transaction, unity, table);
      await seedGrants(transaction, tableSecurable(table), table.fields.grants);
    } finally {
      await connection.run('RESET file_search_path').catch(() => undefined);
    }
  });
}

async function register(
  { unity, principal }: SeedPorts,
  transaction: Transaction,
  { seed, table, columns }: LoadOptions & { readonly columns: readonly UnityColumn[] },
): Promise<void> {
  const { catalog, schema, name, fields } = table;
  const folder = deltaFolder(fields, seed.resolve);
  const delta = folder === undefined ? undefined : await readDeltaLog(transaction.connection, folder);
  const described = withComments(fromDelta(columns, delta), fields);
  const registered = await unity.registerTable(transaction, {
    catalog,
    schema,
    name,
    columns: described,
    tableType: fields.type ?? 'MANAGED',
    owner: fields.owner ?? principal,
    ...(fields.comment === undefined ? {} : { comment: fields.comment }),
    properties: { ...fields.properties },
  });
  const { primary_key: key } = fields;
  if (delta === undefined && key === undefined) return;
  await unity.updateTable(transaction, {
    ...registered,
    version: delta?.version ?? 0,
    ...(key === undefined ? {} : { constraints: [{ kind: 'PRIMARY KEY', name: `${name}_pk`, columns: key }] }),
  });
}

/** Comments and NOT NULL as the log of a Delta table has them. */
function fromDelta(columns: readonly UnityColumn[], delta: DeltaSnapshot | undefined): readonly UnityColumn[] {
  return columns.map((column) => {
    const field = delta?.fields.find(({ name }) => name === column.name);
    if (field === undefined) return column;
    return {
      ...column,
      nullable: column.nullable && field.nullable,
      ...(field.comment === undefined ? {} : { comment: field.comment }),
    };
  });
}

async function checkKey(connection: DuckDBConnection, relation: string, key: readonly string[] = []): Promise<void> {
  for (const column of key) {
    const sql = `SELECT count(*) FROM ${relation} WHERE ${quoteIdentifier(column)} IS NULL`;
    const [[missing] = []] = (await connection.runAndReadAll(sql)).getRows();
    if (Number(missing) > 0) throw new Error(`primary_key: '${column}' is null in ${String(missing)} rows`);
  }
}

async function shiftedRows(ports: SeedPorts, transaction: Transaction, options: LoadOptions): Promise<string> {
  const { connection } = transaction;
  const { fields } = options.table;
  const source = await tableSource(connection, fields, options.seed.resolve);
  const column = fields.shift_to_now;
  if (column === undefined) return source;
  const days =
    options.shifts.get(fields.shift_group ?? '') ??
    (await ownShift(connection, source, { column, clock: ports.clock }));
  return shiftedSource(connection, source, days);
}

export async function setTableTags(transaction: Transaction, unity: Unity, table: SeedTable): Promise<void> {
  const entityName = `${table.catalog}.${table.schema}.${table.name}`;
  await setTags(transaction, unity, { entityType: 'tables', entityName, tags: table.fields.tags ?? {} });
  for (const [column, tags] of Object.entries(columnTagsOf(table.fields))) {
    await setTags(transaction, unity, { entityType: 'columns', entityName: `${entityName}.${column}`, tags });
  }
}
