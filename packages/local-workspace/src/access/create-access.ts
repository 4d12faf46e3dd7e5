import type { Caller } from '../principals/caller.ts';
import { namesOf } from '../principals/caller.ts';
import type { Storage } from '../storage/storage.ts';
import { UnityError } from '../unity/unity-error.ts';
import type { Access } from './access.ts';
import { grantsOn } from './grants.ts';
import { implies, isData, privilegeText } from './privilege.ts';
import type { Privilege } from './privilege.ts';
import { parentsOf, securableText } from './securable.ts';
import type { Securable } from './securable.ts';

/** The group that every account user belongs to. */
export const everyone = 'account users';

export function createAccess(storage: Pick<Storage, 'get'>): Access {
  const owner = (securable: Securable): string | undefined => {
    if (securable.type === 'metastore') return undefined;
    return storage.get(securable.type, securable.name)?.['owner'] as string | undefined;
  };
  const owns: Access['owns'] = (caller, securable) => caller.kind === 'system' || holds(caller, owner(securable) ?? '');
  const granted = (caller: Caller, privilege: Privilege, securable: Securable): boolean =>
    [securable, ...parentsOf(securable)].some((place) =>
      Object.entries(grantsOn(storage, place)).some(
        ([principal, list]) => holds(caller, principal) && list.some((given) => implies(given, privilege)),
      ),
    );
  const administers = (caller: Caller, securable: Securable): boolean =>
    caller.metastoreAdmin || [securable, ...parentsOf(securable)].some((place) => owns(caller, place));
  const manages: Access['manages'] = (caller, securable) =>
    administers(caller, securable) || granted(caller, 'MANAGE', securable);
  const has: Access['has'] = (caller, privilege, securable) =>
    owns(caller, securable) ||
    granted(caller, privilege, securable) ||
    (!isData(privilege) && administers(caller, securable));
  const missingUse = (caller: Caller, securable: Securable): Securable | undefined =>
    parentsOf(securable)
      .toReversed()
      .find((parent) => !has(caller, useOf(parent), parent));
  const sees: Access['sees'] = (caller, securable) =>
    manages(caller, securable) ||
    [securable, ...parentsOf(securable)].some((place) => anyGrant(storage, caller, place));
  const refuseUse = (caller: Caller, securable: Securable): void => {
    const parent = missingUse(caller, securable);
    if (parent !== undefined) throw permissionDenied(useOf(parent), parent);
  };
  return {
    owns,
    manages,
    has,
    sees,
    uses: (caller, securable) => missingUse(caller, securable) === undefined,
    can: (caller, privilege, securable) =>
      missingUse(caller, securable) === undefined && has(caller, privilege, securable),
    require(caller, privilege, securable) {
      refuseUse(caller, securable);
      if (!has(caller, privilege, securable)) throw permissionDenied(privilege, securable);
    },
    requireOwner(caller, securable) {
      refuseUse(caller, securable);
      if (!owns(caller, securable)) {
        throw new UnityError({
          status: 403,
          code: 'PERMISSION_DENIED',
          message: `User is not an owner of ${securableText(securable)}.`,
        });
      }
    },
    requireManage(caller, securable) {
      refuseUse(caller, securable);
      if (!manages(caller, securable)) throw permissionDenied('MANAGE', securable);
    },
  };
}

export function permissionDenied(privilege: Privilege, securable: Securable): UnityError {
  return new UnityError({
    status: 403,
    code: 'PERMISSION_DENIED',
    message: `User does not have ${privilegeText(privilege)} on ${securableText(securable)}.`,
  });
}

function useOf(parent: Securable): Privilege {
  return parent.type === 'catalog' ? 'USE_CATALOG' : 'USE_SCHEMA';
}

/** Any grant shows that an object exists; that on a parent shows what is in it, but USE alone does not. */
function anyGrant(storage: Pick<Storage, 'get'>, caller: Caller, place: Securable): boolean {
  return Object.entries(grantsOn(storage, place)).some(
    ([principal, list]) => holds(caller, principal) && list.some((given) => !given.startsWith('USE_')),
  );
}

function holds(caller: Caller, principal: string): boolean {
  const name = principal.toLowerCase();
  return name === everyone || namesOf(caller).some((held) => held.toLowerCase() === name);
}
