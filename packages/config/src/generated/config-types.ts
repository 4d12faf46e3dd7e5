// Generated from schemas/config.schema.json by `npm run generate`.

/**
 * The length of a window.
 */
export type Granularity =
  | '5 minutes'
  | '30 minutes'
  | '1 hour'
  | '1 day'
  | '1 week'
  | '2 weeks'
  | '3 weeks'
  | '4 weeks'
  | '1 month'
  | '1 year';
/**
 * Several lengths of windows. Goes before granularity.
 *
 * @minItems 1
 */
export type Granularities = readonly Granularity[];
/**
 * What the model answers: CLASSIFICATION or REGRESSION, also spelled PROBLEM_TYPE_… or INFERENCE_PROBLEM_TYPE_…, in capitals or not.
 */
export type ProblemTypeText = string;
/**
 * When the profile is refreshed: a Quartz cron expression, or one with a time zone. null is never, also where profile_defaults have a schedule.
 */
export type Schedule =
  | {
      /**
       * A Quartz cron expression.
       */
      readonly cron: string;
      /**
       * The time zone of the expression.
       */
      readonly timezone?: string;
    }
  | string
  | null;
/**
 * An e-mail address.
 */
export type Email = string;
/**
 * true: refuse every plan that would delete or replace the monitor. The state keeps the protection, also when this line or the whole table goes away; only false lifts it, with an apply of its own.
 */
export type PreventDestroy = boolean;
/**
 * Settings that dpo leaves alone once the monitor exists, as <kind>.<path>; the path is a config key or one of the API.
 */
export type Ignore = readonly string[];
/**
 * SNAPSHOT profiles the whole table, TIMESERIES by windows of a time column, INFERENCE a model's log with the quality of its answers.
 */
export type ProfileType = 'INFERENCE' | 'SNAPSHOT' | 'TIMESERIES';
/**
 * The schema of the metric tables, in output_catalog or else catalog_name.
 */
export type OutputSchemaName = string;
/**
 * Columns or conditions by which the profile is also split.
 */
export type SlicingExprs = readonly string[];
/**
 * Who is told when a refresh fails; at most 5 addresses.
 *
 * @maxItems 5
 */
export type FailureNotifications = readonly Email[];
/**
 * Metrics of your own for every table; an objective function or a table may give one of the same name.
 */
export type CustomMetrics = readonly CustomMetric[];
/**
 * 'local' is the embedded workspace. A map names a real one: by host, by profile of ~/.databrickscfg, or both. Credentials come from the environment or the profile, never from this file.
 */
export type Workspace =
  | 'local'
  | {
      /**
       * The address of the workspace.
       */
      readonly host?: string;
      /**
       * A profile of ~/.databrickscfg.
       */
      readonly profile?: string;
    };
/**
 * A regular expression of RE2 over the full name of a table.
 */
export type NamePattern = string;
/**
 * Names or globs of further catalogs that tables may be in, beside catalog_name. A glob stands for every catalog of the workspace that matches, but those of Databricks itself.
 */
export type Catalogs = readonly string[];
export type Variable =
  | {
      /**
       * The value if nothing else gives one. It may refer to ${env:NAME}. Unset: one has to be given.
       */
      readonly default?: string | number | boolean;
      /**
       * What it is for.
       */
      readonly description?: string;
    }
  | string
  | number
  | boolean;

/**
 * What dpo keeps true in a workspace: which tables are profiled, and how. Keys that start with 'x-' are free, for anchors.
 */
