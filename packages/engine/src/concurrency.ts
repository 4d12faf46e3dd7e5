import pLimit from 'p-limit';
import type { Limit } from '@dpo/core';

/** At most `size` pieces of work at once. Made once per command and handed to whoever reads or writes many things. */
export function createLimit(size: number): Limit {
  const limit = pLimit(size);
  return (work) => limit(work);
}
