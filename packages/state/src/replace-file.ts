import { dirname } from 'node:path';
import type { Files } from './files.ts';
import { temporaryPath } from './state-paths.ts';

/** At any moment, a loss of power included, the name leads to the whole old text or the whole new one. */
export async function replaceFile(files: Files, path: string, text: string): Promise<void> {
  const temporary = temporaryPath(path);
  await files.write(temporary, text);
  await files.rename(temporary, path);
  await files.syncDirectory(dirname(path));
}
