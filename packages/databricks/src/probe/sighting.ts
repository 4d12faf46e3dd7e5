import { isDpoError } from '@dpo/core';
import { apiCodeOf } from '../client/api-error.ts';

/** What an experiment saw of one open question about the service; names and values as in a behaviour file. */
export interface Sighting {
  readonly name: string;
  readonly value: string;
}

/** The answer of the service to something that it may refuse. */
export type Answered<T> =
  | { readonly status: 'done'; readonly value: T }
  | { readonly status: 'refused'; readonly code: string };

const refusals: ReadonlySet<string> = new Set([
  'API.INVALID',
  'API.CONFLICT',
  'API.NOT_FOUND',
  'API.NOT_IMPLEMENTED',
  'API.QUOTA',
]);

/** A refusal is something to see; whatever else goes wrong ends the experiment. */
export async function answered<T>(call: Promise<T>): Promise<Answered<T>> {
  try {
    return { status: 'done', value: await call };
  } catch (error) {
    const code = apiCodeOf(error) ?? '';
    if (!refusals.has(code)) throw error;
    return { status: 'refused', code };
  }
}

/** Why an experiment came to nothing, for people. */
export function reasonOf(error: unknown): string {
  if (!isDpoError(error)) throw error;
  return error.problems[0]?.message ?? 'it failed';
}
