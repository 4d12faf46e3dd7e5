const outputOnly = 'filled by the server; in the Python client of the same service';
const newerClient = 'in the Python client, which is newer';
const pathRepeats = 'an update repeats at will what the path says';

const oauthFields = ['oauth_client_id', 'oauth_client_secret', 'oauth_token_url', 'oauth_audience', 'oauth_scopes'];
const webhookOauth = Object.fromEntries(
  oauthFields.flatMap((name) =>
    [name, `${name}_set`].map((field) => [
      `GenericWebhookConfig.${field}: only the server knows it`,
      'in the published API reference',
    ]),
  ),
);

/** Where server and client differ on purpose, by service; the value is the reason. */
export const allowedDifferences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  catalog: {
    'EntityTagAssignment.inherited: only the server knows it': outputOnly,
    'EntityTagAssignment.source_type: only the server knows it': outputOnly,
    'EntityTagAssignment.update_time: only the server knows it': outputOnly,
    'EntityTagAssignment.updated_by: only the server knows it': outputOnly,
    'EntityTagAssignment.entity_type: the server takes some words only':
      'the plural forms of Terraform entity_tag_assignment; singular ones are refused',
    'EntityTagAssignment.entity_type: the server does not require it': pathRepeats,
    'EntityTagAssignment.entity_name: the server does not require it': pathRepeats,
    'EntityTagAssignment.tag_key: the server does not require it': pathRepeats,
    'UpdateEntityTagAssignmentRequest.update_mask: the server takes some words only':
      'tag_value is the one field that can change',
    'ListEntityTagAssignmentsRequest.include_inherited: only the server knows it': 'in the Python client',
    'GetEntityTagAssignmentRequest.include_inherited: only the server knows it': 'in the Python client',
    'UpdateSchema.enable_predictive_optimization: only the client knows it':
      'nothing is optimised here; to accept it and do nothing would hide that',
    'UpdateSchema.new_name: only the client knows it': 'renaming is not served',
  },
  sql: {
    'ExecuteStatementRequest.query_tags: only the server knows it': 'in the Python client',
    'TrashAlertV2Request.purge: only the server knows it': newerClient,
    'AlertV2.custom_template_format: only the server knows it': newerClient,
    'AlertV2.parameters: only the server knows it': newerClient,
    'AlertV2.effective_parent_path: only the server knows it': 'filled by the server (Terraform alert_v2)',
    'CronSchedule.effective_pause_status: only the server knows it': 'filled by the server (Terraform alert_v2)',
    'AlertV2Notification.effective_notify_on_ok: only the server knows it': 'sent back by Terraform, ignored',
    'AlertV2Notification.effective_retrigger_seconds: only the server knows it': 'sent back by Terraform, ignored',
  },
  dataquality: {
    'Monitor.anomaly_detection_config: only the client knows it': 'schema monitors are another feature of the same API',
    'Monitor.data_profiling_config: the server requires it': 'a monitor of a table needs it',
    'Monitor.object_type: the server takes some words only': 'schema monitors are another feature of the same API',
    'Refresh.object_type: the server takes some words only': 'only tables can be refreshed, as the client says itself',
    'InferenceLogConfig.prediction_probability_column: only the server knows it':
      'in the Python client alone; accepted and dropped, see correction 7 and the switch monitor_probability_column',
    'CronSchedule.pause_status: the server takes anything of this kind':
      'refused whatever it is: a schedule cannot be paused (databricks/cli PR #1481)',
  },
  settings: {
    'CreateNotificationDestinationRequest.id: only the server knows it': outputOnly,
    'CreateNotificationDestinationRequest.destination_type: only the server knows it': outputOnly,
    'UpdateNotificationDestinationRequest.destination_type: only the server knows it': outputOnly,
    'CreateNotificationDestinationRequest.config: the server requires it':
      'it "must wrap EXACTLY one of the nested configs"',
    'CreateNotificationDestinationRequest.display_name: the server requires it': 'required in Terraform',
    'EmailConfig.addresses: the server requires it': 'a destination without an address reaches nobody',
    'Config.databricks_app_slack: only the server knows it': newerClient,
    'Config.databricks_app_teams: only the server knows it': newerClient,
    ...webhookOauth,
  },
  workspace: {
    'ListWorkspaceRequest.notebooks_modified_after: only the client knows it': 'notebooks are not served',
  },
};
