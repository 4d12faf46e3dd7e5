import { randomUUID } from 'node:crypto';
import { isDpoError, ownerText, type Event, type ManagedStateStore, type Outcome, type Problem } from '@dpo/core';
import { loadConfig } from '@dpo/config';
import { connectionOf, createClient, createProviders, getWorkspaceIdentity, readCatalogTables } from '@dpo/databricks';
import { apply, createLimit, makePlan } from '@dpo/engine';
import type { LocalWorkspace } from '@dpo/local-workspace';
import { desire, nameResources, tablesToRead } from '@dpo/monitoring';
import { checkState } from '@dpo/state';
import { importResource } from '../../packages/cli/dist/import-resource.js';
import type { RequestTally } from '../../packages/cli/dist/request-tally.js';
import type { TimedConnections } from './timed-connections.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Mode = 'plan' | 'apply' | 'destroy' | 'import';

export interface EngineRun {
  readonly mode: Mode;
  readonly config: { readonly file: string; readonly text: string };
  readonly warehouse: boolean;
  readonly workspace: LocalWorkspace;
  readonly store: ManagedStateStore;
  readonly time: VirtualTime;
  readonly connections: TimedConnections;
}

/** How a run went, as the command line would tell it. */
export type RunEnd =
  | {
      readonly status: 'ended';
      readonly operations: readonly string[];
      readonly outcomes: readonly Outcome[];
      /** Reasons of what the plan leaves alone. */
      readonly blocked: readonly Problem[];
      /** The longest operation, in virtual milliseconds. */
      readonly longest: number;
    }
  /** A named reason, before anything was written. */
  | { readonly status: 'refused'; readonly problems: readonly Problem[] }
  /** Anything else that was thrown: a bug. */
  | { readonly status: 'broken'; readonly error: unknown };

/** As the command line has it. */
export const deadlineMs = 120_000;
const consent = { allowDeletes: 10, allowReplace: true };
const never = new AbortController().signal;

/** One run from config to state in this process. Never rejects. */
export async function runEngine(run: EngineRun): Promise<RunEnd> {
  const { workspace, time, connections } = run;
  const client = createClient({
    connection: connectionOf({ host: workspace.url, hostSource: 'test', token: workspace.token, tokenSource: 'test' }),
    clock: time,
    random: () => 0,
    userAgent: 'dpo-faults/1',
    dispatcher: connections.dispatcher,
  });
  try {
    return await runWith(run, client);
  } catch (error) {
    return isDpoError(error) ? { status: 'refused', problems: error.problems } : { status: 'broken', error };
  }
}

async function runWith(run: EngineRun, client: ReturnType<typeof createClient>): Promise<RunEnd> {
  const { mode, time, store, workspace } = run;
  const loaded = loadConfig({ ...run.config, target: 'crash', environment: {}, today: '2027-01-01' });
  const owner = { project: loaded.config.project ?? 'dpo', target: loaded.targetName };
  const identity = await getWorkspaceIdentity(client);
  const target = { name: loaded.targetName, host: 'local', ...pick(identity) };
  const warehouseId = run.warehouse ? workspace.warehouseId : undefined;
  const reads = createLimit(4);
  const context = { limit: reads, signal: never, clock: time };
  const providers = createProviders({ client });
  if (mode === 'import') {
    const { userName, groups } = identity;
    const applier = { userName, groups, administersMetastore: async () => true };
    const sent = (): RequestTally => ({ requests: 0, statements: 0, warehouse: 'none' });
    const work = { client, providers, target, userName, applier, warehouseId, reads, sent };
    const session = { ...work, context: () => context, close: async () => {} };
    const project = { loaded, name: owner.project, owner, local: true, store };
    const address = 'monitor:prod.ml.stranger';
    const asked = { project, session, address, id: undefined, environment: {}, emit: () => {}, signal: never };
    await importResource(asked);
    return { status: 'ended', operations: [`import ${address}`], outcomes: [], blocked: [], longest: 0 };
  }
  const recorded = await store.read();
  const misplaced = checkState(recorded, { owner: ownerText(owner), target });
  if (misplaced.length > 0) return { status: 'refused', problems: misplaced };
  const tagPrefixNeeded = mode !== 'destroy';
  const wanted = { tables: tablesToRead(loaded), warehouseId, tagPrefixNeeded };
  const findings = await readCatalogTables(client, wanted, context);
  const wish = { loaded, findings, owner, target, warehouseId };
  const desired = mode === 'destroy' ? nameResources(wish) : desire(wish);
  const options = { mode: mode === 'destroy' ? mode : 'apply', version: '0.0.0', consent } as const;
  const plan = await makePlan({ desired, recorded, providers, context, clock: time, emit: () => {}, options });
  const errors = plan.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { status: 'refused', problems: errors };
  const blocked = plan.blocked.map(({ code, because: message, address }): Problem => {
    return { code, severity: 'error', message, address };
  });
  const operations = plan.ops.map((op) => `${op.action} ${op.address}`);
  if (mode === 'plan') return { status: 'ended', operations, outcomes: [], blocked, longest: 0 };
  const durations = measured(time);
  const { outcomes } = await apply({
    plan,
    store,
    run: {
      id: randomUUID(),
      operation: options.mode,
      actor: 'faults',
      host: 'faults',
      pid: process.pid,
      plan: plan.fingerprint,
      owner: plan.owner,
      target,
    },
    providers,
    clock: time,
    emit: durations.emit,
    limits: { operations: createLimit(1), reads },
    deadlineMs,
    readiness: { pollMs: 1000, deadlineMs: 60_000 },
    signals: { stop: never, abort: never },
  });
  return { status: 'ended', operations, outcomes, blocked, longest: durations.longest() };
}

function pick(identity: { readonly workspaceId: string; readonly metastoreId: string }): {
  readonly workspaceId: string;
  readonly metastoreId: string;
} {
  return { workspaceId: identity.workspaceId, metastoreId: identity.metastoreId };
}

function measured(time: VirtualTime): { readonly emit: (event: Event) => void; readonly longest: () => number } {
  const started = new Map<string, number>();
  let longest = 0;
  return {
    emit: (event) => {
      if (event.type === 'op_started') started.set(event.address, time.now());
      if (event.type !== 'op_done' && event.type !== 'op_failed') return;
      longest = Math.max(longest, time.now() - (started.get(event.address) ?? time.now()));
    },
    longest: () => longest,
  };
}
