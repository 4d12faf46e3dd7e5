import type { RequestType } from './compare-request.ts';

const unity = '/api/2.1/unity-catalog';
const tags = `${unity}/entity-tag-assignments`;
const ofTag = `${tags}/{entity_type}/{entity_name}/tags/{tag_key}`;
const warehouses = '/api/2.0/sql/warehouses';
const statements = '/api/2.0/sql/statements';
const monitors = '/api/data-quality/v1/monitors';
const ofMonitor = `${monitors}/{object_type}/{object_id}`;
const workspace = '/api/2.0/workspace';

/** Calls of the server and the request type of the client that makes each, by service. */
export const requestTypes: Readonly<Record<string, Readonly<Record<string, RequestType>>>> = {
  catalog: {
    [`GET ${unity}/catalogs`]: { type: 'ListCatalogsRequest' },
    [`GET ${unity}/catalogs/{name}`]: { type: 'GetCatalogRequest' },
    [`GET ${unity}/schemas`]: { type: 'ListSchemasRequest' },
    [`POST ${unity}/schemas`]: { type: 'CreateSchema' },
    [`GET ${unity}/schemas/{full_name}`]: { type: 'GetSchemaRequest' },
    [`PATCH ${unity}/schemas/{full_name}`]: { type: 'UpdateSchema' },
    [`DELETE ${unity}/schemas/{full_name}`]: { type: 'DeleteSchemaRequest' },
    [`GET ${unity}/tables`]: { type: 'ListTablesRequest' },
    [`GET ${unity}/tables/{full_name}`]: { type: 'GetTableRequest' },
    [`GET ${unity}/tables/{full_name}/exists`]: { type: 'ExistsRequest' },
    [`DELETE ${unity}/tables/{full_name}`]: { type: 'DeleteTableRequest' },
    [`POST ${tags}`]: { type: 'CreateEntityTagAssignmentRequest', body: 'tag_assignment' },
    [`GET ${tags}/{entity_type}/{entity_name}/tags`]: { type: 'ListEntityTagAssignmentsRequest' },
    [`GET ${ofTag}`]: { type: 'GetEntityTagAssignmentRequest' },
    [`PATCH ${ofTag}`]: { type: 'UpdateEntityTagAssignmentRequest', body: 'tag_assignment' },
    [`DELETE ${ofTag}`]: { type: 'DeleteEntityTagAssignmentRequest' },
  },
  sql: {
    [`GET ${warehouses}`]: { type: 'ListWarehousesRequest' },
    [`GET ${warehouses}/{id}`]: { type: 'GetWarehouseRequest' },
    [`POST ${warehouses}/{id}/start`]: { type: 'StartRequest' },
    [`POST ${warehouses}/{id}/stop`]: { type: 'StopRequest' },
    [`POST ${statements}`]: { type: 'ExecuteStatementRequest' },
    [`GET ${statements}/{statement_id}`]: { type: 'GetStatementRequest' },
    [`GET ${statements}/{statement_id}/result/chunks/{chunk_index}`]: { type: 'GetStatementResultChunkNRequest' },
    [`POST ${statements}/{statement_id}/cancel`]: { type: 'CancelExecutionRequest' },
  },
  dataquality: {
    [`GET ${monitors}`]: { type: 'ListMonitorRequest' },
    [`POST ${monitors}`]: { type: 'CreateMonitorRequest', body: 'monitor' },
    [`GET ${ofMonitor}`]: { type: 'GetMonitorRequest' },
    [`PATCH ${ofMonitor}`]: { type: 'UpdateMonitorRequest', body: 'monitor' },
    [`DELETE ${ofMonitor}`]: { type: 'DeleteMonitorRequest' },
    [`GET ${ofMonitor}/refreshes`]: { type: 'ListRefreshRequest' },
    [`POST ${ofMonitor}/refreshes`]: { type: 'CreateRefreshRequest', body: 'refresh' },
    [`GET ${ofMonitor}/refreshes/{refresh_id}`]: { type: 'GetRefreshRequest' },
    [`POST ${ofMonitor}/refreshes/{refresh_id}/cancel`]: { type: 'CancelRefreshRequest' },
  },
  workspace: {
    [`POST ${workspace}/mkdirs`]: { type: 'Mkdirs' },
    [`GET ${workspace}/get-status`]: { type: 'GetStatusRequest' },
    [`GET ${workspace}/list`]: { type: 'ListWorkspaceRequest' },
    [`POST ${workspace}/delete`]: { type: 'Delete' },
  },
};

/** Calls that no request type describes, and why. */
export const callsWithoutType: Readonly<Record<string, string>> = {
  'GET /api/2.0/preview/scim/v2/Me': 'takes nothing',
  [`GET ${unity}/metastore_summary`]: 'takes nothing',
  [`GET ${unity}/current-metastore-assignment`]: 'takes nothing',
  'GET /external-results/{token}': 'a presigned link of cloud storage, no call of the service',
};
