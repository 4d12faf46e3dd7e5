import { invalidParameter } from '../api/api-error.ts';
import { either, filledText, oneOf, shape } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import type { Caller } from '../principals/caller.ts';
import { changeMonitor } from './change-monitor.ts';
import { createMonitor } from './create-monitor.ts';
import { monitorAnswer } from './monitor-answer.ts';
import { changedMonitor, monitorConfig, newMonitor } from './monitor-config.ts';
import type { MonitorConfig } from './monitor-config.ts';
import { monitorsPrefix } from './monitor-paths.ts';
import type { MonitorServices } from './monitor-services.ts';
import { readableMonitor } from './permitted-monitor.ts';
import { statusOf } from './monitor.ts';
import type { Monitor, MonitorStatus } from './monitor.ts';
import { removeMonitor } from './remove-monitor.ts';
import { createSchemaMonitor } from './schema-monitors.ts';
import { newSchemaMonitor } from './schema-monitor-config.ts';
import { applyMask, parseMask } from './update-mask.ts';

export const updateQuery = shape({ required: { update_mask: filledText } });

const objectType = oneOf('table', 'schema');

/** Which of the two bodies it is, decided by `object_type`. */
const anyNewMonitor = either([newMonitor, newSchemaMonitor], (value, place) => {
  const given = (value as { readonly object_type?: unknown } | null)?.object_type ?? 'table';
  const type = objectType(given, { path: [...place.path, 'object_type'] });
  return type === 'schema' ? newSchemaMonitor : newMonitor;
});

/** Monitors of tables: data profiling. */
export function monitorRoutes(services: MonitorServices): readonly Route[] {
  const path = `${monitorsPrefix}/table/{object_id}` as const;
  return [
    route(`POST ${monitorsPrefix}`, {
      body: anyNewMonitor,
      async handle({ body, caller }) {
        if ('anomaly_detection_config' in body) return createSchemaMonitor(services, body, caller);
        const { object_id: objectId, data_profiling_config: config } = body;
        requireFolder(services, caller, config);
        const created = await createMonitor(services, { objectId, config, caller });
        return answerOf(services, created, { caller, status: 'PENDING' });
      },
    }),
    route(`GET ${path}`, {
      handle({ parameters, caller }) {
        const monitor = readableMonitor(services, { objectId: parameters('object_id'), caller });
        return answerOf(services, monitor, { caller });
      },
    }),
    updateRoute(services),
    route(`DELETE ${path}`, {
      async handle({ parameters, caller }) {
        await removeMonitor(services, { objectId: parameters('object_id'), caller });
        return {};
      },
    }),
  ];
}

function updateRoute(services: MonitorServices): Route {
  const { behaviour } = services;
  return route(`PATCH ${monitorsPrefix}/table/{object_id}`, {
    query: updateQuery,
    body: changedMonitor,
    async handle({ parameters, query, body, caller }) {
      const paths = parseMask(query.update_mask);
      const objectId = parameters('object_id').toLowerCase();
      if (body.object_id !== objectId) {
        throw invalidParameter(`object_id: '${body.object_id}' is not the table of the path`);
      }
      const changed = await changeMonitor(services, {
        objectId,
        caller,
        apply({ config: current }) {
          const given = body.data_profiling_config;
          const merged = applyMask({
            part: 'data_profiling_config',
            current,
            given,
            paths,
            mode: behaviour.monitor_mask,
          });
          const config = monitorConfig(merged, { path: ['data_profiling_config'] });
          if (behaviour.monitor_output_schema === 'refused') requireSameOutput(current, config);
          return { config };
        },
      });
      return answerOf(services, changed, { caller });
    },
  });
}

export function answerOf(
  services: MonitorServices,
  monitor: Monitor,
  seen: { readonly caller: Caller; readonly status?: MonitorStatus },
): Answer {
  const status = seen.status ?? statusOf(monitor, services.now());
  return monitorAnswer(monitor, { ...services, workspaceId: seen.caller.workspaceId, status });
}

/** The UI documentation wants a folder that exists; the legacy API took one that was missing (corrections, 10). */
function requireFolder(services: MonitorServices, caller: Caller, { assets_dir: folder }: MonitorConfig): void {
  if (services.behaviour.monitor_assets_dir === 'any' || folder === undefined) return;
  if (services.folderExists(caller.workspaceId, folder)) return;
  throw invalidParameter(`data_profiling_config.assets_dir: folder '${folder}' does not exist`);
}

function requireSameOutput(current: MonitorConfig, wanted: MonitorConfig): void {
  if (current.output_schema_id === wanted.output_schema_id) return;
  throw invalidParameter('data_profiling_config.output_schema_id: it cannot be changed');
}
