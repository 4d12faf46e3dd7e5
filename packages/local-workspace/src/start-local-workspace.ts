import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AlertEvaluator } from './alerts/alert-evaluator.ts';
import { listNotices } from './alerts/outbox.ts';
import type { Notice } from './alerts/outbox.ts';
import type { FaultRule, FaultRules } from './api/fault-rules.ts';
import { createFaultRules } from './api/fault-rules.ts';
import { listen } from './api/http-server.ts';
import { createRequestHandler } from './api/request-handler.ts';
import type { Exchange } from './api/request-handler.ts';
import { createRequestLog } from './api/request-log.ts';
import type { LoggedRequest } from './api/request-log.ts';
import { seededWarehouse } from './api/warehouses.ts';
import { changeGrants } from './access/grants.ts';
import type { Privilege } from './access/privilege.ts';
import type { Securable } from './access/securable.ts';
import type { Behaviour } from './behaviour/behaviour.ts';
import { shippedBehaviours } from './behaviour/shipped-behaviours.ts';
import { createResources } from './create-resources.ts';
import { addPrincipal } from './principals/add-principal.ts';
import type { NewPrincipal } from './principals/add-principal.ts';
import { createAuthentication } from './principals/authenticate.ts';
import type { Principal } from './principals/principal.ts';
import { loadSeed } from './seed/load-seed.ts';
import { findLocalWorkspace, removeServerFile, writeServerFile } from './server-file.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';
import { openStorage } from './storage/open-storage.ts';
import { WorkspaceInUseError } from './storage/workspace-in-use-error.ts';
import { createIds } from './unity/ids.ts';
import type { RandomBytes } from './unity/ids.ts';

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
  /** The time that resources, profiles and SQL see; delays run in real time. */
  readonly clock?: () => Date;
  readonly random?: RandomBytes;
  readonly lifecycle?: {
    /** A new monitor is PENDING for so long; 20 unless given. */
    readonly activeAfterMs?: number;
    /** A refresh is PENDING for so long; 50 unless given. */
    readonly refreshDelayMs?: number;
    /** A stopped warehouse takes so long to start; 50 unless given. */
    readonly warehouseStartMs?: number;
  };
  /** `held`: the first refresh of a monitor stays PENDING, so that no metric tables appear. */
  readonly firstRefresh?: 'automatic' | 'held';
  /** Where sources disagree about the service; as documented unless given. See `readBehaviour`. */
  readonly behaviour?: Partial<Behaviour>;
  readonly faults?: readonly FaultRule[];
  /** Largest page of catalogs, schemas, tables and tags; everything at once unless given or asked for. */
  readonly tablePageSize?: number;
  /** Every second page of those lists is empty and carries a token. */
  readonly emptyPages?: boolean;
  /** Rows of one chunk of a statement's result; 10,000 unless given. */
  readonly chunkRows?: number;
  /** Run alerts by their schedules, as the clock goes or is set forward; off unless given. */
  readonly scheduler?: boolean;
  /** Most alerts of a workspace, those in the trash counted; 1,000 unless given. */
  readonly alertLimit?: number;
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
  /** Runs what became due by its schedule up to a time; nothing without the option `scheduler`. */
  readonly runDue: (now: Date) => Promise<number>;
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
  const { directory, clock = () => new Date() } = options;
  const principal = startingPrincipal(options);
  const persistent = directory !== ':memory:';
  if (persistent) {
    await mkdir(directory, { recursive: true });
    // The lock of the data file does not keep one process from opening it twice.
    if ((await findLocalWorkspace(directory)) !== undefined) throw new WorkspaceInUseError(directory);
  }
  const storage = await openStorage(persistent ? join(directory, 'workspace.duckdb') : directory);
  const ids = createIds(options.random);
  const token = options.token ?? `local-${ids.hex()}`;
  const faults = createFaultRules(options.faults);
  const log = createRequestLog(options.requestLogFile);
  let url = '';
  const resources = await createResources({
    ...options,
    storage,
    ids,
    clock,
    principal,
    behaviour: { ...shippedBehaviours.documented, ...options.behaviour },
    faults,
    log,
    workspaceUrl: () => url,
    stop: () => void close(),
  });
  const { identity, worker, statements, alerts, schedules } = resources;
  for (const added of options.principals ?? []) await addPrincipal(storage, identity.workspaceId, added);
  const server = await listen({
    port: options.port ?? 0,
    handle: createRequestHandler({
      faults,
      log,
      routes: resources.routes,
      workspaceId: identity.workspaceId,
      authenticate: createAuthentication({
        storage,
        token,
        anyToken: options.anyToken ?? false,
        owner: { ...principal, workspaceId: identity.workspaceId },
        now: () => Date.now(),
      }),
      ...(options.onExchange === undefined ? {} : { onExchange: options.onExchange }),
    }),
  }).catch(async (fault: unknown) => {
    await storage.close();
    throw fault;
  });
  url = server.url;
  if (persistent) {
    await writeServerFile(directory, { url, token, pid: process.pid, started_at: clock().toISOString() });
  }
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

  return {
    url,
    token,
    faults,
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
    seed: (file) => loadSeed({ ...resources, ...identity, storage, clock, principal: principal.userName }, file),
    idle: () => worker.idle(),
    evaluateAlerts: (what) => alerts.evaluate(what),
    outbox: () => listNotices(storage),
    runDue: (now) => schedules.runDue(now),
    snapshot: () => takeSnapshot(storage),
    async restore(snapshot) {
      await restoreSnapshot(storage, snapshot);
      worker.wake();
    },
  };
}

function startingPrincipal({
  principal = 'local.user@example.com',
  groups = ['users', 'admins'],
}: LocalWorkspaceOptions): Principal {
  return {
    id: '1000000000000001',
    kind: 'user',
    userName: principal,
    displayName: principal,
    groups,
    admin: true,
    metastoreAdmin: true,
  };
}
