import { basename, dirname } from 'node:path';

/** The snapshot and its companions (C22). */
export interface StatePaths {
  readonly directory: string;
  readonly snapshot: string;
  readonly journal: string;
  readonly lock: string;
  readonly backup: string;
  readonly rescue: string;
  readonly history: string;
}

export function statePaths(snapshot: string): StatePaths {
  return {
    directory: dirname(snapshot),
    snapshot,
    journal: `${snapshot}.journal`,
    lock: `${snapshot}.lock`,
    backup: `${snapshot}.backup`,
    rescue: `${snapshot}.rescue`,
    history: `${snapshot.replace(/\.json$/, '')}.history.ndjson`,
  };
}

/** Private name of a text that is about to replace the one at `path`. */
export function temporaryPath(path: string): string {
  return `${path}.tmp`;
}

export function isCompanionOfLock(name: string, lock: string): boolean {
  return name.startsWith(`${basename(lock)}.`);
}
