import { importFields } from '../../../src/workspace-files/import-request.ts';
import type { RequestType } from './compare-request.ts';

const unity = '/api/2.1/unity-catalog';
const tags = `${unity}/entity-tag-assignments`;
const ofTag = `${tags}/{entity_type}/{entity_name}/tags/{tag_key}`;
const workspaceTags = '/api/2.0/entity-tag-assignments';
const ofWorkspaceTag = `${workspaceTags}/{entity_type}/{entity_id}/tags`;
const warehouses = '/api/2.0/sql/warehouses';
const statements = '/api/2.0/sql/statements';
const monitors = '/api/data-quality/v1/monitors';
const legacy = `${unity}/tables/{table_name}/monitor`;
const alerts = '/api/2.0/alerts';
const destinations = '/api/2.0/notification-destinations';
const workspace = '/api/2.0/workspace';
const files = '/api/2.0/fs/files/Volumes/{file_path*}';
const directories = '/api/2.0/fs/directories/Volumes/{directory_path*}';
const lakeview = '/api/2.0/lakeview/dashboards';
const schedules = `${lakeview}/{dashboard_id}/schedules`;
const subscriptions = `${schedules}/{schedule_id}/subscriptions`;
const permissions = '/api/2.0/permissions/{request_object_type}/{request_object_id}';
const warehousePermissions = '/api/2.0/permissions/sql/{request_object_type}/{request_object_id}';
const scim = '/api/2.0/preview/scim/v2';

/** Monitors of tables and of schemas have routes of their own. */
function monitorCalls(type: 'table' | 'schema'): Readonly<Record<string, RequestType>> {
  const of = `${monitors}/${type}/{object_id}`;
  const inPath = ['object_type'];
  return {
    [`GET ${of}`]: { type: 'GetMonitorRequest', inPath },
    [`PATCH ${of}`]: { type: 'UpdateMonitorRequest', body: 'monitor', inPath },
    [`DELETE ${of}`]: { type: 'DeleteMonitorRequest', inPath },
  };
}

const refreshes = `${monitors}/table/{object_id}/refreshes`;
const inPath = ['object_type'];

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
    [`POST ${legacy}`]: { type: 'CreateMonitor' },
    [`GET ${legacy}`]: { type: 'GetQualityMonitorRequest' },
    [`PUT ${legacy}`]: { type: 'UpdateMonitor' },
    [`DELETE ${legacy}`]: { type: 'DeleteQualityMonitorRequest' },
    [`POST ${legacy}/refreshes`]: { type: 'RunRefreshRequest' },
    [`GET ${legacy}/refreshes`]: { type: 'ListRefreshesRequest' },
    [`GET ${legacy}/refreshes/{refresh_id}`]: { type: 'GetRefreshRequest' },
    [`POST ${legacy}/refreshes/{refresh_id}/cancel`]: { type: 'CancelRefreshRequest' },
    'POST /api/2.1/quality-monitoring/tables/{table_name}/monitor/dashboard': { type: 'RegenerateDashboardRequest' },
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
    [`GET ${permissions}`]: { type: 'GetPermissionRequest' },
    [`GET ${permissions}/permissionLevels`]: { type: 'GetPermissionLevelsRequest' },
    [`PUT ${permissions}`]: { type: 'SetObjectPermissions' },
    [`PATCH ${permissions}`]: { type: 'UpdateObjectPermissions' },
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
    [`GET ${alerts}`]: { type: 'ListAlertsV2Request' },
    [`POST ${alerts}`]: { type: 'CreateAlertV2Request', body: 'alert' },
    [`GET ${alerts}/{id}`]: { type: 'GetAlertV2Request' },
    [`PATCH ${alerts}/{id}`]: { type: 'UpdateAlertV2Request', body: 'alert' },
    [`DELETE ${alerts}/{id}`]: { type: 'TrashAlertV2Request' },
  },
  dataquality: {
    [`GET ${monitors}`]: { type: 'ListMonitorRequest' },
    [`POST ${monitors}`]: { type: 'CreateMonitorRequest', body: 'monitor' },
    ...monitorCalls('table'),
    ...monitorCalls('schema'),
    [`GET ${refreshes}`]: { type: 'ListRefreshRequest', inPath },
    [`POST ${refreshes}`]: { type: 'CreateRefreshRequest', body: 'refresh', inPath },
    [`GET ${refreshes}/{refresh_id}`]: { type: 'GetRefreshRequest', inPath },
    [`POST ${refreshes}/{refresh_id}/cancel`]: { type: 'CancelRefreshRequest', inPath },
  },
  settings: {
    [`GET ${destinations}`]: { type: 'ListNotificationDestinationsRequest' },
    [`POST ${destinations}`]: { type: 'CreateNotificationDestinationRequest' },
    [`GET ${destinations}/{id}`]: { type: 'GetNotificationDestinationRequest' },
    [`PATCH ${destinations}/{id}`]: { type: 'UpdateNotificationDestinationRequest' },
    [`DELETE ${destinations}/{id}`]: { type: 'DeleteNotificationDestinationRequest' },
  },
  dashboards: {
    [`GET ${lakeview}`]: { type: 'ListDashboardsRequest' },
    [`POST ${lakeview}`]: { type: 'CreateDashboardRequest', body: 'dashboard' },
    [`GET ${lakeview}/{dashboard_id}`]: { type: 'GetDashboardRequest' },
    [`PATCH ${lakeview}/{dashboard_id}`]: { type: 'UpdateDashboardRequest', body: 'dashboard' },
    [`DELETE ${lakeview}/{dashboard_id}`]: { type: 'TrashDashboardRequest' },
    [`GET ${lakeview}/{dashboard_id}/published`]: { type: 'GetPublishedDashboardRequest' },
    [`POST ${lakeview}/{dashboard_id}/published`]: { type: 'PublishRequest' },
    [`DELETE ${lakeview}/{dashboard_id}/published`]: { type: 'UnpublishDashboardRequest' },
    [`GET ${schedules}`]: { type: 'ListSchedulesRequest' },
    [`POST ${schedules}`]: { type: 'CreateScheduleRequest', body: 'schedule' },
    [`GET ${schedules}/{schedule_id}`]: { type: 'GetScheduleRequest' },
    [`PUT ${schedules}/{schedule_id}`]: { type: 'UpdateScheduleRequest', body: 'schedule' },
    [`DELETE ${schedules}/{schedule_id}`]: { type: 'DeleteScheduleRequest' },
    [`GET ${subscriptions}`]: { type: 'ListSubscriptionsRequest' },
    [`POST ${subscriptions}`]: { type: 'CreateSubscriptionRequest', body: 'subscription' },
    [`GET ${subscriptions}/{subscription_id}`]: { type: 'GetSubscriptionRequest' },
    [`DELETE ${subscriptions}/{subscription_id}`]: { type: 'DeleteSubscriptionRequest' },
  },
  workspace: {
    [`POST ${workspace}/mkdirs`]: { type: 'Mkdirs' },
    [`GET ${workspace}/get-status`]: { type: 'GetStatusRequest' },
    [`GET ${workspace}/list`]: { type: 'ListWorkspaceRequest' },
    [`POST ${workspace}/delete`]: { type: 'Delete' },
    [`POST ${workspace}/import`]: { type: 'Import', reader: importFields },
    [`GET ${workspace}/export`]: { type: 'ExportRequest' },
  },
};

