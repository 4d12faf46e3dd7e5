const outputOnly = 'filled by the server; in the Python client of the same service';
const pathRepeats = 'an update repeats at will what the path says';

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
    'UpdatePermissions.omit_permissions_in_response: only the server knows it': 'in the Python client',
    'GetGrantRequest.include_deleted_principals: only the server knows it': 'in the Python client',
    'PermissionsChange.add: the server takes anything of this kind':
      'privileges of objects that are not modelled are refused with a reason',
    'PermissionsChange.remove: the server takes anything of this kind':
      'privileges of objects that are not modelled are refused with a reason',
    'PermissionsChange.principal: the server requires it': 'without it nothing could be changed',
    'UpdateSchema.new_name: only the client knows it': 'renaming is not served',
  },
  sql: {
    'ExecuteStatementRequest.query_tags: only the server knows it': 'in the Python client',
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
  workspace: {
    'ListWorkspaceRequest.notebooks_modified_after: only the client knows it': 'notebooks are not served',
  },
};
