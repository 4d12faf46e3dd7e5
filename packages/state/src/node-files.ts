import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import type { AppendFile, Files } from './files.ts';

const mode = 0o600;
const notThere = new Set(['ENOENT', 'ENOTDIR']);
const taken = new Set(['EEXIST']);
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EACCES']);
const noDirectorySync = new Set(['EISDIR', 'EPERM', 'EINVAL', 'EACCES', 'ENOTSUP', 'EBADF']);

/** The error code of the operating system, if the error is of it. Not `instanceof`: the error may be of another realm. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The real file system. */
export const nodeFiles: Files = {
  read: async (path) => unless(notThere, undefined, async () => readFile(path, 'utf8')),
  list: async (directory) => unless(notThere, [], async () => readdir(directory)),
  write: async (path, text) => {
    await writeSynced(path, text, 'w');
  },
  writeNew: (path, text) =>
    unless<'made' | 'exists', 'exists'>(taken, 'exists', async () => {
      await writeSynced(path, text, 'wx');
      return 'made';
    }),
  link: linkFile,
  rename,
  remove: async (path) => {
    await rm(path, { force: true });
  },
  makeDirectory,
  syncDirectory,
  openAppend: async (path, how): Promise<AppendFile> => {
    const file = await open(path, how === 'new' ? 'ax' : 'a', mode);
    return {
      append: async (text) => {
        await file.writeFile(text, 'utf8');
      },
      datasync: async () => {
        await file.datasync();
      },
      close: async () => {
        await file.close();
      },
    };
  },
};

async function unless<T, F>(codes: ReadonlySet<string>, otherwise: F, work: () => Promise<T>): Promise<T | F> {
  try {
    return await work();
  } catch (error) {
    if (codes.has(systemCode(error) ?? '')) return otherwise;
    throw error;
  }
}

async function writeSynced(path: string, text: string, flags: 'w' | 'wx'): Promise<void> {
  const file = await open(path, flags, mode);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

async function linkFile(from: string, to: string): Promise<'made' | 'exists' | 'gone' | 'unsupported'> {
  try {
    await link(from, to);
    return 'made';
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST') return 'exists';
    if (code === 'ENOENT') return 'gone';
    if (noLinks.has(code)) return 'unsupported';
    throw error;
  }
}

async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const deepest = resolve(path);
  const levels = relative(dirname(first), deepest).split(/[\\/]/).length;
  let parent = deepest;
  for (let level = 0; level < levels; level += 1) {
    parent = dirname(parent);
    await syncDirectory(parent);
  }
}

/** Some systems cannot sync a directory; there a rename is as durable as it gets. */
async function syncDirectory(path: string): Promise<void> {
  await unless(noDirectorySync, undefined, async () => {
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  });
}
