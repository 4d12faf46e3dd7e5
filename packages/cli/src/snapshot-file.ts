import { randomUUID } from 'node:crypto';
import { rename, rm, readFile, writeFile } from 'node:fs/promises';
import { fail } from '@dpo/core';
import { durationOf } from './duration.ts';
import type { SnapshotFlags } from './flags.ts';

/** Where a read of the catalogs is kept, and how old it may be, in milliseconds. */
export interface SnapshotChoice {
  readonly file: string;
  readonly maxAge: number;
}

const usualAge = '1h';

export function snapshotChoiceOf(flags: SnapshotFlags): SnapshotChoice | undefined {
  const { 'catalog-snapshot': file, 'max-age': given = usualAge } = flags;
  const maxAge = durationOf(given);
  if (maxAge === undefined)
    fail({ code: 'USAGE', message: `--max-age '${given}' is no duration`, hint: 'such as 30m, 2h, or 0 to read anew' });
  return file === undefined ? undefined : { file, maxAge };
}

/** Undefined if there is no such file. */
export async function readSnapshotFile(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    return fail(
      {
        code: 'CATALOG.SNAPSHOT',
        message: `catalog snapshot '${file}' cannot be read`,
        hint: 'name another file, or leave --catalog-snapshot out',
      },
      { cause: error },
    );
  }
}

/** The old text or the new one, never a part; readable by its owner only, since it names tables and tags. */
export async function writeSnapshotFile(file: string, document: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, document, { mode: 0o600, flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
