import { readFile } from 'node:fs/promises';
import type { ManagedStateStore } from '@dpo/core';
import type { LocalWorkspace, WorkspaceSnapshot } from '@dpo/local-workspace';
import { createLocalStore } from '@dpo/state';
import { makeStrangersMonitor } from '../crash/harness.ts';
import { createWorld, type Stage } from '../crash/world.ts';
import { createMemoryDisk } from '../../packages/state/test/memory-disk.ts';
import type { Attempt } from './attempt.ts';
import { runEngine, type EngineRun } from './run-engine.ts';
import { createTimedConnections } from './timed-connections.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';
import { steady } from './world-image.ts';

/** A workspace, a disk and a clock, and runs of the engine between them. */
export interface Scene {
  readonly workspace: LocalWorkspace;
  now(): number;
  run(stage: Stage, how: Pick<EngineRun, 'mode' | 'warehouse'>): Promise<Attempt>;
  /** All that is to be put back by `restore`. */
  save(): Promise<SavedScene>;
  restore(saved: SavedScene): Promise<void>;
  /** What the state knows, without what every run makes anew; an error as text if it cannot be read. */
  state(): Promise<string>;
  /** Every byte on the disk. */
  bytes(): string;
  close(): Promise<void>;
}

export interface SavedScene {
  readonly snapshot: WorkspaceSnapshot;
  readonly files: readonly (readonly [string, string])[];
}

const statePath = '/state/crash.json';

export async function createScene(): Promise<Scene> {
  const world = await createWorld({ tablePageSize: 1, emptyPages: true });
  const { workspace } = world;
  await makeStrangersMonitor(world);
  const newTime = (): VirtualTime =>
    createVirtualTime(Date.now(), (advanceMs) => workspace.clock.change({ advanceMs }));
  let disk = createMemoryDisk();
  let time = newTime();
  const connections = createTimedConnections(() => time);
  world.listen((exchange) => {
    if (exchange.phase === 'held') connections.onHeld(exchange);
  });
  const texts = (): readonly (readonly [string, string])[] => disk.names().map((name) => [name, disk.text(name) ?? '']);
  const store = (): ManagedStateStore => storeOn(disk, time);

  return {
    workspace,
    now: () => time.now(),
    run: async (stage, how) => {
      workspace.clearRequests();
      const file = world.configs[stage];
      const config = { file, text: await readFile(file, 'utf8') };
      const end = await runEngine({ ...how, config, workspace, store: store(), time, connections });
      return { end, requests: workspace.requests(), snapshot: await workspace.snapshot() };
    },
    save: async () => ({ snapshot: await workspace.snapshot(), files: texts() }),
    restore: async ({ snapshot, files }) => {
      await workspace.restore(snapshot);
      disk = createMemoryDisk();
      for (const [name, text] of files) disk.put(name, text);
      time = newTime();
    },
    state: () => stateIn(store(), disk.names()).catch((error: unknown) => String(error)),
    bytes: () => JSON.stringify(texts()),
    close: async () => {
      await connections.close();
      await workspace.close();
    },
  };
}

function storeOn(disk: ReturnType<typeof createMemoryDisk>, clock: VirtualTime): ManagedStateStore {
  let ids = 0;
  return createLocalStore({
    path: statePath,
    files: disk.process().files,
    clock,
    randomId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    processes: { startMark: async () => '', isAlive: async () => false },
    writer: '0.0.0',
  });
}

async function stateIn(store: ManagedStateStore, names: readonly string[]): Promise<string> {
  const { resources, unfinished } = await store.read();
  // Outputs, and what the service was found not to return, are as fresh as the last read of them.
  const kept = [...resources].map(
    ([address, { out: _out, unreturned: _unreturned, ...entry }]) => [address, entry] as const,
  );
  const locks = names.filter((name) => name.includes('.lock'));
  return steady([kept.toSorted(([a], [b]) => (a < b ? -1 : 1)), unfinished, locks]);
}
