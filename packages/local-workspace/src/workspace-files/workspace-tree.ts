import type { Storage, Transaction } from '../storage/storage.ts';
import type { Language, NotebookFormat, ObjectType, WorkspaceObject } from './workspace-object.ts';

/** Storage or an open transaction, which also sees its own changes. */
export type TreeSource = Pick<Storage, 'get' | 'list'>;

export interface NewObject {
  readonly path: string;
  readonly objectType: Exclude<ObjectType, 'DIRECTORY'>;
  readonly content: Uint8Array;
  /** The id by which another API knows it; its own object id unless given. */
  readonly resourceId?: string;
  readonly language?: Language;
  readonly notebookFormat?: NotebookFormat;
}

/**
 * The files and folders of each workspace. Paths are canonical: see `canonicalPath`. Nobody is asked for permission here
 * and nothing touches the file system of the host.
 */
export interface WorkspaceTree {
  find(source: TreeSource, workspaceId: string, path: string): WorkspaceObject | undefined;
  /** In the order of their names. */
  children(source: TreeSource, workspaceId: string, path: string): readonly WorkspaceObject[];
  /** Everything below a folder, without the folder itself. */
  below(source: TreeSource, workspaceId: string, path: string): readonly WorkspaceObject[];
  findById(source: TreeSource, workspaceId: string, objectId: number): WorkspaceObject | undefined;
  /** The file of a dashboard or an alert. */
  findByResource(source: TreeSource, workspaceId: string, resourceId: string): WorkspaceObject | undefined;
  /** The folder, or 404 `Path (<p>) doesn't exist.` with the path as given. */
  requireFolder(source: TreeSource, workspaceId: string, path: string): WorkspaceObject;

  /** Makes the folder and its parents; what exists is left as it is. 400 when a file is on the way. */
  makeFolder(transaction: Transaction, workspaceId: string, path: string): Promise<WorkspaceObject>;
  /** Creates the object or replaces its content, type and language; its ids stay. The folder must be there. */
  putObject(transaction: Transaction, workspaceId: string, object: NewObject): Promise<WorkspaceObject>;
  /** Gives the object another place; its ids and content stay. The caller has checked that the place is free. */
  moveObject(
    transaction: Transaction,
    workspaceId: string,
    move: { readonly from: string; readonly to: string },
  ): Promise<WorkspaceObject>;
  /**
   * Removes one object with its content; a folder must be empty before. Permissions end with folders, files and
   * notebooks; those of what another room keeps are dropped by it (`dropEntries`).
   */
  removeObject(transaction: Transaction, workspaceId: string, path: string): Promise<void>;
}
