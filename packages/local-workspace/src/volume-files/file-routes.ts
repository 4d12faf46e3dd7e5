import { ApiError } from '../api/api-error.ts';
import { queryFlag, shape } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { reply } from '../api/reply.ts';
import type { Reply } from '../api/reply.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import type { Transaction } from '../storage/storage.ts';
import { readRange } from './byte-range.ts';
import { directoryInTheWay, directoryNotFound, fileExists, fileInTheWay } from './file-errors.ts';
import { requireVolume } from './located-volume.ts';
import type { VolumeFileServices } from './located-volume.ts';
import { readFile, requireFile } from './read-file.ts';
import { directoriesAbove, findEntry, putFile, removeEntry } from './volume-entries.ts';
import type { VolumeFile } from './volume-entries.ts';
import { readVolumePath } from './volume-path.ts';

const files = '/api/2.0/fs/files/Volumes/{file_path*}';
const uploadQuery = shape({ optional: { overwrite: queryFlag } });
const anyBytes: Reader<Uint8Array> = (value) => value as Uint8Array;

/** Files of volumes. Missing `overwrite` means true (SDK `FilesAPI.upload`), other than in the fake of the CLI. */
export function fileRoutes(services: VolumeFileServices): readonly Route[] {
  const { storage } = services;
  return [
    route(`PUT ${files}`, {
      query: uploadQuery,
      body: anyBytes,
      format: 'bytes',
      async handle({ parameters, query, body, caller }) {
        const { volume: name, path } = readVolumePath(parameters('file_path'));
        await storage.transaction(async (transaction) => {
          const { volumeId } = requireVolume(services, caller, { volume: name, privilege: 'WRITE_VOLUME' });
          await upload(services, transaction, { volumeId, path, content: body, overwrite: query.overwrite ?? true });
        });
        return reply(204);
      },
    }),
    route(`GET ${files}`, {
      async handle({ parameters, header, caller }) {
        const { volume: name, path } = readVolumePath(parameters('file_path'));
        const { volumeId } = requireVolume(services, caller, { volume: name, privilege: 'READ_VOLUME' });
        const { file, content } = await readFile(storage, { volumeId, path });
        return download(file, content, header);
      },
    }),
    route(`HEAD ${files}`, {
      handle({ parameters, header, caller }) {
        const { volume: name, path } = readVolumePath(parameters('file_path'));
        const { volumeId } = requireVolume(services, caller, { volume: name, privilege: 'READ_VOLUME' });
        const file = requireFile(storage, { volumeId, path });
        requireUnmodified(file, header('if-unmodified-since'));
        return reply(200, { headers: { ...headersOf(file), 'Content-Length': String(file.size) } });
      },
    }),
    route(`DELETE ${files}`, {
      async handle({ parameters, caller }) {
        const { volume: name, path } = readVolumePath(parameters('file_path'));
        await storage.transaction(async (transaction) => {
          const { volumeId } = requireVolume(services, caller, { volume: name, privilege: 'WRITE_VOLUME' });
          await removeEntry(transaction, requireFile(transaction, { volumeId, path }));
        });
        return reply(204);
      },
    }),
  ];
}

/** Transactions run one after the other, so that of two uploads that must not overwrite exactly one creates the file. */
async function upload(
  { ids, clock, behaviour }: VolumeFileServices,
  transaction: Transaction,
  wanted: {
    readonly volumeId: string;
    readonly path: string;
    readonly content: Uint8Array;
    readonly overwrite: boolean;
  },
): Promise<void> {
  const { overwrite, ...file } = wanted;
  if (file.path === '') throw directoryInTheWay();
  const existing = findEntry(transaction, file.volumeId, file.path);
  if (existing?.kind === 'directory') throw directoryInTheWay();
  if (existing !== undefined && !overwrite) throw fileExists();
  const above = directoriesAbove(file.path).map((path) => findEntry(transaction, file.volumeId, path));
  if (above.some((entry) => entry?.kind === 'file')) throw fileInTheWay();
  if (above.includes(undefined) && behaviour.files_missing_parent === 'refused') throw directoryNotFound();
  await putFile(transaction, ids, { ...file, modifiedAt: clock().getTime() });
}

function download(file: VolumeFile, content: Uint8Array, header: (name: string) => string | undefined): Reply {
  requireUnmodified(file, header('if-unmodified-since'));
  const range = readRange(header('range'), content.byteLength);
  if (range.kind === 'whole') return reply(200, { headers: headersOf(file), content });
  if (range.kind === 'unsatisfiable') {
    return reply(416, { headers: { 'Content-Range': `bytes */${content.byteLength}` } });
  }
  const { start, end } = range;
  const headers = { ...headersOf(file), 'Content-Range': `bytes ${start}-${end - 1}/${content.byteLength}` };
  return reply(206, { headers, content: content.subarray(start, end) });
}

function headersOf(file: VolumeFile): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'application/octet-stream',
    'Last-Modified': new Date(file.modifiedAt).toUTCString(),
    'Accept-Ranges': 'bytes',
  };
}

/** HTTP dates have no fractions of a second. A header that is no date is ignored (RFC 9110, 13.1.4). */
function requireUnmodified(file: VolumeFile, header: string | undefined): void {
  const since = header === undefined ? Number.NaN : Date.parse(header);
  if (Number.isNaN(since) || Math.floor(file.modifiedAt / 1000) * 1000 <= since) return;
  throw new ApiError(412, 'FAILED_PRECONDITION', 'The file was modified since the time given.');
}
