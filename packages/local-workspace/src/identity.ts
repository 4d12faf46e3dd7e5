import { seededWarehouse } from './api/warehouses.ts';
import { putPrincipal } from './principals/principal.ts';
import type { Principal } from './principals/principal.ts';
import type { Storage } from './storage/storage.ts';
import type { Ids } from './unity/ids.ts';

/** Ids of a workspace; made once per directory and kept by a reset. */
export interface Identity {
  readonly workspaceId: string;
  readonly metastoreId: string;
}

/** Id of the one document that a reset keeps. */
export const identityId = 'identity';

/** Reads the identity or makes it, together with what every workspace has: a warehouse and its principal. */
export async function prepareWorkspace(
  storage: Storage,
  options: { readonly ids: Ids; readonly principal: Principal },
): Promise<Identity> {
  const { ids, principal } = options;
  return storage.transaction(async (transaction) => {
    const known = transaction.get('workspace', identityId) as Identity | undefined;
    const identity = known ?? { workspaceId: String(ids.integer()), metastoreId: ids.uuid() };
    if (known === undefined) await transaction.put('workspace', identityId, { ...identity });
    if (transaction.get('warehouse', seededWarehouse.id) === undefined) {
      await transaction.put('warehouse', seededWarehouse.id, { ...seededWarehouse });
    }
    await putPrincipal(transaction, principal);
    return identity;
  });
}
