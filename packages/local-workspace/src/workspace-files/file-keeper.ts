import { invalidParameter } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type { Caller } from '../principals/caller.ts';
import type { Transaction } from '../storage/storage.ts';
import type { ObjectType, WorkspaceObject } from './workspace-object.ts';

/** A room whose objects appear as files of the tree, such as dashboards. It keeps the tree up to date itself. */
export interface FileKeeper {
  /** The end of the names of its files. */
  readonly suffix: string;
  /** An import at a path with the suffix: creates the object, or changes the one whose file stands there. */
  write(
    transaction: Transaction,
    write: {
      readonly caller: Caller;
      readonly path: string;
      readonly content: Uint8Array;
      readonly existing: WorkspaceObject | undefined;
    },
  ): Promise<void>;
  /** The file is deleted through the tree: lets its object go and takes the file out of the tree. */
  remove(
    transaction: Transaction,
    removal: { readonly caller: Caller; readonly object: WorkspaceObject },
  ): Promise<void>;
}

export function keeperOf(keepers: readonly FileKeeper[], path: string): FileKeeper | undefined {
  return keepers.find(({ suffix }) => path.endsWith(suffix));
}

/** An import over something of another kind. */
export function typeMismatch(clash: {
  readonly path: string;
  readonly asked: ObjectType;
  readonly actual: ObjectType;
}): ApiError {
  const { path, asked, actual } = clash;
  return invalidParameter(
    `Cannot overwrite the asset at ${path} due to type mismatch (asked: ${asked}, actual: ${actual})`,
  );
}
