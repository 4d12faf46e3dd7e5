import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertEvaluator } from './alerts/alert-evaluator.ts';
import { listNotices } from './alerts/outbox.ts';
import type { Notice } from './alerts/outbox.ts';
import { listen } from './api/http-server.ts';
import type { HttpServer } from './api/http-server.ts';
import { createRequestHandler } from './api/request-handler.ts';
import type { Exchange, HandlerOptions } from './api/request-handler.ts';
import { createRequestLog } from './api/request-log.ts';
import type { LoggedRequest } from './api/request-log.ts';
import { seededWarehouse } from './api/warehouses.ts';
import { changeGrants } from './access/grants.ts';
import type { Privilege } from './access/privilege.ts';
import type { Securable } from './access/securable.ts';
import type { Behaviour } from './behaviour/behaviour.ts';
import { shippedBehaviours } from './behaviour/shipped-behaviours.ts';
import { createWorkspaceClock } from './clock.ts';
import type { WorkspaceClock } from './clock.ts';
import { createResources } from './create-resources.ts';
import type { Resources } from './create-resources.ts';
import { addPrincipal } from './principals/add-principal.ts';
import type { NewPrincipal } from './principals/add-principal.ts';
import { createAuthentication } from './principals/authenticate.ts';
import type { Principal } from './principals/principal.ts';
import { createDisturbances } from './realism/create-disturbances.ts';
import { createFaultRules } from './realism/fault-rules.ts';
import type { FaultRule, FaultRules } from './realism/fault-rules.ts';
import type { Lifecycle, Realism } from './realism/realism.ts';
import { seededRandom } from './realism/seeded-random.ts';
import { loadSeed } from './seed/load-seed.ts';
import { readSeed } from './seed/read-seed.ts';
import type { Seed } from './seed/read-seed.ts';
import { startSettings } from './seed/seed-settings.ts';
import type { SeedSettings } from './seed/seed-settings.ts';
import { findLocalWorkspace, removeServerFile, writeServerFile } from './server-file.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';
import { openStorage } from './storage/open-storage.ts';
import type { DocumentStorage } from './storage/open-storage.ts';
import { WorkspaceInUseError } from './storage/workspace-in-use-error.ts';
import { createIds } from './unity/ids.ts';
import type { RandomBytes } from './unity/ids.ts';
import type { TableObject } from './unity/objects.ts';

export interface LocalWorkspaceOptions {
  /** Holds `workspace.duckdb` and `server.json`; `:memory:` keeps nothing and writes no file. */
  readonly directory: string;
  /** A free port unless given. */
  readonly port?: number;
  /** A random one unless given. */
  readonly token?: string;
  /** Accept every bearer token. */
  readonly anyToken?: boolean;
  /** userName of the principal that `token` stands for; it administers workspace and metastore. */
  readonly principal?: string;
  /** Its groups. */
  readonly groups?: readonly string[];
  /** Further users and service principals. */
  readonly principals?: readonly NewPrincipal[];
  /** The time that resources, profiles and SQL see until `LocalWorkspace.clock` moves it; delays run in real time. */
  readonly clock?: () => Date;
  readonly random?: RandomBytes;
  /** Delays; they win over those of `realism`. */
  readonly lifecycle?: Lifecycle;
  /** Delays, limits and mishaps of a real service; see `readPreset`. */
  readonly realism?: Realism;
  /** `held`: the first refresh of a monitor stays PENDING, so that no metric tables appear. */
  readonly firstRefresh?: 'automatic' | 'held';
  /** Loaded before the workspace is handed out; its current_user and behaviour count unless given here. */
  readonly seed?: string;
  /** `false`: data profiling is not offered, as in some regions. */
  readonly dataProfilingEnabled?: boolean;
  /** Where sources disagree about the service; as documented unless given. See `readBehaviour`. */
  readonly behaviour?: Partial<Behaviour>;
  /** Beside those of `realism`. */
  readonly faults?: readonly FaultRule[];
  /** Largest page of catalogs, schemas, tables and tags; everything at once unless given or asked for. */
  readonly tablePageSize?: number;
  /** Every second page of those lists is empty and carries a token. */
  readonly emptyPages?: boolean;
  /** Rows of one chunk of a statement's result; 10,000 unless given. */
  readonly chunkRows?: number;
  /** Alerts and refreshes run by their schedules, as the clock goes or is moved; off unless given. */
  readonly scheduler?: boolean;
  /** Most alerts of a workspace, those in the trash counted; 1,000 unless given. */
  readonly alertLimit?: number;
  /** Life of the tokens that service principals get for their secrets, in real seconds; 3600 unless given. */
  readonly oauthTokenSeconds?: number;
  readonly onExchange?: (exchange: Exchange) => Promise<void> | void;
  /** Each call is also appended here as one JSON line. */
  readonly requestLogFile?: string;
}

