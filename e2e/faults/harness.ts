import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ManagedStateStore } from '@dpo/core';
import type { LoggedRequest, WorkspaceSnapshot } from '@dpo/local-workspace';
import { createLocalStore } from '@dpo/state';
import { documentedCodes } from '../support/documented-codes.ts';
import { makeStrangersMonitor } from '../crash/harness.ts';
import { createWorld, type World } from '../crash/world.ts';
import { createMemoryDisk, type MemoryDisk } from '../../packages/state/test/memory-disk.ts';
import { callsOf } from './calls.ts';
import { check, type Clean } from './checks.ts';
import { ruleOf, type Call, type Cell } from './faults.ts';
import type { History } from './histories.ts';
import { runEngine, type Mode, type RunEnd } from './run-engine.ts';
import { createTimedConnections } from './timed-connections.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';
import { imageOf, steady, strangersOf } from './world-image.ts';

/**
 * `survived`: done as if nothing had been; `partly`: some of it failed or was left alone, with its reason; `refused`:
 * nothing was written, with the reason; `missed`: the run ended before the fault could strike.
 */
export type CellClass = 'survived' | 'partly' | 'refused' | 'missed';

export interface CellResult {
  readonly cell: Cell;
  readonly class: CellClass;
  /** What does not hold; empty is what we want. */
  readonly wrong: readonly string[];
  /** Codes of what was told. */
  readonly codes: readonly string[];
  readonly longest: number;
  readonly elapsed: number;
}

/** One history with its world, to be run under any fault. */
export interface FaultHarness {
  /** Every request of an undisturbed run. */
  readonly calls: readonly Call[];
  tryCell(cell: Cell): Promise<CellResult>;
  close(): Promise<void>;
}

const statePath = '/state/crash.json';

interface Scene {
  readonly world: World;
  readonly configs: Readonly<Record<string, string>>;
  disk: MemoryDisk;
  time: VirtualTime;
}

/** What one attempt left behind, for the checks. */
export interface Attempt {
  readonly end: RunEnd;
  readonly requests: readonly LoggedRequest[];
  readonly snapshot: WorkspaceSnapshot;
}

export async function createFaultHarness(history: History): Promise<FaultHarness> {
  const world = await createWorld({ tablePageSize: 1, emptyPages: true });
  const { workspace } = world;
  await makeStrangersMonitor(world);
  const stages = await Promise.all(
    Object.entries(world.configs).map(async ([stage, file]) => [stage, await readFile(file, 'utf8')] as const),
  );
  const newTime = (): VirtualTime => createVirtualTime(Date.now(), (advanceMs) => workspace.clock.change({ advanceMs }));
  const scene: Scene = { world, configs: Object.fromEntries(stages), disk: createMemoryDisk(), time: newTime() };
  const connections = createTimedConnections(() => scene.time);
  world.listen((exchange) => {
    if (exchange.phase === 'held') connections.onHeld(exchange);
  });

  const attempt = async (stage: string, mode: Mode): Promise<Attempt> => {
    workspace.clearRequests();
    const end = await runEngine({
      mode,
      config: { file: world.configs[history.during.stage], text: scene.configs[stage] ?? '' },
      warehouse: history.warehouse,
      workspace,
      store: storeOn(scene),
      time: scene.time,
      connections,
    });
    return { end, requests: workspace.requests(), snapshot: await workspace.snapshot() };
  };
  const during = (): Promise<Attempt> => attempt(history.during.stage, history.during.mode);
  // What is imported would be changed by an apply: only that it is known is looked at.
  const after = (): Promise<Attempt> =>
    attempt(history.during.stage, history.during.mode === 'apply' ? 'plan' : history.during.mode);

  for (const stage of history.before) {
    // One stage builds on the other.
    // oxlint-disable-next-line no-await-in-loop
    mustEnd(await attempt(stage, 'apply'));
  }
  const start = await workspace.snapshot();
  const saved = scene.disk.names().map((name): [string, string] => [name, scene.disk.text(name) ?? '']);
  const reset = async (): Promise<void> => {
    workspace.faults.clear();
    await workspace.restore(start);
    scene.disk = createMemoryDisk();
    for (const [name, text] of saved) scene.disk.put(name, text);
    scene.time = newTime();
  };

  const first = mustEnd(await during());
  const again = await after();
  const clean: Clean = {
    mode: history.during.mode,
    image: imageOf(first.snapshot),
    state: await stateOf(scene),
    strangers: strangersOf(start, first.snapshot),
    deletes: deletesOf(first.requests),
    again: again.end,
    token: workspace.token,
    documented: documentedCodes(),
  };

  const tryCell = async (cell: Cell): Promise<CellResult> => {
    await reset();
    const from = scene.time.now();
    workspace.faults.add(ruleOf(cell));
    const spoiled = await during();
    // A stale read may also be the first one of the next run.
    const next = cell.call.first ? undefined : await during();
    const struck = (workspace.faults.list()[0]?.seen ?? 0) > cell.call.before;
    const elapsed = scene.time.now() - from;
    workspace.faults.clear();
    const readable = await stateOf(scene).catch((error: unknown) => String(error));
    const told = [...scene.disk.names()].map((name) => scene.disk.text(name) ?? '').join('\n');
    const healed = await during();
    const settled = await after();
    const state = await stateOf(scene).catch((error: unknown) => String(error));
    return check(clean, { cell, struck, elapsed, spoiled: [spoiled, ...(next === undefined ? [] : [next])], healed, settled, readable, state, told });
  };
  const close = async (): Promise<void> => {
    await connections.close();
    await workspace.close();
  };
  return { calls: callsOf(first.requests, again.requests), tryCell, close };
}

function storeOn(scene: Scene): ManagedStateStore {
  let ids = 0;
  return createLocalStore({
    path: statePath,
    files: scene.disk.process().files,
    clock: scene.time,
    randomId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    processes: { startMark: async () => '', isAlive: async () => false },
    writer: '0.0.0',
  });
}

function mustEnd(attempt: Attempt): Attempt {
  const { end } = attempt;
  const done = end.status === 'ended' && end.outcomes.every(({ status }) => status === 'done');
  if (!done || end.blocked.length > 0) throw new Error(`a run without a fault: ${JSON.stringify(end)} ${String((end as { error?: unknown }).error)}`);
  return attempt;
}

export function deletesOf(requests: readonly LoggedRequest[]): ReadonlySet<string> {
  return new Set(requests.flatMap(({ method, path }) => (method === 'DELETE' ? [path] : [])));
}

/** What the state knows, without what every run makes anew. Rejects if it cannot be read. */
async function stateOf(scene: Scene): Promise<string> {
  const { resources, unfinished } = await storeOn(scene).read();
  const locks = scene.disk.names().filter((name) => dirname(name) === dirname(statePath) && name.includes('.lock'));
  // Outputs are as fresh as the last read of them.
  const kept = [...resources].map(([address, { out: _out, ...entry }]) => [address, entry] as const);
  return steady([kept.toSorted(([a], [b]) => (a < b ? -1 : 1)), unfinished, locks]);
}
