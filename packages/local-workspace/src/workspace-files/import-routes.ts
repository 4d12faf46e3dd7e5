import { ApiError, invalidParameter, resourceDoesNotExist } from '../api/api-error.ts';
import { queryFlag, shape } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { permissionObjectOf } from '../permissions/entries.ts';
import type { Caller } from '../principals/caller.ts';
import type { Transaction } from '../storage/storage.ts';
import { keeperOf, typeMismatch } from './file-keeper.ts';
import type { FileKeeper } from './file-keeper.ts';
import { readImport, requireSize } from './import-request.ts';
import type { ImportRequest } from './import-request.ts';
import { jupyterLanguage, recognizeNotebook } from './notebook.ts';
import { workspacePrefix } from './tree-routes.ts';
import type { WorkspaceFiles } from './workspace-files.ts';
import type { WorkspaceObject } from './workspace-object.ts';
import { parentPath, workspacePath } from './workspace-path.ts';
import type { NewObject } from './workspace-tree.ts';

const bytes: Reader<Uint8Array> = (value) => value as Uint8Array;
const overwriteQuery = shape({ optional: { overwrite: queryFlag } });

/** Writes of files, notebooks and what other rooms keep as files. */
export function importRoutes(files: WorkspaceFiles): readonly Route[] {
  const { storage } = files;
  return [
    route(`POST ${workspacePrefix}/import`, {
      format: 'bytes',
      body: bytes,
      async handle({ body, header, caller }) {
        const wanted = await readImport(body, header('content-type') ?? '');
        await storage.transaction((transaction) => importObject(files, transaction, { caller, wanted }));
        return {};
      },
    }),
    // Undocumented, but how the command line writes files (databricks/cli `libs/filer/workspace_files_client.go`).
    route('POST /api/2.0/workspace-files/import-file/{path*}', {
      query: overwriteQuery,
      format: 'bytes',
      body: bytes,
      async handle({ parameters, query, body, caller }) {
        requireSize(body);
        const target = workspacePath(`/${parameters('path').replace(/^\/+/, '')}`, { path: ['path'] });
        const wanted: ImportRequest = { target, content: body, format: 'AUTO', overwrite: query.overwrite ?? false };
        await storage.transaction((transaction) => importObject(files, transaction, { caller, wanted }));
        return {};
      },
    }),
  ];
}

async function importObject(
  files: WorkspaceFiles,
  transaction: Transaction,
  { caller, wanted }: { readonly caller: Caller; readonly wanted: ImportRequest },
): Promise<void> {
  const { tree, permissions, keepers } = files;
  const { workspaceId } = caller;
  const object = objectOf(wanted);
  const existing = tree.find(transaction, workspaceId, object.path);
  const keeper = wanted.format === 'RAW' ? undefined : keeperOf(keepers, object.path);
  const parent = tree.find(transaction, workspaceId, parentPath(object.path));
  if (parent?.objectType !== 'DIRECTORY') {
    throw resourceDoesNotExist(`The parent folder (${parentPath(wanted.target.asked)}) does not exist.`);
  }
  if (existing === undefined) permissions.require(caller, 'CAN_MANAGE', permissionObjectOf(parent));
  else permissions.require(caller, 'CAN_EDIT', permissionObjectOf(existing));
  if (existing !== undefined) requireReplaceable({ wanted, object, existing, keeper });
  if (keeper !== undefined) {
    await keeper.write(transaction, { caller, path: object.path, content: wanted.content, existing });
    return;
  }
  const written = await tree.putObject(transaction, workspaceId, object);
  if (existing === undefined) await permissions.ownNew(transaction, caller, permissionObjectOf(written));
}

function requireReplaceable(options: {
  readonly wanted: ImportRequest;
  readonly object: NewObject;
  readonly existing: WorkspaceObject;
  readonly keeper: FileKeeper | undefined;
}): void {
  const { wanted, object, existing, keeper } = options;
  const { asked } = wanted.target;
  if (!wanted.overwrite) {
    // 409 for files and 400 for notebooks (databricks/cli `libs/filer/workspace_files_client.go`).
    if (existing.objectType === 'NOTEBOOK') {
      throw new ApiError(400, 'RESOURCE_ALREADY_EXISTS', `Path (${asked}) already exists.`);
    }
    throw new ApiError(409, 'RESOURCE_ALREADY_EXISTS', `File already exists at (${asked}).`);
  }
  // A keeper knows what it can replace, but nothing replaces a folder.
  const replaces = keeper !== undefined && existing.objectType !== 'DIRECTORY';
  if (!replaces && existing.objectType !== object.objectType) {
    throw typeMismatch({ path: asked, asked: object.objectType, actual: existing.objectType });
  }
}

/** What an import makes of its content, by format, name and first line. */
function objectOf({ target, content, format, language }: ImportRequest): NewObject {
  const { path } = target;
  const file: NewObject = { path, objectType: 'FILE', content };
  switch (format) {
    case 'RAW':
      return file;
    case 'AUTO': {
      const notebook = recognizeNotebook(path, content);
      return notebook === undefined ? file : { ...notebook, objectType: 'NOTEBOOK', content };
    }
    case 'SOURCE':
      if (language === undefined)
        throw invalidParameter('language: must be set for a single file in the format SOURCE');
      return { path, objectType: 'NOTEBOOK', content, language, notebookFormat: 'SOURCE' };
    case 'JUPYTER': {
      const found = jupyterLanguage(Buffer.from(content).toString('utf8'));
      if (found === undefined) throw invalidParameter('content: is not a Jupyter notebook');
      return { path, objectType: 'NOTEBOOK', content, language: language ?? found, notebookFormat: 'JUPYTER' };
    }
    case 'R_MARKDOWN':
      return { path, objectType: 'NOTEBOOK', content, language: 'R', notebookFormat: 'R_MARKDOWN' };
    case 'HTML':
    case 'DBC':
      // Both need the archive form of notebooks, which is not public.
      throw invalidParameter(`format: ${format} cannot be imported into the embedded workspace`);
  }
}
