import { nameOf, type Lookup, type Observation, type ReadContext } from '@dpo/core';
import { throughLimit } from './through-limit.ts';
import { tryRead } from './try-read.ts';

export interface OneRead {
  /** Rejects with a `DpoError` for what cannot be read. */
  read(lookup: Lookup, signal: AbortSignal): Promise<Observation>;
  /** What to grant when reading this name is refused. */
  grantHint(name: string): string;
}

/**
 * Observes each lookup through the limit and yields answers as they come. `API.NOT_FOUND` is `absent`; any other failure
 * of one object is `unreadable`. Refused credentials, an abort and bugs end the whole read, and what still runs with it.
 */
export async function* observeEach(
  lookups: readonly Lookup[],
  context: ReadContext,
  one: OneRead,
): AsyncGenerator<Observation, void, void> {
  yield* throughLimit(lookups, context, (lookup, signal) => observeOne(lookup, signal, one));
}

async function observeOne(lookup: Lookup, signal: AbortSignal, one: OneRead): Promise<Observation> {
  const tried = await tryRead(() => one.read(lookup, signal));
  switch (tried.status) {
    case 'read':
      return tried.value;
    case 'absent':
      return { status: 'absent', lookup };
    case 'failed': {
      const { problem } = tried;
      const hint = problem.code === 'API.FORBIDDEN' ? { hint: one.grantHint(nameOf(lookup.address)) } : {};
      return { status: 'unreadable', lookup, problem: { ...problem, ...hint, address: lookup.address } };
    }
  }
}
