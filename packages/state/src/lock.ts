import { fail } from '@dpo/core';
import type { Files } from './files.ts';
import { decodeHolder, encodeHolder, type LockHolder } from './lock-holder.ts';
import type { Processes } from './processes.ts';
import { isCompanionOfLock, type StatePaths } from './state-paths.ts';

export interface Lock {
  /** False once somebody removed the file by hand. */
  isMine(): Promise<boolean>;
  /** Removes the file only if it is still mine. */
  release(): Promise<void>;
}

export interface LockOptions {
  readonly files: Files;
  readonly paths: StatePaths;
  readonly processes: Processes;
  readonly holder: LockHolder;
  /** Epoch milliseconds, for the age of another's lock. */
  readonly now: number;
  /** What people type to remove the lock of this id. */
  readonly unlockCommand: (id: string) => string;
}

const attempts = 100;

/**
 * Takes the lock of a state or throws `STATE.LOCKED`; never waits for the holder. The lock of a process of this host that
 * is certainly gone is taken over: whoever makes the break file named after the dead lock's id may remove it, and only
 * if it is still that one, so two never take over the same.
 */
export async function takeLock(options: LockOptions): Promise<Lock> {
  const { files, paths, holder } = options;
  await contend(options, paths.lock);
  await sweep(options).catch(() => undefined);
  const isMine = async (): Promise<boolean> => (await holderOf(files, paths.lock))?.id === holder.id;
  return {
    isMine,
    release: async () => {
      if (await isMine()) await files.remove(paths.lock);
    },
  };
}

async function contend(options: LockOptions, path: string): Promise<void> {
  const { files, processes, holder } = options;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await putIfAbsent(options, path)) return;
    const text = await files.read(path);
    if (text === undefined) continue;
    const found = decodeHolder(text);
    if (found === undefined) return unreadableLock(path);
    if (found.host !== holder.host) return lockedElsewhere(options, found);
    if (await processes.isAlive(found.pid, found.started)) return lockedHere(options, found);
    await removeDead(options, path, found);
  }
  return fail({
    code: 'STATE.LOCKED',
    message: `the state ${options.paths.snapshot} is locked by one run after the other`,
    hint: 'try again when they have ended',
    place: placeOf(options.paths.lock),
  });
}

/** The break file is a lock itself, so a breaker that dies is broken in turn. */
async function removeDead(options: LockOptions, path: string, dead: LockHolder): Promise<void> {
  const { files } = options;
  const breakFile = `${path}.break-${dead.id}`;
  await contend(options, breakFile);
  if ((await holderOf(files, path))?.id === dead.id) await files.remove(path);
  await files.remove(breakFile);
}

async function putIfAbsent({ files, holder }: LockOptions, path: string): Promise<boolean> {
  const temporary = `${path}.${holder.id}.tmp`;
  const text = encodeHolder(holder);
  await files.write(temporary, text);
  const linked = await files.link(temporary, path);
  await files.remove(temporary);
  return linked === 'unsupported' ? (await files.writeNew(path, text)) === 'made' : linked === 'made';
}

/**
 * What killed contenders left. Under the lock none of it means anything: a break file is about a lock that is gone, and
 * a contender whose private file disappears tries again.
 */
async function sweep({ files, paths }: LockOptions): Promise<void> {
  for (const name of await files.list(paths.directory)) {
    if (isCompanionOfLock(name, paths.lock)) await files.remove(`${paths.directory}/${name}`);
  }
}

async function holderOf(files: Files, path: string): Promise<LockHolder | undefined> {
  const text = await files.read(path);
  return text === undefined ? undefined : decodeHolder(text);
}

function lockedHere(options: LockOptions, found: LockHolder): never {
  return locked(options, found, `wait until process ${found.pid} ends, or end it and run again; if that run is gone`);
}

function lockedElsewhere(options: LockOptions, found: LockHolder): never {
  return locked(options, found, `wait until it ends; if process ${found.pid} on ${found.host} is gone`);
}

function locked({ paths, now, unlockCommand }: LockOptions, found: LockHolder, hint: string): never {
  const how = `${found.url === undefined ? '' : `see ${found.url}; `}${hint}: ${unlockCommand(found.id)}`;
  return lockedBy(found, how, { state: paths.snapshot, lock: paths.lock, now });
}

/** Refuses a run because another one holds the state, and names it. */
export function lockedBy(
  found: LockHolder,
  hint: string,
  { state, lock, now }: { readonly state: string; readonly lock: string; readonly now: number },
): never {
  const holder = `${found.who} on ${found.host} (process ${found.pid}, run ${found.run})`;
  return fail({
    code: 'STATE.LOCKED',
    message: `the state ${state} is locked by ${holder} for ${age(now - found.created)}: ${found.operation}`,
    hint,
    place: placeOf(lock),
  });
}

/** Nobody is named who could be asked, so that only the one who looks can know. */
export function unreadableLock(path: string): never {
  return fail({
    code: 'STATE.LOCKED',
    message: `the lock ${path} names no holder: it is damaged or being written`,
    hint: `try again; if no run is using this state: rm ${path}`,
    place: placeOf(path),
  });
}

function placeOf(file: string): { readonly file: string; readonly start: { readonly line: 1; readonly column: 1 } } {
  return { file, start: { line: 1, column: 1 } };
}

function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