export interface Config {
  /**
   * The catalog of the tables, and of what dpo makes unless output_catalog is set. Tables may also be in those of catalogs. Required, here or in the target.
   */
  readonly catalog_name?: string;
  /**
   * The SQL warehouse that runs statements. A target goes before this key, and this key before the environment variable DATABRICKS_WAREHOUSE_ID.
   */
  readonly warehouse_id?: string;
  /**
   * 'bulk_provision_only' makes monitors and their output schemas; 'full' adds, for each group, unified views, alerts and a dashboard.
   */
  readonly mode?: 'full' | 'bulk_provision_only';
  /**
   * The name of this config among all that share a workspace. Project and target together own what dpo makes, so it must not change later.
   */
  readonly project?: string;
  readonly monitored_tables?: MonitoredTables;
  readonly profile_defaults?: ProfileDefaults;
  /**
   * The workspace folder below which the assets of monitors are kept.
   */
  readonly dashboard_parent_path?: string;
  /**
   * The start of the names of tags that set something: with 'monitor_', the tag monitor_label_column sets label_column.
   */
  readonly tag_prefix?: string;
  /**
   * What happens if a table cannot be profiled as asked: 'error' stops the plan, 'skip' leaves the table out. Unset: 'error'.
   */
  readonly on_invalid_table?: 'error' | 'skip';
  /**
   * The target that is used if neither --target nor DPO_TARGET names one.
   */
  readonly default_target?: string;
  /**
   * Places to which this config goes, by name. A target overrides top-level keys: maps are merged key by key, lists and single values are replaced.
   */
  readonly targets?: {
    readonly [k: string]: TargetSettings;
  };
  /**
   * Also profile tables that are found by their Unity Catalog tags, as discovery says. Needs a SQL warehouse.
   */
  readonly include_tagged_tables?: boolean;
  readonly discovery?: Discovery;
  readonly alerting?: Alerting;
  readonly policy?: Policy;
  readonly objective_functions?: ObjectiveFunctions;
  /**
   * The tag that puts a table in a group, unless its entry does.
   */
  readonly monitor_group_tag?: string;
  /**
   * Delete what carries the marker of this project and target and neither the config nor the state knows. Needs an explicit project.
   */
  readonly cleanup_orphans?: boolean;
  /**
   * Make a dashboard for each group.
   */
  readonly deploy_aggregated_dashboard?: boolean;
  /**
   * Make a dashboard over all groups, if there are several.
   */
  readonly deploy_executive_rollup?: boolean;
  /**
   * Wait until new monitors have metric tables before views are made over them.
   */
  readonly wait_for_monitors?: boolean;
  /**
   * How long to wait, in seconds.
   */
  readonly wait_timeout_seconds?: number;
  /**
   * How often to look while waiting, in seconds.
   */
  readonly wait_poll_interval?: number;
  /**
   * A monitor without a refresh for this many days is stale.
   */
  readonly stale_monitor_days?: number;
  /**
   * The schema of the unified views.
   */
  readonly observability_schema?: string;
  /**
   * The most monitors that this project may have; null is no limit. New tables beyond it are left out, those with the lowest priority first.
   */
  readonly monitor_limit?: number | null;
  readonly catalogs?: Catalogs;
  /**
   * The catalog of the output schemas, and so of all metric tables, if it is not catalog_name.
   */
  readonly output_catalog?: string;
  /**
   * The group that owns the views and schemas dpo makes.
   */
  readonly owner?: string;
  readonly access?: Access;
  readonly anomaly_detection?: AnomalyDetection;
  readonly groups?: Groups;
  readonly dashboards?: Dashboards;
  /**
   * Further files that are part of this config: names or globs, from the folder of the root config. Maps are merged key by key; what two files give is an error. Only the root config may have it.
   */
  readonly include?: readonly string[] | string;
  /**
   * Values for ${var.name} in texts: the default itself, or a map. --var name=value goes before DPO_VAR_name, that before the target, the target before the default.
   */
  readonly variables?: {
    readonly [k: string]: Variable;
  };
}
/**
 * The tables that are profiled, by their names of three parts (catalog.schema.table). Each takes its own settings, which go before the defaults. A key with * or ? is a pattern, such as prod.ml.*: it finds every table that matches and gives it settings, which the own entry of a table goes before.
 */
