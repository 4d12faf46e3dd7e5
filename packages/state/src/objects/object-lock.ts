import { fail, type BlobStore, type Clock } from '@dpo/core';
import { lockedBy } from '../lock.ts';
import type { LockHolder } from '../lock-holder.ts';
import type { Processes } from '../processes.ts';
import { latestHold, mayBeAlive, putEnd, putHold, type LatestHold } from './hold.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { LeaseTimes } from './lease.ts';
import { endName, folders, holdName, kept, trimmedName } from './names.ts';
import { trim } from './newest.ts';

/** A hold of the lock, with a heart that beats until it is released. */
export interface ObjectLock {
  readonly number: number;
  /** Run of the hold before this one: what it left is looked for by name, whatever lists show. */
  readonly runBefore: string | undefined;
  /** Throws `STATE.LOCK_LOST` once the lease has run out, or another run has taken over. Asks nobody. */
  assertLease(): void;
  /** The same, and asks whether somebody ended the hold. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

export interface ObjectLockOptions {
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly times: LeaseTimes;
  readonly processes: Processes;
  readonly holder: LockHolder;
  readonly unlockCommand: (id: string) => string;
}

const attempts = 100;

/**
 * Takes the lock or throws `STATE.LOCKED`; never waits for the holder. Holds are numbered and no number is used twice: a
 * hold is taken by putting the next number, and ends by an object that says so. Nothing that is late, neither a
 * repeated request nor a contender that slept, can touch the hold of somebody else.
 */
export async function takeObjectLock(options: ObjectLockOptions): Promise<ObjectLock> {
  const { blobs, clock, holder } = options;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const latest = await latestHold(blobs);
    if (!latest.ended) await endIfDead(options, latest);
    const number = latest.number + 1;
    if (!(await putHold(blobs, number, holder))) continue;
    if (await wasUsedBefore(blobs, number)) {
      await putEnd(blobs, number, { by: holder.id, at: clock.now() });
      continue;
    }
    await sweep(blobs, number).catch(() => undefined);
    return held(options, number, latest);
  }
  return fail({
    code: 'STATE.LOCKED',
    message: `the state ${blobs.location} is locked by one run after the other`,
    hint: 'try again when they have ended',
  });
}

/** A damaged hold says nothing about who holds: only the one who looks can know. */
async function endIfDead(options: ObjectLockOptions, { number, holder }: LatestHold): Promise<void> {
  const { blobs, clock, unlockCommand } = options;
  const path = `${blobs.location}/${holdName(number)}`;
  if (holder === undefined) {
    return fail({
      code: 'STATE.LOCKED',
      message: `the lock ${path} names no holder: it is damaged`,
      hint: `if no run is using this state, put an empty object ${endName(number)} beside it`,
    });
  }
  const now = clock.now();
  if (await mayBeAlive({ ...options, own: options.holder, now }, { number, holder })) {
    const where = holder.url === undefined ? '' : `see ${holder.url}; `;
    const hint = `${where}wait until it ends; if process ${holder.pid} on ${holder.host} is gone: ${unlockCommand(holder.id)}`;
    return lockedBy(holder, hint, { state: blobs.location, lock: path, now });
  }
  await putEnd(blobs, number, { by: options.holder.id, at: now });
}

/**
 * A contender that slept for many runs meets a number that was removed since: then the one below was removed before it.
 */
async function wasUsedBefore(blobs: BlobStore, number: number): Promise<boolean> {
  const witness = number === 1 ? trimmedName(folders.lock) : holdName(number - 1);
  return ((await blobs.get(witness)) !== undefined) === (number === 1);
}

async function sweep(blobs: BlobStore, number: number): Promise<void> {
  const below = number - kept;
  if (below <= 1) return;
  await trim(blobs, folders.lock, { below, names: await blobs.list(folders.lock) });
}

function held(options: ObjectLockOptions, number: number, { holder: before }: LatestHold): ObjectLock {
  const { blobs, clock, holder } = options;
  const heart = startHeartbeat({ ...options, number });
  return {
    number,
    runBefore: before?.run,
    assertLease: () => heart.assertLease(),
    assertHeld: async () => {
      if ((await blobs.get(endName(number))) !== undefined) heart.lose();
      heart.assertLease();
    },
    release: async () => {
      await heart.stop();
      await putEnd(blobs, number, { by: holder.id, at: clock.now() });
    },
  };
}
