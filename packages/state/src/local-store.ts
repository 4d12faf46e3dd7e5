import { DpoError, type Clock, type Recorded, type Run, type ManagedStateStore, type StateSession } from '@dpo/core';
import { checkState } from './check-state.ts';
import { retireJournal, saveSnapshot } from './compaction.ts';
import type { Upgrades } from './entry.ts';
import type { Files } from './files.ts';
import { createLocalHold } from './local-hold.ts';
import { createLocalLedger } from './local-ledger.ts';
import { loadState, type Loaded, type LoadOptions } from './load-state.ts';
import { takeLock, type Lock } from './lock.ts';
import { systemCode } from './node-files.ts';
import { pushDocument, pushRescue, readHistory, readHolder, removeLock, underLock } from './maintenance.ts';
import { noteIn } from './moved.ts';
import { nodeProcesses, type Processes } from './processes.ts';
import { createSession } from './session.ts';
import { encodeState } from './snapshot.ts';
import { storageError } from './state-problem.ts';
import { statePaths } from './state-paths.ts';

export interface LocalStoreOptions {
  /** `…/state/<target>.json`; the companions stand beside it (C22). */
  readonly path: string;
  readonly files: Files;
  readonly clock: Pick<Clock, 'now'>;
  /** Unique and fit for a file name; for lineages and locks. */
  readonly randomId: () => string;
  /** By default those of this system. */
  readonly processes?: Processes;
  /** Version of dpo. */
  readonly writer: string;
  readonly upgrades?: Upgrades;
  /** How people call `dpo state <words>` for this state, with the flags that it takes. */
  readonly command?: (words: string) => string;
}

/**
 * A state on a local disk: snapshot, journal, lock, backup and history.
 *
 * Intents: `recorded.intents` of both `read` and `open` holds every request whose effect nobody knows, whoever left it
 * (a crash, a timeout). Compaction moves them from the journal into the snapshot, so a second crash does not lose them.
 * The caller waits until `at + deadlineMs` of each has passed before it reads the objects, because until then "absent"
 * may turn into "present". They disappear from the snapshot when a run that began its operations after that closes by
 * itself, or when an operation on the same address is done after that; those of creates and replaces only then. A run without
 * operations changes nothing, so they stay visible after it.
 *
 * `open` also refuses a state of another owner, workspace or metastore, before it writes.
 */
export function createLocalStore(options: LocalStoreOptions): ManagedStateStore {
  const paths = statePaths(options.path);
  const load: LoadOptions = {
    files: options.files,
    paths,
    writer: options.writer,
    ...(options.upgrades === undefined ? {} : { upgrades: options.upgrades }),
  };
  return {
    location: options.path,
    read: async (): Promise<Recorded> =>
      storage('STATE.UNREADABLE', options.path, async () => (await loadState(load)).recorded),
    open: async (run) =>
      storage('STATE.UNWRITABLE', options.path, async () => {
        await options.files.makeDirectory(paths.directory);
        const lock = await lockFor(options, run);
        try {
          return await openUnderLock(options, load, { run, lock });
        } catch (error) {
          await lock.release().catch(() => undefined);
          throw error;
        }
      }),
    document: async () =>
      storage('STATE.UNREADABLE', options.path, async () => {
        const { text, next } = await loadState(load);
        return next === undefined ? text : encodeState(next);
      }),
    replace: async (run, document) =>
      storage('STATE.UNWRITABLE', options.path, async () => {
        await options.files.makeDirectory(paths.directory);
        return underLock(await lockFor(options, run), async () => {
          const loaded = await loadState(load);
          if (await pushRescue(load, loaded, document)) return;
          await pushDocument(load, await compactEarlierRun(load, loaded), document);
        });
      }),
    holder: async () => storage('STATE.UNREADABLE', options.path, () => readHolder(load)),
    unlock: async (id) => storage('STATE.UNWRITABLE', options.path, () => removeLock(load, id)),
    history: async () => storage('STATE.UNREADABLE', options.path, () => readHistory(load)),
    hold: async (run) =>
      storage('STATE.UNWRITABLE', options.path, async () => {
        await options.files.makeDirectory(paths.directory);
        const lock = await lockFor(options, run);
        try {
          const text = await options.files.read(paths.snapshot);
          if (noteIn(text) !== undefined) return createLocalHold(load, lock, text);
          return createLocalHold(load, lock, (await compactEarlierRun(load, await loadState(load))).text);
        } catch (error) {
          await lock.release().catch(() => undefined);
          throw error;
        }
      }),
  };
}

async function lockFor(options: LocalStoreOptions, run: Run): Promise<Lock> {
  const { files, clock, randomId, processes = nodeProcesses, path } = options;
  const now = clock.now();
  const holder = {
    id: randomId(),
    who: run.actor,
    host: run.host,
    pid: run.pid,
    started: await processes.startMark(run.pid),
    run: run.id,
    operation: run.operation,
    created: now,
    ...(run.url === undefined ? {} : { url: run.url }),
  };
  const unlockCommand = (id: string): string => commandOf(options)(`unlock ${id}`);
  return takeLock({ files, paths: statePaths(path), processes, holder, now, unlockCommand });
}

function commandOf({ command }: LocalStoreOptions): (words: string) => string {
  return command ?? ((words) => `dpo state ${words}`);
}

async function openUnderLock(
  options: LocalStoreOptions,
  load: LoadOptions,
  { run, lock }: { readonly run: Run; readonly lock: Lock },
): Promise<StateSession> {
  const { files, clock, writer, randomId } = options;
  const { paths } = load;
  const loaded = await loadState(load);
  const problems = checkState(loaded.recorded, run);
  if (problems.length > 0) throw new DpoError(problems);
  const { snapshot, text } = await compactEarlierRun(load, loaded);
  const lineage = snapshot?.lineage ?? randomId();
  const ledger = createLocalLedger({ files, paths, lock, text, command: commandOf(options) });
  return createSession({ ledger, clock, writer, run, lineage, snapshot });
}

/** Takes the journal of a run that was interrupted into the snapshot, and removes it. */
async function compactEarlierRun(load: LoadOptions, loaded: Loaded): Promise<Pick<Loaded, 'snapshot' | 'text'>> {
  const { files, paths } = load;
  if (loaded.journalText === undefined) return loaded;
  if (loaded.next !== undefined) await saveSnapshot(load, loaded.text, loaded.next);
  await retireJournal(files, paths, loaded.journal);
  if (loaded.next === undefined) return loaded;
  return { snapshot: loaded.next, text: encodeState(loaded.next) };
}

async function storage<T>(
  code: 'STATE.UNREADABLE' | 'STATE.UNWRITABLE',
  file: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return storageError(code, file, error);
  }
}
