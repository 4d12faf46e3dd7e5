import type { Address, Intent, ManagedStateStore, RecordedResource, Run, StateStore, TargetIdentity } from '@dpo/core';
import type { Files } from '../src/files.ts';
import { createLocalStore } from '../src/local-store.ts';
import type { Processes } from '../src/processes.ts';

export const statePath = '/project/state/prod.json';

export const target: TargetIdentity = {
  name: 'prod',
  host: 'https://prod.example.com',
  workspaceId: '1234567890123456789',
  metastoreId: 'a1b2',
};

export const startOfDay = Date.parse('2026-03-01T00:00:00.000Z');

export function runNumber(number: number, overrides: Partial<Run> = {}): Run {
  return {
    id: `run-${number}`,
    operation: 'apply',
    actor: 'alice',
    host: 'laptop',
    pid: number,
    commit: 'c0ffee',
    plan: `plan-${number}`,
    owner: 'shop/prod',
    target,
    ...overrides,
  };
}

export function monitor(name: string): Address {
  return `monitor:prod.ml.${name}`;
}

export function entry(id: string, overrides: Partial<RecordedResource> = {}): RecordedResource {
  return {
    version: 1,
    id,
    status: 'ok',
    applied: { object_id: id, profile_type: 'SNAPSHOT' },
    out: { dashboard_id: `d-${id}` },
    needs: ['schema:prod.monitoring'],
    ...overrides,
  };
}

export function intent(action: Intent['action'], name: string, deadlineMs = 30_000): Intent {
  return { address: monitor(name), action, deadlineMs };
}

/** No other process lives, unless told. */
export function processesAlive(alive: ReadonlySet<number> = new Set()): Processes {
  return {
    startMark: async (pid) => `mark-${pid}`,
    isAlive: async (pid, mark) => alive.has(pid) && mark === `mark-${pid}`,
  };
}

export interface World {
  /** Epoch milliseconds; a test moves it. */
  now: number;
  ids: number;
}

export function createWorld(): World {
  return { now: startOfDay, ids: 0 };
}

export function storeOn(
  files: Files,
  world: World,
  options: { path?: string; processes?: Processes } = {},
): ManagedStateStore {
  return createLocalStore({
    path: options.path ?? statePath,
    files,
    clock: { now: () => world.now },
    randomId: () => {
      world.ids += 1;
      return `id-${world.ids}`;
    },
    processes: options.processes ?? processesAlive(),
    writer: '1.0.0',
  });
}

/** Runs one session that creates these monitors, and closes it. */
export async function createAll(store: StateStore, run: Run, names: readonly string[]): Promise<void> {
  const session = await store.open(run);
  for (const name of names) {
    const n = await session.start(intent('create', name));
    await session.finish(n, { status: 'done', entry: entry(name) });
  }
  await session.close();
}
