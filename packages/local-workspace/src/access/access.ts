import type { Caller } from '../principals/caller.ts';
import type { Privilege } from './privilege.ts';
import type { Securable } from './securable.ts';

/**
 * Who may do what in Unity Catalog. Privileges on a catalog or schema are inherited by what is in it; the owner of an
 * object has every privilege on it; the owner of a parent and a metastore admin manage it but read no data without a
 * grant ("Manage privileges in Unity Catalog"). Names count in lower case.
 */
export interface Access {
  /** Owner by name or as a member of the owning group. MANAGE does not count. */
  owns(caller: Caller, securable: Securable): boolean;
  /** Owner, MANAGE on it or above it, owner of a parent, or metastore admin. */
  manages(caller: Caller, securable: Securable): boolean;
  /** Whether the caller has the privilege, inherited or not. USE on the parents is a question of its own. */
  has(caller: Caller, privilege: Privilege, securable: Securable): boolean;
  /** USE CATALOG and USE SCHEMA on all parents, without which no other privilege counts. */
  uses(caller: Caller, securable: Securable): boolean;
  /** Whether the caller may use the object: the privilege (or management) and USE on its parents. */
  can(caller: Caller, privilege: Privilege, securable: Securable): boolean;
  /** Whether metadata are shown in `information_schema` and, with `include_browse`, in lists: any privilege or BROWSE. */
  sees(caller: Caller, securable: Securable): boolean;
  /** Throws 403 PERMISSION_DENIED that names the first privilege that is missing, parents first. */
  require(caller: Caller, privilege: Privilege, securable: Securable): void;
  /** As `require`, for changes that take ownership; MANAGE is not enough ("ALTER VIEW", `SchemasAPI.update`). */
  requireOwner(caller: Caller, securable: Securable): void;
  /** As `require`, for what MANAGE or the ownership of the object or a parent allows. */
  requireManage(caller: Caller, securable: Securable): void;
}
