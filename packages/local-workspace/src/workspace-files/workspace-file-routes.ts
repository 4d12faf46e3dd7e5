import type { Route } from '../api/route.ts';
import { exportRoute } from './export-route.ts';
import { importRoutes } from './import-routes.ts';
import { treeRoutes } from './tree-routes.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** The workspace API: folders, files and notebooks. */
export function workspaceFileRoutes(files: WorkspaceFiles): readonly Route[] {
  return [...treeRoutes(files), ...importRoutes(files), exportRoute(files)];
}
