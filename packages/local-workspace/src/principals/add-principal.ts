import type { Storage } from '../storage/storage.ts';
import { putFederationPolicies } from '../authentication/federation-policy.ts';
import type { FederationPolicy } from '../authentication/federation-policy.ts';
import { putClientSecret, putCredential } from './credentials.ts';
import { findPrincipal, listPrincipals, putPrincipal } from './principal.ts';

/** A user or service principal beside the one that starts the workspace. */
export interface NewPrincipal {
  readonly userName: string;
  readonly kind?: 'user' | 'service_principal';
  readonly displayName?: string;
  /** `['users']` unless given. */
  readonly groups?: readonly string[];
  readonly admin?: boolean;
  readonly metastoreAdmin?: boolean;
  /** Bearer token of this principal. */
  readonly token?: string;
  /** A secret with which a service principal gets tokens of OAuth; its client id is `userName`. */
  readonly clientSecret?: string;
  /** Tokens of identity providers that stand for a service principal. */
  readonly federationPolicies?: readonly FederationPolicy[];
  /** The workspace of the metastore that its tokens belong to; this one unless given. */
  readonly workspaceId?: string;
}

/** Adds a principal, or changes the one of this name; its id stays. */
export async function addPrincipal(storage: Storage, workspaceId: string, added: NewPrincipal): Promise<void> {
  const { userName, kind = 'user', displayName = userName, groups = ['users'], token } = added;
  await storage.transaction(async (transaction) => {
    const id =
      findPrincipal(transaction, userName)?.id ?? String(1_000_000_000_000_001 + listPrincipals(transaction).length);
    const rights = { admin: added.admin ?? false, metastoreAdmin: added.metastoreAdmin ?? false };
    await putPrincipal(transaction, { id, kind, userName, displayName, groups, ...rights });
    const home = added.workspaceId ?? workspaceId;
    if (token !== undefined) await putCredential(transaction, token, { userName, workspaceId: home });
    const { clientSecret: secret, federationPolicies: policies } = added;
    if (secret !== undefined) await putClientSecret(transaction, { clientId: userName, secret }, home);
    if (policies !== undefined) await putFederationPolicies(transaction, { userName, workspaceId: home, policies });
  });
}
