import type { ValuePath } from '../api/reader.ts';
import { faultMessage } from '../fault-message.ts';
import type { Seed } from './read-seed.ts';
import { SeedError } from './seed-error.ts';

/** Runs work for one value of the file and points every fault at its place. */
export async function atPlace<T>(
  { seed, path, what }: { readonly seed: Seed; readonly path: ValuePath; readonly what: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof SeedError) throw cause;
    throw seed.fault(path, `${what}: ${faultMessage(cause)}`, cause);
  }
}
