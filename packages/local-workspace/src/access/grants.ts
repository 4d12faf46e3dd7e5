import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { Privilege } from './privilege.ts';
import type { Securable } from './securable.ts';

/** What was granted on one object itself: privileges by principal. */
export type Grants = Readonly<Record<string, readonly Privilege[]>>;

export function grantsOn(source: Pick<Storage, 'get'>, securable: Securable): Grants {
  return (source.get('grant', idOf(securable))?.['principals'] as Grants | undefined) ?? {};
}

export interface GrantChange {
  readonly principal: string;
  readonly add: readonly Privilege[];
  readonly remove: readonly Privilege[];
}

/** Adds and removes privileges; a principal without any left disappears. */
export async function changeGrants(
  transaction: Transaction,
  securable: Securable,
  changes: readonly GrantChange[],
): Promise<void> {
  const grants = new Map<string, readonly Privilege[]>(Object.entries(grantsOn(transaction, securable)));
  for (const { principal, add, remove } of changes) {
    const kept = (grants.get(principal) ?? []).filter((privilege) => !remove.includes(privilege));
    const changed = [...new Set([...kept, ...add])].toSorted();
    if (changed.length === 0) grants.delete(principal);
    else grants.set(principal, changed);
  }
  if (grants.size === 0) return transaction.remove('grant', idOf(securable));
  return transaction.put('grant', idOf(securable), { ...securable, principals: Object.fromEntries(grants) });
}

/** Grants end with their object: one of the same name that is made later begins without any. */
export async function dropGrants(transaction: Transaction, securable: Securable): Promise<void> {
  if (transaction.get('grant', idOf(securable)) !== undefined) await transaction.remove('grant', idOf(securable));
}

/** Grants follow an object to its new name. */
export async function moveGrants(transaction: Transaction, from: Securable, to: Securable): Promise<void> {
  const changes = Object.entries(grantsOn(transaction, from)).map(([principal, add]) => ({
    principal,
    add,
    remove: [],
  }));
  await dropGrants(transaction, from);
  if (changes.length > 0) await changeGrants(transaction, to, changes);
}

/** Every object with grants of its own. */
export function allGrants(source: Pick<Storage, 'list'>): readonly (Securable & { readonly principals: Grants })[] {
  return source.list('grant') as unknown as readonly (Securable & { readonly principals: Grants } & Document)[];
}

function idOf({ type, name }: Securable): string {
  return `${type} ${name}`;
}
