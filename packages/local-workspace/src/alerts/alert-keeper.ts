import { invalidParameter } from '../api/api-error.ts';
import { permissionObjectOf } from '../permissions/entries.ts';
import type { Permissions } from '../permissions/permissions.ts';
import type { FileKeeper } from '../workspace-files/file-keeper.ts';
import type { WorkspaceTree } from '../workspace-files/workspace-tree.ts';
import { alertSuffix } from './alert-files.ts';
import { findAlert, putAlert } from './alert.ts';

/** Answers for files of alerts in the tree: what is deleted there is in the trash here. */
export function alertKeeper(options: {
  readonly tree: WorkspaceTree;
  readonly permissions: Permissions;
  readonly clock: () => Date;
}): FileKeeper {
  const { tree, permissions, clock } = options;
  return {
    suffix: alertSuffix,
    async write(transaction, { caller, path, content, existing }) {
      // A file lacks the warehouse, so that it cannot become an alert; bundles upload theirs as plain files.
      if (existing !== undefined && existing.resourceId !== String(existing.objectId)) {
        throw invalidParameter(`path: ${path} is the file of an alert and changes with it`);
      }
      const file = await tree.putObject(transaction, caller.workspaceId, { path, objectType: 'FILE', content });
      if (existing === undefined) await permissions.ownNew(transaction, caller, permissionObjectOf(file));
    },
    async remove(transaction, { caller, object }) {
      const alert = findAlert(transaction, object.resourceId, clock());
      if (alert !== undefined) await putAlert(transaction, { ...alert, trashTime: clock().toISOString() });
      await tree.removeObject(transaction, caller.workspaceId, object.path);
    },
  };
}
