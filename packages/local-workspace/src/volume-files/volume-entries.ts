import { removeBlob, writeBlob } from '../storage/blob-table.ts';
import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';

/** A file or directory of a volume. It is kept by the id of the volume, so that a new name of that changes nothing here. */
export type VolumeEntry = VolumeFile | VolumeDirectory;

interface VolumePlace {
  readonly volumeId: string;
  /** Below the volume, without a slash at either end: `state/deploy.lock`. The volume itself has no entry. */
  readonly path: string;
}

export interface VolumeFile extends VolumePlace {
  readonly kind: 'file';
  readonly size: number;
  /** Epoch milliseconds of the workspace clock. */
  readonly modifiedAt: number;
  /** A new one for each content, so that a reader never meets half of two contents. */
  readonly blob: string;
}

export interface VolumeDirectory extends VolumePlace {
  readonly kind: 'directory';
}

export function findEntry(source: Pick<Storage, 'get'>, volumeId: string, path: string): VolumeEntry | undefined {
  return source.get('volume_file', entryId({ volumeId, path })) as VolumeEntry | undefined;
}

/** What is directly in a directory, in the order of the names; `''` is the volume itself. */
export function childEntries(source: Pick<Storage, 'list'>, volumeId: string, path: string): readonly VolumeEntry[] {
  return entriesOf(source, volumeId).filter((entry) => parentOf(entry.path) === path);
}

/** The directory above; `''` is the volume itself. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The directories above a path, the nearest first, without the volume itself. */
export function directoriesAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}

/** Creates a file or replaces its content; makes the directories above it. */
export async function putFile(
  transaction: Transaction,
  ids: Pick<Ids, 'uuid'>,
  file: VolumePlace & { readonly content: Uint8Array; readonly modifiedAt: number },
): Promise<void> {
  const { content, ...place } = file;
  const previous = findEntry(transaction, file.volumeId, file.path);
  if (previous?.kind === 'file') await removeBlob(transaction.connection, previous.blob);
  const blob = ids.uuid();
  await writeBlob(transaction.connection, blob, content);
  for (const path of directoriesAbove(file.path).toReversed())
    await putDirectory(transaction, { volumeId: file.volumeId, path });
  await putEntry(transaction, { ...place, kind: 'file', size: content.byteLength, blob });
}

/** Makes a directory and those above it; what exists stays. */
export async function makeDirectories(transaction: Transaction, { volumeId, path }: VolumePlace): Promise<void> {
  for (const above of [path, ...directoriesAbove(path)].toReversed())
    await putDirectory(transaction, { volumeId, path: above });
}

/** Removes one entry with its content; a directory must be empty before. */
export async function removeEntry(transaction: Transaction, entry: VolumeEntry): Promise<void> {
  if (entry.kind === 'file') await removeBlob(transaction.connection, entry.blob);
  await transaction.remove('volume_file', entryId(entry));
}

/** Removes everything that a volume holds. */
export async function removeEntriesOf(transaction: Transaction, volumeId: string): Promise<void> {
  for (const entry of entriesOf(transaction, volumeId)) await removeEntry(transaction, entry);
}

function entriesOf(source: Pick<Storage, 'list'>, volumeId: string): readonly VolumeEntry[] {
  const all = source.list('volume_file') as unknown as readonly VolumeEntry[];
  return all.filter((entry) => entry.volumeId === volumeId);
}

async function putDirectory(transaction: Transaction, place: VolumePlace): Promise<void> {
  if (findEntry(transaction, place.volumeId, place.path) !== undefined) return;
  await putEntry(transaction, { ...place, kind: 'directory' });
}

async function putEntry(transaction: Transaction, entry: VolumeEntry): Promise<void> {
  await transaction.put('volume_file', entryId(entry), entry as unknown as Document);
}

function entryId({ volumeId, path }: VolumePlace): string {
  return `${volumeId}/${path}`;
}
