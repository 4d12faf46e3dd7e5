import type { Caller } from '../principals/caller.ts';
import type { Access } from './access.ts';
import type { Privilege } from './privilege.ts';
import type { Securable, SecurableType } from './securable.ts';

/** How much of an object the REST API shows: all of it, what BROWSE gives on request, or not even that it exists. */
export type Visibility = 'full' | 'browse' | 'hidden';

/** The privilege that shows an object in lists and by name (`TablesAPI.list`, `SchemasAPI.get`, …). */
const reading: Readonly<Record<SecurableType, Privilege>> = {
  metastore: 'MANAGE',
  catalog: 'USE_CATALOG',
  schema: 'USE_SCHEMA',
  table: 'SELECT',
  volume: 'READ_VOLUME',
  function: 'EXECUTE',
};

/** Who names an object and asks for what. */
export interface Sight {
  readonly access: Access;
  readonly caller: Caller;
  /** Objects on which the caller has nothing but BROWSE are wanted too. */
  readonly includeBrowse: boolean;
}

export function visibilityOf({ access, caller, includeBrowse }: Sight, securable: Securable): Visibility {
  const used = access.uses(caller, securable);
  if (used && (access.has(caller, reading[securable.type], securable) || access.manages(caller, securable)))
    return 'full';
  return includeBrowse && access.sees(caller, securable) ? 'browse' : 'hidden';
}

/** The visibility of an object that exists; 403 with the missing privilege where it is hidden. */
export function requireVisible(sight: Sight, securable: Securable): 'full' | 'browse' {
  const visibility = visibilityOf(sight, securable);
  if (visibility !== 'hidden') return visibility;
  sight.access.require(sight.caller, reading[securable.type], securable);
  return 'full';
}
