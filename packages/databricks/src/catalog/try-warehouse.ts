import { executeStatement, type StatementContext } from '../api/statements.ts';
import type { Client } from '../client/client.ts';

/** Runs the smallest of statements, which starts a stopped warehouse. Rejects with the reason why it cannot be used. */
export async function tryWarehouse(client: Client, warehouseId: string, context: StatementContext): Promise<void> {
  await executeStatement(client, { warehouseId, text: 'SELECT 1', effect: 'read' }, context);
}