export interface MonitoredTables {
  readonly [k: string]: TableSettings;
}
/**
 * Settings of one table. What is not set, or null, comes from tags and profile_defaults.
 */
export interface TableSettings {
  /**
   * SNAPSHOT profiles the whole table, TIMESERIES by windows of a time column, INFERENCE a model's log with the quality of its answers.
   */
  readonly profile_type?: 'INFERENCE' | 'SNAPSHOT' | 'TIMESERIES';
  /**
   * The schema of the metric tables, in output_catalog or else catalog_name.
   */
  readonly output_schema_name?: string;
  /**
   * The length of a window.
   */
  readonly granularity?:
    | '5 minutes'
    | '30 minutes'
    | '1 hour'
    | '1 day'
    | '1 week'
    | '2 weeks'
    | '3 weeks'
    | '4 weeks'
    | '1 month'
    | '1 year';
  readonly granularities?: Granularities;
  /**
   * Columns or conditions by which the profile is also split. Replaces the list of profile_defaults.
   */
  readonly slicing_exprs?: readonly string[];
  /**
   * Have Databricks make its own dashboard for this monitor.
   */
  readonly create_builtin_dashboard?: boolean;
  readonly problem_type?: ProblemTypeText;
  /**
   * The column of the model's answer.
   */
  readonly prediction_column?: string;
  /**
   * The column of the true answer.
   */
  readonly label_column?: string;
  /**
   * The column of time; here it goes before timeseries_timestamp_column.
   */
  readonly timestamp_column?: string;
  /**
   * The column of the model's id or version.
   */
  readonly model_id_column?: string;
  /**
   * The column of time of a time-series profile.
   */
  readonly timeseries_timestamp_column?: string;
  /**
   * The column of the probabilities behind a classification.
   */
  readonly prediction_probability_column?: string;
  readonly schedule?: Schedule;
  /**
   * Who is told when a refresh fails; at most 5 addresses. Replaces the list of profile_defaults.
   *
   * @maxItems 5
   */
  readonly failure_notifications?: readonly Email[];
  /**
   * The table against which drift is measured, by its name of three parts.
   */
  readonly baseline_table_name?: string;
  /**
   * Who answers for the table, to select it by: owner:pricing. Unset: that of its tag owner.
   */
  readonly owner?: string;
  /**
   * Where it is written what to do when the table drifts.
   */
  readonly runbook_url?: string;
  /**
   * Where it is shown what the table is made from.
   */
  readonly lineage_url?: string;
  /**
   * false: the table is not profiled; a monitor of it that dpo manages is planned for deletion.
   */
  readonly enabled?: boolean;
  /**
   * Take over a monitor that the table already has and that nobody's dpo made.
   */
  readonly adopt?: boolean;
  /**
   * Metrics of your own for this table, beside those of profile_defaults and of its objective functions.
   */
  readonly custom_metrics?: readonly CustomMetric[];
  /**
   * Which of objective_functions are computed for this table.
   */
  readonly objective_function_ids?: readonly string[];
  readonly prevent_destroy?: PreventDestroy;
  readonly ignore?: Ignore;
  /**
   * Alert when the Jensen-Shannon distance of a categorical column reaches this.
   */
  readonly drift_threshold?: number;
  /**
   * Alert when the population stability index of a numeric column reaches this.
   */
  readonly numeric_drift_threshold?: number;
  /**
   * The windows that alerts look at.
   */
  readonly alert_granularity?:
    | '5 minutes'
    | '30 minutes'
    | '1 hour'
    | '1 day'
    | '1 week'
    | '2 weeks'
    | '3 weeks'
    | '4 weeks'
    | '1 month'
    | '1 year';
  /**
   * The group of the table, to select it by: group:ml_team. Unset: that of its tag, else default.
   */
  readonly monitor_group?: string;
  /**
   * The department of the table.
   */
  readonly department?: string;
  /**
   * The order in which tables get monitors when not all can; the lowest number first. Unset: that of its tag, else 99.
   */
  readonly priority?: number;
  /**
   * Free pairs, to select the table by: label:tier or label:tier=gold.
   */
  readonly labels?: {
    readonly [k: string]: string | number | boolean;
  };
}
/**
 * A metric that is computed with every profile.
 */
