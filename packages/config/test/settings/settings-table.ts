/**
 * Every setting: its path, its default ("-": none), values that it takes, and values that it refuses with their codes. Written by
 * hand from the requirements, so that neither a default nor a bound of the schema changes unseen (section K).
 */
export const settingsTable = String.raw`
catalog_name                          | -                       | "prod"                               | 1 TYPE; "" VALUE; "a.b" VALUE; "a b" VALUE
warehouse_id                          | -                       | "w"; null                            | 1 TYPE; "" VALUE
mode                                  | "full"                  | "full"; "bulk_provision_only"        | "FULL" VALUE; true TYPE; null TYPE
project                               | "dpo"                   | "a"; "my-team_2"                     | "" VALUE; "Team" VALUE; "a/b" VALUE; null TYPE
dashboard_parent_path                 | "/Workspace/Shared/DPO" | "/Workspace/Teams/ml"                | "relative" VALUE; null TYPE
tag_prefix                            | "monitor_"              | "dpo_"; ""                           | 1 TYPE; null TYPE
on_invalid_table                      | -                       | "error"; "skip"; null                | "ignore" VALUE; false TYPE
default_target                        | -                       | null                                 | 1 TYPE
monitor_group_tag                     | "monitor_group"         | "team"                               | "" VALUE; null TYPE
cleanup_orphans                       | false                   | true; false                          | "yes" TYPE; null TYPE
include_tagged_tables                 | false                   | true; false                          | "true" TYPE; null TYPE
deploy_aggregated_dashboard           | true                    | true; false                          | 1 TYPE; null TYPE
deploy_executive_rollup               | true                    | true; false                          | 1 TYPE; null TYPE
wait_for_monitors                     | true                    | true; false                          | 0 TYPE; null TYPE
wait_timeout_seconds                  | 1200                    | 1; 1800                              | 0 RANGE; 1.5 TYPE; "1" TYPE; null TYPE
wait_poll_interval                    | 20                      | 1; 30                                | 0 RANGE; -1 RANGE; null TYPE
stale_monitor_days                    | 30                      | 1; 7                                 | 0 RANGE; 0.5 TYPE; null TYPE
observability_schema                  | "global_monitoring"     | "churn_monitoring"                   | "a.b" VALUE; "" VALUE; null TYPE
monitor_limit                         | 100                     | 1; 500; null                         | 0 RANGE; "100" TYPE
catalogs                              | -                       | ["prod", "dev_*"]; null              | "prod" TYPE; [1] TYPE
output_catalog                        | -                       | "observability"; null                | 1 TYPE
owner                                 | -                       | "data-platform"; null                | 1 TYPE
include                               | -                       | ["a.yaml"]; "tables/*.yaml"; null    | 1 TYPE; [""] VALUE; "" VALUE

monitored_tables                      | - | {"prod.ml.churn": {"profile_type": "SNAPSHOT"}} | [] TYPE; "prod.ml.churn" TYPE; {"prod.churn": {}} TABLE_NAME
monitored_tables.<table>.profile_type | - | "SNAPSHOT"; "INFERENCE"; "TIMESERIES"; null | "snapshot" VALUE; 1 TYPE
monitored_tables.<table>.output_schema_name | - | "ours"; null | "prod.ours" VALUE; "" VALUE
monitored_tables.<table>.granularity  | - | "5 minutes"; "30 minutes"; "1 hour"; "1 day"; "1 week"; "2 weeks"; "3 weeks"; "4 weeks"; "1 month"; "1 year"; null | "2 hours" VALUE; "1 days" VALUE; 1 TYPE
monitored_tables.<table>.granularities | - | ["1 day", "1 week"]; null | [] RANGE; ["1 day", "1 day"] VALUE; "1 day" TYPE; ["2 days"] VALUE
monitored_tables.<table>.slicing_exprs | - | ["region", "a > 1"]; []; null | "region" TYPE; [""] VALUE
monitored_tables.<table>.create_builtin_dashboard | - | true; false; null | "no" TYPE
monitored_tables.<table>.problem_type | - | "CLASSIFICATION"; "PROBLEM_TYPE_REGRESSION"; "INFERENCE_PROBLEM_TYPE_CLASSIFICATION"; null | "RANKING" VALUE; 1 TYPE
monitored_tables.<table>.prediction_column | - | "p"; null | "" VALUE; 1 TYPE
monitored_tables.<table>.label_column | - | "l"; null | "" VALUE; [] TYPE
monitored_tables.<table>.timestamp_column | - | "ts"; null | "" VALUE; true TYPE
monitored_tables.<table>.model_id_column | - | "m"; null | "" VALUE; 1 TYPE
monitored_tables.<table>.timeseries_timestamp_column | - | "ts"; null | "" VALUE; 1 TYPE
monitored_tables.<table>.prediction_probability_column | - | "prob"; null | "" VALUE; 1 TYPE
monitored_tables.<table>.schedule     | - | "0 0 8 * * ?"; {"cron": "0 0 8 * * ?"}; null | "daily" VALUE; "0 8 * * *" VALUE; {} REQUIRED; 1 TYPE
monitored_tables.<table>.schedule.cron | - | "0 0 8 * * ? 2030" | "hourly" VALUE; null TYPE
monitored_tables.<table>.schedule.timezone | "UTC" | "Europe/Berlin" | "" VALUE; null TYPE
monitored_tables.<table>.failure_notifications | - | ["a@b.c"]; []; null | ["a"] VALUE; "a@b.c" TYPE; ["a@b.c","a@b.d","a@b.e","a@b.f","a@b.g","a@b.h"] RANGE
monitored_tables.<table>.baseline_table_name | - | "prod.ml.base"; null | "base" VALUE; "ml.base" VALUE; 1 TYPE
monitored_tables.<table>.owner        | - | "pricing"; null | 1 TYPE
monitored_tables.<table>.runbook_url  | - | "https://wiki.company.com/churn"; null | 1 TYPE
monitored_tables.<table>.lineage_url  | - | "https://lineage.company.com/churn"; null | false TYPE
monitored_tables.<table>.enabled      | true | true; false | "false" TYPE; null TYPE
monitored_tables.<table>.adopt        | false | true; false | 1 TYPE; null TYPE
monitored_tables.<table>.objective_function_ids | - | []; null | "cost" TYPE; [1] TYPE; [""] VALUE; ["cost"] OBJECTIVE_UNKNOWN
monitored_tables.<table>.prevent_destroy | - | true; false; null | "yes" TYPE
monitored_tables.<table>.ignore       | - | ["monitor.schedule"]; null | "monitor.schedule" TYPE; ["monitor.nothing"] IGNORE; ["monitor.profile_type"] IGNORE
monitored_tables.<table>.drift_threshold | - | 0; 0.5; 1; null | 1.1 RANGE; -0.1 RANGE; "0.1" TYPE
monitored_tables.<table>.numeric_drift_threshold | - | 0; 0.25; 7; null | -0.1 RANGE; "1" TYPE
monitored_tables.<table>.alert_granularity | - | "1 day"; null | "2 days" VALUE
monitored_tables.<table>.monitor_group | - | "ml_team"; null | "" VALUE; 1 TYPE
monitored_tables.<table>.department   | - | "pricing"; null | 1 TYPE
monitored_tables.<table>.priority     | - | 1; 0; -5; null | 1.5 TYPE; "1" TYPE
monitored_tables.<table>.labels       | - | {"tier": "gold", "level": 1, "core": true}; null | [] TYPE; {"tier": []} TYPE

profile_defaults                      | - | {}; null | [] TYPE; 1 TYPE
profile_defaults.profile_type         | "INFERENCE" | "SNAPSHOT"; "TIMESERIES"; "INFERENCE" | "inference" VALUE; null TYPE
profile_defaults.output_schema_name   | "monitoring_results" | "ours" | "a.b" VALUE; null TYPE
profile_defaults.granularity          | "1 day" | "1 hour" | "1h" VALUE; null TYPE
profile_defaults.granularities        | - | ["1 hour"]; null | [] RANGE; "1 day" TYPE
profile_defaults.slicing_exprs        | [] | ["region"]; [] | null TYPE; [""] VALUE
profile_defaults.max_slicing_cardinality | 50 | 1; 100 | 0 RANGE; null TYPE
profile_defaults.create_builtin_dashboard | true | true; false | null TYPE
profile_defaults.problem_type         | - | "regression"; null | "X" VALUE
profile_defaults.prediction_column    | - | "prediction"; null | "" VALUE
profile_defaults.label_column         | - | "label"; null | "" VALUE
profile_defaults.timestamp_column     | - | "ts"; null | "" VALUE
profile_defaults.model_id_column      | - | "model"; null | "" VALUE
profile_defaults.timeseries_timestamp_column | - | "ts"; null | "" VALUE
profile_defaults.prediction_probability_column | - | "prob"; null | "" VALUE
profile_defaults.schedule             | - | "0 0 8 * * ?"; null | "never" VALUE; [] TYPE
profile_defaults.schedule.cron        | - | "0 0 8 * * ?" | "x" VALUE
profile_defaults.schedule.timezone    | "UTC" | "Europe/Berlin" | "" VALUE
profile_defaults.failure_notifications | [] | ["a@b.c"]; [] | null TYPE; ["a b"] VALUE; ["a@b.c","a@b.d","a@b.e","a@b.f","a@b.g","a@b.h"] RANGE
profile_defaults.prevent_destroy      | - | true; null | 1 TYPE
profile_defaults.ignore               | - | ["monitor.schedule"]; null | [1] TYPE; ["schedule"] IGNORE

targets                               | - | {"dev": {}}; null | [] TYPE; {"Prod": {}} TARGET_NAME
targets.<target>.workspace            | - | "local"; {"profile": "p"}; null | "remote" VALUE; 1 TYPE; {"token": "x"} UNKNOWN_KEY
targets.<target>.workspace.host       | - | "https://adb-1.7.azuredatabricks.net"; null | "https://a/b/c" VALUE; 1 TYPE
targets.<target>.workspace.profile    | - | "prod"; null | "" VALUE
targets.<target>.state                | - | {}; null | "state.json" TYPE
targets.<target>.state.path           | - | "state/prod.json"; null | "" VALUE
targets.<target>.state.backend        | "local" | "local" | "s3" VALUE; null TYPE
targets.<target>.state.container      | - | null | "UP" VALUE; "a" VALUE; 1 TYPE
targets.<target>.state.endpoint       | - | null | "https://a.example/?sig=x" VALUE; "ftp://a" VALUE
targets.<target>.variables            | - | {}; null | [] TYPE; {"x": []} TYPE
targets.<target>.development          | false | false; true | "yes" TYPE; null TYPE
targets.<target>.read_only_monitors   | - | false; true | "yes" TYPE; null TYPE

discovery                             | - | {}; null | [] TYPE
discovery.include_tags                | {"monitor_enabled": "true"} | {"a": "b", "c": ""} | {"a": true} TYPE; null TYPE
discovery.exclude_schemas             | ["information_schema", "tmp_*", "dev_*"] | []; ["x_*"] | "x" TYPE; null TYPE
discovery.include_schemas             | - | ["ml"]; null | "ml" TYPE
discovery.inherit_tags                | false | true | null TYPE

alerting                              | - | {}; null | [] TYPE
alerting.enable_aggregated_alerts     | true | false | null TYPE
alerting.drift_threshold              | 0.2 | 0; 1 | 1.01 RANGE; -1 RANGE; null TYPE
alerting.numeric_drift_threshold      | 0.2 | 0; 3 | -1 RANGE; null TYPE
alerting.null_rate_threshold          | - | 0; 1; null | 5 RANGE; -0.1 RANGE
alerting.row_count_min                | - | 0; 1000; null | -1 RANGE; 1.5 TYPE
alerting.distinct_count_min           | - | 0; 2; null | -1 RANGE; "2" TYPE
alerting.distinct_count_columns       | - | ["country"] | "country" TYPE
alerting.ignore_columns               | - | ["debug"] | null TYPE
alerting.drift_type                   | - | "baseline"; "consecutive"; "any" | "both" VALUE
alerting.default_notifications        | [] | []; ["a@b.c"] | "a@b.c" TYPE; null TYPE
alerting.group_notifications          | {} | {"ml": []} | {"ml": "a@b.c"} TYPE; null TYPE
alerting.alert_cron_schedule          | "0 0 * * * ?" | "0 0 8 * * ?" | "hourly" VALUE; null TYPE
alerting.alert_timezone               | "UTC" | "Europe/Berlin" | "" VALUE; null TYPE
alerting.run_as                       | - | null; "ann@example.com"; "2b1f6a0e-3c54-4f0e-9d3a-6f2f0f3f9a11" | "ann" VALUE; "" VALUE; 1 TYPE
alerting.allow_unresolved             | false | true | null TYPE

policy                                | - | {}; null | [] TYPE
policy.naming_patterns                | [] | ["^prod", "(?:ml|sales)"]; [] | "^prod" TYPE; null TYPE; [1] TYPE; [""] VALUE; ["("] VALUE; ["(?!a)"] VALUE
policy.forbidden_patterns             | [] | ["_tmp$"] | null TYPE; ["[z-a]"] VALUE
policy.required_tags                  | [] | ["owner"] | "owner" TYPE; [""] VALUE; ["a", "a"] VALUE
policy.require_baseline               | false | false; true | null TYPE
policy.require_slicing                | false | false | "no" TYPE
policy.pii_tags                       | ["pii", "pii_*", "contains_pii", "is_pii", "personal_data", "class.*"] | ["pii"]; [] | "pii" TYPE; null TYPE; [""] VALUE; ["a", "a"] VALUE
policy.separate_outputs_by            | - | "sensitivity"; null | "" VALUE; 1 TYPE
policy.levels                         | - | {}; null | 1 TYPE; {"slicing": "warn"} UNKNOWN_KEY
policy.levels.naming_patterns | - | "warn"; "deny"; null | "off" VALUE; 1 TYPE
policy.levels.forbidden_patterns | - | "warn"; "deny"; null | "off" VALUE; 1 TYPE
policy.levels.required_tags | - | "warn"; "deny"; null | "off" VALUE; 1 TYPE
policy.levels.require_baseline | - | "warn"; "deny"; null | "off" VALUE; 1 TYPE
policy.levels.require_slicing | - | "warn"; "deny"; null | "off" VALUE; 1 TYPE
policy.levels.max_tables_per_config | - | "warn"; "deny"; null | "off" VALUE; 1 TYPE
policy.levels.pii_tags | - | "warn"; "deny"; null | "off" VALUE; 1 TYPE
policy.levels.separate_outputs_by | - | "warn"; "deny"; null | "off" VALUE; 1 TYPE
policy.levels.LINT.NO_BASELINE | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.BASELINE_ITSELF | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.NO_SCHEDULE | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.FREQUENT_SCHEDULE | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.NO_RECIPIENTS | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.NO_FAILURE_NOTIFICATIONS | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.FINE_GRANULARITY | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.THRESHOLD_EXTREME | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.SHARED_FOLDER | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.DEFAULT_PROJECT | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.UNUSED_OBJECTIVE | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.UNUSED_GROUP | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.CHANGE_DATA_FEED | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.LARGE_SNAPSHOT | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.VIEW_RENEWED | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.levels.LINT.LARGE_GROUP | - | "off"; "warn"; "deny"; null | "note" VALUE; false TYPE
policy.exemptions                     | - | []; null | 1 TYPE; {} TYPE; [{}] REQUIRED
policy.exemptions[].rule              | - | "naming_patterns"; "LINT.NO_SCHEDULE" | "LINT.NOTHING" VALUE; null TYPE
policy.exemptions[].tables            | - | ["prod.ml.churn", "prod.*"] | [] RANGE; "prod.ml.churn" TYPE; [""] VALUE
policy.exemptions[].reason            | - | "because" | " " VALUE; "" VALUE; null TYPE
policy.exemptions[].until             | - | "2027-12-31" | "2027-02-29" VALUE; "tomorrow" VALUE; 2027 TYPE
policy.max_tables_per_config          | - | 1; 100; null | 0 RANGE; "1" TYPE

access                                | - | {"analysts": "view", "ml": "run", "x": null}; {}; null | 1 TYPE; [] TYPE; {"analysts": "read"} VALUE; {"a": {}} TYPE
anomaly_detection                     | - | {"ml": null, "sales_*": {}}; {}; null | 1 TYPE; {"prod.ml": {}} VALUE; {"ml": []} TYPE
anomaly_detection.<schema>.enabled    | true | false | null TYPE; "no" TYPE
anomaly_detection.<schema>.excluded_tables | - | ["tmp_*"]; null | ["ml.a"] VALUE; "a" TYPE; ["a", "a"] VALUE
anomaly_detection.<schema>.adopt      | false | true | null TYPE; 1 TYPE
anomaly_detection.<schema>.prevent_destroy | false | true | null TYPE; 1 TYPE
anomaly_detection.<schema>.notifications | - | ["a@b.c", "dq-slack"]; null | "a@b.c" TYPE; [""] VALUE

groups                                | - | {"pricing": {}}; null | [] TYPE
groups.<group>.renamed_from           | - | "ml"; null | 1 TYPE; "" VALUE; "pricing" GROUP
groups.<group>.description            | - | "text"; null | 1 TYPE
groups.<group>.ignore                 | - | ["dashboard.display_name"]; []; null | "x" TYPE; ["monitor.schedule"] VALUE

dashboards                            | - | {}; null | [] TYPE
dashboards.embed_credentials          | false | true | null TYPE

variables                             | - | {"a": {"default": 1}, "b": "text", "c": null}; null | [] TYPE; {"1": 2} VARIABLE; {"a": []} TYPE
variables.<name>.default              | - | "x"; 1; true; null | [] TYPE
variables.<name>.description          | - | "text"; null | 1 TYPE

objective_functions                   | - | {}; null | [] TYPE; {"cost": {}} REQUIRED
objective_functions.<id>.metric       | - | {"name": "cost", "metric_type": "aggregate", "input_columns": [":table"], "definition": "sum(cost)"} | {} REQUIRED; null TYPE
objective_functions.<id>.version      | "1.0" | "2.1" | 2 TYPE; null TYPE
objective_functions.<id>.owner        | - | "ml"; null | 1 TYPE
objective_functions.<id>.description  | - | "text"; null | 1 TYPE
objective_functions.<id>.uc_function_name | - | "prod.ml.cost"; null | "ml.cost" VALUE; 1 TYPE
`;

/** Settings of a metric, wherever one is described. */
export const metricTable = String.raw`
name          | -        | "cost"                          | "" VALUE; "a b" METRIC_NAME; "count" METRIC_NAME; 1 TYPE; null TYPE
metric_type   | -        | "aggregate"                     | "sum" VALUE; null TYPE
input_columns | -        | [":table"]                      | ":table" TYPE; [1] TYPE; [] RANGE; [""] VALUE; ["a", "a"] VALUE; null TYPE
definition    | -        | "sum(amount)"                   | "" VALUE; " " VALUE; "{{a" METRIC_TEMPLATE; null TYPE
output_type   | "double" | "string"; "double"              | "int" VALUE; null TYPE
`;
