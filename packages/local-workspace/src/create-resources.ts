import { createAccess } from './access/create-access.ts';
import type { Access } from './access/access.ts';
import { folderOnlyFiles } from './alerts/alert-files.ts';
import { createAlertEvaluator } from './alerts/alert-evaluator.ts';
import type { AlertEvaluator } from './alerts/alert-evaluator.ts';
import { alertRoutes } from './alerts/alert-routes.ts';
import { outboxRoutes } from './alerts/outbox-routes.ts';
import { catalogRoutes } from './api/catalog-routes.ts';
import { currentUserRoutes } from './api/current-user-routes.ts';
import type { FaultRules } from './api/fault-rules.ts';
import { folderRoutes } from './api/folder-routes.ts';
import { localRoutes } from './api/local-routes.ts';
import type { RequestLog } from './api/request-log.ts';
import { createResultLinks } from './api/result-links.ts';
import type { Route } from './api/route.ts';
import { schemaRoutes } from './api/schema-routes.ts';
import { statementRoutes } from './api/statement-routes.ts';
import { createStatements } from './api/statements.ts';
import type { Statements } from './api/statements.ts';
import { tableRoutes } from './api/table-routes.ts';
import { tagRoutes } from './api/tag-routes.ts';
import { warehouseRoutes } from './api/warehouse-routes.ts';
import { createWarehouses, seededWarehouse } from './api/warehouses.ts';
import type { Behaviour } from './behaviour/behaviour.ts';
import { destinationRoutes } from './destinations/destination-routes.ts';
import { prepareWorkspace } from './identity.ts';
import type { Identity } from './identity.ts';
import { monitorRoutes } from './monitors/monitor-routes.ts';
import { refreshRoutes } from './monitors/refresh-routes.ts';
import { createRefreshWorker } from './monitors/refresh-worker.ts';
import type { RefreshWorker } from './monitors/refresh-worker.ts';
import type { Principal } from './principals/principal.ts';
import { refreshProfile } from './profiler/refresh-profile.ts';
import { createSchedules } from './schedules/schedules.ts';
import type { Schedules } from './schedules/schedules.ts';
import { createStatementEngine } from './sql/create-statement-engine.ts';
import type { StatementEngine } from './sql/statement-engine.ts';
import type { Storage } from './storage/storage.ts';
import { createUnity } from './unity/create-unity.ts';
import type { Ids } from './unity/ids.ts';
import type { Unity } from './unity/unity.ts';

export interface ResourceOptions {
  readonly storage: Storage;
  readonly ids: Ids;
  readonly clock: () => Date;
  readonly principal: Principal;
  readonly behaviour: Behaviour;
  readonly faults: FaultRules;
  readonly log: RequestLog;
  readonly stop: () => void;
  readonly lifecycle?: {
    readonly activeAfterMs?: number;
    readonly refreshDelayMs?: number;
    readonly warehouseStartMs?: number;
  };
  readonly firstRefresh?: 'automatic' | 'held';
  readonly tablePageSize?: number;
  readonly emptyPages?: boolean;
  readonly chunkRows?: number;
  readonly scheduler?: boolean;
  readonly alertLimit?: number;
  /** Known once the server listens. */
  readonly workspaceUrl: () => string;
}

export interface Resources {
  readonly identity: Identity;
  readonly unity: Unity;
  readonly access: Access;
  readonly engine: StatementEngine;
  readonly worker: RefreshWorker;
  readonly statements: Statements;
  readonly alerts: AlertEvaluator;
  readonly schedules: Schedules;
  readonly routes: readonly Route[];
}

/** Wires everything behind the HTTP server: Unity Catalog, SQL, monitors and the route table. */
export async function createResources(options: ResourceOptions): Promise<Resources> {
  const { storage, ids, clock, principal, behaviour, lifecycle = {} } = options;
  const identity = await prepareWorkspace(storage, { ids, principal });
  const unity = createUnity({ storage, ids, clock, metastoreId: identity.metastoreId });
  const access = createAccess(storage);
  const engine = createStatementEngine({ storage, unity, access, clock });
  // Delays run in real time: the workspace clock may stand still.
  const now = (): number => Date.now();
  const worker = createRefreshWorker({
    storage,
    unity,
    refreshProfile,
    clock,
    now,
    firstRefresh: options.firstRefresh ?? 'automatic',
  });
  const warehouses = createWarehouses({ storage, now, startMs: lifecycle.warehouseStartMs ?? 50 });
  const statements = createStatements({ engine, warehouses, ids, now });
  const alerts = createAlertEvaluator({ ...options, engine, warehouses });
  const schedules = createSchedules({ enabled: options.scheduler ?? false, clock, sources: [alerts.schedules] });
  const paging = {
    emptyPages: options.emptyPages ?? false,
    ...(options.tablePageSize === undefined ? {} : { pageSize: options.tablePageSize }),
  };
  const monitorOptions = {
    storage,
    unity,
    ids,
    worker,
    clock,
    now,
    lifecycle: { activeAfterMs: lifecycle.activeAfterMs ?? 20, refreshDelayMs: lifecycle.refreshDelayMs ?? 50 },
    defaultWarehouseId: seededWarehouse.id,
    maskMode: behaviour.monitor_mask,
  };
  const routes = [
    ...currentUserRoutes(),
    ...catalogRoutes({ unity, access, paging }),
    ...schemaRoutes({ storage, unity, access, paging }),
    ...tableRoutes({ storage, unity, access, behaviour, paging }),
    ...tagRoutes({ storage, unity, access, paging }),
    ...warehouseRoutes(warehouses, principal.userName),
    ...statementRoutes({
      statements,
      warehouses,
      links: createResultLinks({ ids, now }),
      chunkRows: options.chunkRows ?? 10_000,
    }),
    ...monitorRoutes(monitorOptions),
    ...refreshRoutes(monitorOptions),
    ...folderRoutes({ storage, ids }),
    ...destinationRoutes({ storage, ids }),
    ...alertRoutes({ ...options, warehouses, files: folderOnlyFiles(storage), limit: options.alertLimit ?? 1000 }),
    ...outboxRoutes({ storage, evaluator: alerts }),
    ...localRoutes(options),
  ];
  return { identity, unity, access, engine, worker, statements, alerts, schedules, routes };
}