export interface CustomMetric {
  /**
   * The name of the metric and of its column in the metric tables.
   */
  readonly name: string;
  /**
   * aggregate: from rows; derived: from other metrics; drift: from two windows.
   */
  readonly metric_type: 'aggregate' | 'derived' | 'drift';
  /**
   * The columns on whose rows it stands; ':table' is the whole table.
   *
   * @minItems 1
   */
  readonly input_columns: readonly string[];
  /**
   * The SQL expression, with {{input_column}} and other template variables. It is sent as it is written.
   */
  readonly definition: string;
  /**
   * The type of the result.
   */
  readonly output_type?: 'double' | 'string';
}
/**
 * Settings of every table that does not have its own.
 */
export interface ProfileDefaults {
  readonly profile_type?: ProfileType;
  readonly output_schema_name?: OutputSchemaName;
  readonly granularity?: Granularity;
  readonly granularities?: Granularities;
  readonly slicing_exprs?: SlicingExprs;
  /**
   * Have Databricks make its own dashboard for each monitor.
   */
  readonly create_builtin_dashboard?: boolean;
  readonly problem_type?: ProblemTypeText;
  /**
   * The column of the model's answer. Inference profiles need it.
   */
  readonly prediction_column?: string;
  /**
   * The column of the true answer, if it is known.
   */
  readonly label_column?: string;
  /**
   * The column of time. Inference and time-series profiles need one.
   */
  readonly timestamp_column?: string;
  /**
   * The column of the model's id or version. Inference profiles need it.
   */
  readonly model_id_column?: string;
  /**
   * The column of time of time-series profiles; here it goes before timestamp_column. Inference profiles ignore it.
   */
  readonly timeseries_timestamp_column?: string;
  /**
   * The column of the probabilities behind a classification.
   */
  readonly prediction_probability_column?: string;
  readonly schedule?: Schedule;
  readonly failure_notifications?: FailureNotifications;
  readonly prevent_destroy?: PreventDestroy;
  readonly ignore?: Ignore;
  /**
   * A column with more distinct values than this is left out as a slice, with a warning. It is counted once, when the slice is new; --recount counts again. Databricks makes slices of the 100 most frequent values only.
   */
  readonly max_slicing_cardinality?: number;
  readonly custom_metrics?: CustomMetrics;
}
/**
 * A place to which the config goes. Every top-level key is allowed too and goes before the one at the top, but targets, default_target and include; variables takes values only.
 */
