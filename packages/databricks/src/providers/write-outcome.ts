import { fail } from '@dpo/core';
import { apiCodeOf, restated } from '../client/api-error.ts';

/** A write whose answer cannot be read did take effect perhaps; only a refusal may be reported as one. */
export async function written<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (apiCodeOf(error) !== 'API.MALFORMED') throw error;
    throw restated(error, () => ({
      code: 'API.OUTCOME_UNKNOWN',
      hint: 'run the command again: it reads what is there and goes on from that',
    }));
  }
}

/**
 * What is gone already is deleted; so is what an earlier try of the same request deleted. A 404 for what a read still finds
 * is asked about once more: else the object would go on without anybody knowing of it. Without `isThere` a 404 is enough.
 */
export async function deleted(remove: () => Promise<void>, isThere = nobodyLooks): Promise<void> {
  if (!(await isMissing(remove)) || !(await isThere())) return;
  if (!(await isMissing(remove)) || !(await isThere())) return;
  fail({
    code: 'API.SERVER',
    message: 'the workspace answered the deletion with 404 although the object is still there',
    hint: 'run the command again later',
  });
}

async function nobodyLooks(): Promise<boolean> {
  return false;
}

async function isMissing(remove: () => Promise<void>): Promise<boolean> {
  try {
    await written(remove);
    return false;
  } catch (error) {
    if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
    return true;
  }
}

/** False also for what cannot be read: the 404 of the deletion counts then. */
export async function finds(read: () => Promise<boolean>): Promise<boolean> {
  try {
    return await read();
  } catch (error) {
    if (apiCodeOf(error) === undefined) throw error;
    return false;
  }
}
