import type { Consent } from '@dpo/core';
import type { ConsentFlags } from './flags.ts';

export function consentOf(flags: ConsentFlags): Consent {
  const deletes = flags['allow-deletes'];
  return { ...(deletes === undefined ? {} : { allowDeletes: deletes }), allowReplace: flags['allow-replace'] === true };
}
