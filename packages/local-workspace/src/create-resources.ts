import { createAccess } from './access/create-access.ts';
import type { Access } from './access/access.ts';
import { createAlertEvaluator } from './alerts/alert-evaluator.ts';
import type { AlertEvaluator } from './alerts/alert-evaluator.ts';
import { alertKeeper } from './alerts/alert-keeper.ts';
import { alertRoutes } from './alerts/alert-routes.ts';
import { outboxRoutes } from './alerts/outbox-routes.ts';
import { treeAlertFiles } from './alerts/tree-alert-files.ts';
import { catalogRoutes } from './api/catalog-routes.ts';
import { currentUserRoutes } from './api/current-user-routes.ts';
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
import type { WorkspaceClock } from './clock.ts';
import { destinationRoutes } from './destinations/destination-routes.ts';
import { createBuiltinDashboard } from './dashboards/builtin-dashboard.ts';
import { dashboardKeeper } from './dashboards/dashboard-keeper.ts';
import { dashboardRoutes } from './dashboards/dashboard-routes.ts';
import { prepareWorkspace } from './identity.ts';
import type { Identity } from './identity.ts';
import { createCreatorRights } from './monitors/creator-rights.ts';
import { monitorApi } from './monitors/monitor-api.ts';
import { monitorSchedules } from './monitors/monitor-schedules.ts';
import type { MonitorServices } from './monitors/monitor-services.ts';
import { createRefreshWorker } from './monitors/refresh-worker.ts';
import type { RefreshWorker } from './monitors/refresh-worker.ts';
import { createPermissions } from './permissions/create-permissions.ts';
import { permissionRoutes } from './permissions/permission-routes.ts';
import type { Principal } from './principals/principal.ts';
import { systemCaller } from './principals/caller.ts';
import { refreshProfile } from './profiler/refresh-profile.ts';
import { loadPolyglotTranslator } from './sql/sql-translator.ts';
import { createExpressionTranslator } from './sql/translate-expression.ts';
import { createQueryTranslator } from './sql/translate-query.ts';
import type { FaultRules } from './realism/fault-rules.ts';
import type { Lifecycle } from './realism/realism.ts';
import { createSchedules } from './schedules/schedules.ts';
import type { Schedules } from './schedules/schedules.ts';
import { createStatementEngine } from './sql/create-statement-engine.ts';
import type { StatementEngine } from './sql/statement-engine.ts';
import type { Storage } from './storage/storage.ts';
import { createUnity } from './unity/create-unity.ts';
import type { Ids } from './unity/ids.ts';
import type { Unity } from './unity/unity.ts';
import { createWorkspaceTree } from './workspace-files/create-workspace-tree.ts';
import { canonicalPath } from './workspace-files/workspace-path.ts';
import { workspaceFileRoutes } from './workspace-files/workspace-file-routes.ts';
import { workspaceTagRoutes } from './workspace-files/workspace-tag-routes.ts';
import { quotaRoutes } from './api/quota-routes.ts';
import { systemSchemaRoutes } from './api/system-schema-routes.ts';
import { tableOwnerRoutes } from './api/table-owner-routes.ts';
import { tableSummaryRoutes } from './api/table-summary-routes.ts';
import { authenticationRoutes } from './authentication/authentication-routes.ts';
import { functionRoutes } from './functions/function-routes.ts';
import { grantRoutes } from './grants/grant-routes.ts';
import { scimRoutes } from './principals/scim-routes.ts';
import { volumeFileRoutes } from './volume-files/volume-file-routes.ts';
import { volumeRoutes } from './volumes/volume-routes.ts';

