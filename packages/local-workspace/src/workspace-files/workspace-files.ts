import type { Permissions } from '../permissions/permissions.ts';
import type { Storage } from '../storage/storage.ts';
import type { FileKeeper } from './file-keeper.ts';
import type { WorkspaceTree } from './workspace-tree.ts';

/** What the routes of the workspace API work with. */
export interface WorkspaceFiles {
  readonly storage: Storage;
  readonly tree: WorkspaceTree;
  readonly permissions: Permissions;
  readonly keepers: readonly FileKeeper[];
}
