import { kindOf, type Address } from '../address.ts';
import { kinds } from '../kinds/index.ts';
import type { Lookup } from '../kinds/kind.ts';
import type { OpenIntent, Recorded } from '../recorded.ts';

/**
 * Creates that an earlier run started and nobody knows the end of: their objects may exist although the state does not
 * hold them, and when the config has dropped them too, nothing else remembers. Only those that can be looked up.
 */
export function interruptedCreates({ intents, resources }: Recorded): readonly OpenIntent[] {
  return intents.filter(({ action, address, id }) => {
    if (action !== 'create' || resources.has(address)) return false;
    const lookup = lookupById(address, id);
    return lookup.by === 'id' ? lookup.id !== '' : lookup.name !== '';
  });
}

/**
 * How to find an object of which there is only what an intent or an operation says: its id or, where a service gives ids when
 * it makes something, the path that it was to have. A name that is its address needs neither.
 */
export function lookupById(address: Address, id?: string): Lookup {
  if (id !== undefined && isPath(id)) return { by: 'name', address, name: id };
  const known =
    id === undefined ? undefined : ({ version: 1, id, status: 'ok', applied: {}, out: {}, needs: [] } as const);
  return kinds[kindOf(address)].lookup(address, undefined, known);
}

/** A place in the workspace, which is never an id. */
export function isPath(text: string): boolean {
  return text.startsWith('/');
}
