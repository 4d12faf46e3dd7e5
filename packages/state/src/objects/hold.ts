import { canonical, type BlobStore } from '@dpo/core';
import { decodeHolder, encodeHolder, type LockHolder } from '../lock-holder.ts';
import { parseJson } from '../located-json.ts';
import { isoTime } from '../open-intent.ts';
import type { Processes } from '../processes.ts';
import { members, textAt, timeAt } from '../shape.ts';
import { slotsToAsk, leaseEnd, type LeaseTimes } from './lease.ts';
import { beatName, endName, folders, holdName, numberIn } from './names.ts';
import { newest } from './newest.ts';
import { putOwn } from './put-own.ts';

/** The latest hold of a lock that there is. */
export interface LatestHold {
  /** 0: nobody ever held it. */
  readonly number: number;
  /** `undefined`: it is damaged. */
  readonly holder: LockHolder | undefined;
  readonly ended: boolean;
  /** Numbers that the list showed. */
  readonly listed: readonly number[];
}

export async function latestHold(blobs: BlobStore): Promise<LatestHold> {
  const { number, text, listed } = await newest(blobs, { folder: folders.lock, nameOf: holdName });
  if (text === undefined) return { number: 0, holder: undefined, ended: true, listed };
  return { number, holder: decodeHolder(text), ended: (await blobs.get(endName(number))) !== undefined, listed };
}

/** Puts a hold under the next number; false if somebody else was quicker. */
export async function putHold(blobs: BlobStore, number: number, holder: LockHolder): Promise<boolean> {
  return (await putOwn(blobs, holdName(number), encodeHolder(holder))) === 'mine';
}

export interface End {
  /** Id of the hold that ends it: its own, or of the one that takes over. */
  readonly by: string;
  readonly at: number;
}

/** Says that a hold is over; whoever says it first. */
export async function putEnd(blobs: BlobStore, number: number, { by, at }: End): Promise<void> {
  await putOwn(blobs, endName(number), `${canonical({ by, at: isoTime(at) })}\n`);
}

/** When a hold was ended, if it was. */
export async function endOf(blobs: BlobStore, number: number): Promise<End | undefined> {
  const text = await blobs.get(endName(number));
  if (text === undefined) return undefined;
  const member = members({ value: parseJson(text), path: [] }, ['by', 'at']);
  return { by: textAt(member('by')), at: timeAt(member('at')) };
}

export interface LifeOptions {
  readonly blobs: BlobStore;
  readonly times: LeaseTimes;
  readonly processes: Processes;
  /** Who asks. */
  readonly own: LockHolder;
  readonly now: number;
}

/**
 * Whether a holder may be alive. It is dead once it has not said for a lease and the grace that it lives; a process of
 * this very system that is gone is dead at once. Names of hosts do not tell: many runners have the same.
 */
export async function mayBeAlive(
  { blobs, times, processes, own, now }: LifeOptions,
  { number, holder }: { readonly number: number; readonly holder: LockHolder },
): Promise<boolean> {
  const here = systemIn(own.started) !== undefined && systemIn(own.started) === systemIn(holder.started);
  if (here && !(await processes.isAlive(holder.pid, holder.started))) return false;
  for (const slot of slotsToAsk(times, holder.created, now)) {
    if (slot === 0 || (await blobs.get(beatName(number, slot))) !== undefined) return true;
  }
  return false;
}

/** Boot and process namespace of a start mark. */
function systemIn(mark: string): string | undefined {
  const [boot = '', namespace = ''] = mark.split('/');
  return boot === '' || namespace === '' ? undefined : `${boot}/${namespace}`;
}

/** Until when the holder may have begun operations, as far as the list of its signs of life shows. */
export async function leaseEndOf(
  blobs: BlobStore,
  times: LeaseTimes,
  { number, created }: { readonly number: number; readonly created: number },
): Promise<number> {
  const slots = (await blobs.list(folders.lock))
    .filter((name) => numberIn(name) === number && name.includes('.beat-'))
    .map((name) => Number.parseInt(name.slice(name.lastIndexOf('-') + 1), 10));
  return leaseEnd(times, created, Math.max(0, ...slots));
}
