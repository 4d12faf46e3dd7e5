import { systemCaller } from '../principals/caller.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { Transaction } from '../storage/storage.ts';
import { describeColumns } from '../unity/describe-columns.ts';
import type { Unity } from '../unity/unity.ts';
import type { Seed } from './read-seed.ts';
import type { SeedPorts, SeedTable } from './seed-table.ts';
import { ownShift } from './shift.ts';
import type { Shifts } from './shift.ts';
import { shiftedSource, tableSource } from './table-source.ts';

interface LoadOptions {
  readonly seed: Seed;
  readonly table: SeedTable;
  readonly shifts: Shifts;
}

/** Makes a table with its data, registration and tags in one transaction. */
export async function loadTable(ports: SeedPorts, { seed, table, shifts }: LoadOptions): Promise<void> {
  const { storage, unity, principal } = ports;
  const { catalog, schema, name, fields } = table;
  await storage.transaction(async (transaction) => {
    const { connection } = transaction;
    // Relative paths in the SQL of the seed are found beside the seed file, wherever the process runs.
    await connection.run(`SET file_search_path = ${quoteLiteral(seed.directory)}`);
    try {
      const rows = await shiftedRows(ports, transaction, { seed, table, shifts });
      const relation = `${quoteIdentifier(`${catalog}.${schema}`)}.${quoteIdentifier(name)}`;
      await connection.run(`CREATE TABLE ${relation} AS ${rows}`);
      const columns = await describeColumns(connection, relation);
      await unity.registerTable(transaction, {
        catalog,
        schema,
        name,
        columns,
        tableType: 'MANAGED',
        owner: fields.owner ?? principal,
        ...(fields.comment === undefined ? {} : { comment: fields.comment }),
        properties: { ...fields.properties },
      });
      await setTags(transaction, unity, table);
    } finally {
      await connection.run('RESET file_search_path').catch(() => undefined);
    }
  });
}

/**
 * Makes a view through the statement engine, which translates its text. The tags are written before it: they are not
 * visible without the view, and an interruption in between loses nothing when the seed is loaded again.
 */
export async function loadView(ports: SeedPorts, table: SeedTable): Promise<void> {
  const { storage, unity, engine, principal } = ports;
  const { catalog, schema, name, fields } = table;
  await storage.transaction((transaction) => setTags(transaction, unity, table));
  const fullName = [catalog, schema, name].map((part) => `\`${part.replaceAll('`', '``')}\``).join('.');
  const comment = fields.comment === undefined ? '' : ` COMMENT '${fields.comment.replaceAll(/['\\]/g, '\\$&')}'`;
  // The seed is above grants; whether the owner may read what the view reads shows when somebody queries it.
  await engine.execute({
    statement: `CREATE VIEW ${fullName}${comment} AS ${fields.view ?? ''}`,
    caller: systemCaller(ports.workspaceId, fields.owner ?? principal),
  });
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

async function setTags(transaction: Transaction, unity: Unity, table: SeedTable): Promise<void> {
  const entityName = `${table.catalog}.${table.schema}.${table.name}`;
  for (const [key, value] of Object.entries(table.fields.tags ?? {})) {
    await unity.setTag(transaction, { entityType: 'tables', entityName, key, value });
  }
  for (const [column, tags] of Object.entries(table.fields.column_tags ?? {})) {
    for (const [key, value] of Object.entries(tags)) {
      await unity.setTag(transaction, { entityType: 'columns', entityName: `${entityName}.${column}`, key, value });
    }
  }
}
