import type { JsonObject, StateHold } from '@dpo/core';
import type { Files } from './files.ts';
import type { Lock } from './lock.ts';
import { replaceFile } from './replace-file.ts';
import type { StatePaths } from './state-paths.ts';

/** A state on a local disk while it is moved; the one before the last put stays as `.backup`. */
export function createLocalHold(
  { files, paths }: { readonly files: Files; readonly paths: StatePaths },
  lock: Lock,
  text: string | undefined,
): StateHold {
  return {
    text,
    leastSerial: 0,
    put: async (next) => {
      if (text !== undefined) await replaceFile(files, paths.backup, text);
      await replaceFile(files, paths.snapshot, next);
    },
    current: () => files.read(paths.snapshot),
    addHistory: async (entries) => addHistory(files, paths, entries),
    release: () => lock.release(),
  };
}

async function addHistory(files: Files, paths: StatePaths, entries: readonly JsonObject[]): Promise<void> {
  const text = (await files.read(paths.history)) ?? '';
  const known = new Set(text.split('\n'));
  const added = entries.map((entry) => JSON.stringify(entry)).filter((line) => !known.has(line));
  if (added.length > 0) await replaceFile(files, paths.history, `${text}${added.join('\n')}\n`);
}
