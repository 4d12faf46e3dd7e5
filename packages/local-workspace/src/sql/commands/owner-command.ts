import type { Securable } from '../../access/securable.ts';
import { permissionDenied } from '../../access/create-access.ts';
import { namesOf } from '../../principals/caller.ts';
import type { Cursor } from '../cursor.ts';
import type { Session } from '../session.ts';

/** `[SET] OWNER TO principal`: the new owner, or nothing when another clause stands there. */
export function readOwner(cursor: Cursor): string | undefined {
  if (!cursor.take('SET', 'OWNER', 'TO') && !cursor.take('OWNER', 'TO')) return undefined;
  const owner = cursor.peek()?.kind === 'string' ? cursor.string() : cursor.name();
  cursor.expectEnd();
  return owner;
}

/**
 * A view and a schema are handed on by their owner, to himself or to a group he is in, or by a metastore admin
 * (corrections 2); other objects by whoever manages them.
 */
export function requireHandOver(
  { access, caller }: Session,
  handOver: { readonly securable: Securable; readonly owner: string; readonly ownerOnly: boolean },
): void {
  const { securable, owner, ownerOnly } = handOver;
  if (caller.metastoreAdmin) return;
  if (!ownerOnly) return access.requireManage(caller, securable);
  access.requireOwner(caller, securable);
  const own = namesOf(caller).some((name) => name.toLowerCase() === owner.toLowerCase());
  if (!own) throw permissionDenied('MANAGE', securable);
}
