import type { Document, Storage, Transaction } from '../storage/storage.ts';

/** Which tokens of an identity provider stand for a service principal (SDK `OidcFederationPolicy`). */
export interface FederationPolicy {
  readonly issuer: string;
  readonly subject: string;
  /** The id of the account unless given. */
  readonly audiences?: readonly string[];
}

interface StoredPolicies {
  readonly userName: string;
  readonly workspaceId: string;
  readonly policies: readonly FederationPolicy[];
}

export function findFederationPolicies(source: Pick<Storage, 'get'>, userName: string): StoredPolicies | undefined {
  return source.get('credential', policyId(userName)) as StoredPolicies | undefined;
}

export async function putFederationPolicies(transaction: Transaction, stored: StoredPolicies): Promise<void> {
  await transaction.put('credential', policyId(stored.userName), stored as unknown as Document);
}

function policyId(userName: string): string {
  return `federation ${userName.toLowerCase()}`;
}
