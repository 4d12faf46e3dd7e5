import { randomUUID } from 'node:crypto';
import {
  DpoError,
  isDpoError,
  kindOf,
  nameOf,
  ownerText,
  parseSelection,
  type ApplyResult,
  type Emit,
  type Plan,
  type PlanMode,
  type Problem,
  type Providers,
  type ReadContext,
  type Recorded,
  type Run,
} from '@dpo/core';
import { loadConfig } from '@dpo/config';
import { createClient, createProviders, readCatalog, readMetricColumns } from '@dpo/databricks';
import { apply, createLimit, makePlan } from '@dpo/engine';
import { desire, nameResources, searchOf, tablesToName, tablesToRead } from '@dpo/monitoring';
import { checkState, createLocalStore, type Files } from '@dpo/state';
import { connectionTo, statePath, type EngineWorld } from './engine-world.ts';
import { createLife, Died, type Life } from './life.ts';
import type { DiskDeath } from './memory-disk.ts';
import { deadlineMs } from './virtual-clock.ts';

/**
 * Where a run dies. Requests, those of them that are no GET, those of them that write, and operations of the disk are counted
 * from 1. How often a statement is asked for its result (GET) differs from run to run.
 */
export type Death =
  | {
      readonly at: 'request' | 'sent' | 'write';
      readonly number: number;
      readonly phase: 'received' | 'handled' | 'answered';
    }
  /** The same for requests whose path has this part. */
  | {
      readonly at: 'path';
      readonly part: string;
      readonly number: number;
      readonly phase: 'received' | 'handled' | 'answered';
    }
  | ({ readonly at: 'file' } & DiskDeath);

export interface PlanOrder {
  /** Text of the config. */
  readonly config: string;
  readonly mode?: PlanMode;
  readonly select?: string;
  /** What the plan reads through, in place of the providers as they are. */
  readonly through?: (providers: Providers) => Providers;
}

/** How a run ended. `refused`: before anything was written, with these problems. */
export type RunEnd<T> =
  | { readonly status: 'ended'; readonly value: T; readonly writes: number }
  | { readonly status: 'refused'; readonly problems: readonly Problem[]; readonly writes: number }
  | { readonly status: 'died'; readonly writes: number };

/** How an apply goes. */
export interface ApplyOrder {
  /** 10 unless given. */
  readonly parallelism?: number;
  /** False is `--no-wait`. */
  readonly wait?: boolean;
  /** How long a wait takes at most; a minute unless given. */
  readonly waitMs?: number;
  /** The first signal of a user. */
  readonly stop?: AbortSignal;
  readonly emit?: Emit;
}

/** One command of dpo: its own process id, client and store. */
export interface EngineRun {
  recorded(): Promise<Recorded>;
  plan(order: PlanOrder): Promise<Plan>;
  apply(plan: Plan, order?: ApplyOrder): Promise<ApplyResult>;
}

let lastPid = 100_000;

/** Starts a run, lets it work and tells how it ended. What a dead run still had in flight has landed when this resolves. */
export async function startRun<T>(
  world: EngineWorld,
  work: (run: EngineRun) => Promise<T>,
  death?: Death,
): Promise<RunEnd<T>> {
  lastPid += 1;
  const life = createLife(lastPid);
  world.alive.add(life.pid);
  watch(world, life, death);
  const client = createClient({
    connection: connectionTo(world.workspace),
    clock: world.clock,
    random: () => 0,
    userAgent: 'dpo-run/1',
    signal: life.signal,
  });
  const end = async (ended: RunEnd<T>): Promise<RunEnd<T>> => (life.isDead() ? { ...ended, status: 'died' } : ended);
  try {
    const files = world.disk.mount(life, death?.at === 'file' ? death : undefined);
    const value = await work(runOf({ world, life, client, files }));
    return await end({ status: 'ended', value, writes: client.counts().writes });
  } catch (error) {
    const writes = client.counts().writes;
    if (life.isDead() || error instanceof Died) return { status: 'died', writes };
    if (!isDpoError(error)) throw error;
    return { status: 'refused', problems: error.problems, writes };
  } finally {
    world.listen(() => {});
    world.alive.delete(life.pid);
    await world.settle();
    await client.close().catch(() => {});
  }
}

