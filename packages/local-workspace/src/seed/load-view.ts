import { tableSecurable } from '../access/securable.ts';
import { systemCaller } from '../principals/caller.ts';
import { withComments } from './column-facts.ts';
import { setTableTags } from './load-table.ts';
import { seedGrants } from './seed-grants.ts';
import type { SeedPorts, SeedTable } from './seed-table.ts';

/**
 * Makes a view through the statement engine, which translates its text. Tags and grants are written before it: they are
 * not visible without the view, and an interruption in between loses nothing when the seed is loaded again.
 */
export async function loadView(ports: SeedPorts, table: SeedTable): Promise<void> {
  const { storage, unity, engine, principal } = ports;
  const { catalog, schema, name, fields } = table;
  await storage.transaction(async (transaction) => {
    await setTableTags(transaction, unity, table);
    await seedGrants(transaction, tableSecurable(table), fields.grants);
  });
  const fullName = [catalog, schema, name].map((part) => `\`${part.replaceAll('`', '``')}\``).join('.');
  const comment = fields.comment === undefined ? '' : ` COMMENT '${fields.comment.replaceAll(/['\\]/g, '\\$&')}'`;
  // The seed is above grants; whether the owner may read what the view reads shows when somebody queries it.
  await engine.execute({
    statement: `CREATE VIEW ${fullName}${comment} AS ${fields.view ?? ''}`,
    caller: systemCaller(ports.workspaceId, fields.owner ?? principal),
  });
  if (fields.columns !== undefined) await commentColumns(ports, table);
}

async function commentColumns(
  { storage, unity }: SeedPorts,
  { catalog, schema, name, fields }: SeedTable,
): Promise<void> {
  await storage.transaction(async (transaction) => {
    const view = unity.table(`${catalog}.${schema}.${name}`);
    if (view === undefined) return;
    await unity.updateTable(transaction, { ...view, columns: withComments(view.columns, fields) });
  });
}
