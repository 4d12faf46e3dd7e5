import { everyone } from '../access/create-access.ts';
import type { Storage } from '../storage/storage.ts';
import { UnityError } from '../unity/unity-error.ts';
import { findPrincipal, listPrincipals } from './principal.ts';

/** Groups of a workspace, not of the account: Unity Catalog does not know them (terraform-provider-databricks #5413). */
const workspaceGroups = ['admins', 'users'];

/** Groups that somebody belongs to, in the order of their names. */
export function listGroups(source: Pick<Storage, 'list'>): readonly string[] {
  return [...new Set(listPrincipals(source).flatMap(({ groups }) => groups))].toSorted();
}

/** The user, service principal or account group of this name, as it is spelled; case does not count. */
export function findKnownPrincipal(source: Pick<Storage, 'get' | 'list'>, name: string): string | undefined {
  const user = findPrincipal(source, name);
  if (user !== undefined) return user.userName;
  const groups = [everyone, ...listGroups(source)].filter((group) => !workspaceGroups.includes(group));
  return groups.find((group) => group.toLowerCase() === name.toLowerCase());
}

/** As `findKnownPrincipal`; 404 for anybody else. Text recorded in terraform-provider-databricks #1773 and #5045. */
export function requirePrincipal(source: Pick<Storage, 'get' | 'list'>, name: string): string {
  const known = findKnownPrincipal(source, name);
  if (known !== undefined) return known;
  throw new UnityError({
    status: 404,
    code: 'PRINCIPAL_DOES_NOT_EXIST',
    message: `Could not find principal with name ${name}`,
  });
}