function watch(world: EngineWorld, life: Life, death: Death | undefined): void {
  if (death === undefined || death.at === 'file') return;
  let count = 0;
  world.listen(({ phase, method, path }) => {
    if (death.at === 'sent' && method === 'GET') return;
    if (death.at === 'path' && !path.includes(death.part)) return;
    // A statement of a plan only reads.
    if (death.at === 'write' && (method === 'GET' || path.startsWith('/api/2.0/sql/'))) return;
    if (phase === 'received') count += 1;
    if (count === death.number && phase === death.phase) life.die();
  });
}

interface RunParts {
  readonly world: EngineWorld;
  readonly life: Life;
  readonly client: ReturnType<typeof createClient>;
  readonly files: Files;
}

function runOf({ world, life, client, files }: RunParts): EngineRun {
  const { clock, owner, target } = world;
  const { warehouseId } = world.workspace;
  const providers = createProviders({ client, warehouseId });
  const reads = createLimit(64);
  const context: ReadContext = { limit: reads, signal: life.signal, clock };
  const processes = { isAlive: async (pid: number) => world.alive.has(pid), startMark: async () => 'suite' };
  const store = createLocalStore({
    path: statePath,
    files,
    clock,
    randomId: () => randomUUID(),
    writer: '0.0.0',
    processes,
  });
  const planFor = async (order: PlanOrder): Promise<Plan> => {
    const { mode = 'apply', select, through = (same) => same } = order;
    const recorded = await store.read();
    const misplaced = checkState(recorded, { owner: ownerText(owner), target });
    if (misplaced.length > 0) throw new DpoError(misplaced);
    return makePlan({
      desired: await desiredOf({ world, client, context, recorded }, order, mode),
      recorded,
      readColumns: (tables) => readMetricColumns(client, { tables, warehouseId }, context),
      providers: through(providers),
      context,
      clock,
      emit: () => {},
      options: {
        mode,
        version: '0.0.0',
        consent: { allowDeletes: 100, allowReplace: true },
        ...(select === undefined ? {} : { scope: { select: { text: select, selection: parseSelection(select) } } }),
      },
    });
  };
  return {
    recorded: () => store.read(),
    plan: planFor,
    apply: (plan, { parallelism = 10, wait, waitMs = 60_000, stop, emit = () => {} } = {}) =>
      apply({
        plan,
        store,
        run: identityOf(world, life, plan),
        providers,
        clock,
        emit,
        limits: { operations: createLimit(parallelism), reads },
        deadlineMs,
        readiness: { pollMs: 1000, deadlineMs: waitMs, ...(wait === undefined ? {} : { wait }) },
        signals: { stop: stop ?? new AbortController().signal, abort: life.signal },
      }),
  };
}

function identityOf({ owner, target }: EngineWorld, { pid }: Life, plan: Plan): Run {
  return {
    id: randomUUID(),
    operation: plan.mode,
    actor: 'suite',
    host: 'suite',
    pid,
    plan: plan.fingerprint,
    owner: ownerText(owner),
    target,
  };
}

interface DesireParts extends Pick<RunParts, 'world' | 'client'> {
  readonly context: ReadContext;
  readonly recorded: Recorded;
}

async function desiredOf(
  { world, client, context, recorded }: DesireParts,
  { config }: PlanOrder,
  mode: PlanMode,
): Promise<ReturnType<typeof desire>> {
  const { owner, target, workspace } = world;
  if (mode === 'refresh-only') return { owner, target, resources: [], skipped: [], undecided: [], problems: [] };
  const loaded = loadConfig({
    file: 'dpo.yaml',
    text: config,
    target: owner.target,
    environment: {},
    today: '2027-01-01',
  });
  const { warehouseId } = workspace;
  if (mode === 'destroy') {
    const named = { tables: tablesToName(loaded), warehouseId, tagPrefixNeeded: false };
    const { findings } = await readCatalog(client, named, context);
    return nameResources({ loaded, findings, owner, target });
  }
  const monitors = [...recorded.resources].filter(([address]) => kindOf(address) === 'monitor');
  const managed = new Map(monitors.map(([address, { id }]) => [nameOf(address), id]));
  const search = searchOf(loaded);
  const wanted = {
    tables: tablesToRead(loaded),
    ...(search === undefined ? {} : { search, managed: [...managed.keys()] }),
    warehouseId,
    tagPrefixNeeded: true,
  };
  const catalog = await readCatalog(client, wanted, context);
  const { resources } = recorded;
  return desire({ loaded, ...catalog, managed, recorded: resources, allowShrink: true, owner, target, warehouseId });
}
