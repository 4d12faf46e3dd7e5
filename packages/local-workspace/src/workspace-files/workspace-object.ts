import type { Answer } from '../api/route.ts';
import { isPrefixed, prefixed } from './workspace-path.ts';

/** Alerts appear as FILE: no client knows a type of their own (SDK `ObjectType`, databricks/cli `libs/testserver/alerts.go`). */
export type ObjectType = 'DIRECTORY' | 'FILE' | 'NOTEBOOK' | 'DASHBOARD';

export const languages = ['PYTHON', 'SQL', 'SCALA', 'R'] as const;

export type Language = (typeof languages)[number];

export type NotebookFormat = 'SOURCE' | 'JUPYTER' | 'R_MARKDOWN';

/** An entry of the tree of one workspace. */
export interface WorkspaceObject {
  readonly workspaceId: string;
  /** Without the prefix /Workspace and without a slash at the end; the root is `/`. */
  readonly path: string;
  readonly objectType: ObjectType;
  readonly objectId: number;
  /** The id by which another API knows it; that of the object itself for folders, files and notebooks. */
  readonly resourceId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Bytes of the content; folders have none. */
  readonly size?: number;
  readonly language?: Language;
  /** In which form the source of a notebook is kept. */
  readonly notebookFormat?: NotebookFormat;
}

/** Whether another room keeps the object, such as a dashboard; its file then shows the id of that room. */
export function isKept({ objectId, resourceId }: WorkspaceObject): boolean {
  return resourceId !== String(objectId);
}

/** What get-status and list show. */
export function objectAnswer(object: WorkspaceObject, asked: string): Answer {
  // Those of dashboards always have the prefix here, and never in the Lakeview API (databricks/cli acceptance of dashboards).
  const isLong = isPrefixed(asked) || object.objectType === 'DASHBOARD';
  return {
    object_type: object.objectType,
    path: isLong ? prefixed(object.path) : object.path,
    ...(object.language === undefined ? {} : { language: object.language }),
    ...(object.objectType === 'DIRECTORY'
      ? {}
      : { created_at: object.createdAt, modified_at: object.modifiedAt, size: object.size }),
    object_id: object.objectId,
    resource_id: object.resourceId,
  };
}
