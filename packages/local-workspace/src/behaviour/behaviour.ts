/**
 * What the sources about the real service disagree on or leave open. Each switch is one such fact, named in snake_case as
 * in the behaviour file; the first value is what the best source says and what the workspace does unless told otherwise.
 * A recorded probe of a real workspace is a file with these switches (W005).
 */
export const switches = {
  /** An update mask below `data_profiling_config` changes the leaf or the whole configuration. Correction 9. */
  monitor_mask: ['leaf', 'whole'],
  /** `GET …/monitors`: labelled unimplemented in every SDK, yet Terraform ships a data source for it. */
  monitor_list: ['unimplemented', 'served'],
  /** An update of `output_schema_id`: in place as in the legacy API, or refused. Not documented for v1. */
  monitor_output_schema: ['updatable', 'refused'],
  /** Whether GET shows `warehouse_id` and `skip_builtin_dashboard`. The legacy API does not. */
  monitor_create_inputs: ['hidden', 'echoed'],
  /** `prediction_probability_column`: only one of the generated clients knows it. Correction 7. */
  monitor_probability_column: ['dropped', 'echoed'],
  /** A missing `assets_dir` is accepted (legacy API) or refused (text of the UI documentation). Correction 10. */
  monitor_assets_dir: ['any', 'existing'],
  /** Monitors on views: the overview allows them, the create page names tables only. Correction 18. */
  monitor_on_view: ['allowed', 'refused'],
  /** Whether GET still answers for the monitor of a table that was dropped. */
  monitor_of_dropped_table: ['gone', 'readable'],
  /** A delete is done at once, or passes through DELETE_PENDING, in which a create conflicts. Section 1.5. */
  monitor_delete: ['immediate', 'pending'],
  /** Beyond the quota of monitors: neither status nor code is documented. Sections 1.5 and 8.6, correction 6. */
  monitor_quota_error: ['quota_exceeded', 'resource_exhausted'],
  /** A refresh of a monitor that is PENDING: queued, or refused. The documentation's sample waits for ACTIVE. */
  monitor_pending_refresh: ['queued', 'refused'],
  /** A custom metric whose output type is a bare word: accepted, or the monitor never initialises. Section 1.6. */
  custom_metric_bare_type: ['accepted', 'never_initialises'],
  /** Whether GET table shows the text of a view to others than its owner; `information_schema` does not. Correction 1. */
  view_text_by_rest: ['owner_only', 'visible'],
  /** Whether those who may see a view but do not own it read its properties. Corrections 1 and 20. */
  view_properties: ['visible', 'owner_only'],
  /** `information_schema.*_tags`: direct assignments, or inherited ones too. Correction 12. */
  information_schema_tags: ['direct', 'inherited'],
  /** A second alert of one name in a folder: renamed to "name (1)" or refused. Correction 14. */
  alert_name_clash: ['renamed', 'refused'],
  /** Whether a trashed alert keeps its name taken. Correction 14. */
  alert_trash: ['blocks_name', 'frees_name'],
  /** Ids of alerts: the SDK says UUID, ids in public reports are digits. databricks/cli #3271. */
  alert_id: ['uuid', 'digits'],
  /** `parent_path` of an alert as it was sent (there is `effective_parent_path` beside it), or with /Workspace. TF#5042. */
  alert_parent_path: ['echoed', 'prefixed'],
  /** Order of the subscriptions of an alert in answers; TF#5073 reports an "inconsistent result with subscriptions list". */
  alert_subscriptions: ['kept', 'reordered'],
  /** Beyond the limit of alerts: neither status nor code is recorded. databricks/cli PR #4505. */
  alert_limit_error: ['quota_exceeded', 'resource_exhausted'],
  /** State of an alert that names none for an empty result; not documented. */
  alert_empty_result: ['unknown', 'error'],
  /** A stale etag in an update of a dashboard: ignored, or answered with a conflict. Correction 4. */
  dashboard_etag: ['ignored', 'enforced'],
  /** Whether a change of metadata alone moves the etag. databricks/cli PR #6119 against #5597. */
  dashboard_metadata_etag: ['kept', 'bumped'],
  /** `parent_path` with /Workspace in an update of a dashboard. databricks/cli PR #5659. */
  dashboard_parent_prefix: ['accepted', 'refused'],
  /**
   * An upload into a directory that is missing: databricks/cli `integration/libs/filer` writes so to real volumes, its
   * fake server answers 404.
   */
  files_missing_parent: ['created', 'refused'],
  /**
   * A change of permissions that would take the caller's own management: he keeps it, or the change is refused.
   * terraform-provider-databricks adds the caller to every write and does not say which of both it avoids.
   */
  permission_own_management: ['kept', 'refused'],
  /** int64 fields such as `refresh_id` as JSON numbers, or as text to keep all digits. */
  int64: ['number', 'text'],
} as const;

export type SwitchName = keyof typeof switches;

/** A value for every switch. */
export type Behaviour = { readonly [Name in SwitchName]: (typeof switches)[Name][number] };
