import { readBlob } from '../storage/blob-table.ts';
import type { Storage } from '../storage/storage.ts';
import { findEntry } from './volume-entries.ts';
import type { VolumeFile } from './volume-entries.ts';
import { fileNotFound } from './file-errors.ts';

interface Place {
  readonly volumeId: string;
  readonly path: string;
}

/** The file, or 404; also when there is a directory. */
export function requireFile(source: Pick<Storage, 'get'>, { volumeId, path }: Place): VolumeFile {
  const entry = findEntry(source, volumeId, path);
  if (entry?.kind !== 'file') throw fileNotFound();
  return entry;
}

/** A file with its content as it was at one moment. */
export async function readFile(
  storage: Storage,
  place: Place,
): Promise<{ readonly file: VolumeFile; readonly content: Uint8Array }> {
  const file = requireFile(storage, place);
  const content = await storage.query((connection) => readBlob(connection, file.blob));
  if (content !== undefined) return { file, content };
  // Somebody has just replaced or removed the file: behind him it cannot change while it is read.
  return storage.transaction(async (transaction) => {
    const current = requireFile(transaction, place);
    const read = await readBlob(transaction.connection, current.blob);
    if (read === undefined) throw fileNotFound();
    return { file: current, content: read };
  });
}
