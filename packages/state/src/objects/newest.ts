import { fail, type BlobStore } from '@dpo/core';
import { numberIn, trimmedName } from './names.ts';

export interface Numbered {
  readonly folder: string;
  readonly nameOf: (number: number) => string;
}

export interface Newest {
  /** 0: there is none. */
  readonly number: number;
  readonly text: string | undefined;
  /** Numbers that the list had; some may be gone. */
  readonly listed: readonly number[];
}

const attempts = 5;

/**
 * The object with the highest number in its name. Numbers have no gaps from the lowest that is kept, so the list, which
 * may lag behind, only says where to begin; the number after the last one is asked for by itself. A list that names what
 * is gone, or lacks everything although something was removed, is asked for again and then refused.
 */
export async function newest(blobs: BlobStore, { folder, nameOf }: Numbered): Promise<Newest> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const numbers = (await blobs.list(folder)).filter((name) => nameOf(numberIn(name)) === `${folder}/${name}`);
    const listed = numbers.map(numberIn);
    const found = await climb(blobs, nameOf, listed.length === 0 ? 1 : Math.max(...listed));
    if (found !== undefined) return { ...found, listed };
    if (listed.length === 0 && (await blobs.get(trimmedName(folder))) === undefined)
      return { number: 0, text: undefined, listed };
  }
  return fail({
    code: 'STATE.UNREADABLE',
    message: `the list of ${blobs.location}/${folder} does not show what is there`,
    hint: 'run the command again in a minute: lists of this storage lag behind',
  });
}

async function climb(
  blobs: BlobStore,
  nameOf: (number: number) => string,
  from: number,
): Promise<{ readonly number: number; readonly text: string } | undefined> {
  let found: { readonly number: number; readonly text: string } | undefined;
  for (let number = from; ; number += 1) {
    const text = await blobs.get(nameOf(number));
    if (text === undefined) return found;
    found = { number, text };
  }
}

/** Removes what is older than the newest `keep`, lowest first, so that no gap comes about. */
export async function trim(
  blobs: BlobStore,
  folder: string,
  { below, names }: { readonly below: number; readonly names: readonly string[] },
): Promise<void> {
  const old = names.filter((name) => numberIn(name) < below).toSorted();
  if (old.length === 0) return;
  await blobs.putIfAbsent(trimmedName(folder), 'numbers below the lowest one were removed\n');
  for (const name of old) await blobs.delete(`${folder}/${name}`);
}
