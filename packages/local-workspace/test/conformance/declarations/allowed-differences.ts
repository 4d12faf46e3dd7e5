type Reasons = Readonly<Record<string, string>>;

const inPython = 'in the Python client 0.133 of the same service';
const newer = 'in newer Python clients (seen in 0.162)';
const pathRepeats = 'an update repeats at will what the path says';
const outputOnly = 'filled by the server; in the Python client of the same service';
const legacyOutput = 'an output field: refused on creation and ignored in a replacement, as the client annotates it';
const notPausable = 'refused whatever it is: a schedule cannot be paused (databricks/cli PR #1481)';

/** Where server and client differ on purpose, by service; the value is the reason. */
export const allowedDifferences: Readonly<Record<string, Reasons>> = {
  catalog: {
    ...onlyOfServer(outputOnly, 'EntityTagAssignment', ['inherited', 'source_type', 'update_time', 'updated_by']),
    'EntityTagAssignment.entity_type: the server takes some words only':
      'the plural forms of Terraform entity_tag_assignment; singular ones are refused',
    'EntityTagAssignment.entity_type: the server does not require it': pathRepeats,
    'EntityTagAssignment.entity_name: the server does not require it': pathRepeats,
    'EntityTagAssignment.tag_key: the server does not require it': pathRepeats,
    'UpdateEntityTagAssignmentRequest.update_mask: the server takes some words only':
      'tag_value is the one field that can change',
    ...onlyOfServer(inPython, 'ListEntityTagAssignmentsRequest', ['include_inherited']),
    ...onlyOfServer(inPython, 'GetEntityTagAssignmentRequest', ['include_inherited']),
    'UpdateSchema.enable_predictive_optimization: only the client knows it':
      'nothing is optimised here; to accept it and do nothing would hide that',
    'UpdatePermissions.omit_permissions_in_response: only the server knows it': 'in the Python client',
    'GetGrantRequest.include_deleted_principals: only the server knows it': 'in the Python client',
    'PermissionsChange.add: the server takes anything of this kind':
      'privileges of objects that are not modelled are refused with a reason',
    'PermissionsChange.remove: the server takes anything of this kind':
      'privileges of objects that are not modelled are refused with a reason',
    'PermissionsChange.principal: the server requires it': 'without it nothing could be changed',
    'UpdateSchema.new_name: only the client knows it': 'renaming is not served',
    ...onlyOfServer(legacyOutput, 'CreateMonitor', [
      'status',
      'profile_metrics_table_name',
      'drift_metrics_table_name',
      'monitor_version',
      'dashboard_id',
    ]),
    ...onlyOfServer(legacyOutput, 'UpdateMonitor', [
      'status',
      'profile_metrics_table_name',
      'drift_metrics_table_name',
      'monitor_version',
    ]),
    ...onlyOfServer('ignored in a replacement (databricks/cli change_assets_dir)', 'UpdateMonitor', [
      'assets_dir',
      'skip_builtin_dashboard',
      'warehouse_id',
    ]),
    'MonitorCronSchedule.pause_status: the server takes anything of this kind': notPausable,
  },
  dashboards: {
    ...onlyOfServer(inPython, 'CreateDashboardRequest', ['dataset_catalog', 'dataset_schema']),
    ...onlyOfServer(inPython, 'UpdateDashboardRequest', ['dataset_catalog', 'dataset_schema']),
    ...onlyOfServer(inPython, 'Subscription', ['skip_notify']),
  },
  iam: {
    'AccessControlRequest.permission_level: the server requires it': 'without it nothing would be given',
    'AccessControlRequest.permission_level: the server takes anything of this kind':
      'which levels there are depends on the type of the object; others are refused by name',
  },
  sql: {
    ...onlyOfServer(inPython, 'ExecuteStatementRequest', ['query_tags']),
    ...onlyOfServer(inPython, 'AlertV2', ['parameters', 'effective_parent_path']),
    ...onlyOfServer(newer, 'AlertV2', ['custom_template_format']),
    ...onlyOfServer(inPython, 'CronSchedule', ['effective_pause_status']),
    ...onlyOfServer(inPython, 'TrashAlertV2Request', ['purge']),
    ...onlyOfServer('computed fields of Terraform alert_v2, in no SDK', 'AlertV2Notification', [
      'effective_notify_on_ok',
      'effective_retrigger_seconds',
    ]),
  },
  dataquality: {
    'Monitor.object_type: the server takes some words only': 'the client names the two in its text: schema and table',
    'Refresh.object_type: the server takes some words only': 'only tables can be refreshed, as the client says itself',
    'InferenceLogConfig.prediction_probability_column: only the server knows it':
      'in the Python client alone; accepted and dropped, see correction 7 and the switch monitor_probability_column',
    'CronSchedule.pause_status: the server takes anything of this kind': notPausable,
    'DataProfilingConfig.data_classification_config: only the server knows it':
      'shown now and then although nobody had set it (TF #4229); what the service shows, it takes back',
    ...onlyOfServer(inPython, 'AnomalyDetectionConfig', [
      'excluded_table_full_names',
      'publish_health_indicator',
      'validity_check_configurations',
      'anomaly_detection_workflow_id',
      'job_type',
    ]),
    ...onlyOfServer('bundles Python reference, in no SDK yet', 'AnomalyDetectionConfig', ['notification_settings']),
  },
  settings: {
    ...onlyOfServer(outputOnly, 'CreateNotificationDestinationRequest', ['id', 'destination_type']),
    ...onlyOfServer(outputOnly, 'UpdateNotificationDestinationRequest', ['destination_type']),
    'CreateNotificationDestinationRequest.config: the server requires it': 'it must hold exactly one nested config',
    'CreateNotificationDestinationRequest.display_name: the server requires it': 'the one way people tell them apart',
    'EmailConfig.addresses: the server requires it': 'mail to nobody is no destination',
    ...onlyOfServer(newer, 'Config', ['databricks_app_slack', 'databricks_app_teams']),
    ...onlyOfServer(
      inPython,
      'GenericWebhookConfig',
      ['client_id', 'client_secret', 'token_url', 'audience', 'scopes'].flatMap((name) => [
        `oauth_${name}`,
        `oauth_${name}_set`,
      ]),
    ),
  },
  workspace: {
    ...onlyOfServer('sent by databricks/cli (libs/filer) and in no SDK', 'GetStatusRequest', [
      'return_git_info',
      'return_export_info',
    ]),
    ...onlyOfServer('sent by databricks/cli (libs/filer) and in no SDK', 'ListWorkspaceRequest', [
      'return_export_info',
    ]),
    ...onlyOfServer('sent by WorkspaceExt.download of the Python client', 'ExportRequest', ['direct_download']),
    ...onlyOfServer(inPython, 'ExportRequest', ['outputs']),
  },
};

function onlyOfServer(reason: string, type: string, fields: readonly string[]): Reasons {
  return Object.fromEntries(fields.map((field) => [`${type}.${field}: only the server knows it`, reason]));
}
