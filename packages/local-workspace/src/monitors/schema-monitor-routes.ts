import { invalidParameter, resourceDoesNotExist } from '../api/api-error.ts';
import { ignored } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { monitorsPrefix, pageQuery } from './monitor-paths.ts';
import { updateQuery } from './monitor-routes.ts';
import type { MonitorServices } from './monitor-services.ts';
import { anomalyConfig, changedSchemaMonitor } from './schema-monitor-config.ts';
import { changeSchemaMonitor, readSchemaMonitor, removeSchemaMonitor } from './schema-monitors.ts';
import { applyMask, parseMask } from './update-mask.ts';

const path = `${monitorsPrefix}/schema/{object_id}` as const;

/** Monitors of schemas: anomaly detection. */
export function schemaMonitorRoutes(services: MonitorServices): readonly Route[] {
  return [
    route(`GET ${path}`, {
      handle: ({ parameters, caller }) => readSchemaMonitor(services, parameters('object_id'), caller),
    }),
    route(`PATCH ${path}`, {
      query: updateQuery,
      body: changedSchemaMonitor,
      handle({ parameters, query, body, caller }) {
        const paths = parseMask(query.update_mask);
        const objectId = parameters('object_id').toLowerCase();
        if (body.object_id !== objectId) {
          throw invalidParameter(`object_id: '${body.object_id}' is not the schema of the path`);
        }
        const given = body.anomaly_detection_config;
        // A mask replaces the part that it names (bundles Python reference, "Data Quality Monitors"); of masks below that
        // part nobody says whether they are understood so: the switch holds for both kinds of monitor.
        const mode = services.behaviour.monitor_mask;
        const mask = { part: 'anomaly_detection_config', given, paths, mode } as const;
        return changeSchemaMonitor(services, {
          objectId,
          caller,
          apply: (current) => anomalyConfig(applyMask({ ...mask, current }), { path: ['anomaly_detection_config'] }),
        });
      },
    }),
    route(`DELETE ${path}`, {
      async handle({ parameters, caller }) {
        await removeSchemaMonitor(services, { objectId: parameters('object_id'), caller });
        return {};
      },
    }),
    ...refreshRoutes(services),
  ];
}

/** "Currently only supported for the `table` `object_type`" (`create_refresh`, `cancel_refresh`): there never is one. */
function refreshRoutes(services: MonitorServices): readonly Route[] {
  const refuse = (): never => {
    throw invalidParameter('object_type: refreshes are supported for tables only');
  };
  return [
    route(`POST ${path}/refreshes`, { body: ignored, handle: refuse }),
    route(`POST ${path}/refreshes/{refresh_id}/cancel`, { body: ignored, handle: refuse }),
    route(`GET ${path}/refreshes`, {
      query: pageQuery,
      handle({ parameters, caller }) {
        readSchemaMonitor(services, parameters('object_id'), caller);
        return { refreshes: [] };
      },
    }),
    route(`GET ${path}/refreshes/{refresh_id}`, {
      handle({ parameters, caller }) {
        readSchemaMonitor(services, parameters('object_id'), caller);
        throw resourceDoesNotExist(`Cannot find Refresh with ID: ${parameters('refresh_id')}`);
      },
    }),
  ];
}
