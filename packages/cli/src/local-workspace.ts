import { resolve } from 'node:path';
import { fail } from '@dpo/core';

export interface OpenLocalWorkspace {
  readonly url: string;
  readonly token: string;
  readonly warehouseId: string;
  close(): Promise<void>;
}

/**
 * The embedded workspace of a folder: the one that `dpo local start` keeps running, else one in this process. Loaded only
 * when asked for; a runner that talks to a real workspace need not install its engine.
 */
export async function openLocalWorkspace(
  localDirectory: string,
  workingDirectory: string,
): Promise<OpenLocalWorkspace> {
  const directory = resolve(workingDirectory, localDirectory);
  const local = await import('@dpo/local-workspace');
  const running = await local.findLocalWorkspace(directory);
  if (running !== undefined) return { ...running, warehouseId: local.seededWarehouse.id, close: async () => {} };
  try {
    return await local.startLocalWorkspace({ directory });
  } catch (error) {
    throw localProblem(error, directory);
  }
}

/** What can go wrong with the embedded workspace, in the user's terms; anything else is a bug and passes. */
export function localProblem(error: unknown, directory: string): unknown {
  if (!(error instanceof Error)) return error;
  try {
    if (error.name === 'WorkspaceInUseError') {
      fail({
        code: 'LOCAL.IN_USE',
        message: `another process holds the embedded workspace in ${directory}`,
        hint: 'wait for it to end, or keep one running for all: dpo local start',
      });
    }
    if ('code' in error && error.code === 'ENOENT' && 'path' in error) {
      fail({
        code: 'LOCAL.SEED',
        message: `there is no file '${String(error.path)}'`,
        hint: 'name the seed file with --seed',
      });
    }
    if (error.name === 'SeedError')
      fail({ code: 'LOCAL.SEED', message: error.message, hint: 'correct the seed file and start again' });
    if (error.name === 'DuckDBMissingError') {
      fail({ code: 'LOCAL.NO_ENGINE', message: error.message, hint: 'install it: npm install @duckdb/node-api' });
    }
  } catch (known) {
    return known;
  }
  return error;
}
