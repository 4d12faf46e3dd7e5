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

/** What is gone already is deleted; so is what an earlier try of the same request deleted. */
export async function deleted(remove: () => Promise<void>): Promise<void> {
  try {
    await written(remove);
  } catch (error) {
    if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
  }
}
