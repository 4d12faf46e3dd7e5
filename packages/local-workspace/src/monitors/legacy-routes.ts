import { filledText, shape } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import type { Caller } from '../principals/caller.ts';
import { doesNotExist } from '../unity/unity-error.ts';
import { changeMonitor } from './change-monitor.ts';
import { createMonitor } from './create-monitor.ts';
import { requireLasting } from './existing-monitor.ts';
import { legacyAnswer } from './legacy-answer.ts';
import { legacyCreation, legacyReplacement } from './legacy-config.ts';
import type { LegacyCreation, LegacyReplacement } from './legacy-config.ts';
import { configOfLegacy, settingsOfLegacy } from './legacy-mapping.ts';
import { makeDashboard } from './make-dashboard.ts';
import { monitoredTable } from './monitored-table.ts';
import type { MonitorConfig } from './monitor-config.ts';
import { requireCreator, requireSameWorkspace } from './monitor-rights.ts';
import type { MonitorServices } from './monitor-services.ts';
import { managedMonitor, readableMonitor } from './permitted-monitor.ts';
import { putMonitor, statusOf } from './monitor.ts';
import type { Monitor, MonitorStatus } from './monitor.ts';
import { removeMonitor } from './remove-monitor.ts';

const path = '/api/2.1/unity-catalog/tables/{table_name}/monitor';
const regeneration = shape({ optional: { warehouse_id: filledText } });
const dashboardPath = '/api/2.1/quality-monitoring/tables/{table_name}/monitor/dashboard';

/**
 * The deprecated API by names of tables. Its documentation speaks of owners where the newer one speaks of MANAGE; the
 * newer rule holds for both here.
 */
export function legacyMonitorRoutes(services: MonitorServices): readonly Route[] {
  const { unity } = services;
  return [
    route(`POST ${path}`, {
      body: legacyCreation,
      async handle({ parameters, body, caller }) {
        const { tableId: objectId } = monitoredTable(unity, parameters('table_name'));
        const config = { ...configIn(services, body), ...inputsOf(body) };
        const created = await createMonitor(services, { objectId, config, caller, legacy: settingsOfLegacy(body) });
        return answerOf(services, created, { caller, status: 'PENDING' });
      },
    }),
    route(`GET ${path}`, {
      handle({ parameters, caller }) {
        const { tableId: objectId } = monitoredTable(unity, parameters('table_name'));
        return answerOf(services, readableMonitor(services, { objectId, caller }), { caller });
      },
    }),
    route(`PUT ${path}`, {
      body: legacyReplacement,
      async handle({ parameters, body, caller }) {
        const { tableId: objectId } = monitoredTable(unity, parameters('table_name'));
        const apply = (current: Monitor) => replaced(services, { current, body, caller });
        return answerOf(services, await changeMonitor(services, { objectId, caller, apply }), { caller });
      },
    }),
    route(`DELETE ${path}`, {
      async handle({ parameters, caller }) {
        const { tableId: objectId } = monitoredTable(unity, parameters('table_name'));
        await removeMonitor(services, { objectId, caller, permit: (monitor) => requireSameWorkspace(monitor, caller) });
        return {};
      },
    }),
    route(`POST ${dashboardPath}`, {
      body: regeneration,
      async handle({ parameters, body, caller }) {
        return regenerate(services, { table: parameters('table_name'), warehouseId: body.warehouse_id, caller });
      },
    }),
  ];
}

function answerOf(
  services: MonitorServices,
  monitor: Monitor,
  seen: { readonly caller: Caller; readonly status?: MonitorStatus },
): Answer {
  const status = seen.status ?? statusOf(monitor, services.now());
  return legacyAnswer(monitor, { ...services, workspaceId: seen.caller.workspaceId, status });
}

/** Everything that the body leaves out goes, but for the inputs of creation. */
function replaced(
  services: MonitorServices,
  update: { readonly current: Monitor; readonly body: LegacyReplacement; readonly caller: Caller },
): Pick<Monitor, 'config' | 'legacy' | 'dashboardId'> {
  const { current, body, caller } = update;
  requireSameWorkspace(current, caller);
  requireCreator(current, caller);
  const dashboardId = body.dashboard_id ?? current.dashboardId;
  return {
    config: { ...configIn(services, body), ...inputsOf(current.config) },
    legacy: settingsOfLegacy(body),
    ...(dashboardId === undefined ? {} : { dashboardId }),
  };
}

function configIn({ unity }: MonitorServices, body: LegacyReplacement | LegacyCreation): MonitorConfig {
  const schema = unity.schema(body.output_schema_name);
  if (schema === undefined) throw doesNotExist('Schema', body.output_schema_name);
  return configOfLegacy(body, schema.schemaId);
}

type Inputs = Pick<MonitorConfig, 'assets_dir' | 'skip_builtin_dashboard' | 'warehouse_id'>;

function inputsOf(fields: Inputs): Inputs {
  const { assets_dir: folder, skip_builtin_dashboard: skip, warehouse_id: warehouse } = fields;
  return {
    ...(folder === undefined ? {} : { assets_dir: folder }),
    ...(skip === undefined ? {} : { skip_builtin_dashboard: skip }),
    ...(warehouse === undefined ? {} : { warehouse_id: warehouse }),
  };
}

/** A new dashboard in the assets directory, also for a monitor that had none (`regenerate_dashboard`). */
async function regenerate(
  services: MonitorServices,
  wanted: { readonly table: string; readonly warehouseId: string | undefined; readonly caller: Caller },
): Promise<Answer> {
  const { tableId } = monitoredTable(services.unity, wanted.table);
  return services.storage.transaction(async (transaction) => {
    const monitor = managedMonitor(services, { objectId: tableId, caller: wanted.caller });
    requireLasting(monitor);
    requireSameWorkspace(monitor, wanted.caller);
    const { skip_builtin_dashboard: _skipped, ...config } = monitor.config;
    const warehouse = wanted.warehouseId === undefined ? {} : { warehouse_id: wanted.warehouseId };
    const drawn: Monitor = { ...monitor, config: { ...config, ...warehouse } };
    const changed = { ...drawn, ...(await makeDashboard(services, transaction, drawn)) };
    await putMonitor(transaction, changed);
    return { dashboard_id: changed.dashboardId, parent_folder: config.assets_dir };
  });
}
