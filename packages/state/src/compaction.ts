import type { Files } from './files.ts';
import { appendHistory } from './history.ts';
import type { Journal } from './journal.ts';
import { replaceFile } from './replace-file.ts';
import { encodeState, type Snapshot } from './snapshot.ts';
import type { StatePaths } from './state-paths.ts';

/** Puts a snapshot in the place of the present one, which is kept as `.backup`. */
export async function saveSnapshot(
  { files, paths }: { readonly files: Files; readonly paths: StatePaths },
  before: string | undefined,
  next: Snapshot,
): Promise<void> {
  if (before !== undefined) await replaceFile(files, paths.backup, before);
  await replaceFile(files, paths.snapshot, encodeState(next));
}

/** Removes a journal that the snapshot holds, once its operations are in the history. */
export async function retireJournal(files: Files, paths: StatePaths, journal: Journal | undefined): Promise<void> {
  if (journal !== undefined) await appendHistory(files, paths, journal);
  await files.syncDirectory(paths.directory);
  await files.remove(paths.journal);
  await files.syncDirectory(paths.directory);
}
