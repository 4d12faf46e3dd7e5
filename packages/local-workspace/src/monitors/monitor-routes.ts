import { ApiError, invalidParameter, resourceDoesNotExist } from '../api/api-error.ts';
import { filledText, oneOf, shape } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import type { Unity } from '../unity/unity.ts';
import { checkMonitor, metricTables } from './check-monitor.ts';
import { changedMonitor, monitorConfig, newMonitor } from './monitor-config.ts';
import { findMonitor, monitorAnswer, putMonitor } from './monitor.ts';
import type { Monitor } from './monitor.ts';
import type { RefreshWorker } from './refresh-worker.ts';
import { addRefresh, isOpen, refreshesOf, removeRefreshes } from './refresh.ts';
import { applyMask, parseMask } from './update-mask.ts';
import type { MaskMode } from './update-mask.ts';

export interface MonitorRouteOptions {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly ids: Ids;
  readonly worker: RefreshWorker;
  readonly clock: () => Date;
  /** Real time, for delays. */
  readonly now: () => number;
  readonly lifecycle: { readonly activeAfterMs: number; readonly refreshDelayMs: number };
  readonly defaultWarehouseId: string;
  readonly maskMode: MaskMode;
}

const updateQuery = shape({ required: { update_mask: filledText } });
const objectType = oneOf('table');

export const monitorsPrefix = '/api/data-quality/v1/monitors';

export function monitorRoutes(options: MonitorRouteOptions): readonly Route[] {
  const { storage, unity } = options;
  const answer = (monitor: Monitor): Answer => monitorAnswer(monitor, { ...options, now: options.now() });
  return [
    createRoute(options, answer),
    updateRoute(options, answer),
    route(`GET ${monitorsPrefix}`, {
      query: shape({ optional: { page_size: filledText, page_token: filledText } }),
      handle() {
        // Every generated client labels this call "(Unimplemented)".
        throw new ApiError(501, 'NOT_IMPLEMENTED', 'ListMonitor is not implemented');
      },
    }),
    route(`GET ${monitorsPrefix}/{object_type}/{object_id}`, {
      handle: ({ parameters }) => answer(existingMonitor(options, parameters)),
    }),
    route(`DELETE ${monitorsPrefix}/{object_type}/{object_id}`, {
      async handle({ parameters }) {
        const { objectId } = existingMonitor(options, parameters);
        for (const refresh of refreshesOf(storage, objectId)) {
          if (isOpen(refresh)) await options.worker.cancel(refresh);
        }
        // Metric tables stay, as the service leaves them (SDK `delete_monitor`).
        await storage.transaction(async (transaction) => {
          if (findMonitor(transaction, objectId) === undefined) throw monitorMissing(unity, objectId);
          await transaction.remove('monitor', objectId);
          await removeRefreshes(transaction, objectId);
        });
        return {};
      },
    }),
  ];
}

/** The monitor of the path, or the recorded 404. Path parameters are `object_type` and `object_id`. */
export function existingMonitor(
  { storage, unity }: Pick<MonitorRouteOptions, 'storage' | 'unity'>,
  parameters: (name: string) => string,
): Monitor {
  objectType(parameters('object_type'), { path: ['object_type'] });
  const monitor = findMonitor(storage, parameters('object_id'));
  if (monitor === undefined) throw monitorMissing(unity, parameters('object_id'));
  return monitor;
}

function createRoute(options: MonitorRouteOptions, answer: (monitor: Monitor) => Answer): Route {
  const { storage, unity, ids, clock, now, lifecycle, worker } = options;
  return route(`POST ${monitorsPrefix}`, {
    body: newMonitor,
    async handle({ body, caller }) {
      const { object_id: objectId, data_profiling_config: config } = body;
      const monitor = await storage.transaction(async (transaction) => {
        const targets = checkMonitor(unity, objectId, config);
        const names = metricTables(targets);
        if (findMonitor(transaction, objectId) !== undefined) {
          throw new ApiError(409, 'ALREADY_EXISTS', `Data Monitor '${names.monitoredTable}' already exists`);
        }
        const assetsDirectory = `/Workspace/Users/${caller.userName}/databricks_lakehouse_monitoring/${names.monitoredTable}`;
        const created: Monitor = {
          objectId,
          config: { assets_dir: assetsDirectory, ...config },
          creator: caller.userName,
          version: 0,
          activeAt: now() + lifecycle.activeAfterMs,
          dashboardId: ids.hex(),
          ...names,
        };
        await putMonitor(transaction, created);
        const dueAt = created.activeAt + lifecycle.refreshDelayMs;
        const start = { refreshId: ids.integer(), first: true, dueAt, startTimeMs: clock().getTime() };
        await addRefresh(transaction, { objectId, ...start });
        return created;
      });
      worker.wake();
      return answer({ ...monitor, activeAt: Infinity });
    },
  });
}

function updateRoute(options: MonitorRouteOptions, answer: (monitor: Monitor) => Answer): Route {
  const { storage, unity, maskMode } = options;
  return route(`PATCH ${monitorsPrefix}/{object_type}/{object_id}`, {
    query: updateQuery,
    body: changedMonitor,
    async handle({ parameters, query, body }) {
      const paths = parseMask(query.update_mask);
      const changed = await storage.transaction(async (transaction) => {
        const monitor = existingMonitor(options, parameters);
        if (body.object_id !== monitor.objectId) {
          throw invalidParameter(`object_id: '${body.object_id}' is not the table of the path`);
        }
        const given = body.data_profiling_config;
        const merged = applyMask({ current: monitor.config, given, paths, mode: maskMode });
        const config = monitorConfig(merged, { path: ['data_profiling_config'] });
        const names = metricTables(checkMonitor(unity, monitor.objectId, config));
        const updated: Monitor = { ...monitor, ...names, config, version: monitor.version + 1 };
        await putMonitor(transaction, updated);
        return updated;
      });
      return answer(changed);
    },
  });
}

/** Recorded text of the service; it names the ids and not the table. */
function monitorMissing(unity: Unity, objectId: string): ApiError {
  return resourceDoesNotExist(`Cannot find Monitor with ID: /metastores:${unity.metastoreId}/tables:${objectId}/`);
}
