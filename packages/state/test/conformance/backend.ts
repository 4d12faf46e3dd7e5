import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlobStore, Clock, ManagedStateStore } from '@dpo/core';
import { nodeFiles } from '../../src/node-files.ts';
import { createObjectStore } from '../../src/objects/object-store.ts';
import type { Processes } from '../../src/processes.ts';
import { startOfDay } from '../examples.ts';

/** Time that all machines of a test share; sleepers wake when it is moved past their moment. */
export interface TestClock extends Clock {
  move(milliseconds: number): Promise<void>;
}

export function testClock(): TestClock {
  let now = startOfDay;
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        const sleeper = { until: now + milliseconds, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
      });
    },
    move: async (milliseconds) => {
      now += milliseconds;
      for (const sleeper of sleepers) {
        if (sleeper.until > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** One place for a state, used by as many machines as a test likes. */
export interface Place {
  readonly clock: TestClock;
  /** The same state as another process sees it; `blobs` may stand between. */
  machine(between?: (blobs: BlobStore) => BlobStore): ManagedStateStore;
  /** What is there: the same before and after is nothing written. */
  content(): Promise<unknown>;
  /** After it, every process that held the lock is known to be dead. */
  killAll(): Promise<void>;
  remove(): Promise<void>;
}

export interface Backend {
  readonly name: string;
  /** Kept in objects, so that something can stand between. */
  readonly objects: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  place(): Promise<Place>;
}

/** No process of the tests runs on this system; leases tell. */
const elsewhere: Processes = { startMark: async () => '', isAlive: async () => true };

export function objectPlace(blobs: BlobStore, remove: () => Promise<void> = async () => undefined): Place {
  const clock = testClock();
  let ids = 0;
  const rescue = join(tmpdir(), `dpo-rescue-${process.pid}-${Math.random().toString(36).slice(2)}.json`);
  return {
    clock,
    machine: (between = (same) => same) =>
      createObjectStore({
        blobs: between(blobs),
        clock,
        randomId: () => `id-${(ids += 1)}`,
        processes: elsewhere,
        writer: '1.0.0',
        rescue: { files: nodeFiles, path: rescue },
      }),
    content: async () => contentOf(blobs),
    killAll: async () => clock.move(600_000),
    remove: async () => {
      await nodeFiles.remove(rescue);
      await remove();
    },
  };
}

export async function contentOf(blobs: BlobStore): Promise<Readonly<Record<string, string | undefined>>> {
  const folders = ['state', 'runs', 'history'];
  const names = await Promise.all(
    folders.map(async (folder) => (await blobs.list(folder)).map((name) => `${folder}/${name}`)),
  );
  const texts = await Promise.all(names.flat().map(async (name) => [name, await blobs.get(name)] as const));
  return Object.fromEntries(texts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
