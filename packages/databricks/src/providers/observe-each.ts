import { nameOf, type Lookup, type Observation, type ReadContext } from '@dpo/core';
import { throughLimit } from './through-limit.ts';
import { tryRead } from './try-read.ts';

export interface OneRead {
  /** Rejects with a `DpoError` for what cannot be read. */
  read(lookup: Lookup, signal: AbortSignal): Promise<Observation>;
  /** What to grant when reading this name is refused. */
  grantHint(name: string): string;
  /** Reads what the object rests on; rejects as `read` does. A service may hide both from whoever lost a grant. */
  readonly parent?: (lookup: Lookup, signal: AbortSignal) => Promise<void>;
}

/** Between the two reads of what the state knows and the first of them did not find: copies may be behind. */
const confirmationMs = 250;

/**
 * Observes each lookup through the limit and yields answers as they come. `API.NOT_FOUND` is `absent`; any other failure
 * of one object is `unreadable`. What the state knows is absent only if a second read says so too and what it rests on can
 * be read or is gone itself. Refused credentials, an abort and bugs end the whole read, and what still runs with it.
 */
export async function* observeEach(
  lookups: readonly Lookup[],
  context: ReadContext,
  one: OneRead,
): AsyncGenerator<Observation, void, void> {
  yield* throughLimit(lookups, context, (lookup, signal) => observeConfirmed(lookup, { ...context, signal }, one));
}

async function observeConfirmed(lookup: Lookup, context: ReadContext, one: OneRead): Promise<Observation> {
  const { clock, signal } = context;
  const first = await observeOne(lookup, signal, one);
  if (first.status !== 'absent' || lookup.recorded !== true) return first;
  await clock.sleep(confirmationMs, signal);
  const second = await observeOne(lookup, signal, one);
  const { parent } = one;
  if (second.status !== 'absent' || parent === undefined) return second;
  // Not there with what it rests on is gone; not there below what may not be read says nothing.
  const read = async (): Promise<Observation> => {
    await parent(lookup, signal);
    return second;
  };
  return observeOne(lookup, signal, { ...one, read });
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