export interface LocalWorkspace {
  readonly url: string;
  readonly token: string;
  readonly workspaceId: string;
  readonly metastoreId: string;
  readonly warehouseId: string;
  readonly faults: FaultRules;
  readonly clock: WorkspaceClock;
  readonly requests: () => readonly LoggedRequest[];
  readonly clearRequests: () => void;
  /** Grants a privilege, as the owner would. */
  readonly grant: (securable: Securable, principal: string, privilege: Privilege) => Promise<void>;
  /** Loads a seed file; what exists stays as it is. */
  readonly seed: (file: string) => Promise<void>;
  /** Waits until the refresh worker has nothing to do. */
  readonly idle: () => Promise<void>;
  /** Evaluates one alert, or all that are not paused. */
  readonly evaluateAlerts: AlertEvaluator['evaluate'];
  /** The notices that alerts sent. */
  readonly outbox: () => readonly Notice[];
  readonly snapshot: () => Promise<WorkspaceSnapshot>;
  /** Puts all resource documents and views back; not the data of tables. */
  readonly restore: (snapshot: WorkspaceSnapshot) => Promise<void>;
  /** Settles when the workspace was closed, also by `POST /__local/stop`. */
  readonly closed: Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Opens or creates a workspace and serves it on 127.0.0.1. Throws `WorkspaceInUseError` when another process has the
 * directory: talk to that one, see `findLocalWorkspace`.
 */
export async function startLocalWorkspace(options: LocalWorkspaceOptions): Promise<LocalWorkspace> {
  const { directory, realism = {} } = options;
  const clock = createWorkspaceClock(options.clock);
  const seed = options.seed === undefined ? undefined : await readSeed(options.seed);
  const random = seededRandom(realism.seed ?? 1);
  const faults = createFaultRules([...(realism.faults ?? []), ...(options.faults ?? [])], random);
  const persistent = directory !== ':memory:';
  const storage = persistent ? await openDirectory(directory) : await openStorage(directory);
  const ids = createIds(options.random);
  const settings = await startSettings(storage, seed, ids).catch(async (fault: unknown) => {
    await storage.close();
    throw fault;
  });
  const principal = startingPrincipal(options, settings);
  const behaviour = { ...shippedBehaviours.documented, ...settings.behaviour, ...options.behaviour };
  const token = options.token ?? `local-${ids.hex()}`;
  const log = createRequestLog(options.requestLogFile);
  let url = '';
  const resources = await createResources({
    ...options,
    storage,
    ids,
    workspaceClock: clock,
    lifecycle: { ...realism.lifecycle, ...options.lifecycle },
    ...(realism.monitorQuota === undefined ? {} : { monitorQuota: realism.monitorQuota }),
    principal,
    behaviour,
    faults,
    log,
    workspaceUrl: () => url,
    stop: () => void close(),
  });
  const { identity, worker, statements, alerts, schedules } = resources;
  for (const added of options.principals ?? []) await addPrincipal(storage, identity.workspaceId, added);
  const disturbances = createDisturbances(realism, {
    random,
    now: () => performance.now(),
    sleep: (milliseconds) => sleep(milliseconds),
    tableIds: () => (storage.list('table') as unknown as readonly TableObject[]).map(({ tableId }) => tableId),
  });
  const server = await serve(options, {
    ...resources,
    faults,
    log,
    disturbances,
    authenticate: createAuthentication({
      storage,
      token,
      anyToken: options.anyToken ?? false,
      owner: { ...principal, workspaceId: identity.workspaceId },
      now: clock.realTime,
    }),
  }).catch(async (fault: unknown) => {
    await storage.close();
    throw fault;
  });
  url = server.url;
  worker.wake();
  schedules.start();

  let settleClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    settleClosed = resolve;
  });
  let closing: Promise<void> | undefined;
  async function shutDown(): Promise<void> {
    await server.close();
    await schedules.close();
    await worker.close();
    await statements.settle();
    await storage.close();
    if (persistent) await removeServerFile(directory, url);
  }
  function close(): Promise<void> {
    closing ??= shutDown().finally(settleClosed);
    return closing;
  }

  async function load(file: string | Seed): Promise<void> {
    const ports = { ...resources, ...identity, storage, ids, clock: clock.now, behaviour };
    await loadSeed({ ...ports, principal: principal.userName }, file);
    for (const { settle } of disturbances) settle?.();
  }
  if (seed !== undefined) {
    await load(seed).catch(async (fault: unknown) => {
      await close();
      throw fault;
    });
  }

  // Others find the workspace only once it holds what it is to hold.
  if (persistent) {
    await writeServerFile(directory, { url, token, pid: process.pid, started_at: clock.now().toISOString() });
  }

  return {
    url,
    token,
    faults,
    clock,
    closed,
    close,
    workspaceId: identity.workspaceId,
    metastoreId: identity.metastoreId,
    warehouseId: seededWarehouse.id,
    requests: () => log.requests(),
    clearRequests: () => log.clear(),
    grant: (securable, principal, privilege) =>
      storage.transaction((transaction) =>
        changeGrants(transaction, securable, [{ principal, add: [privilege], remove: [] }]),
      ),
    seed: load,
    idle: () => worker.idle(),
    evaluateAlerts: (what) => alerts.evaluate(what),
    outbox: () => listNotices(storage),
    snapshot: () => takeSnapshot(storage),
    async restore(snapshot) {
      await restoreSnapshot(storage, snapshot);
      worker.wake();
    },
  };
}

