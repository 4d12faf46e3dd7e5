import { fail, type BlobStore, type Clock, type StateHolder } from '@dpo/core';
import { latestHold, putEnd } from './hold.ts';
import { holdName } from './names.ts';

/** Who holds the lock, alive or not. */
export async function objectHolder(blobs: BlobStore): Promise<StateHolder | undefined> {
  const { number, holder, ended } = await latestHold(blobs);
  if (ended) return undefined;
  if (holder === undefined) {
    return fail({
      code: 'STATE.LOCKED',
      message: `the lock ${blobs.location}/${holdName(number)} names no holder: it is damaged`,
      hint: 'look at the object; if no run is using this state, put an end beside it',
    });
  }
  const { started: _mark, created, ...rest } = holder;
  return { ...rest, since: created };
}

/** Ends the hold of this id. A run that is alive after all notices it with its next sign of life, and begins nothing more. */
export async function removeHold(
  { blobs, clock }: { readonly blobs: BlobStore; readonly clock: Clock },
  id: string,
): Promise<void> {
  const { number, holder, ended } = await latestHold(blobs);
  if (!ended && holder?.id === id) return putEnd(blobs, number, { by: 'unlock', at: clock.now() });
  return fail({
    code: 'STATE.UNLOCK',
    message:
      ended || holder === undefined
        ? `the state ${blobs.location} is not locked`
        : `the lock of ${blobs.location} is ${holder.id}, not ${id}`,
    hint: ended ? 'there is nothing to unlock' : 'look who holds it: dpo state unlock',
  });
}