export interface TargetSettings {
  readonly workspace?: Workspace;
  readonly state?: StateSettings;
  /**
   * Values of variables for this target, by their names.
   */
  readonly variables?: {
    readonly [k: string]: string | number | boolean;
  };
  /**
   * For trying out: what is made belongs to the user who runs dpo, display names carry the user's name, alerts are paused and monitors have no schedule.
   */
  readonly development?: boolean;
  /**
   * true: monitors, and anomaly detection, are read and never created, changed, adopted or deleted. Left out, a development target does so for tables outside of catalog_name and output_catalog, where false lets it write.
   */
  readonly read_only_monitors?: boolean;
  /**
   * The catalog of the tables, and of what dpo makes unless output_catalog is set. Tables may also be in those of catalogs. Required, here or in the target.
   */
  readonly catalog_name?: string;
  /**
   * The SQL warehouse that runs statements. A target goes before this key, and this key before the environment variable DATABRICKS_WAREHOUSE_ID.
   */
  readonly warehouse_id?: string;
  /**
   * 'bulk_provision_only' makes monitors and their output schemas; 'full' adds, for each group, unified views, alerts and a dashboard.
   */
  readonly mode?: 'full' | 'bulk_provision_only';
  /**
   * The name of this config among all that share a workspace. Project and target together own what dpo makes, so it must not change later.
   */
  readonly project?: string;
  readonly monitored_tables?: MonitoredTables;
  readonly profile_defaults?: ProfileDefaults;
  /**
   * The workspace folder below which the assets of monitors are kept.
   */
  readonly dashboard_parent_path?: string;
  /**
   * The start of the names of tags that set something: with 'monitor_', the tag monitor_label_column sets label_column.
   */
  readonly tag_prefix?: string;
  /**
   * What happens if a table cannot be profiled as asked: 'error' stops the plan, 'skip' leaves the table out. Unset: 'error'.
   */
  readonly on_invalid_table?: 'error' | 'skip';
  /**
   * Also profile tables that are found by their Unity Catalog tags, as discovery says. Needs a SQL warehouse.
   */
  readonly include_tagged_tables?: boolean;
  readonly discovery?: Discovery;
  readonly alerting?: Alerting;
  readonly policy?: Policy;
  readonly objective_functions?: ObjectiveFunctions;
  /**
   * The tag that puts a table in a group, unless its entry does.
   */
  readonly monitor_group_tag?: string;
  /**
   * Delete what carries the marker of this project and target and neither the config nor the state knows. Needs an explicit project.
   */
  readonly cleanup_orphans?: boolean;
  /**
   * Make a dashboard for each group.
   */
  readonly deploy_aggregated_dashboard?: boolean;
  /**
   * Make a dashboard over all groups, if there are several.
   */
  readonly deploy_executive_rollup?: boolean;
  /**
   * Wait until new monitors have metric tables before views are made over them.
   */
  readonly wait_for_monitors?: boolean;
  /**
   * How long to wait, in seconds.
   */
  readonly wait_timeout_seconds?: number;
  /**
   * How often to look while waiting, in seconds.
   */
  readonly wait_poll_interval?: number;
  /**
   * A monitor without a refresh for this many days is stale.
   */
  readonly stale_monitor_days?: number;
  /**
   * The schema of the unified views.
   */
  readonly observability_schema?: string;
  /**
   * The most monitors that this project may have; null is no limit. New tables beyond it are left out, those with the lowest priority first.
   */
  readonly monitor_limit?: number | null;
  readonly catalogs?: Catalogs;
  /**
   * The catalog of the output schemas, and so of all metric tables, if it is not catalog_name.
   */
  readonly output_catalog?: string;
  /**
   * The group that owns the views and schemas dpo makes.
   */
  readonly owner?: string;
  readonly access?: Access;
  readonly anomaly_detection?: AnomalyDetection;
  readonly groups?: Groups;
  readonly dashboards?: Dashboards;
}
/**
 * Where dpo keeps what it knows about this target. See docs/state.md for what each place needs.
 */
export interface StateSettings {
  /**
   * local: a file of this machine. volume: files of a Unity Catalog volume of the target's workspace. azblob: blobs of Azure Storage.
   */
  readonly backend?: 'local' | 'volume' | 'azblob';
  /**
   * Of local: the state file, from the folder of the config; unset: state/<target>.json. Of volume: the folder, as /Volumes/<catalog>/<schema>/<volume>/<folder>. Of azblob: the folder in the container; unset: <project>/<target>.
   */
  readonly path?: string;
  /**
   * Of azblob: the container.
   */
  readonly container?: string;
  /**
   * Of azblob: the URL of the blob service; not needed with AZURE_STORAGE_CONNECTION_STRING. Credentials come from the environment, never from this file.
   */
  readonly endpoint?: string;
}
/**
 * Which tables are found by their tags. Required if include_tagged_tables is true. The schema filters hold for table patterns too.
 */
