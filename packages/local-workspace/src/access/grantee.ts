import { requirePrincipal } from '../principals/known-principals.ts';
import type { Storage } from '../storage/storage.ts';
import { grantsOn } from './grants.ts';
import type { Securable } from './securable.ts';

/**
 * Whom a change of grants on this object names, as it is spelled; 404 for groups of the workspace and for strangers. Whoever
 * is gone from the account still holds what was granted, until it is taken away.
 */
export function requireGrantee(source: Pick<Storage, 'get' | 'list'>, securable: Securable, name: string): string {
  const held = Object.keys(grantsOn(source, securable)).find((known) => known.toLowerCase() === name.toLowerCase());
  return held ?? requirePrincipal(source, name);
}
