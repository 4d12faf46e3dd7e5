import { schemaSecurable } from '../access/securable.ts';
import type { Securable } from '../access/securable.ts';
import { ApiError, resourceDoesNotExist } from '../api/api-error.ts';
import type { Answer } from '../api/route.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Caller } from '../principals/caller.ts';
import type { Document, Storage } from '../storage/storage.ts';
import { int64 } from './monitor-answer.ts';
import { mayRead, requireManagement, requireReading } from './monitor-rights.ts';
import type { MonitorServices } from './monitor-services.ts';
import type { AnomalyConfig, newSchemaMonitor } from './schema-monitor-config.ts';

/**
 * Anomaly detection on a schema, as it is kept. It can be managed like the service's; nothing is detected: the results
 * of the service come from models that nobody outside can follow.
 */
export interface SchemaMonitor {
  readonly objectId: string;
  /** `catalog.schema` in lower case. */
  readonly schema: string;
  readonly config: AnomalyConfig;
  readonly workspaceId: string;
  readonly workflowId: number;
}

export async function createSchemaMonitor(
  services: MonitorServices,
  body: ReturnType<typeof newSchemaMonitor>,
  caller: Caller,
): Promise<Answer> {
  const { storage, unity, access, ids } = services;
  const { object_id: objectId, anomaly_detection_config: config } = body;
  return storage.transaction(async (transaction) => {
    const schema = unity.schemaById(objectId);
    if (schema === undefined) {
      throw new ApiError(404, 'SCHEMA_DOES_NOT_EXIST', `Schema with ID '${objectId}' does not exist.`);
    }
    const securable = schemaSecurable(schema);
    requireManagement(access, caller, securable);
    if (transaction.get('schema_monitor', objectId) !== undefined) {
      throw new ApiError(409, 'ALREADY_EXISTS', `Data Monitor '${securable.name}' already exists`);
    }
    const place = { objectId, schema: securable.name, workspaceId: caller.workspaceId };
    const created: SchemaMonitor = { ...place, config, workflowId: ids.integer() };
    await transaction.put('schema_monitor', objectId, created as unknown as Document);
    return answerOf(services, created, caller);
  });
}

export function readSchemaMonitor(services: MonitorServices, objectId: string, caller: Caller): Answer {
  const schema = placeOf(services, objectId);
  if (schema !== undefined) requireReading(services.access, caller, schema);
  return answerOf(services, existing(services, objectId), caller);
}

export async function changeSchemaMonitor(
  services: MonitorServices,
  change: {
    readonly objectId: string;
    readonly caller: Caller;
    readonly apply: (config: AnomalyConfig) => AnomalyConfig;
  },
): Promise<Answer> {
  return services.storage.transaction(async (transaction) => {
    const current = managed(services, change);
    const changed: SchemaMonitor = { ...current, config: change.apply(current.config) };
    await transaction.put('schema_monitor', current.objectId, changed as unknown as Document);
    return answerOf(services, changed, change.caller);
  });
}

export async function removeSchemaMonitor(
  services: MonitorServices,
  removal: { readonly objectId: string; readonly caller: Caller },
): Promise<void> {
  await services.storage.transaction((transaction) =>
    transaction.remove('schema_monitor', managed(services, removal).objectId),
  );
}

/** Those that the caller may read, for the list of monitors. */
export function schemaMonitorAnswers(services: MonitorServices, caller: Caller): readonly Answer[] {
  return allSchemaMonitors(services.storage)
    .filter((monitor) => isPresent(services, monitor))
    .filter(({ schema }) => mayRead(services.access, caller, { type: 'schema', name: schema }))
    .map((monitor) => answerOf(services, monitor, caller));
}

function answerOf({ behaviour }: MonitorServices, monitor: SchemaMonitor, caller: Caller): Answer {
  const isHome = monitor.workspaceId === caller.workspaceId;
  return {
    object_type: 'schema',
    object_id: monitor.objectId,
    anomaly_detection_config: {
      ...shown(monitor.config, behaviour),
      // No `job_type`: it is that of the last run, and there is none.
      ...(isHome ? { anomaly_detection_workflow_id: int64(monitor.workflowId, behaviour) } : {}),
    },
  };
}

/** Ids of users are int64. */
function shown(config: AnomalyConfig, behaviour: Behaviour): Answer {
  const { notification_settings: settings, ...others } = config;
  if (settings === undefined) return others;
  const { on_unhealthy_table: told } = settings;
  const { destination_user_ids: users, ...destinations } = told ?? {};
  const ids = users === undefined ? {} : { destination_user_ids: users.map((id) => int64(Number(id), behaviour)) };
  return {
    ...others,
    notification_settings: told === undefined ? {} : { on_unhealthy_table: { ...destinations, ...ids } },
  };
}

function managed(
  services: MonitorServices,
  { objectId, caller }: { readonly objectId: string; readonly caller: Caller },
): SchemaMonitor {
  const schema = placeOf(services, objectId);
  if (schema !== undefined) requireManagement(services.access, caller, schema);
  return existing(services, objectId);
}

/** Where the privileges are looked up, as for monitors of tables. */
function placeOf(services: MonitorServices, objectId: string): Securable | undefined {
  const schema = services.unity.schemaById(objectId);
  if (schema !== undefined) return schemaSecurable(schema);
  const monitor = find(services, objectId);
  return monitor === undefined ? undefined : { type: 'schema', name: monitor.schema };
}

function existing(services: MonitorServices, objectId: string): SchemaMonitor {
  const found = find(services, objectId);
  if (found !== undefined) return found;
  // After the recorded text for monitors of tables.
  const place = `/metastores:${services.unity.metastoreId}/schemas:${objectId}/`;
  throw resourceDoesNotExist(`Cannot find Monitor with ID: ${place}`);
}

function find(services: MonitorServices, objectId: string): SchemaMonitor | undefined {
  const found = services.storage.get('schema_monitor', objectId.toLowerCase()) as SchemaMonitor | undefined;
  return found !== undefined && isPresent(services, found) ? found : undefined;
}

function isPresent({ unity, behaviour }: MonitorServices, { objectId }: SchemaMonitor): boolean {
  return behaviour.monitor_of_dropped_table === 'readable' || unity.schemaById(objectId) !== undefined;
}

function allSchemaMonitors(source: Pick<Storage, 'list'>): readonly SchemaMonitor[] {
  return source.list('schema_monitor') as unknown as readonly SchemaMonitor[];
}
