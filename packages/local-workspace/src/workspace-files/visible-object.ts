import { permissionObjectOf } from '../permissions/entries.ts';
import type { Caller } from '../principals/caller.ts';
import { pathMissing } from './create-workspace-tree.ts';
import type { WorkspaceFiles } from './workspace-files.ts';
import type { WorkspaceObject } from './workspace-object.ts';
import type { AskedPath } from './workspace-path.ts';
import type { TreeSource } from './workspace-tree.ts';

type Sight = Pick<WorkspaceFiles, 'storage' | 'tree' | 'permissions'>;

/** The object at a path that the caller may see. What he may not read is as if it were not there (databricks/cli `libs/filer`). */
export function visibleObject(
  { storage, tree, permissions }: Sight,
  caller: Caller,
  { asked, path, source = storage }: AskedPath & { readonly source?: TreeSource },
): WorkspaceObject {
  const object = tree.find(source, caller.workspaceId, path);
  if (object === undefined || !permissions.allows(caller, 'CAN_READ', permissionObjectOf(object))) {
    throw pathMissing(asked);
  }
  return object;
}

export function visibleChildren(
  { storage, tree, permissions }: Sight,
  caller: Caller,
  path: string,
): readonly WorkspaceObject[] {
  return tree
    .children(storage, caller.workspaceId, path)
    .filter((child) => permissions.allows(caller, 'CAN_READ', permissionObjectOf(child)));
}
