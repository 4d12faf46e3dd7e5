import type { Access } from '../access/access.ts';
import { parentsOf, schemaSecurable } from '../access/securable.ts';
import type { Securable } from '../access/securable.ts';
import { ApiError } from '../api/api-error.ts';
import type { Caller } from '../principals/caller.ts';
import type { SchemaObject } from '../unity/objects.ts';
import type { Monitor } from './monitor.ts';

/** Privileges on monitors as `DataQualityAPI` of databricks-sdk-py lists them; ownership includes them. */

/** Creation: USE on the parents, SELECT on the table, MANAGE on it or above it. BROWSE gives none of them. */
export function requireCreation(access: Access, caller: Caller, table: Securable): void {
  access.require(caller, 'SELECT', table);
  access.requireManage(caller, table);
}

/**
 * Metric tables belong to the creator, who therefore makes tables in the output schema. The SDK names no privilege for
 * this; CREATE TABLE is what any other way to make them needs.
 */
export function requireOutput(access: Access, caller: Caller, schema: SchemaObject): void {
  const securable = schemaSecurable(schema);
  access.require(caller, 'USE_SCHEMA', securable);
  access.require(caller, 'CREATE_TABLE', securable);
}

/** Update, deletion, start and cancelation of refreshes: MANAGE and USE, without SELECT. */
export function requireManagement(access: Access, caller: Caller, object: Securable): void {
  if (managesCatalog(access, caller, object)) return;
  if (object.type === 'schema') access.require(caller, 'USE_SCHEMA', object);
  access.requireManage(caller, object);
}

/** GET and refreshes: SELECT on the table, or MANAGE on its schema or catalog. */
export function requireReading(access: Access, caller: Caller, object: Securable): void {
  if (mayRead(access, caller, object)) return;
  access.require(caller, object.type === 'schema' ? 'USE_SCHEMA' : 'SELECT', object);
}

export function mayRead(access: Access, caller: Caller, object: Securable): boolean {
  if (managesCatalog(access, caller, object)) return true;
  if (!access.uses(caller, object)) return false;
  if (object.type === 'schema') return access.has(caller, 'USE_SCHEMA', object);
  const [schema] = parentsOf(object);
  return access.has(caller, 'SELECT', object) || (schema !== undefined && access.manages(caller, schema));
}

/** For refreshes, and for changes through the legacy API. Status and text are not documented. */
export function requireSameWorkspace(monitor: Pick<Monitor, 'monitoredTable' | 'workspaceId'>, caller: Caller): void {
  if (monitor.workspaceId === caller.workspaceId) return;
  throw new ApiError(
    400,
    'INVALID_STATE',
    `Data Monitor '${monitor.monitoredTable}' was created in workspace ${monitor.workspaceId}; this call must be made from there`,
  );
}

/** The legacy update takes the creator only (`QualityMonitorsAPI.update`). */
export function requireCreator(monitor: Monitor, caller: Caller): void {
  if (monitor.creator.toLowerCase() === caller.userName.toLowerCase()) return;
  throw new ApiError(403, 'PERMISSION_DENIED', `User is not the creator of Data Monitor '${monitor.monitoredTable}'.`);
}

/** MANAGE on the catalog counts without USE on the schema. */
function managesCatalog(access: Access, caller: Caller, object: Securable): boolean {
  const catalog = parentsOf(object).at(-1);
  return catalog !== undefined && access.has(caller, 'USE_CATALOG', catalog) && access.manages(caller, catalog);
}
