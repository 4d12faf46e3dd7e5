import type { Files } from './files.ts';
import type { Closed } from './ledger.ts';
import { quoted } from './quoted.ts';
import { replaceFile } from './replace-file.ts';
import { encodeState, type Snapshot } from './snapshot.ts';

export interface RescueOptions {
  readonly files: Files;
  readonly path: string;
  /** Where the journal is, which is all that is left when not even a copy can be written. */
  readonly journal: string;
  /** How people call `dpo state <words>` for this state. */
  readonly command: (words: string) => string;
}

/** Writes the state that could not be saved to a file, and tells the command that puts it in place. */
export async function rescue(
  { files, path, journal, command }: RescueOptions,
  next: Snapshot,
  error: unknown,
): Promise<Closed> {
  const reason = textOf(error);
  try {
    await replaceFile(files, path, encodeState(next));
    return { status: 'rescue', path, reason, command: command(`push ${quoted(path)}`) };
  } catch (second) {
    const both = `${reason}; ${path}: ${textOf(second)}; the journal is kept and the next run reads it`;
    return { status: 'rescue', path: journal, reason: both };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
