import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { Caller } from './caller.ts';

/** A user or service principal of the account, as it is kept; what makes a caller of it is the workspace of its token. */
export type Principal = Omit<Caller, 'workspaceId'>;

export function findPrincipal(source: Pick<Storage, 'get'>, userName: string): Principal | undefined {
  return source.get('principal', userName.toLowerCase()) as Principal | undefined;
}

export function listPrincipals(source: Pick<Storage, 'list'>): readonly Principal[] {
  return source.list('principal') as unknown as readonly Principal[];
}

export async function putPrincipal(transaction: Transaction, principal: Principal): Promise<void> {
  await transaction.put('principal', principal.userName.toLowerCase(), principal as unknown as Document);
}
