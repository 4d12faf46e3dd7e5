import { ApiError, invalidParameter } from '../api/api-error.ts';
import { oneOf, queryFlag, shape, text } from '../api/reader.ts';
import { reply } from '../api/reply.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { readBlob } from '../storage/blob-table.ts';
import { blobOf } from './create-workspace-tree.ts';
import { fileFormats } from './import-request.ts';
import type { FileFormat } from './import-request.ts';
import { fileTypeOf, jupyterOfSource, sourceOfJupyter } from './notebook.ts';
import { workspacePrefix } from './tree-routes.ts';
import { visibleObject } from './visible-object.ts';
import type { WorkspaceFiles } from './workspace-files.ts';
import type { WorkspaceObject } from './workspace-object.ts';
import { nameOf, workspacePath } from './workspace-path.ts';

const exportQuery = shape({
  required: { path: workspacePath },
  optional: { format: oneOf(...fileFormats), direct_download: queryFlag, outputs: text },
});

interface Exported {
  readonly content: Uint8Array;
  readonly fileType: string;
}

/** Content of a file or notebook, in base64 or as it is. */
export function exportRoute(files: WorkspaceFiles): Route {
  return route(`GET ${workspacePrefix}/export`, {
    query: exportQuery,
    async handle({ query, caller }) {
      const object = visibleObject(files, caller, query.path);
      if (object.objectType === 'DIRECTORY') {
        // The service answers an archive, whose form is not public.
        throw invalidParameter(`path: ${query.path.asked} is a directory; the embedded workspace exports single files`);
      }
      const content = await files.storage.query((connection) => readBlob(connection, blobOf(object)));
      if (content === undefined) throw new ApiError(500, 'INTERNAL_ERROR', `no content of ${query.path.asked}`);
      const exported = exportAs(object, content, query.format ?? 'SOURCE');
      if (query.direct_download === true) {
        const headers = { 'Content-Type': 'application/octet-stream' };
        return reply(200, { headers, content: exported.content });
      }
      return { content: Buffer.from(exported.content).toString('base64'), file_type: exported.fileType };
    },
  });
}

/** Only notebooks have more than one form; the format of everything else is ignored. */
function exportAs(object: WorkspaceObject, content: Uint8Array, format: FileFormat): Exported {
  if (object.objectType !== 'NOTEBOOK') return { content, fileType: extensionOf(object.path) };
  const kept = object.notebookFormat ?? 'SOURCE';
  const language = object.language ?? 'PYTHON';
  const source = Buffer.from(content).toString('utf8');
  const wanted = format === 'AUTO' || format === 'RAW' ? kept : format;
  if (wanted === kept) return { content, fileType: wanted === 'JUPYTER' ? 'ipynb' : fileTypeOf(language) };
  if (wanted === 'SOURCE' && kept === 'JUPYTER') {
    return { content: Buffer.from(sourceOfJupyter(source, language)), fileType: fileTypeOf(language) };
  }
  if (wanted === 'JUPYTER' && kept === 'SOURCE') {
    return { content: Buffer.from(jupyterOfSource(source, language)), fileType: 'ipynb' };
  }
  throw invalidParameter(`format: ${object.path} cannot be exported as ${format} from the embedded workspace`);
}

function extensionOf(path: string): string {
  const name = nameOf(path);
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
}
