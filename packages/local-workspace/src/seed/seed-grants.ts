import { changeGrants } from '../access/grants.ts';
import type { Privilege } from '../access/privilege.ts';
import type { Securable } from '../access/securable.ts';
import type { Transaction } from '../storage/storage.ts';

/** Grants of one object, by principal. */
export async function seedGrants(
  transaction: Transaction,
  securable: Securable,
  grants: Readonly<Record<string, readonly Privilege[]>> = {},
): Promise<void> {
  const changes = Object.entries(grants).map(([principal, add]) => ({ principal, add, remove: [] }));
  if (changes.length > 0) await changeGrants(transaction, securable, changes);
}
