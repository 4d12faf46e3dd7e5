import type { Storage } from '../storage/storage.ts';
import type { WorkspaceTree } from '../workspace-files/workspace-tree.ts';
import type { AlertFiles } from './alert-files.ts';

/** Alerts as files of the workspace tree. */
export function treeAlertFiles(storage: Storage, tree: WorkspaceTree): AlertFiles {
  return {
    folder(workspaceId, path) {
      const found = tree.find(storage, workspaceId, path);
      return found?.objectType === 'DIRECTORY' ? found : undefined;
    },
    isTaken: (source, { workspaceId, path }) => tree.find(source, workspaceId, path) !== undefined,
    async write(transaction, { workspaceId, path, resourceId }, text) {
      const content = Buffer.from(text);
      await tree.putObject(transaction, workspaceId, { path, objectType: 'FILE', content, resourceId });
    },
    async move(transaction, { workspaceId, path }, to) {
      await tree.moveObject(transaction, workspaceId, { from: path, to });
    },
    remove: (transaction, { workspaceId, path }) => tree.removeObject(transaction, workspaceId, path),
  };
}