const unknownType = 'refuses object types that do not exist, whatever else the call says';
const unimplemented = 'refused as unimplemented, whatever the call says';

/** Calls that no request type describes, and why. */
export const callsWithoutType: Readonly<Record<string, string>> = {
  [`GET ${monitors}/{object_type}/{object_id}`]: unknownType,
  [`PATCH ${monitors}/{object_type}/{object_id}`]: unknownType,
  [`DELETE ${monitors}/{object_type}/{object_id}`]: unknownType,
  [`GET ${monitors}/{object_type}/{object_id}/refreshes`]: unknownType,
  [`POST ${monitors}/{object_type}/{object_id}/refreshes`]: unknownType,
  [`GET ${monitors}/{object_type}/{object_id}/refreshes/{refresh_id}`]: unknownType,
  [`POST ${monitors}/{object_type}/{object_id}/refreshes/{refresh_id}/cancel`]: unknownType,
  [`PATCH ${monitors}/{object_type}/{object_id}/refreshes/{refresh_id}`]: unimplemented,
  [`DELETE ${monitors}/{object_type}/{object_id}/refreshes/{refresh_id}`]: unimplemented,
  [`GET ${monitors}/schema/{object_id}/refreshes`]: unimplemented,
  [`POST ${monitors}/schema/{object_id}/refreshes`]: unimplemented,
  [`GET ${monitors}/schema/{object_id}/refreshes/{refresh_id}`]: unimplemented,
  [`POST ${monitors}/schema/{object_id}/refreshes/{refresh_id}/cancel`]: unimplemented,
  'GET /api/2.0/preview/scim/v2/Me': 'takes nothing',
  [`GET ${unity}/metastore_summary`]: 'takes nothing',
  [`GET ${unity}/current-metastore-assignment`]: 'takes nothing',
  [`POST ${lakeview}/{dashboard_id}/revert`]: 'in the Python client alone',
  [`POST ${workspaceTags}`]: 'in the Python client alone',
  ...Object.fromEntries(
    ['', '/{tag_key}'].map((rest) => [`GET ${ofWorkspaceTag}${rest}`, 'in the Python client alone']),
  ),
  [`PATCH ${ofWorkspaceTag}/{tag_key}`]: 'in the Python client alone',
  [`DELETE ${ofWorkspaceTag}/{tag_key}`]: 'in the Python client alone',
  ...Object.fromEntries(
    ['GET', 'PUT', 'PATCH'].map((method) => [
      `${method} ${warehousePermissions}`,
      'the same with another spelling of the type',
    ]),
  ),
  [`GET ${warehousePermissions}/permissionLevels`]: 'the same with another spelling of the type',
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
  'POST /api/2.0/workspace-files/import-file/{path*}': 'undocumented, used by the command line alone',
  'GET /external-results/{token}': 'a presigned link of cloud storage, no call of the service',
};
