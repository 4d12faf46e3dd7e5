import type { ReadContext } from '@dpo/core';
import { getFunction } from '../api/functions.ts';
import { functionGrantHint } from '../api/grant-hints.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { readAll } from './read-all.ts';

/**
 * Those of the functions that do not exist, in lower case. One request each. Rejects when one cannot be looked at: a
 * function that may not be read is not one that is missing (U033).
 */
export async function absentFunctions(
  client: Client,
  names: readonly string[],
  context: ReadContext,
): Promise<ReadonlySet<string>> {
  const distinct = [...new Set(names.map((name) => name.toLowerCase()))];
  const absent = await readAll(distinct, context, async (name, { signal }) =>
    (await exists(client, name, signal)) ? [] : [name],
  );
  return new Set(absent.flat());
}

async function exists(client: Client, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    await getFunction(client, name, signal);
    return true;
  } catch (error) {
    const code = apiCodeOf(error);
    if (code === 'API.NOT_FOUND') return false;
    if (code === 'API.FORBIDDEN') throw restated(error, () => ({ hint: functionGrantHint(name) }));
    throw error;
  }
}