export interface Discovery {
  /**
   * Tags that a table must carry, all of them, with exactly these values.
   */
  readonly include_tags?: {
    readonly [k: string]: string;
  };
  /**
   * Names or globs of schemas that are left out; information_schema always is.
   */
  readonly exclude_schemas?: readonly string[];
  /**
   * Names or globs of the only schemas that are looked at; exclude_schemas is applied after it.
   */
  readonly include_schemas?: readonly string[];
  /**
   * Tags of the schema and the catalog count as tags of the table.
   */
  readonly inherit_tags?: boolean;
}
/**
 * SQL alerts on the unified views, and who is told.
 */
export interface Alerting {
  /**
   * Make alerts.
   */
  readonly enable_aggregated_alerts?: boolean;
  /**
   * Alert when the Jensen-Shannon distance of a categorical column reaches this.
   */
  readonly drift_threshold?: number;
  /**
   * Alert when the population stability index of a numeric column reaches this.
   */
  readonly numeric_drift_threshold?: number;
  /**
   * Alert when the share of NULLs is above this, from 0 to 1.
   */
  readonly null_rate_threshold?: number;
  /**
   * Alert when a window has fewer rows than this.
   */
  readonly row_count_min?: number;
  /**
   * Alert when a column has fewer distinct values than this.
   */
  readonly distinct_count_min?: number;
  /**
   * The only columns that distinct_count_min looks at.
   */
  readonly distinct_count_columns?: readonly string[];
  /**
   * Columns that never alert.
   */
  readonly ignore_columns?: readonly string[];
  /**
   * Drift against the baseline table, the window before, or either.
   */
  readonly drift_type?: 'baseline' | 'consecutive' | 'any';
  /**
   * Who is told, unless the group has its own list.
   */
  readonly default_notifications?: readonly string[];
  /**
   * Who is told instead, by group.
   */
  readonly group_notifications?: {
    readonly [k: string]: readonly string[];
  };
  /**
   * When alerts are evaluated, in Quartz syntax.
   */
  readonly alert_cron_schedule?: string;
  /**
   * The time zone of alert_cron_schedule.
   */
  readonly alert_timezone?: string;
  /**
   * Whom alerts run as: the address of a user, who is the only one that can set it, or the application id of a service principal, whose user role is needed. Without it an alert runs as whoever makes it.
   */
  readonly run_as?: string;
  /**
   * Go on if a notification destination does not exist.
   */
  readonly allow_unresolved?: boolean;
}
/**
 * Rules that every table must keep. Those that the file can decide are checked by validate, all of them by plan.
 */
