import { findPrincipal, putPrincipal } from '../principals/principal.ts';
import type { Principal } from '../principals/principal.ts';
import { putFederationPolicies } from '../authentication/federation-policy.ts';
import { putClientSecret, putCredential } from '../principals/credentials.ts';
import type { Transaction } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import type { SeedPrincipalFields } from './object-shapes.ts';
import type { Seed } from './read-seed.ts';
import type { SeedPorts } from './seed-table.ts';

/** Makes the principals that are missing; of tokens and secrets only digests are kept. */
export async function loadPrincipals(ports: SeedPorts, seed: Seed): Promise<void> {
  for (const [userName, fields] of Object.entries(seed.content.principals ?? {})) {
    await ports.storage.transaction(async (transaction) => {
      const isNew = findPrincipal(transaction, userName) === undefined;
      // The one who runs the workspace was made when it started; its credentials were not.
      if (!isNew && userName.toLowerCase() !== ports.principal.toLowerCase()) return;
      if (isNew) await putPrincipal(transaction, seededPrincipal(seed, userName, ports.ids));
      await putCredentials(transaction, ports, { userName, fields });
    });
  }
}

/** A principal as the file describes it; `undefined` when it does not. */
export function declaredPrincipal(seed: Seed, userName: string, ids: Ids): Principal | undefined {
  const declared = Object.keys(seed.content.principals ?? {}).find(
    (name) => name.toLowerCase() === userName.toLowerCase(),
  );
  return declared === undefined ? undefined : seededPrincipal(seed, declared, ids);
}

function seededPrincipal(seed: Seed, userName: string, ids: Ids): Principal {
  const fields: SeedPrincipalFields = seed.content.principals?.[userName] ?? {};
  const memberOf = Object.entries(seed.content.groups ?? {}).flatMap(([group, members]) =>
    members.some((member) => member.toLowerCase() === userName.toLowerCase()) ? [group] : [],
  );
  const admin = fields.admin ?? false;
  const groups = ['users', ...(admin ? ['admins'] : []), ...(fields.groups ?? []), ...memberOf];
  return {
    id: String(ids.integer()),
    kind: fields.kind ?? 'user',
    userName,
    displayName: fields.display_name ?? userName,
    groups: [...new Set(groups)],
    admin,
    metastoreAdmin: fields.metastore_admin ?? false,
  };
}

async function putCredentials(
  transaction: Transaction,
  ports: SeedPorts,
  { userName, fields }: { readonly userName: string; readonly fields: SeedPrincipalFields },
): Promise<void> {
  const workspaceId =
    fields.workspace === undefined ? ports.workspaceId : await namedWorkspace(transaction, fields.workspace, ports.ids);
  for (const token of fields.tokens ?? []) await putCredential(transaction, token, { userName, workspaceId });
  const { client_secret: secret, federation_policies: policies } = fields;
  if (secret !== undefined) await putClientSecret(transaction, { clientId: userName, secret }, workspaceId);
  if (policies !== undefined) await putFederationPolicies(transaction, { userName, workspaceId, policies });
}

/** The id of another workspace of the metastore; made when it is first named. */
async function namedWorkspace(transaction: Transaction, name: string, ids: Ids): Promise<string> {
  const key = `named ${name}`;
  const known = transaction.get('workspace', key)?.['workspaceId'] as string | undefined;
  const workspaceId = known ?? String(ids.integer());
  if (known === undefined) await transaction.put('workspace', key, { name, workspaceId });
  return workspaceId;
}
