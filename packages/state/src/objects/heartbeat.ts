import { fail, type BlobStore, type Clock } from '@dpo/core';
import type { LockHolder } from '../lock-holder.ts';
import { leaseEnd, slotOf, type LeaseTimes } from './lease.ts';
import { beatName, endName } from './names.ts';

export interface Heartbeat {
  /** Throws `STATE.LOCK_LOST` once nothing may be begun any more. */
  assertLease(): void;
  /** Somebody else ended the hold. */
  lose(): void;
  /** Resolves when no beat is under way. */
  stop(): Promise<void>;
}

export interface HeartbeatOptions {
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly times: LeaseTimes;
  readonly holder: LockHolder;
  readonly number: number;
}

/**
 * Says once in each interval that the holder lives, and looks whether somebody ended the hold. A beat that cannot be put
 * is tried again with the next; the lease runs out if none can.
 */
export function startHeartbeat({ blobs, clock, times, holder, number }: HeartbeatOptions): Heartbeat {
  const stopped = new AbortController();
  let lost = false;
  let slot = 0;
  const beating = run();

  async function run(): Promise<void> {
    while (!lost && !stopped.signal.aborted) {
      await clock.sleep(times.beatMs, stopped.signal).catch(() => undefined);
      if (!stopped.signal.aborted) await beat().catch(() => undefined);
    }
  }

  async function beat(): Promise<void> {
    const next = slotOf(times, holder.created, clock.now());
    if (next > slot && clock.now() < leaseEnd(times, holder.created, slot)) {
      // Its text means nothing: only this holder puts beats of this hold.
      await blobs.putIfAbsent(beatName(number, next), `${holder.id}\n`);
      const before = slot;
      slot = next;
      if (before > 0) await blobs.delete(beatName(number, before));
    }
    if ((await blobs.get(endName(number))) !== undefined) lost = true;
  }

  return {
    assertLease: () => {
      if (!lost && clock.now() < leaseEnd(times, holder.created, slot)) return;
      fail({
        code: 'STATE.LOCK_LOST',
        message: `the lock of ${blobs.location} is not held any more: ${lost ? 'it was removed, or another run took it over' : 'it could not be renewed in time'}`,
        hint: 'nothing more was started; look who holds it with: dpo state unlock, and run again',
      });
    },
    lose: () => {
      lost = true;
    },
    stop: async () => {
      stopped.abort();
      await beating;
    },
  };
}
