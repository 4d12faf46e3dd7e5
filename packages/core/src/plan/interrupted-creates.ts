import { kindOf } from '../address.ts';
import { kinds } from '../kinds/index.ts';
import type { OpenIntent, Recorded } from '../recorded.ts';

/**
 * Creates that an earlier run started and nobody knows the end of: their objects may exist although the state does not
 * hold them, and when the config has dropped them too, nothing else remembers. Only those that can be looked up.
 */
export function interruptedCreates({ intents, resources }: Recorded): readonly OpenIntent[] {
  return intents.filter(({ action, address, id }) => {
    if (action !== 'create' || resources.has(address)) return false;
    return id !== undefined || kinds[kindOf(address)].identity === undefined;
  });
}
