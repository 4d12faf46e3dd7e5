import { isDpoError, type DpoError, type Leftover } from '@dpo/core';
import { isTrashed, trashDashboard } from '../api/dashboards.ts';
import { dropTable } from '../api/tables.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { deleted } from './write-outcome.ts';

/**
 * Drops what a deleted monitor has left, and only what is named. What is gone already counts as dropped. One that cannot be
 * dropped does not keep the others: the first refusal is thrown when all were tried.
 */
export async function dropLeftovers(
  client: Client,
  leftovers: readonly Leftover[],
  signal: AbortSignal,
): Promise<void> {
  let first: DpoError | undefined;
  for (const leftover of leftovers) {
    try {
      // One after the other: they are few, and the service locks the schema.
      // oxlint-disable-next-line no-await-in-loop
      await deleted(() => drop(client, leftover, signal));
    } catch (error) {
      if (!isDpoError(error)) throw error;
      first ??= refusal(error, leftover);
    }
  }
  if (first !== undefined) throw first;
}

async function drop(client: Client, { kind, name }: Leftover, signal: AbortSignal): Promise<void> {
  if (kind === 'table') return dropTable(client, name, signal);
  try {
    await trashDashboard(client, name, signal);
  } catch (error) {
    // https://github.com/databricks/terraform-provider-databricks, `resource_dashboard.go`: 403 is what trash answers twice.
    if (apiCodeOf(error) !== 'API.FORBIDDEN' || !(await isInTrash(client, name, signal))) throw error;
  }
}

/** When even that cannot be read, the refusal itself is the answer. */
async function isInTrash(client: Client, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    return await isTrashed(client, id, signal);
  } catch (error) {
    if (!isDpoError(error)) throw error;
    return apiCodeOf(error) === 'API.NOT_FOUND';
  }
}

function refusal(error: DpoError, { kind, name }: Leftover): DpoError {
  const what = kind === 'table' ? `metric table ${name}` : `generated dashboard ${name}`;
  return restated(error, ({ code, message }) => ({
    message: `the monitor is deleted, and its ${what} could not be dropped: ${message}`,
    ...(code === 'API.FORBIDDEN'
      ? {
          hint: `it belongs to who created the monitor: grant ${grantFor(kind, name)}, then run again: dpo destroy --purge-metrics`,
        }
      : { hint: 'run again: dpo destroy --purge-metrics' }),
  }));
}

function grantFor(kind: Leftover['kind'], name: string): string {
  return kind === 'table' ? `MANAGE on table ${name}` : `CAN MANAGE on dashboard ${name}`;
}
