import { probeStatement } from '@dpo/core';
import { statementClassOf } from '../api/statement-failure.ts';
import { executeStatement, type StatementContext } from '../api/statements.ts';
import type { Client } from '../client/client.ts';

export interface ProbeRequest {
  /** Full names. */
  readonly tables: readonly string[];
  readonly warehouseId: string;
}

/**
 * Those tables whose rows this identity may not read, although it sees that they are there. One statement if there are none;
 * else halves are tried until it is known which. One that is gone meanwhile is none of them.
 */
export async function unreadableTables(
  client: Client,
  { tables, warehouseId }: ProbeRequest,
  context: StatementContext,
): Promise<readonly string[]> {
  if (tables.length === 0) return [];
  try {
    await executeStatement(client, { warehouseId, text: probeStatement(tables), effect: 'read' }, context);
    return [];
  } catch (error) {
    const failure = statementClassOf(error);
    if (failure === 'other') throw error;
    if (tables.length === 1) return failure === 'denied' ? tables : [];
  }
  const half = Math.ceil(tables.length / 2);
  const first = await unreadableTables(client, { tables: tables.slice(0, half), warehouseId }, context);
  const second = await unreadableTables(client, { tables: tables.slice(half), warehouseId }, context);
  return [...first, ...second];
}
