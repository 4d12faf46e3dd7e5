import { requireGrantee } from '../access/grantee.ts';
import { changeGrants } from '../access/grants.ts';
import type { GrantChange } from '../access/grants.ts';
import { privileges } from '../access/privilege.ts';
import type { Privilege } from '../access/privilege.ts';
import type { Access } from '../access/access.ts';
import type { Securable } from '../access/securable.ts';
import { invalidParameter } from '../api/api-error.ts';
import { filledText, flag, list, shape, ShapeFault } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import type { Storage } from '../storage/storage.ts';
import { applicablePrivileges } from './applicable-privileges.ts';
import { directAnswer } from './grant-answers.ts';
import { requireGrantable } from './grantable.ts';
import { byPrincipal, directRows } from './privilege-rows.ts';

/** Privileges of objects that are not modelled here, such as shares and connections, are as unknown as any other text. */
const privilege: Reader<Privilege> = (value, place) => {
  const found = privileges.find((known) => known === value);
  if (found === undefined) throw new ShapeFault(place.path, `${JSON.stringify(value)} is not a privilege known here`);
  return found;
};
const change = shape({
  required: { principal: filledText },
  optional: { add: list(privilege), remove: list(privilege) },
});
const body = shape({ optional: { changes: list(change), omit_permissions_in_response: flag } });

interface AskedChange {
  readonly principal: string;
  readonly add?: readonly Privilege[];
  readonly remove?: readonly Privilege[];
}

/** PATCH permissions: for the owner of the object or a parent, for MANAGE and for metastore admins. */
export function changeRoute({
  storage,
  access,
  metastoreId,
}: {
  readonly storage: Storage;
  readonly access: Access;
  readonly metastoreId: string;
}): Route {
  return route('PATCH /api/2.1/unity-catalog/permissions/{securable_type}/{full_name}', {
    body,
    async handle({ parameters, body: asked, caller }) {
      const securable = await storage.transaction(async (transaction) => {
        const found = requireGrantable(transaction, metastoreId, parameters);
        access.requireManage(caller, found);
        const changes = (asked.changes ?? []).map((wanted) => checkedChange(storage, wanted, found));
        await changeGrants(transaction, found, changes);
        return found;
      });
      if (asked.omit_permissions_in_response === true) return {};
      const rows = byPrincipal(directRows(storage, securable));
      return { privilege_assignments: rows.map((row) => directAnswer(storage, row)) };
    },
  });
}

function checkedChange(storage: Storage, wanted: AskedChange, securable: Securable): GrantChange {
  const { add = [], remove = [] } = wanted;
  if (add.some((given) => remove.includes(given))) {
    // Recorded text: databricks/cli `libs/testserver/grants.go`.
    throw invalidParameter(`Duplicate privileges to add and delete for principal ${wanted.principal}.`);
  }
  const unfit = add.find((given) => !applicablePrivileges[securable.type].includes(given));
  if (unfit !== undefined) {
    const type = securable.type.toUpperCase();
    throw invalidParameter(`Privilege ${unfit} is not applicable to this entity [${securable.name}:${type}].`);
  }
  const principal = requireGrantee(storage, securable, wanted.principal);
  if (remove.includes('ALL_PRIVILEGES')) {
    // Takes every privilege of the principal (databricks/cli `libs/testserver/grants.go`).
    return { principal, add, remove: privileges.filter((given) => !add.includes(given)) };
  }
  return { principal, add, remove };
}
