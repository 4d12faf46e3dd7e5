import { DpoError, type JsonObject } from '@dpo/core';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectField, textField } from './fields.ts';

const chooseAnother =
  'name one that exists: warehouse_id in the config, or DATABRICKS_WAREHOUSE_ID; `databricks warehouses list` shows them';

/** The error of a statement that was refused, which names the warehouse if that is the reason. Never rejects. */
export async function explainRefusal(
  client: Client,
  error: unknown,
  { warehouseId, signal }: { readonly warehouseId: string; readonly signal: AbortSignal | undefined },
): Promise<unknown> {
  const warehouse = await look(client, warehouseId, signal);
  if (warehouse === 'gone') {
    return restated(error, () => ({
      code: 'API.WAREHOUSE',
      message: `there is no warehouse ${warehouseId}`,
      hint: chooseAnother,
    }));
  }
  if (apiCodeOf(error) !== 'API.FORBIDDEN') return error;
  return restated(error, () => ({ hint: `grant CAN USE on warehouse ${warehouseId}, or name another one` }));
}

/** Why a statement may not have ended in time: what its warehouse does. Never rejects. */
export async function overdue(
  client: Client,
  asked: {
    readonly warehouseId: string;
    readonly timeoutMs: number;
    readonly state: string;
    readonly signal: AbortSignal | undefined;
  },
): Promise<DpoError> {
  const { warehouseId, timeoutMs, state, signal } = asked;
  const warehouse = await look(client, warehouseId, signal);
  const late = `a statement on warehouse ${warehouseId} did not end within ${timeoutMs / 1000} s and was cancelled`;
  if (warehouse === 'gone') {
    return problem('API.WAREHOUSE', `${late}: there is no such warehouse any more`, chooseAnother);
  }
  if (warehouse === 'unknown' || isUp(warehouse)) {
    const waiting = state === 'PENDING' ? ': it was still waiting for its turn' : '';
    return problem('API.STATEMENT', `${late}${waiting}`, 'check that the warehouse can start and is not overloaded');
  }
  const health = textField(objectField(warehouse, 'health') ?? {}, 'message');
  const reason = health === undefined ? '' : ` (${health})`;
  return problem(
    'API.WAREHOUSE',
    `${late}: the warehouse is ${textField(warehouse, 'state') ?? 'not running'}${reason}`,
    'start it, look why it does not come up, and run the command again; or name another one with warehouse_id',
  );
}

/** Whether a statement waits because its warehouse was stopped. One request; never rejects. */
export async function isComingUp(
  client: Client,
  warehouseId: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const warehouse = await look(client, warehouseId, signal);
  return warehouse !== 'gone' && warehouse !== 'unknown' && !isUp(warehouse);
}

function isUp(warehouse: JsonObject): boolean {
  return (textField(warehouse, 'state') ?? 'RUNNING') === 'RUNNING';
}

function problem(code: string, message: string, hint: string): DpoError {
  return new DpoError([{ code, severity: 'error', message, hint }]);
}

/** Deleted warehouses are answered with 404, or shown for a while as deleted. */
async function look(
  client: Client,
  warehouseId: string,
  signal: AbortSignal | undefined,
): Promise<JsonObject | 'gone' | 'unknown'> {
  try {
    const path = `/api/2.0/sql/warehouses/${segment(warehouseId)}`;
    const { body } = await client.send({ method: 'GET', path, signal });
    return (textField(body, 'state') ?? '').startsWith('DELET') ? 'gone' : body;
  } catch (error) {
    return apiCodeOf(error) === 'API.NOT_FOUND' ? 'gone' : 'unknown';
  }
}