async function openDirectory(directory: string): Promise<DocumentStorage> {
  await mkdir(directory, { recursive: true });
  // The lock of the data file does not keep one process from opening it twice.
  if ((await findLocalWorkspace(directory)) !== undefined) throw new WorkspaceInUseError(directory);
  return openStorage(join(directory, 'workspace.duckdb'));
}

function serve(
  { port = 0, onExchange }: LocalWorkspaceOptions,
  parts: Pick<HandlerOptions, 'routes' | 'authenticate' | 'faults' | 'log' | 'disturbances'> &
    Pick<Resources, 'identity'>,
): Promise<HttpServer> {
  const handle = createRequestHandler({
    ...parts,
    workspaceId: parts.identity.workspaceId,
    requestId: randomUUID,
    ...(onExchange === undefined ? {} : { onExchange }),
  });
  return listen({ port, handle });
}

/** The options go before the seed, and the seed before what every workspace has. */
function startingPrincipal(options: LocalWorkspaceOptions, settings: SeedSettings): Principal {
  const userName = options.principal ?? settings.currentUser ?? 'local.user@example.com';
  const known = options.principal === undefined ? settings.principal : undefined;
  const principal = known ?? {
    id: '1000000000000001',
    kind: 'user',
    userName,
    displayName: userName,
    groups: ['users', 'admins'],
    admin: true,
    metastoreAdmin: true,
  };
  return options.groups === undefined ? principal : { ...principal, groups: options.groups };
}