export interface ResourceOptions {
  readonly storage: Storage;
  readonly ids: Ids;
  readonly workspaceClock: WorkspaceClock;
  readonly principal: Principal;
  readonly behaviour: Behaviour;
  readonly faults: FaultRules;
  readonly log: RequestLog;
  readonly stop: () => void;
  readonly lifecycle?: Lifecycle;
  readonly firstRefresh?: 'automatic' | 'held';
  /** Monitors of the metastore; see `Realism`. */
  readonly monitorQuota?: number;
  readonly dataProfilingEnabled?: boolean;
  readonly tablePageSize?: number;
  readonly emptyPages?: boolean;
  readonly chunkRows?: number;
  readonly scheduler?: boolean;
  readonly alertLimit?: number;
  /** Known once the server listens. */
  readonly workspaceUrl: () => string;
  readonly oauthTokenSeconds?: number;
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
  const { storage, ids, workspaceClock, principal, behaviour, lifecycle = {} } = options;
  const clock = workspaceClock.now;
  const identity = await prepareWorkspace(storage, { ids, principal });
  const unity = createUnity({ storage, ids, clock, metastoreId: identity.metastoreId });
  const access = createAccess(storage);
  const tree = createWorkspaceTree({ ids, clock });
  const permissions = createPermissions({ storage, tree, owner: { kind: 'user', name: principal.userName } });
  const translator = createQueryTranslator(loadPolyglotTranslator);
  const engine = createStatementEngine({ storage, unity, access, behaviour, ids, clock });
  // Delays run in real time, as the workspace clock may stand still, and with its jumps.
  const now = workspaceClock.elapsed;
  const worker = createRefreshWorker({
    storage,
    unity,
    refreshProfile: async (request, creator) => {
      const session = {
        now: request.now.getTime(),
        caller: systemCaller(identity.workspaceId, creator),
        catalog: '',
        schema: '',
      };
      const expressions = createExpressionTranslator({ connection: request.connection, translator, session });
      return refreshProfile({ ...request, expressions });
    },
    clock,
    now,
    wait: workspaceClock.wait,
    durationMs: lifecycle.refreshDurationMs ?? 0,
    firstRefresh: options.firstRefresh ?? 'automatic',
    requireRights: createCreatorRights({ storage, unity, access }),
  });
  const warehouses = createWarehouses({ storage, now, startMs: lifecycle.warehouseStartMs ?? 50 });
  const statements = createStatements({ engine, warehouses, ids, now, wait: workspaceClock.wait });
  const alerts = createAlertEvaluator({ ...options, clock, engine, warehouses, wait: workspaceClock.wait });
  const paging = {
    emptyPages: options.emptyPages ?? false,
    ...(options.tablePageSize === undefined ? {} : { pageSize: options.tablePageSize }),
  };
  const monitorServices: MonitorServices = {
    storage,
    unity,
    access,
    ids,
    worker,
    behaviour,
    clock,
    now,
    lifecycle: {
      activeAfterMs: lifecycle.activeAfterMs ?? 20,
      refreshDelayMs: lifecycle.refreshDelayMs ?? 50,
      deleteDelayMs: lifecycle.deleteDelayMs ?? 30,
    },
    defaultWarehouseId: seededWarehouse.id,
    folderExists: (workspaceId, path) =>
      tree.find(storage, workspaceId, canonicalPath(path))?.objectType === 'DIRECTORY',
    builtinDashboard: (transaction, wanted) => createBuiltinDashboard({ tree, ids, clock }, transaction, wanted),
    enabled: options.dataProfilingEnabled ?? true,
    ...(options.monitorQuota === undefined ? {} : { quota: options.monitorQuota }),
  };
  const dashboards = { storage, tree, permissions, warehouses, ids, clock, behaviour };
  const schedules = createSchedules({
    enabled: options.scheduler ?? false,
    clock,
    sources: [alerts.schedules, monitorSchedules(monitorServices)],
  });
  workspaceClock.onChange(async (time) => void (await schedules.runDue(time)));
  const unityServices = { storage, access, ids, clock, metastoreId: unity.metastoreId, paging };
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
    ...monitorApi(monitorServices),
    ...workspaceFileRoutes({
      storage,
      tree,
      permissions,
      keepers: [alertKeeper({ tree, permissions, clock }), dashboardKeeper(dashboards)],
    }),
    ...dashboardRoutes(dashboards),
    ...permissionRoutes({ storage, tree, warehouses, permissions, behaviour }),
    ...workspaceTagRoutes({ storage, tree, permissions }),
    ...destinationRoutes({ storage, ids }),
    ...alertRoutes({
      storage,
      warehouses,
      ids,
      clock,
      behaviour,
      permissions,
      files: treeAlertFiles(storage, tree),
      limit: options.alertLimit ?? 1000,
    }),
    ...outboxRoutes({ storage, evaluator: alerts }),
    ...authenticationRoutes({ ...options, ...identity, realTime: workspaceClock.realTime }),
    ...scimRoutes(storage),
    ...volumeRoutes(unityServices),
    ...volumeFileRoutes({ ...unityServices, behaviour }),
    ...functionRoutes({ ...unityServices, engine }),
    ...grantRoutes(unityServices),
    ...tableSummaryRoutes({ unity, access, paging }),
    ...tableOwnerRoutes({ storage, unity, access }),
    ...systemSchemaRoutes({ unity, paging }),
    ...quotaRoutes(unityServices),
    ...localRoutes(options),
  ];
  return { identity, unity, access, engine, worker, statements, alerts, schedules, routes };
}
