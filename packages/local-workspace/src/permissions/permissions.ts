import type { Caller } from '../principals/caller.ts';
import type { Transaction } from '../storage/storage.ts';
import type { Grantee, PermissionObject } from './entries.ts';
import type { Level } from './level.ts';

/** A right somebody holds on an object; `from` names the objects it comes from when it is inherited. */
export interface HeldLevel {
  readonly grantee: Grantee;
  readonly level: Level;
  readonly from?: string;
  /** Comes with the place itself, so that no change of its entries takes it away. */
  readonly isFixed?: boolean;
}

/**
 * Who may do what with alerts, dashboards, files, folders and warehouses of a workspace. Objects of the tree inherit what
 * was given on the folders above them; each user manages his home, everybody manages `/Shared` (W014), admins manage all.
 */
export interface Permissions {
  /** Every right on the object, direct ones first. */
  held(workspaceId: string, object: PermissionObject): readonly HeldLevel[];
  /** The highest right of the caller; `undefined` when there is none. */
  levelOf(caller: Caller, object: PermissionObject): Level | undefined;
  allows(caller: Caller, level: Level, object: PermissionObject): boolean;
  /** Throws 403 PERMISSION_DENIED when the caller has less than the level. */
  require(caller: Caller, level: Level, object: PermissionObject): void;
  /** Gives the maker of an object CAN_MANAGE on it. */
  ownNew(transaction: Transaction, caller: Caller, object: PermissionObject): Promise<void>;
}