export interface Policy {
  /**
   * The full name of a table must match at least one of these regular expressions. They are those of RE2, look anywhere in the name unless they have ^ or $, and see it in small letters.
   *
   * @maxItems 50
   */
  readonly naming_patterns?: readonly NamePattern[];
  /**
   * The full name of a table must match none of these regular expressions, which are like those of naming_patterns.
   *
   * @maxItems 50
   */
  readonly forbidden_patterns?: readonly NamePattern[];
  /**
   * Names that every table must have as a tag, or as a setting of its entry or of profile_defaults.
   */
  readonly required_tags?: readonly string[];
  /**
   * Every table that is profiled as INFERENCE needs a baseline_table_name.
   */
  readonly require_baseline?: boolean;
  /**
   * Every table needs slicing_exprs, its own or those of profile_defaults.
   */
  readonly require_slicing?: boolean;
  /**
   * The most tables that one config may profile; disabled and exempted ones do not count.
   */
  readonly max_tables_per_config?: number;
  /**
   * Names of tags, or globs of them, that mark a column as personal data: no table may be sliced by it. A tag with the value false, no, none or 0 marks nothing. [] allows every slice.
   *
   * @maxItems 50
   */
  readonly pii_tags?: readonly string[];
  /**
   * Name of a tag of tables: those with different values of it, or without it, must not write into one output schema.
   */
  readonly separate_outputs_by?: string;
  /**
   * How serious the breach of a rule is: 'deny', the level of every rule that is not named here, is an error and stops validate and plan, 'warn' is a warning. Lint codes have a level of their own, and can also be 'off'.
   */
  readonly levels?: {
    /**
     * The level of a name that matches none of naming_patterns.
     */
    readonly naming_patterns?: 'warn' | 'deny';
    /**
     * The level of a name that matches one of forbidden_patterns.
     */
    readonly forbidden_patterns?: 'warn' | 'deny';
    /**
     * The level of a missing tag.
     */
    readonly required_tags?: 'warn' | 'deny';
    /**
     * The level of a missing baseline.
     */
    readonly require_baseline?: 'warn' | 'deny';
    /**
     * The level of missing slices.
     */
    readonly require_slicing?: 'warn' | 'deny';
    /**
     * The level of too many tables.
     */
    readonly max_tables_per_config?: 'warn' | 'deny';
    /**
     * The level of a slice by personal data.
     */
    readonly pii_tags?: 'warn' | 'deny';
    /**
     * The level of an output schema that mixes tables.
     */
    readonly separate_outputs_by?: 'warn' | 'deny';
    /**
     * The level of an inference table without a baseline.
     */
    readonly 'LINT.NO_BASELINE'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a table that is its own baseline.
     */
    readonly 'LINT.BASELINE_ITSELF'?: 'off' | 'warn' | 'deny';
    /**
     * The level of profiles that nothing refreshes.
     */
    readonly 'LINT.NO_SCHEDULE'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a schedule that runs very often.
     */
    readonly 'LINT.FREQUENT_SCHEDULE'?: 'off' | 'warn' | 'deny';
    /**
     * The level of alerts that reach nobody.
     */
    readonly 'LINT.NO_RECIPIENTS'?: 'off' | 'warn' | 'deny';
    /**
     * The level of failed refreshes that nobody is told of.
     */
    readonly 'LINT.NO_FAILURE_NOTIFICATIONS'?: 'off' | 'warn' | 'deny';
    /**
     * The level of windows of an hour or less and no longer ones.
     */
    readonly 'LINT.FINE_GRANULARITY'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a threshold that always or never alerts.
     */
    readonly 'LINT.THRESHOLD_EXTREME'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a folder that every user may manage.
     */
    readonly 'LINT.SHARED_FOLDER'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a real workspace without a name of the project.
     */
    readonly 'LINT.DEFAULT_PROJECT'?: 'off' | 'warn' | 'deny';
    /**
     * The level of an objective function that no table refers to.
     */
    readonly 'LINT.UNUSED_OBJECTIVE'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a group that no table is in.
     */
    readonly 'LINT.UNUSED_GROUP'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a table without a change data feed, of which every refresh reads whole windows again.
     */
    readonly 'LINT.CHANGE_DATA_FEED'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a SNAPSHOT of a table that is larger than Databricks profiles.
     */
    readonly 'LINT.LARGE_SNAPSHOT'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a monitored view that was made anew and has another id.
     */
    readonly 'LINT.VIEW_RENEWED'?: 'off' | 'warn' | 'deny';
    /**
     * The level of a group of more than 1,000 tables.
     */
    readonly 'LINT.LARGE_GROUP'?: 'off' | 'warn' | 'deny';
  };
  /**
   * Tables that a rule does not hold for, with the reason, until a day.
   */
  readonly exemptions?: readonly PolicyExemption[];
}
export interface PolicyExemption {
  /**
   * The rule, or the code of a lint.
   */
  readonly rule:
    | 'naming_patterns'
    | 'forbidden_patterns'
    | 'required_tags'
    | 'require_baseline'
    | 'require_slicing'
    | 'max_tables_per_config'
    | 'pii_tags'
    | 'separate_outputs_by'
    | 'LINT.NO_BASELINE'
    | 'LINT.BASELINE_ITSELF'
    | 'LINT.NO_SCHEDULE'
    | 'LINT.FREQUENT_SCHEDULE'
    | 'LINT.NO_RECIPIENTS'
    | 'LINT.NO_FAILURE_NOTIFICATIONS'
    | 'LINT.FINE_GRANULARITY'
    | 'LINT.THRESHOLD_EXTREME'
    | 'LINT.SHARED_FOLDER'
    | 'LINT.DEFAULT_PROJECT'
    | 'LINT.UNUSED_OBJECTIVE'
    | 'LINT.UNUSED_GROUP'
    | 'LINT.CHANGE_DATA_FEED'
    | 'LINT.LARGE_SNAPSHOT'
    | 'LINT.VIEW_RENEWED'
    | 'LINT.LARGE_GROUP';
  /**
   * Full names of tables, or globs of them. Only '*' exempts from what is said about the config as a whole.
   *
   * @minItems 1
   */
  readonly tables: readonly string[];
  /**
   * Why; shown to whoever has to renew it.
   */
  readonly reason: string;
  /**
   * The last day on which it holds, in UTC. From the next day on the rule holds again, and a warning says so.
   */
  readonly until: string;
}
/**
 * Named custom metrics that tables refer to by id, in objective_function_ids.
 */
