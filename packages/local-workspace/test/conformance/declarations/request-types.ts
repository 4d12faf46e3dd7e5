import type { RequestType } from './compare-request.ts';

const unity = '/api/2.1/unity-catalog';
const tags = `${unity}/entity-tag-assignments`;
const ofTag = `${tags}/{entity_type}/{entity_name}/tags/{tag_key}`;
const warehouses = '/api/2.0/sql/warehouses';
const statements = '/api/2.0/sql/statements';
const monitors = '/api/data-quality/v1/monitors';
const ofMonitor = `${monitors}/{object_type}/{object_id}`;
const workspace = '/api/2.0/workspace';
const files = '/api/2.0/fs/files/Volumes/{file_path*}';
const directories = '/api/2.0/fs/directories/Volumes/{directory_path*}';
const scim = '/api/2.0/preview/scim/v2';

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
    [`PATCH ${unity}/tables/{full_name}`]: { type: 'UpdateTableRequest' },
    [`GET ${unity}/table-summaries`]: { type: 'ListSummariesRequest' },
    [`GET ${unity}/volumes`]: { type: 'ListVolumesRequest' },
    [`POST ${unity}/volumes`]: { type: 'CreateVolumeRequestContent' },
    [`GET ${unity}/volumes/{name}`]: { type: 'ReadVolumeRequest' },
    [`PATCH ${unity}/volumes/{name}`]: { type: 'UpdateVolumeRequestContent' },
    [`DELETE ${unity}/volumes/{name}`]: { type: 'DeleteVolumeRequest' },
    [`GET ${unity}/functions`]: { type: 'ListFunctionsRequest' },
    [`POST ${unity}/functions`]: { type: 'CreateFunctionRequest' },
    [`GET ${unity}/functions/{name}`]: { type: 'GetFunctionRequest' },
    [`PATCH ${unity}/functions/{name}`]: { type: 'UpdateFunction' },
    [`DELETE ${unity}/functions/{name}`]: { type: 'DeleteFunctionRequest' },
    [`GET ${unity}/permissions/{securable_type}/{full_name}`]: { type: 'GetGrantRequest' },
    [`PATCH ${unity}/permissions/{securable_type}/{full_name}`]: { type: 'UpdatePermissions' },
    [`GET ${unity}/effective-permissions/{securable_type}/{full_name}`]: { type: 'GetEffectiveRequest' },
    [`GET ${unity}/metastores/{metastore_id}/systemschemas`]: { type: 'ListSystemSchemasRequest' },
    [`GET ${unity}/resource-quotas/all-resource-quotas`]: { type: 'ListQuotasRequest' },
    [`GET ${unity}/resource-quotas/{parent_securable_type}/{parent_full_name}/{quota_name}`]: {
      type: 'GetQuotaRequest',
    },
  },
  files: {
    [`GET ${files}`]: { type: 'DownloadRequest' },
    [`HEAD ${files}`]: { type: 'GetMetadataRequest' },
    [`DELETE ${files}`]: { type: 'DeleteFileRequest' },
    [`GET ${directories}`]: { type: 'ListDirectoryContentsRequest' },
    [`PUT ${directories}`]: { type: 'CreateDirectoryRequest' },
    [`HEAD ${directories}`]: { type: 'GetDirectoryMetadataRequest' },
    [`DELETE ${directories}`]: { type: 'DeleteDirectoryRequest' },
  },
  iam: {
    [`GET ${scim}/Users`]: { type: 'ListUsersRequest' },
    [`GET ${scim}/ServicePrincipals`]: { type: 'ListServicePrincipalsRequest' },
    [`GET ${scim}/Groups`]: { type: 'ListGroupsRequest' },
    [`GET ${scim}/Users/{id}`]: { type: 'GetUserRequest' },
    [`GET ${scim}/ServicePrincipals/{id}`]: { type: 'GetServicePrincipalRequest' },
    [`GET ${scim}/Groups/{id}`]: { type: 'GetGroupRequest' },
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
  'GET /.well-known/databricks-config': 'takes nothing',
  'GET /oidc/.well-known/oauth-authorization-server': 'takes nothing',
  'POST /oidc/v1/token': 'a form, which the client builds without a type',
  [`PUT ${files}`]: 'bytes; the query is that of UploadRequest',
  [`POST ${files}`]: 'an upload in parts, which is refused',
  'POST /api/2.0/fs/create-upload-part-urls': 'an upload in parts, which is refused',
  'POST /api/2.0/fs/create-resumable-upload-url': 'an upload in parts, which is refused',
  'POST /api/2.0/fs/create-abort-upload-url': 'an upload in parts, which is refused',
  'POST /api/2.0/fs/create-download-url': 'a presigned link, which is refused',
  [`GET ${unity}/privilege-assignments/{securable_type}/{full_name}`]: 'in the Python client alone',
  [`GET ${unity}/effective-privilege-assignments/{securable_type}/{full_name}`]: 'in the Python client alone',
  'GET /external-results/{token}': 'a presigned link of cloud storage, no call of the service',
};
