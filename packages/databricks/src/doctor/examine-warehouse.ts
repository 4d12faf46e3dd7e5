import { isDpoError, type Examination, type ReadContext } from '@dpo/core';
import { textField } from '../api/fields.ts';
import { executeStatement } from '../api/statements.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { failedRead } from './failed-read.ts';

export interface WarehouseRequest {
  readonly warehouseId: string | undefined;
  /** False: it is looked at, and no statement is run, which would start it. */
  readonly run: boolean;
  /** Why a config needs one; `undefined` if it does not. */
  readonly neededFor: string | undefined;
  /** Told before a statement starts a warehouse that is not running. */
  readonly starts: (name: string) => void;
}

const check = 'warehouse';

/** Whether the warehouse is there and runs a statement, `SELECT 1`, which starts it if it is stopped. */
export async function examineWarehouse(
  client: Client,
  request: WarehouseRequest,
  context: ReadContext,
): Promise<readonly Examination[]> {
  const { warehouseId, run, neededFor } = request;
  if (warehouseId === undefined) return [without(neededFor)];
  const found = await look(client, warehouseId, context);
  if (typeof found !== 'string') return [found];
  const state = found === '' ? 'in an unknown state' : found.toLowerCase();
  if (!run) {
    const message = `${warehouseId} is ${state}; no statement was run, as --no-warehouse says`;
    return [{ check, verdict: 'skipped', message }];
  }
  if (found !== 'RUNNING') request.starts(warehouseId);
  try {
    await executeStatement(client, { warehouseId, text: 'SELECT 1', effect: 'read' }, context);
    const was = found === 'RUNNING' ? '' : `, after it was started (it was ${state})`;
    return [{ check, verdict: 'pass', message: `${warehouseId} runs statements${was}` }];
  } catch (error) {
    return [failedRead(error, { check, verdict: 'fail' })];
  }
}

function without(neededFor: string | undefined): Examination {
  if (neededFor === undefined) {
    return { check, verdict: 'skipped', message: 'none is named, and this config needs none' };
  }
  return {
    check,
    verdict: 'fail',
    message: `none is named, and this config needs one: ${neededFor}`,
    hint: 'set warehouse_id in the config or in the target, or DATABRICKS_WAREHOUSE_ID',
  };
}

/** The state of the warehouse; a failed examination if it is not there. Who may not look may still run statements. */
async function look(client: Client, id: string, { signal }: ReadContext): Promise<string | Examination> {
  try {
    const { body } = await client.send({ method: 'GET', path: `/api/2.0/sql/warehouses/${segment(id)}`, signal });
    const state = textField(body, 'state') ?? '';
    return state.startsWith('DELET') ? gone(id) : state;
  } catch (error) {
    if (!isDpoError(error)) throw error;
    return apiCodeOf(error) === 'API.NOT_FOUND' ? gone(id) : '';
  }
}

function gone(id: string): Examination {
  return {
    check,
    verdict: 'fail',
    message: `there is no warehouse ${id}`,
    code: 'API.WAREHOUSE',
    hint: 'name another one with warehouse_id, or with DATABRICKS_WAREHOUSE_ID',
  };
}
