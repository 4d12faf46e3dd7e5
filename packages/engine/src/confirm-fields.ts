import {
  kindOf,
  kinds,
  type Op,
  type Provider,
  type ReadContext,
  type RecordedResource,
  type Spec,
  type WriteContext,
} from '@dpo/core';
import type { Made } from './create-resource.ts';
import { unreturnedOf } from './entry-after.ts';

/** How long a read that is behind a write is given to catch up. */
const catchUpMs = 250;

interface Written {
  readonly made: Made;
  readonly before: RecordedResource | undefined;
  readonly provider: Provider;
  readonly read: ReadContext;
  readonly write: WriteContext;
}

/**
 * What was made, with the settings that a second read finds, if the answer lacked some that were sent: an answer may be
 * behind its own write, and what is never returned is remembered (W019). One read more, the first time only.
 */
export async function confirmFields(op: Op, spec: Spec, written: Written): Promise<Made> {
  const { made, before, provider, read, write } = written;
  const missing = made.fields === undefined || made.used === true ? [] : unreturnedOf(op, spec, made.fields);
  if (missing.every((path) => before?.unreturned?.includes(path) === true)) return made;
  await write.clock.sleep(catchUpMs, write.signal);
  const lookup = kinds[kindOf(op.address)].lookup(op.address, spec, before);
  for await (const found of provider.observe([lookup], { ...read, signal: write.signal })) {
    if (found.status === 'present' && found.id === made.id) return { ...made, fields: found.fields };
  }
  return made;
}
