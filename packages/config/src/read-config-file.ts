import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '@dpo/core';

const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'it is a directory',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ELOOP: 'its links form a circle',
};

/** The text of a config; a `DpoError` says why there is none. */
export async function readConfigFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => unreadable(path, cause));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const hint = 'save it as UTF-8';
    fail({ code: 'CONFIG.UNREADABLE', message: `'${path}' cannot be read: it is not UTF-8 text`, hint }, { cause });
  }
}

function unreadable(path: string, cause: unknown): never {
  const code = errorCode(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const hint = 'name the config with --config FILE';
    fail({ code: 'CONFIG.NOT_FOUND', message: `there is no file '${path}'`, hint }, { cause });
  }
  const reason = reasons[code] ?? `the system says ${code}`;
  fail({ code: 'CONFIG.UNREADABLE', message: `'${path}' cannot be read: ${reason}` }, { cause });
}

function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'an unknown error';
}

export const configFileNames = ['dpo.yaml', 'dpo.yml'] as const;

/** The config of a directory: `dpo.yaml`, else `dpo.yml`. `isReadable` says whether a file is there. */
export async function findConfigFile(
  directory: string,
  isReadable: (path: string) => boolean | Promise<boolean>,
): Promise<string> {
  for (const name of configFileNames) {
    const path = join(directory, name);
    // One after the other: the first that is there counts.
    // oxlint-disable-next-line no-await-in-loop
    if (await isReadable(path)) return path;
  }
  fail({
    code: 'CONFIG.NOT_FOUND',
    message: `there is no ${configFileNames.join(' or ')} in '${directory}'`,
    hint: 'name the config with --config FILE',
  });
}
