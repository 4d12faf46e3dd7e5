import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '@dpo/core';

/** A file to write, by its path from the folder. */
export type NewFile =
  /** Without a text it is not known yet, and whatever is there is in its way. */
  | { readonly path: string; readonly text: string | undefined }
  /** What a file that may exist lacks at its end, '' for nothing; asked with what is there, '' for no file. */
  | { readonly path: string; readonly missing: (text: string) => string };

export interface WrittenFile {
  readonly path: string;
  readonly action: 'created' | 'replaced' | 'extended' | 'unchanged';
}

export interface WriteRequest {
  readonly directory: string;
  readonly files: readonly NewFile[];
  /** Names that are as good as one of the files: none of them may be there. */
  readonly rivals: readonly string[];
  /** Existing files may be replaced. */
  readonly force: boolean;
}

/** What is there under a name; 'no file' is a folder, a link and the like. */
type There = Buffer | 'nothing' | 'no file';

interface Planned {
  readonly file: NewFile;
  readonly path: string;
  readonly there: There;
}

/** Throws `INIT.EXISTS` with the name of everything that is in the way. */
export async function checkNewFiles(request: WriteRequest): Promise<void> {
  await planFiles(request);
}

/**
 * Writes all of the files or, where one exists that may not be replaced, none of them. A file that holds the text already
 * is left alone. Throws `INIT.EXISTS` or `INIT.NOT_WRITTEN`.
 */
export async function writeNewFiles(request: WriteRequest): Promise<readonly WrittenFile[]> {
  const planned = await planFiles(request);
  const suffix = `.${randomUUID()}.tmp`;
  const toWrite = planned.filter((one) => actionOf(one) !== 'unchanged');
  try {
    for (const one of toWrite) {
      // One after the other: an error leaves nothing running.
      // oxlint-disable-next-line no-await-in-loop
      await mkdir(dirname(one.path), { recursive: true });
      // oxlint-disable-next-line no-await-in-loop
      await writeFile(one.path + suffix, contentOf(one), { flag: 'wx' });
    }
    for (const { path } of toWrite) {
      // oxlint-disable-next-line no-await-in-loop
      await rename(path + suffix, path);
    }
  } catch (cause) {
    await Promise.all(toWrite.map(({ path }) => rm(path + suffix, { force: true }).catch(() => {})));
    return notWritten('the files cannot be written', cause);
  }
  return planned.map((one) => ({ path: one.file.path, action: actionOf(one) }));
}

async function planFiles({ directory, files, rivals, force }: WriteRequest): Promise<readonly Planned[]> {
  const planned = await Promise.all(files.map((file) => look(directory, file)));
  const others = await Promise.all(rivals.map((path) => look(directory, { path, text: undefined })));
  const odd = planned.filter(({ there }) => there === 'no file').map(({ file }) => file.path);
  const inTheWay = [
    ...planned.filter((one) => one.there === 'no file' || (!force && actionOf(one) === 'replaced')),
    ...(force ? [] : others.filter(({ there }) => there !== 'nothing')),
  ].map(({ file }) => file.path);
  if (inTheWay.length === 0) return planned;
  const replace = 'replace with --force, or write somewhere else with --directory DIR';
  return fail({
    code: 'INIT.EXISTS',
    message: `${inTheWay.join(', ')} ${inTheWay.length === 1 ? 'exists' : 'exist'} already: nothing was written`,
    hint: odd.length > 0 ? `remove what is no plain file: ${odd.join(', ')}` : replace,
  });
}

async function look(directory: string, file: NewFile): Promise<Planned> {
  const path = join(directory, file.path);
  return { file, path, there: await thereAt(path) };
}

async function thereAt(path: string): Promise<There> {
  try {
    // A link may lead anywhere; what it leads to is not ours to replace.
    return (await lstat(path)).isFile() ? await readFile(path) : 'no file';
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    return code === 'ENOENT' ? 'nothing' : notWritten(`'${path}' cannot be looked at`, cause);
  }
}

function notWritten(what: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  fail(
    { code: 'INIT.NOT_WRITTEN', message: `${what}: ${reason}`, hint: 'write somewhere else with --directory DIR' },
    { cause },
  );
}

function actionOf(one: Planned): WrittenFile['action'] {
  const { file, there } = one;
  if ('missing' in file && contentOf(one).equals(contentOfThere(there))) return 'unchanged';
  if (typeof there === 'string') return 'created';
  if ('missing' in file) return 'extended';
  return file.text !== undefined && there.equals(contentOf(one)) ? 'unchanged' : 'replaced';
}

function contentOf({ file, there }: Planned): Buffer {
  if ('text' in file) return Buffer.from(file.text ?? '');
  const before = contentOfThere(there);
  // Bytes that are no text stay as they are.
  return Buffer.concat([before, Buffer.from(file.missing(before.toString('latin1')))]);
}

function contentOfThere(there: There): Buffer {
  return typeof there === 'string' ? Buffer.alloc(0) : there;
}
