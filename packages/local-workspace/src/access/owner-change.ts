import type { Caller } from '../principals/caller.ts';
import { namesOf } from '../principals/caller.ts';
import { requirePrincipal } from '../principals/known-principals.ts';
import type { Storage } from '../storage/storage.ts';
import { UnityError } from '../unity/unity-error.ts';
import type { Access } from './access.ts';
import { parentsOf, securableText } from './securable.ts';
import type { Securable } from './securable.ts';

/**
 * The new owner as he is spelled, or 403. Owners of the object or a parent hand it on (`TablesAPI.update`), but only to
 * themselves or a group they belong to; anything else is for a metastore admin (corrections 2).
 */
export function requireOwnerChange(
  { storage, access, caller }: { readonly storage: Storage; readonly access: Access; readonly caller: Caller },
  { securable, owner }: { readonly securable: Securable; readonly owner: string },
): string {
  const known = requirePrincipal(storage, owner);
  if (caller.metastoreAdmin) return known;
  const owned = [securable, ...parentsOf(securable)].some((place) => access.owns(caller, place));
  if (!owned || !access.uses(caller, securable)) access.requireOwner(caller, securable);
  if (namesOf(caller).some((name) => name.toLowerCase() === known.toLowerCase())) return known;
  throw new UnityError({
    status: 403,
    code: 'PERMISSION_DENIED',
    message: `User cannot hand ${securableText(securable)} to '${known}': only a metastore admin can name another owner than the user or a group of the user.`,
  });
}