export interface ObjectiveFunctions {
  readonly [k: string]: {
    readonly metric: CustomMetric;
    /**
     * The version of the function, for people.
     */
    readonly version?: string;
    /**
     * Who answers for it.
     */
    readonly owner?: string;
    /**
     * What it measures.
     */
    readonly description?: string;
    /**
     * The Unity Catalog function that the definition calls; a plan looks whether it exists.
     */
    readonly uc_function_name?: string;
  };
}
/**
 * Who may see what dpo makes: names of groups, users or service principals, each with a level. 'view' gives SELECT on metric tables and on the unified views and CAN VIEW on alerts, dashboards and their folder; 'run' gives CAN RUN there instead, to refresh dashboards and run alerts. Only grants that dpo made are ever taken away.
 */
export interface Access {
  readonly [k: string]: 'view' | 'run';
}
/**
 * Freshness and completeness of whole schemas, by the name or glob of the schema in each of the catalogs. All patterns that match a schema apply, setting by setting, most literal characters first. Schemas that hold nothing but outputs of dpo are never watched.
 */
export interface AnomalyDetection {
  readonly [k: string]: WatchedSchema;
}
/**
 * How one schema is watched; may be empty.
 */
export interface WatchedSchema {
  /**
   * false: the schema is not watched. To switch a watched one off deletes its results.
   */
  readonly enabled?: boolean;
  /**
   * Names or globs of tables of the schema, without catalog and schema, that are not watched.
   */
  readonly excluded_tables?: readonly string[];
  /**
   * Who is told of an unhealthy table: e-mail addresses of users of the workspace, or ids or names of notification destinations.
   */
  readonly notifications?: readonly string[];
  /**
   * Take over anomaly detection that somebody else switched on; the state is then the only record that it is ours.
   */
  readonly adopt?: boolean;
  /**
   * No plan may switch it off, whatever the config says later; lifted by applying false.
   */
  readonly prevent_destroy?: boolean;
}
/**
 * What is known about a group, by its name. A table is put in a group by its monitor_group or its tag, not here.
 */
export interface Groups {
  readonly [k: string]: GroupSettings;
}
export interface GroupSettings {
  /**
   * The name it had before; its views, alerts and dashboards are renamed instead of made anew.
   */
  readonly renamed_from?: string;
  /**
   * What it is; shown on its dashboard.
   */
  readonly description?: string;
  /**
   * Settings of its views, alerts and dashboards that dpo leaves alone once they exist, as <kind>.<path>.
   */
  readonly ignore?: readonly string[];
}
/**
 * How dashboards are published.
 */
export interface Dashboards {
  /**
   * true: viewers see the data with the credentials of whoever publishes, also where they have no grant of their own. false: each viewer needs SELECT on the views.
   */
  readonly embed_credentials?: boolean;
}
