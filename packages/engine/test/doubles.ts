import {
  DpoError,
  kindNames,
  nothingRecorded,
  planFormat,
  type Action,
  type Address,
  type Applied,
  type ApplyResult,
  type CreateRequest,
  type DeleteRequest,
  type Intent,
  type KindName,
  type Lookup,
  type Observation,
  type Op,
  type Plan,
  type Provider,
  type DiscoverRequest,
  type Discovery,
  type Providers,
  type ReadContext,
  type Readiness,
  type Recorded,
  type RecordedResource,
  type Run,
  type StateSession,
  type StateStore,
  type UpdateRequest,
  type WriteContext,
} from '@dpo/core';

export const schema: Address = 'schema:prod.out';
export const monitor: Address = 'monitor:prod.ml.churn';
export const owner = 'dpo/test';
export const target = { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' };

export const run: Run = {
  id: 'run-1',
  operation: 'apply',
  actor: 'somebody',
  host: 'here',
  pid: 1,
  plan: 'f',
  owner,
  target,
};

export function apiError(code: string, message = code): DpoError {
  return new DpoError([{ code, severity: 'error', message }]);
}

export function opOf(action: Action, address: Address, more: Partial<Op> = {}): Op {
  return {
    address,
    action,
    severity: 'safe',
    reasons: ['config'],
    needs: [],
    depends_on: [],
    changes: [],
    lost: [],
    notes: [],
    ...more,
  };
}

export function needing(...addresses: readonly Address[]): Pick<Op, 'needs'> {
  return { needs: addresses.map((address) => ({ address, need: 'exists' })) };
}

const none = { replace: 0, delete: 0, update: 0, create: 0, adopt: 0, absorb: 0, forget: 0, drift: 0 };

export function planOf(ops: readonly Op[], more: Partial<Plan> = {}): Plan {
  return {
    format: planFormat,
    dpo: '0.0.0',
    mode: 'apply',
    owner,
    target: { name: 'test', host: 'local', workspace_id: '1', metastore_id: 'm' },
    base: { lineage: null, serial: 0 },
    scope: { partial: false, complete: true },
    ops,
    drift: [],
    blocked: [],
    skipped: [],
    orphans: [],
    used: [],
    names: {},
    survives: [],
    problems: [],
    unchanged: 0,
    summary: none,
    requires: [],
    applyable: true,
    errored: false,
    fingerprint: 'f',
    digest: 'd',
    ...more,
  };
}

/** A plan that fits a state of lineage L1 and serial 4, as `recordedOf` makes it. */
export const onRecorded: Partial<Plan> = { base: { lineage: 'L1', serial: 4 } };

export function recordedOf(
  resources: Readonly<Record<Address, RecordedResource>> = {},
  more: Partial<Recorded> = {},
): Recorded {
  return {
    ...nothingRecorded,
    lineage: 'L1',
    serial: 4,
    owner,
    target,
    resources: new Map(Object.entries(resources) as [Address, RecordedResource][]),
    ...more,
  };
}

export function entryOf(more: Partial<RecordedResource> = {}): RecordedResource {
  return { version: 1, id: 's-1', status: 'ok', applied: { name: 'prod.out' }, out: {}, needs: [], ...more };
}

export function presentAs(
  lookup: Lookup,
  more: Partial<Extract<Observation, { status: 'present' }>> = {},
): Observation {
  return { status: 'present', lookup, id: 's-1', fields: {}, out: {}, ...more };
}

export function absentAs(lookup: Lookup): Observation {
  return { status: 'absent', lookup };
}

/** How a provider answers where it is not the usual "yes". */
export interface Answers {
  readonly observe?: (lookup: Lookup, context: ReadContext) => Observation | undefined | Promise<Observation>;
  readonly discover?: (request: DiscoverRequest, kind: KindName) => readonly Discovery[];
  readonly ready?: (id: string, context: ReadContext) => Readiness | Promise<Readiness>;
  readonly create?: (request: CreateRequest, context: WriteContext) => Promise<Applied>;
  readonly update?: (request: UpdateRequest, context: WriteContext) => Promise<Applied>;
  readonly delete?: (request: DeleteRequest, context: WriteContext) => Promise<void>;
}

/** Providers that log each call as `create schema:prod.out` and say yes; nothing is there. */
export function providersOf(log: string[], answers: Answers = {}): Providers {
  const made = ({ address, spec }: CreateRequest | UpdateRequest): Applied => ({
    id: `id of ${address}`,
    fields: spec,
    out: { schema_id: `id of ${address}` },
  });
  const provider = (kind: KindName): Provider => ({
    kind,
    observe: async function* (lookups, context) {
      for (const lookup of lookups) {
        log.push(`observe ${lookup.address}`);
        const found = answers.observe === undefined ? absentAs(lookup) : await answers.observe(lookup, context);
        if (found !== undefined) yield found;
      }
    },
    discover: async function* (request) {
      log.push(`discover ${kind}s`);
      yield* answers.discover?.(request, kind) ?? [];
    },
    ready: async (id, context) => {
      log.push(`ready ${id}`);
      return answers.ready === undefined ? 'ready' : answers.ready(id, context);
    },
    create: async (request, context) => {
      log.push(`create ${request.address}`);
      return answers.create === undefined ? made(request) : answers.create(request, context);
    },
    update: async (request, context) => {
      log.push(`update ${request.address}`);
      return answers.update === undefined ? made(request) : answers.update(request, context);
    },
    delete: async (request, context) => {
      log.push(`delete ${request.address}`);
      await answers.delete?.(request, context);
    },
  });
  return Object.fromEntries(kindNames.map((kind) => [kind, provider(kind)])) as unknown as Providers;
}

export interface StoreOptions {
  readonly recorded?: Recorded;
  readonly start?: (address: Address, intent: Intent) => Promise<void>;
  readonly finish?: (address: Address) => Promise<void>;
  readonly closed?: ApplyResult['state'];
}

export interface FakeStore extends StateStore {
  /** What was recorded in the end, by address; null is "let go". */
  readonly entries: Map<Address, RecordedResource | null>;
  readonly staged: [Address, RecordedResource][];
}

/** A state that logs each call: `open`, `start create a`, `stage a`, `finish done a`, `close`. */
export function createStore(log: string[], options: StoreOptions = {}): FakeStore {
  const recorded = options.recorded ?? nothingRecorded;
  const entries = new Map<Address, RecordedResource | null>();
  const started: Address[] = [];
  const staged: [Address, RecordedResource][] = [];
  const session: StateSession = {
    recorded,
    lineage: recorded.lineage ?? 'L-new',
    start: async (intent) => {
      const { address, action, formerly } = intent;
      log.push(`start ${action} ${address}${formerly === undefined ? '' : ` formerly ${formerly}`}`);
      await options.start?.(address, intent);
      return started.push(address);
    },
    stage: async (operation, entry) => {
      log.push(`stage ${String(started[operation - 1])} ${entry.status}`);
      staged.push([started[operation - 1] ?? schema, entry]);
    },
    finish: async (operation, result) => {
      const address = started[operation - 1] ?? schema;
      const detail = result.status === 'failed' ? ` ${result.code}${result.unknown ? ' unknown' : ''}` : '';
      log.push(`finish ${result.status} ${address}${detail}`);
      await options.finish?.(address);
      if (result.status === 'done') entries.set(address, result.entry);
    },
    close: async () => {
      log.push('close');
      return options.closed ?? { status: 'saved' };
    },
  };
  return {
    location: 'state/test.json',
    entries,
    staged,
    read: async () => recorded,
    open: async () => {
      log.push('open');
      return session;
    },
  };
}
