import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ManagedStateStore } from '@dpo/core';
import { createLocalStore, nodeFiles } from '@dpo/state';
import { judge, type Verdict } from './trace.ts';

export interface ContentionOptions {
  /** Contenders at a time. */
  readonly width: number;
  readonly seed: number;
  /** Until when new contenders are started. */
  enough(verdict: Verdict): boolean;
  /** How many times at most a contender takes the lock. */
  readonly holds: number;
  /** Contenders that remove every dead lock without a break file: what the suite has to see through. */
  readonly weak: boolean;
  /** A state in objects instead of a file; those that contend are of `contender-objects.js`. */
  readonly objects?: { readonly place: object; readonly store: ManagedStateStore };
}

export interface Contention {
  readonly verdict: Verdict;
  readonly processes: number;
  /** Of them, ended by SIGKILL: while holding, or while taking over. */
  readonly killed: number;
  readonly reads: number;
  /** Reads without the lock that failed, and contenders that failed for anything but the lock. */
  readonly failures: readonly string[];
  readonly count: number;
  readonly serial: number;
  /** Updates of the counter that the history calls done. */
  readonly done: number;
  /** What is left in the folder of the state after all have ended. */
  readonly left: readonly string[];
}

interface End {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly stderr: string;
}

const scripts = {
  files: fileURLToPath(new URL('contender.js', import.meta.url)),
  objects: fileURLToPath(new URL('contender-objects.js', import.meta.url)),
};

async function contend(script: string, job: object): Promise<End> {
  const child = spawn(process.execPath, [script, JSON.stringify(job)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stderr }));
  });
}

/** Lets processes contend for one state, and reads it all the while. */
export async function runContention(options: ContentionOptions): Promise<Contention> {
  const directory = await mkdtemp(join(tmpdir(), 'dpo-contention-'));
  const state = join(directory, 'state', 'locks.json');
  const trace = join(directory, 'trace');
  const failures: string[] = [];
  const ends: End[] = [];
  let started = 0;
  let finished = false;
  const verdict = async (): Promise<Verdict> => judge(await readFile(trace, 'utf8').catch(() => ''));

  const keepContending = async (): Promise<void> => {
    // Without the protocol failures are to be expected; what is looked for is an overlap.
    while ((options.weak || failures.length === 0) && !options.enough(await verdict())) {
      started += 1;
      const seed = options.seed * 100_003 + started;
      const { holds, weak, objects } = options;
      const place = objects === undefined ? { state, weak } : { place: objects.place, rescue: `${state}.rescue` };
      const job = { ...place, trace, number: started, seed, holds };
      const end = await contend(objects === undefined ? scripts.files : scripts.objects, job);
      ends.push(end);
      if (end.signal !== 'SIGKILL' && end.code !== 0) failures.push(end.stderr);
    }
  };
  const store = options.objects?.store ?? storeAt(state);
  let reads = 0;
  const keepReading = async (): Promise<void> => {
    while (!finished) {
      reads += 1;
      await store.read().catch((error: unknown) => failures.push(String(error)));
      await wait(5);
    }
  };

  try {
    const reading = keepReading();
    await Promise.all(Array.from({ length: options.width }, keepContending));
    finished = true;
    await reading;
    return {
      verdict: await verdict(),
      processes: started,
      killed: ends.filter(({ signal }) => signal === 'SIGKILL').length,
      reads,
      failures,
      // What two holders at once wrote may be no state any more.
      ...(options.weak ? { count: 0, serial: 0, done: 0 } : await lastLook(store)),
      left: options.objects === undefined ? (await readdir(join(directory, 'state'))).toSorted() : [],
    };
  } finally {
    finished = true;
    await rm(directory, { recursive: true, force: true });
  }
}

function storeAt(path: string): ReturnType<typeof createLocalStore> {
  return createLocalStore({
    path,
    files: nodeFiles,
    clock: { now: () => Date.now() },
    randomId: () => 'last',
    writer: '0.0.0',
  });
}

/** Takes what the last one left, as any run would. */
async function lastLook(store: ManagedStateStore): Promise<Pick<Contention, 'count' | 'serial' | 'done'>> {
  const session = await store.open({
    id: 'run-z-last',
    operation: 'apply',
    actor: 'last',
    host: 'here',
    pid: process.pid,
    plan: 'p',
    owner: 'locks/locks',
    target: { name: 'locks', host: 'h', workspaceId: 'w', metastoreId: 'm' },
  });
  const { resources, serial } = session.recorded;
  const history = await store.history();
  await session.close();
  const count = resources.get('monitor:prod.ml.counter')?.applied['count'];
  const done = history.filter(({ outcome }) => outcome === 'done').length;
  return { count: typeof count === 'number' ? count : 0, serial, done };
}
