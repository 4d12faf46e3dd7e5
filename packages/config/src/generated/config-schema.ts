// Generated from schemas/config.schema.json by `npm run generate`.
export const configSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:dpo:schema:config:1',
  title: 'Config',
  description:
    "What dpo keeps true in a workspace: which tables are profiled, and how. Keys that start with 'x-' are free, for anchors.",
  type: 'object',
  additionalProperties: false,
  patternProperties: { '^x-': { description: 'Free space, for YAML anchors that are used elsewhere in the file.' } },
  if: { not: { required: ['targets'] } },
  then: { required: ['catalog_name'] },
  properties: {
    catalog_name: {
      description:
        'The catalog of the tables, and of what dpo makes unless output_catalog is set. Tables may also be in those of catalogs. Required, here or in the target.',
      type: 'string',
      pattern: '^[^\\s./\\u0000-\\u001f\\u007f]{1,255}$',
      'x-dpo-expects': 'the name of a catalog, without dots or spaces',
      examples: ['prod'],
    },
    warehouse_id: {
      description:
        'The SQL warehouse that runs statements. A target goes before this key, and this key before the environment variable DATABRICKS_WAREHOUSE_ID.',
      type: ['string', 'null'],
      minLength: 1,
      examples: ['1234567890abcdef'],
    },
    mode: {
      description:
        "'bulk_provision_only' makes monitors and their output schemas; 'full' adds, for each group, unified views, alerts and a dashboard.",
      type: 'string',
      enum: ['full', 'bulk_provision_only'],
      default: 'full',
      examples: ['bulk_provision_only'],
    },
    project: {
      description:
        'The name of this config among all that share a workspace. Project and target together own what dpo makes, so it must not change later.',
      type: 'string',
      pattern: '^[a-z0-9][a-z0-9_-]{0,62}$',
      'x-dpo-expects': "1 to 63 of a-z, 0-9, '-' and '_', starting with a letter or a digit",
      default: 'dpo',
      examples: ['churn'],
    },
    monitored_tables: {
      description:
        'The tables that are profiled, by their names of three parts (catalog.schema.table). Each takes its own settings, which go before the defaults. A key with * or ? is a pattern, such as prod.ml.*: it finds every table that matches and gives it settings, which the own entry of a table goes before.',
      type: ['object', 'null'],
      propertyNames: {
        pattern: '^[^\\s./\\u0000-\\u001f\\u007f`]{1,255}(?:\\.[^\\s./\\u0000-\\u001f\\u007f`]{1,255}){2}$',
      },
      additionalProperties: { $ref: '#/$defs/table' },
      examples: [
        { 'prod.ml.churn_predictions': { label_column: 'churned' } },
        { 'prod.ml.*': { monitor_group: 'ml_team' } },
      ],
    },
    profile_defaults: {
      description: 'Settings of every table that does not have its own.',
      $ref: '#/$defs/profile',
      examples: [{ profile_type: 'TIMESERIES', timeseries_timestamp_column: 'event_time' }],
    },
    dashboard_parent_path: {
      description: 'The workspace folder below which the assets of monitors are kept.',
      type: 'string',
      pattern: '^/[^\\n]*$',
      'x-dpo-expects': "a workspace path that starts with '/'",
      default: '/Workspace/Shared/DPO',
      examples: ['/Workspace/Teams/ml/monitoring'],
    },
    tag_prefix: {
      description:
        "The start of the names of tags that set something: with 'monitor_', the tag monitor_label_column sets label_column.",
      type: 'string',
      default: 'monitor_',
      examples: ['dpo_'],
    },
    on_invalid_table: {
      description:
        "What happens if a table cannot be profiled as asked: 'error' stops the plan, 'skip' leaves the table out. Unset: 'error'.",
      type: ['string', 'null'],
      enum: ['error', 'skip', null],
      examples: ['skip'],
    },
    default_target: {
      description: 'The target that is used if neither --target nor DPO_TARGET names one.',
      type: ['string', 'null'],
      examples: ['dev'],
    },
    targets: {
      description:
        'Places to which this config goes, by name. A target overrides top-level keys: maps are merged key by key, lists and single values are replaced.',
      type: ['object', 'null'],
      propertyNames: { pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' },
      additionalProperties: { $ref: '#/$defs/target' },
      examples: [{ dev: { workspace: 'local' }, prod: { workspace: { profile: 'prod' } } }],
    },
    include_tagged_tables: {
      description:
        'Also profile tables that are found by their Unity Catalog tags, as discovery says. Needs a SQL warehouse.',
      type: 'boolean',
      default: false,
      examples: [true],
    },
    discovery: {
      description:
        'Which tables are found by their tags. Required if include_tagged_tables is true. The schema filters hold for table patterns too.',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        include_tags: {
          description: 'Tags that a table must carry, all of them, with exactly these values.',
          type: 'object',
          additionalProperties: { type: 'string' },
          default: { monitor_enabled: 'true' },
          examples: [{ monitor_enabled: 'true' }],
        },
        exclude_schemas: {
          description: 'Names or globs of schemas that are left out; information_schema always is.',
          type: 'array',
          items: { type: 'string' },
          default: ['information_schema', 'tmp_*', 'dev_*'],
          examples: [['tmp_*']],
        },
        include_schemas: {
          description: 'Names or globs of the only schemas that are looked at; exclude_schemas is applied after it.',
          type: ['array', 'null'],
          items: { type: 'string' },
          examples: [['ml', 'sales_*']],
        },
        inherit_tags: {
          description: 'Tags of the schema and the catalog count as tags of the table.',
          type: 'boolean',
          default: false,
          examples: [true],
        },
      },
      examples: [{ include_tags: { monitor_enabled: 'true' } }],
    },
    alerting: {
      description: 'SQL alerts on the unified views, and who is told.',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        enable_aggregated_alerts: { description: 'Make alerts.', type: 'boolean', default: true, examples: [false] },
        drift_threshold: {
          description: 'Alert when the Jensen-Shannon distance of a categorical column reaches this.',
          type: 'number',
          minimum: 0,
          maximum: 1,
          default: 0.2,
          examples: [0.1],
        },
        numeric_drift_threshold: {
          description: 'Alert when the population stability index of a numeric column reaches this.',
          type: 'number',
          minimum: 0,
          default: 0.2,
          examples: [0.25],
        },
        null_rate_threshold: {
          description: 'Alert when the share of NULLs is above this, from 0 to 1.',
          type: ['number', 'null'],
          minimum: 0,
          maximum: 1,
          examples: [0.05],
        },
        row_count_min: {
          description: 'Alert when a window has fewer rows than this.',
          type: ['integer', 'null'],
          minimum: 0,
          examples: [1000],
        },
        distinct_count_min: {
          description: 'Alert when a column has fewer distinct values than this.',
          type: ['integer', 'null'],
          minimum: 0,
          examples: [2],
        },
        distinct_count_columns: {
          description: 'The only columns that distinct_count_min looks at.',
          type: 'array',
          items: { type: 'string' },
          examples: [['country']],
        },
        ignore_columns: {
          description: 'Columns that never alert.',
          type: 'array',
          items: { type: 'string' },
          examples: [['debug_info']],
        },
        drift_type: {
          description: 'Drift against the baseline table, the window before, or either.',
          type: 'string',
          enum: ['baseline', 'consecutive', 'any'],
          examples: ['any'],
        },
        default_notifications: {
          description: 'Who is told, unless the group has its own list.',
          type: 'array',
          items: { type: 'string' },
          default: [],
          examples: [['mlops-alerts@company.com']],
        },
        group_notifications: {
          description: 'Who is told instead, by group.',
          type: 'object',
          additionalProperties: { type: 'array', items: { type: 'string' } },
          default: {},
          examples: [{ ml_team: ['ml-team@company.com'] }],
        },
        alert_cron_schedule: {
          description: 'When alerts are evaluated, in Quartz syntax.',
          type: 'string',
          pattern: '^\\S+(?:[ \\t]+\\S+){5,6}$',
          'x-dpo-expects': "a Quartz cron expression of 6 or 7 fields, such as '0 0 * * * ?'",
          default: '0 0 * * * ?',
          examples: ['0 0 8 * * ?'],
        },
        alert_timezone: {
          description: 'The time zone of alert_cron_schedule.',
          type: 'string',
          minLength: 1,
          default: 'UTC',
          examples: ['Europe/Berlin'],
        },
        run_as: {
          description:
            'Whom alerts run as: the address of a user, who is the only one that can set it, or the application id of a service principal, whose user role is needed. Without it an alert runs as whoever makes it.',
          type: ['string', 'null'],
          pattern: '^(?:[^@\\s]+@[^@\\s]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$',
          'x-dpo-expects': 'an address, or the application id of a service principal',
          examples: ['2b1f6a0e-3c54-4f0e-9d3a-6f2f0f3f9a11'],
        },
        allow_unresolved: {
          description: 'Go on if a notification destination does not exist.',
          type: 'boolean',
          default: false,
          examples: [true],
        },
      },
      examples: [{ default_notifications: ['mlops-alerts@company.com'] }],
    },
    policy: {
      description:
        'Rules that every table must keep. Those that the file can decide are checked by validate, all of them by plan.',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        naming_patterns: {
          description:
            'The full name of a table must match at least one of these regular expressions. They are those of RE2, look anywhere in the name unless they have ^ or $, and see it in small letters.',
          type: 'array',
          items: { $ref: '#/$defs/name_pattern' },
          maxItems: 50,
          default: [],
          examples: [['^prod\\.(?:ml|sales)\\.']],
        },
        forbidden_patterns: {
          description:
            'The full name of a table must match none of these regular expressions, which are like those of naming_patterns.',
          type: 'array',
          items: { $ref: '#/$defs/name_pattern' },
          maxItems: 50,
          default: [],
          examples: [['_tmp$']],
        },
        required_tags: {
          description:
            'Names that every table must have as a tag, or as a setting of its entry or of profile_defaults.',
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 256 },
          uniqueItems: true,
          default: [],
          examples: [['owner', 'department']],
        },
        require_baseline: {
          description: 'Every table that is profiled as INFERENCE needs a baseline_table_name.',
          type: 'boolean',
          default: false,
          examples: [true],
        },
        require_slicing: {
          description: 'Every table needs slicing_exprs, its own or those of profile_defaults.',
          type: 'boolean',
          default: false,
          examples: [true],
        },
        max_tables_per_config: {
          description: 'The most tables that one config may profile; disabled and exempted ones do not count.',
          type: ['integer', 'null'],
          minimum: 1,
          examples: [100],
        },
        pii_tags: {
          description:
            'Names of tags, or globs of them, that mark a column as personal data: no table may be sliced by it. A tag with the value false, no, none or 0 marks nothing. [] allows every slice.',
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 256 },
          maxItems: 50,
          uniqueItems: true,
          default: ['pii', 'pii_*', 'contains_pii', 'is_pii', 'personal_data', 'class.*'],
          examples: [['pii', 'gdpr_*', 'class.*']],
        },
        separate_outputs_by: {
          description:
            'Name of a tag of tables: those with different values of it, or without it, must not write into one output schema.',
          type: ['string', 'null'],
          minLength: 1,
          maxLength: 256,
          examples: ['sensitivity'],
        },
        levels: {
          description:
            "How serious the breach of a rule is: 'deny', the level of every rule that is not named here, is an error and stops validate and plan, 'warn' is a warning. Lint codes have a level of their own, and can also be 'off'.",
          type: ['object', 'null'],
          additionalProperties: false,
          properties: {
            naming_patterns: {
              description: 'The level of a name that matches none of naming_patterns.',
              $ref: '#/$defs/policy_level',
            },
            forbidden_patterns: {
              description: 'The level of a name that matches one of forbidden_patterns.',
              $ref: '#/$defs/policy_level',
            },
            required_tags: { description: 'The level of a missing tag.', $ref: '#/$defs/policy_level' },
            require_baseline: { description: 'The level of a missing baseline.', $ref: '#/$defs/policy_level' },
            require_slicing: { description: 'The level of missing slices.', $ref: '#/$defs/policy_level' },
            max_tables_per_config: { description: 'The level of too many tables.', $ref: '#/$defs/policy_level' },
            pii_tags: { description: 'The level of a slice by personal data.', $ref: '#/$defs/policy_level' },
            separate_outputs_by: {
              description: 'The level of an output schema that mixes tables.',
              $ref: '#/$defs/policy_level',
            },
            'LINT.NO_BASELINE': {
              description: 'The level of an inference table without a baseline.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.BASELINE_ITSELF': {
              description: 'The level of a table that is its own baseline.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.NO_SCHEDULE': {
              description: 'The level of profiles that nothing refreshes.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.FREQUENT_SCHEDULE': {
              description: 'The level of a schedule that runs very often.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.NO_RECIPIENTS': { description: 'The level of alerts that reach nobody.', $ref: '#/$defs/lint_level' },
            'LINT.NO_FAILURE_NOTIFICATIONS': {
              description: 'The level of failed refreshes that nobody is told of.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.FINE_GRANULARITY': {
              description: 'The level of windows of an hour or less and no longer ones.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.THRESHOLD_EXTREME': {
              description: 'The level of a threshold that always or never alerts.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.SHARED_FOLDER': {
              description: 'The level of a folder that every user may manage.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.DEFAULT_PROJECT': {
              description: 'The level of a real workspace without a name of the project.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.UNUSED_OBJECTIVE': {
              description: 'The level of an objective function that no table refers to.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.UNUSED_GROUP': {
              description: 'The level of a group that no table is in.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.CHANGE_DATA_FEED': {
              description:
                'The level of a table without a change data feed, of which every refresh reads whole windows again.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.LARGE_SNAPSHOT': {
              description: 'The level of a SNAPSHOT of a table that is larger than Databricks profiles.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.VIEW_RENEWED': {
              description: 'The level of a monitored view that was made anew and has another id.',
              $ref: '#/$defs/lint_level',
            },
            'LINT.LARGE_GROUP': {
              description: 'The level of a group of more than 1,000 tables.',
              $ref: '#/$defs/lint_level',
            },
          },
          examples: [{ require_baseline: 'warn', 'LINT.NO_SCHEDULE': 'deny', 'LINT.SHARED_FOLDER': 'off' }],
        },
        exemptions: {
          description: 'Tables that a rule does not hold for, with the reason, until a day.',
          type: ['array', 'null'],
          items: {
            title: 'PolicyExemption',
            type: 'object',
            additionalProperties: false,
            required: ['rule', 'tables', 'reason', 'until'],
            properties: {
              rule: {
                description: 'The rule, or the code of a lint.',
                type: 'string',
                enum: [
                  'naming_patterns',
                  'forbidden_patterns',
                  'required_tags',
                  'require_baseline',
                  'require_slicing',
                  'max_tables_per_config',
                  'pii_tags',
                  'separate_outputs_by',
                  'LINT.NO_BASELINE',
                  'LINT.BASELINE_ITSELF',
                  'LINT.NO_SCHEDULE',
                  'LINT.FREQUENT_SCHEDULE',
                  'LINT.NO_RECIPIENTS',
                  'LINT.NO_FAILURE_NOTIFICATIONS',
                  'LINT.FINE_GRANULARITY',
                  'LINT.THRESHOLD_EXTREME',
                  'LINT.SHARED_FOLDER',
                  'LINT.DEFAULT_PROJECT',
                  'LINT.UNUSED_OBJECTIVE',
                  'LINT.UNUSED_GROUP',
                  'LINT.CHANGE_DATA_FEED',
                  'LINT.LARGE_SNAPSHOT',
                  'LINT.VIEW_RENEWED',
                  'LINT.LARGE_GROUP',
                ],
                examples: ['require_baseline'],
              },
              tables: {
                description:
                  "Full names of tables, or globs of them. Only '*' exempts from what is said about the config as a whole.",
                type: 'array',
                items: { type: 'string', minLength: 1, maxLength: 1000 },
                minItems: 1,
                examples: [['prod.ml.churn', 'prod.legacy.*']],
              },
              reason: {
                description: 'Why; shown to whoever has to renew it.',
                type: 'string',
                pattern: '\\S',
                'x-dpo-expects': 'a reason',
                examples: ['the baseline is built in March'],
              },
              until: {
                description:
                  'The last day on which it holds, in UTC. From the next day on the rule holds again, and a warning says so.',
                type: 'string',
                pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
                'x-dpo-expects': 'a day, such as 2027-03-31',
                examples: ['2027-03-31'],
              },
            },
          },
          examples: [
            [
              {
                rule: 'require_baseline',
                tables: ['prod.ml.churn'],
                reason: 'the baseline is built in March',
                until: '2027-03-31',
              },
            ],
          ],
        },
      },
      examples: [{ require_baseline: true, levels: { require_baseline: 'warn' } }],
    },
    objective_functions: {
      description: 'Named custom metrics that tables refer to by id, in objective_function_ids.',
      type: ['object', 'null'],
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['metric'],
        properties: {
          metric: { $ref: '#/$defs/custom_metric' },
          version: {
            description: 'The version of the function, for people.',
            type: 'string',
            default: '1.0',
            examples: ['2.1'],
          },
          owner: { description: 'Who answers for it.', type: ['string', 'null'], examples: ['ml-platform'] },
          description: {
            description: 'What it measures.',
            type: ['string', 'null'],
            examples: ['Cost of wrong answers'],
          },
          uc_function_name: {
            description: 'The Unity Catalog function that the definition calls; a plan looks whether it exists.',
            type: ['string', 'null'],
            pattern: '^[^.\\s]+\\.[^.\\s]+\\.[^.\\s]+$',
            'x-dpo-expects': 'a name of three parts (catalog.schema.function)',
            examples: ['prod.ml.cost'],
          },
        },
      },
      examples: [
        {
          cost: {
            metric: { name: 'cost', metric_type: 'aggregate', input_columns: [':table'], definition: 'sum(cost)' },
          },
        },
      ],
    },
    monitor_group_tag: {
      description: 'The tag that puts a table in a group, unless its entry does.',
      type: 'string',
      minLength: 1,
      default: 'monitor_group',
      examples: ['team'],
    },
    cleanup_orphans: {
      description:
        'Delete what carries the marker of this project and target and neither the config nor the state knows. Needs an explicit project.',
      type: 'boolean',
      default: false,
      examples: [true],
    },
    deploy_aggregated_dashboard: {
      description: 'Make a dashboard for each group.',
      type: 'boolean',
      default: true,
      examples: [false],
    },
    deploy_executive_rollup: {
      description: 'Make a dashboard over all groups, if there are several.',
      type: 'boolean',
      default: true,
      examples: [false],
    },
    wait_for_monitors: {
      description: 'Wait until new monitors have metric tables before views are made over them.',
      type: 'boolean',
      default: true,
      examples: [false],
    },
    wait_timeout_seconds: {
      description: 'How long to wait, in seconds.',
      type: 'integer',
      minimum: 1,
      default: 1200,
      examples: [1800],
    },
    wait_poll_interval: {
      description: 'How often to look while waiting, in seconds.',
      type: 'integer',
      minimum: 1,
      default: 20,
      examples: [30],
    },
    stale_monitor_days: {
      description: 'A monitor without a refresh for this many days is stale.',
      type: 'integer',
      minimum: 1,
      default: 30,
      examples: [7],
    },
    observability_schema: {
      description: 'The schema of the unified views.',
      type: 'string',
      pattern: '^[^\\s./\\u0000-\\u001f\\u007f]{1,255}$',
      'x-dpo-expects': 'the name of a schema, without dots or spaces',
      default: 'global_monitoring',
      examples: ['churn_monitoring'],
    },
    monitor_limit: {
      description:
        'The most monitors that this project may have; null is no limit. New tables beyond it are left out, those with the lowest priority first.',
      type: ['integer', 'null'],
      minimum: 1,
      'x-dpo-null': 'is a value',
      default: 100,
      examples: [500],
    },
    catalogs: {
      description:
        'Names or globs of further catalogs that tables may be in, beside catalog_name. A glob stands for every catalog of the workspace that matches, but those of Databricks itself.',
      type: ['array', 'null'],
      items: {
        type: 'string',
        pattern: '^[^\\s./\\u0000-\\u001f\\u007f`]{1,255}$',
        'x-dpo-expects': 'the name of a catalog or a glob, without dots or spaces',
      },
      examples: [['sales', 'prod_*']],
    },
    output_catalog: {
      description: 'The catalog of the output schemas, and so of all metric tables, if it is not catalog_name.',
      type: ['string', 'null'],
      pattern: '^[^\\s./\\u0000-\\u001f\\u007f]{1,255}$',
      'x-dpo-expects': 'the name of a catalog, without dots or spaces',
      examples: ['observability'],
    },
    owner: {
      description: 'The group that owns the views and schemas dpo makes.',
      type: ['string', 'null'],
      examples: ['data-platform'],
    },
    access: {
      description:
        "Who may see what dpo makes: names of groups, users or service principals, each with a level. 'view' gives SELECT on metric tables and on the unified views and CAN VIEW on alerts, dashboards and their folder; 'run' gives CAN RUN there instead, to refresh dashboards and run alerts. Only grants that dpo made are ever taken away.",
      type: ['object', 'null'],
      propertyNames: {
        pattern: '^[^\\[\\]\\u0000-\\u001f\\u007f]{1,255}$',
        'x-dpo-expects': 'the name of a group, a user or a service principal, without brackets',
      },
      additionalProperties: { type: ['string', 'null'], enum: ['view', 'run', null] },
      examples: [{ analysts: 'view', 'ml-oncall': 'run', 'jo@company.com': 'view' }],
    },
    anomaly_detection: {
      description:
        'Freshness and completeness of whole schemas, by the name or glob of the schema in each of the catalogs. All patterns that match a schema apply, setting by setting, most literal characters first. Schemas that hold nothing but outputs of dpo are never watched.',
      type: ['object', 'null'],
      propertyNames: {
        pattern: '^[^\\s./\\u0000-\\u001f\\u007f`]{1,255}$',
        'x-dpo-expects': 'the name or glob of a schema, without the catalog',
      },
      additionalProperties: {
        title: 'WatchedSchema',
        description: 'How one schema is watched; may be empty.',
        type: ['object', 'null'],
        additionalProperties: false,
        properties: {
          enabled: {
            description: 'false: the schema is not watched. To switch a watched one off deletes its results.',
            type: 'boolean',
            default: true,
            examples: [false],
          },
          excluded_tables: {
            description: 'Names or globs of tables of the schema, without catalog and schema, that are not watched.',
            type: ['array', 'null'],
            items: {
              type: 'string',
              pattern: '^[^\\s./\\u0000-\\u001f\\u007f`]{1,255}$',
              'x-dpo-expects': 'the name or glob of a table, without catalog and schema',
            },
            uniqueItems: true,
            examples: [['staging_*', 'audit_log']],
          },
          notifications: {
            description:
              'Who is told of an unhealthy table: e-mail addresses of users of the workspace, or ids or names of notification destinations.',
            type: ['array', 'null'],
            items: { type: 'string', minLength: 1 },
            uniqueItems: true,
            examples: [['data-platform@company.com']],
          },
          adopt: {
            description:
              'Take over anomaly detection that somebody else switched on; the state is then the only record that it is ours.',
            type: 'boolean',
            default: false,
            examples: [true],
          },
          prevent_destroy: {
            description: 'No plan may switch it off, whatever the config says later; lifted by applying false.',
            type: 'boolean',
            default: false,
            examples: [true],
          },
        },
      },
      examples: [{ 'sales_*': { excluded_tables: ['staging_*'] }, ml: null }],
    },
    groups: {
      description:
        'What is known about a group, by its name. A table is put in a group by its monitor_group or its tag, not here.',
      type: ['object', 'null'],
      additionalProperties: {
        title: 'GroupSettings',
        type: ['object', 'null'],
        additionalProperties: false,
        properties: {
          renamed_from: {
            description: 'The name it had before; its views, alerts and dashboards are renamed instead of made anew.',
            type: ['string', 'null'],
            minLength: 1,
            examples: ['ml'],
          },
          description: {
            description: 'What it is; shown on its dashboard.',
            type: ['string', 'null'],
            examples: ['Models of the pricing team'],
          },
          ignore: {
            description:
              'Settings of its views, alerts and dashboards that dpo leaves alone once they exist, as <kind>.<path>.',
            type: ['array', 'null'],
            items: {
              type: 'string',
              pattern: '^(?:view|alert|dashboard)\\.\\S+$',
              'x-dpo-expects': 'a setting of a view, alert or dashboard, such as dashboard.display_name',
            },
            uniqueItems: true,
            examples: [['dashboard.display_name']],
          },
        },
      },
      examples: [{ pricing: { renamed_from: 'ml' } }],
    },
    dashboards: {
      description: 'How dashboards are published.',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        embed_credentials: {
          description:
            'true: viewers see the data with the credentials of whoever publishes, also where they have no grant of their own. false: each viewer needs SELECT on the views.',
          type: 'boolean',
          default: false,
          examples: [true],
        },
      },
      examples: [{ embed_credentials: true }],
    },
    include: {
      description:
        'Further files that are part of this config: names or globs, from the folder of the root config. Maps are merged key by key; what two files give is an error. Only the root config may have it.',
      type: ['array', 'string', 'null'],
      minLength: 1,
      items: { type: 'string', minLength: 1 },
      examples: [['tables/*.yaml']],
    },
    variables: {
      description:
        'Values for ${var.name} in texts: the default itself, or a map. --var name=value goes before DPO_VAR_name, that before the target, the target before the default.',
      type: ['object', 'null'],
      propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_-]*$' },
      additionalProperties: {
        title: 'Variable',
        type: ['object', 'string', 'number', 'boolean', 'null'],
        'x-dpo-expects': 'a text, a number, true or false, or a map with default',
        additionalProperties: false,
        properties: {
          default: {
            description:
              'The value if nothing else gives one. It may refer to ${env:NAME}. Unset: one has to be given.',
            type: ['string', 'number', 'boolean', 'null'],
            examples: ['monitoring_results'],
          },
          description: {
            description: 'What it is for.',
            type: ['string', 'null'],
            examples: ['The schema of the metric tables'],
          },
        },
      },
      examples: [{ schema: { default: 'monitoring_results' }, team: 'ml' }],
    },
  },
  $defs: {
    name_pattern: {
      description: 'A regular expression of RE2 over the full name of a table.',
      type: 'string',
      minLength: 1,
      maxLength: 300,
      examples: ['^prod\\.'],
    },
    policy_level: {
      description: 'How serious the breach of a rule is.',
      type: ['string', 'null'],
      enum: ['warn', 'deny', null],
      examples: ['warn'],
    },
    lint_level: {
      description: 'How serious a lint is.',
      type: ['string', 'null'],
      enum: ['off', 'warn', 'deny', null],
      examples: ['off'],
    },
    profile_type: {
      description:
        "SNAPSHOT profiles the whole table, TIMESERIES by windows of a time column, INFERENCE a model's log with the quality of its answers.",
      type: 'string',
      enum: ['INFERENCE', 'SNAPSHOT', 'TIMESERIES'],
      default: 'INFERENCE',
      examples: ['TIMESERIES'],
    },
    granularity: {
      title: 'Granularity',
      description: 'The length of a window.',
      type: 'string',
      enum: [
        '5 minutes',
        '30 minutes',
        '1 hour',
        '1 day',
        '1 week',
        '2 weeks',
        '3 weeks',
        '4 weeks',
        '1 month',
        '1 year',
      ],
      default: '1 day',
      examples: ['1 hour'],
    },
    email: {
      description: 'An e-mail address.',
      type: 'string',
      pattern: '^[^@\\s]+@[^@\\s]+$',
      'x-dpo-expects': 'an e-mail address',
      examples: ['mlops@company.com'],
    },
    output_schema_name: {
      description: 'The schema of the metric tables, in output_catalog or else catalog_name.',
      type: 'string',
      pattern: '^[^\\s./\\u0000-\\u001f\\u007f]{1,255}$',
      'x-dpo-expects': 'the name of a schema, without dots or spaces',
      default: 'monitoring_results',
      examples: ['ml_monitoring'],
    },
    granularities: {
      description: 'Several lengths of windows. Goes before granularity.',
      type: ['array', 'null'],
      items: { $ref: '#/$defs/granularity' },
      minItems: 1,
      uniqueItems: true,
      examples: [['1 day', '1 week']],
    },
    slicing_exprs: {
      description: 'Columns or conditions by which the profile is also split.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
      default: [],
      examples: [['region', 'amount > 1000']],
    },
    column: { description: 'The name of a column.', type: ['string', 'null'], minLength: 1, maxLength: 255 },
    problem_type: {
      title: 'ProblemTypeText',
      description:
        'What the model answers: CLASSIFICATION or REGRESSION, also spelled PROBLEM_TYPE_… or INFERENCE_PROBLEM_TYPE_…, in capitals or not.',
      type: ['string', 'null'],
      pattern:
        '^(?:(?:[Ii][Nn][Ff][Ee][Rr][Ee][Nn][Cc][Ee]_)?[Pp][Rr][Oo][Bb][Ll][Ee][Mm]_[Tt][Yy][Pp][Ee]_)?(?:[Cc][Ll][Aa][Ss][Ss][Ii][Ff][Ii][Cc][Aa][Tt][Ii][Oo][Nn]|[Rr][Ee][Gg][Rr][Ee][Ss][Ss][Ii][Oo][Nn])$',
      'x-dpo-values': ['CLASSIFICATION', 'REGRESSION'],
      examples: ['CLASSIFICATION', 'PROBLEM_TYPE_REGRESSION'],
    },
    schedule: {
      title: 'Schedule',
      'x-dpo-null': 'is a value',
      description:
        'When the profile is refreshed: a Quartz cron expression, or one with a time zone. null is never, also where profile_defaults have a schedule.',
      type: ['object', 'string', 'null'],
      pattern: '^\\S+(?:[ \\t]+\\S+){5,6}$',
      'x-dpo-expects': "a Quartz cron expression of 6 or 7 fields, such as '0 0 8 * * ?'",
      additionalProperties: false,
      required: ['cron'],
      properties: {
        cron: {
          description: 'A Quartz cron expression.',
          type: 'string',
          pattern: '^\\S+(?:[ \\t]+\\S+){5,6}$',
          'x-dpo-expects': "a Quartz cron expression of 6 or 7 fields, such as '0 0 8 * * ?'",
          examples: ['0 0 8 * * ?'],
        },
        timezone: {
          description: 'The time zone of the expression.',
          type: 'string',
          minLength: 1,
          default: 'UTC',
          examples: ['Europe/Berlin'],
        },
      },
      examples: ['0 0 8 * * ?', { cron: '0 0 8 * * ?', timezone: 'Europe/Berlin' }],
    },
    failure_notifications: {
      description: 'Who is told when a refresh fails; at most 5 addresses.',
      type: 'array',
      items: { $ref: '#/$defs/email' },
      maxItems: 5,
      default: [],
      examples: [['mlops@company.com']],
    },
    prevent_destroy: {
      description:
        'true: refuse every plan that would delete or replace the monitor. The state keeps the protection, also when this line or the whole table goes away; only false lifts it, with an apply of its own.',
      type: ['boolean', 'null'],
      examples: [true],
    },
    ignore: {
      description:
        'Settings that dpo leaves alone once the monitor exists, as <kind>.<path>; the path is a config key or one of the API.',
      type: ['array', 'null'],
      items: { type: 'string', minLength: 1 },
      uniqueItems: true,
      examples: [['monitor.schedule']],
    },
    custom_metrics: {
      description:
        'Metrics of your own for every table; an objective function or a table may give one of the same name.',
      type: 'array',
      items: { $ref: '#/$defs/custom_metric' },
      default: [],
      examples: [[{ name: 'revenue', metric_type: 'aggregate', input_columns: [':table'], definition: 'sum(amount)' }]],
    },
    custom_metric: {
      title: 'CustomMetric',
      description: 'A metric that is computed with every profile.',
      type: 'object',
      additionalProperties: false,
      required: ['name', 'metric_type', 'input_columns', 'definition'],
      examples: [{ name: 'cost', metric_type: 'aggregate', input_columns: [':table'], definition: 'sum(cost)' }],
      properties: {
        name: {
          description: 'The name of the metric and of its column in the metric tables.',
          type: 'string',
          minLength: 1,
          examples: ['revenue'],
        },
        metric_type: {
          description: 'aggregate: from rows; derived: from other metrics; drift: from two windows.',
          type: 'string',
          enum: ['aggregate', 'derived', 'drift'],
          examples: ['aggregate'],
        },
        input_columns: {
          description: "The columns on whose rows it stands; ':table' is the whole table.",
          type: 'array',
          items: { type: 'string', minLength: 1 },
          minItems: 1,
          uniqueItems: true,
          examples: [[':table']],
        },
        definition: {
          description:
            'The SQL expression, with {{input_column}} and other template variables. It is sent as it is written.',
          type: 'string',
          pattern: '\\S',
          'x-dpo-expects': 'an SQL expression',
          examples: ['sum(amount)'],
        },
        output_type: {
          description: 'The type of the result.',
          type: 'string',
          enum: ['double', 'string'],
          default: 'double',
          examples: ['string'],
        },
      },
    },
    profile: {
      title: 'ProfileDefaults',
      description: 'Settings of every table that does not have its own.',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        profile_type: { $ref: '#/$defs/profile_type' },
        output_schema_name: { $ref: '#/$defs/output_schema_name' },
        granularity: { $ref: '#/$defs/granularity' },
        granularities: { $ref: '#/$defs/granularities' },
        slicing_exprs: { $ref: '#/$defs/slicing_exprs' },
        create_builtin_dashboard: {
          description: 'Have Databricks make its own dashboard for each monitor.',
          type: 'boolean',
          default: true,
          examples: [false],
        },
        problem_type: { $ref: '#/$defs/problem_type' },
        prediction_column: {
          description: "The column of the model's answer. Inference profiles need it.",
          examples: ['prediction'],
          $ref: '#/$defs/column',
        },
        label_column: {
          description: 'The column of the true answer, if it is known.',
          examples: ['label'],
          $ref: '#/$defs/column',
        },
        timestamp_column: {
          description: 'The column of time. Inference and time-series profiles need one.',
          examples: ['timestamp'],
          $ref: '#/$defs/column',
        },
        model_id_column: {
          description: "The column of the model's id or version. Inference profiles need it.",
          examples: ['model_version'],
          $ref: '#/$defs/column',
        },
        timeseries_timestamp_column: {
          description:
            'The column of time of time-series profiles; here it goes before timestamp_column. Inference profiles ignore it.',
          examples: ['event_time'],
          $ref: '#/$defs/column',
        },
        prediction_probability_column: {
          description: 'The column of the probabilities behind a classification.',
          examples: ['probabilities'],
          $ref: '#/$defs/column',
        },
        schedule: { $ref: '#/$defs/schedule' },
        failure_notifications: { $ref: '#/$defs/failure_notifications' },
        prevent_destroy: { $ref: '#/$defs/prevent_destroy' },
        ignore: { $ref: '#/$defs/ignore' },
        max_slicing_cardinality: {
          description:
            'A column with more distinct values than this is left out as a slice, with a warning. It is counted once, when the slice is new; --recount counts again. Databricks makes slices of the 100 most frequent values only.',
          type: 'integer',
          minimum: 1,
          default: 50,
          examples: [100],
        },
        custom_metrics: { $ref: '#/$defs/custom_metrics' },
      },
    },
    table: {
      title: 'TableSettings',
      description: 'Settings of one table. What is not set, or null, comes from tags and profile_defaults.',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        profile_type: {
          description:
            "SNAPSHOT profiles the whole table, TIMESERIES by windows of a time column, INFERENCE a model's log with the quality of its answers.",
          type: ['string', 'null'],
          enum: ['INFERENCE', 'SNAPSHOT', 'TIMESERIES', null],
          examples: ['TIMESERIES'],
        },
        output_schema_name: {
          description: 'The schema of the metric tables, in output_catalog or else catalog_name.',
          type: ['string', 'null'],
          pattern: '^[^\\s./\\u0000-\\u001f\\u007f]{1,255}$',
          'x-dpo-expects': 'the name of a schema, without dots or spaces',
          examples: ['ml_monitoring'],
        },
        granularity: {
          description: 'The length of a window.',
          type: ['string', 'null'],
          enum: [
            '5 minutes',
            '30 minutes',
            '1 hour',
            '1 day',
            '1 week',
            '2 weeks',
            '3 weeks',
            '4 weeks',
            '1 month',
            '1 year',
            null,
          ],
          examples: ['1 hour'],
        },
        granularities: { $ref: '#/$defs/granularities' },
        slicing_exprs: {
          description:
            'Columns or conditions by which the profile is also split. Replaces the list of profile_defaults.',
          type: ['array', 'null'],
          items: { type: 'string', minLength: 1 },
          examples: [['region', 'customer_segment']],
        },
        create_builtin_dashboard: {
          description: 'Have Databricks make its own dashboard for this monitor.',
          type: ['boolean', 'null'],
          examples: [false],
        },
        problem_type: { $ref: '#/$defs/problem_type' },
        prediction_column: {
          description: "The column of the model's answer.",
          examples: ['churn_probability'],
          $ref: '#/$defs/column',
        },
        label_column: { description: 'The column of the true answer.', examples: ['churned'], $ref: '#/$defs/column' },
        timestamp_column: {
          description: 'The column of time; here it goes before timeseries_timestamp_column.',
          examples: ['prediction_time'],
          $ref: '#/$defs/column',
        },
        model_id_column: {
          description: "The column of the model's id or version.",
          examples: ['model_version'],
          $ref: '#/$defs/column',
        },
        timeseries_timestamp_column: {
          description: 'The column of time of a time-series profile.',
          examples: ['event_time'],
          $ref: '#/$defs/column',
        },
        prediction_probability_column: {
          description: 'The column of the probabilities behind a classification.',
          examples: ['probabilities'],
          $ref: '#/$defs/column',
        },
        schedule: { $ref: '#/$defs/schedule' },
        failure_notifications: {
          description: 'Who is told when a refresh fails; at most 5 addresses. Replaces the list of profile_defaults.',
          type: ['array', 'null'],
          items: { $ref: '#/$defs/email' },
          maxItems: 5,
          examples: [['ml-team@company.com']],
        },
        baseline_table_name: {
          description: 'The table against which drift is measured, by its name of three parts.',
          type: ['string', 'null'],
          pattern: '^[^\\s./\\u0000-\\u001f\\u007f`]{1,255}(?:\\.[^\\s./\\u0000-\\u001f\\u007f`]{1,255}){2}$',
          'x-dpo-expects': 'a name of three parts (catalog.schema.table)',
          examples: ['prod.ml.churn_baseline'],
        },
        owner: {
          description: 'Who answers for the table, to select it by: owner:pricing. Unset: that of its tag owner.',
          type: ['string', 'null'],
          examples: ['pricing'],
        },
        runbook_url: {
          description: 'Where it is written what to do when the table drifts.',
          type: ['string', 'null'],
          examples: ['https://wiki.company.com/churn'],
        },
        lineage_url: {
          description: 'Where it is shown what the table is made from.',
          type: ['string', 'null'],
          examples: ['https://lineage.company.com/churn'],
        },
        enabled: {
          description: 'false: the table is not profiled; a monitor of it that dpo manages is planned for deletion.',
          type: 'boolean',
          default: true,
          examples: [false],
        },
        adopt: {
          description: "Take over a monitor that the table already has and that nobody's dpo made.",
          type: 'boolean',
          default: false,
          examples: [true],
        },
        custom_metrics: {
          description:
            'Metrics of your own for this table, beside those of profile_defaults and of its objective functions.',
          type: ['array', 'null'],
          items: { $ref: '#/$defs/custom_metric' },
          examples: [
            [{ name: 'revenue', metric_type: 'aggregate', input_columns: [':table'], definition: 'sum(amount)' }],
          ],
        },
        objective_function_ids: {
          description: 'Which of objective_functions are computed for this table.',
          type: ['array', 'null'],
          items: { type: 'string', minLength: 1 },
          uniqueItems: true,
          examples: [['cost']],
        },
        prevent_destroy: { examples: [true], $ref: '#/$defs/prevent_destroy' },
        ignore: { examples: [['monitor.schedule']], $ref: '#/$defs/ignore' },
        drift_threshold: {
          description: 'Alert when the Jensen-Shannon distance of a categorical column reaches this.',
          type: ['number', 'null'],
          minimum: 0,
          maximum: 1,
          examples: [0.1],
        },
        numeric_drift_threshold: {
          description: 'Alert when the population stability index of a numeric column reaches this.',
          type: ['number', 'null'],
          minimum: 0,
          examples: [0.25],
        },
        alert_granularity: {
          description: 'The windows that alerts look at.',
          type: ['string', 'null'],
          enum: [
            '5 minutes',
            '30 minutes',
            '1 hour',
            '1 day',
            '1 week',
            '2 weeks',
            '3 weeks',
            '4 weeks',
            '1 month',
            '1 year',
            null,
          ],
          examples: ['1 day'],
        },
        monitor_group: {
          description: 'The group of the table, to select it by: group:ml_team. Unset: that of its tag, else default.',
          type: ['string', 'null'],
          minLength: 1,
          examples: ['ml_team'],
        },
        department: { description: 'The department of the table.', type: ['string', 'null'], examples: ['pricing'] },
        priority: {
          description:
            'The order in which tables get monitors when not all can; the lowest number first. Unset: that of its tag, else 99.',
          type: ['integer', 'null'],
          examples: [1],
        },
        labels: {
          description: 'Free pairs, to select the table by: label:tier or label:tier=gold.',
          type: ['object', 'null'],
          additionalProperties: { type: ['string', 'number', 'boolean'] },
          examples: [{ tier: 'gold' }],
        },
      },
    },
    target: {
      title: 'TargetSettings',
      description:
        'A place to which the config goes. Every top-level key is allowed too and goes before the one at the top, but targets, default_target and include; variables takes values only.',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        workspace: {
          title: 'Workspace',
          description:
            "'local' is the embedded workspace. A map names a real one: by host, by profile of ~/.databrickscfg, or both. Credentials come from the environment or the profile, never from this file.",
          type: ['object', 'string', 'null'],
          pattern: '^local$',
          'x-dpo-expects': "'local', or a map with host or profile",
          'x-dpo-values': ['local'],
          additionalProperties: false,
          properties: {
            host: {
              description: 'The address of the workspace.',
              type: ['string', 'null'],
              pattern: '^(?:https?://)?[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?/?$',
              'x-dpo-expects': 'the address of a workspace, such as https://adb-123.4.azuredatabricks.net',
              examples: ['https://adb-1234567890123456.7.azuredatabricks.net'],
            },
            profile: {
              description: 'A profile of ~/.databrickscfg.',
              type: ['string', 'null'],
              minLength: 1,
              examples: ['prod'],
            },
          },
          examples: ['local', { profile: 'prod' }],
        },
        state: {
          title: 'StateSettings',
          description: 'Where dpo keeps what it knows about this target. See docs/state.md for what each place needs.',
          type: ['object', 'null'],
          additionalProperties: false,
          properties: {
            backend: {
              description:
                "local: a file of this machine. volume: files of a Unity Catalog volume of the target's workspace. azblob: blobs of Azure Storage.",
              type: 'string',
              enum: ['local', 'volume', 'azblob'],
              default: 'local',
              examples: ['volume'],
            },
            path: {
              description:
                'Of local: the state file, from the folder of the config; unset: state/<target>.json. Of volume: the folder, as /Volumes/<catalog>/<schema>/<volume>/<folder>. Of azblob: the folder in the container; unset: <project>/<target>.',
              type: ['string', 'null'],
              minLength: 1,
              examples: ['state/prod.json', '/Volumes/main/ops/dpo/prod'],
            },
            container: {
              description: 'Of azblob: the container.',
              type: ['string', 'null'],
              pattern: '^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$',
              'x-dpo-expects': 'the name of a container: 3 to 63 lower-case letters, digits and hyphens',
              examples: ['dpo-state'],
            },
            endpoint: {
              description:
                'Of azblob: the URL of the blob service; not needed with AZURE_STORAGE_CONNECTION_STRING. Credentials come from the environment, never from this file.',
              type: ['string', 'null'],
              pattern: '^https?://[A-Za-z0-9.:-]+(?:/[A-Za-z0-9._-]+)*/?$',
              'x-dpo-expects': 'a URL without a query, such as https://account.blob.core.windows.net',
              examples: ['https://account.blob.core.windows.net'],
            },
          },
          examples: [{ path: 'state/prod.json' }, { backend: 'volume', path: '/Volumes/main/ops/dpo/prod' }],
        },
        variables: {
          description: 'Values of variables for this target, by their names.',
          type: ['object', 'null'],
          additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
          examples: [{ schema: 'monitoring_dev' }],
        },
        development: {
          description:
            "For trying out: what is made belongs to the user who runs dpo, display names carry the user's name, alerts are paused and monitors have no schedule.",
          type: 'boolean',
          default: false,
          examples: [true],
        },
        read_only_monitors: {
          description:
            'true: monitors, and anomaly detection, are read and never created, changed, adopted or deleted. Left out, a development target does so for tables outside of catalog_name and output_catalog, where false lets it write.',
          type: 'boolean',
          examples: [true],
        },
        catalog_name: { $ref: '#/properties/catalog_name' },
        warehouse_id: { $ref: '#/properties/warehouse_id' },
        mode: { $ref: '#/properties/mode' },
        project: { $ref: '#/properties/project' },
        monitored_tables: { $ref: '#/properties/monitored_tables' },
        profile_defaults: { $ref: '#/properties/profile_defaults' },
        dashboard_parent_path: { $ref: '#/properties/dashboard_parent_path' },
        tag_prefix: { $ref: '#/properties/tag_prefix' },
        on_invalid_table: { $ref: '#/properties/on_invalid_table' },
        include_tagged_tables: { $ref: '#/properties/include_tagged_tables' },
        discovery: { $ref: '#/properties/discovery' },
        alerting: { $ref: '#/properties/alerting' },
        policy: { $ref: '#/properties/policy' },
        objective_functions: { $ref: '#/properties/objective_functions' },
        monitor_group_tag: { $ref: '#/properties/monitor_group_tag' },
        cleanup_orphans: { $ref: '#/properties/cleanup_orphans' },
        deploy_aggregated_dashboard: { $ref: '#/properties/deploy_aggregated_dashboard' },
        deploy_executive_rollup: { $ref: '#/properties/deploy_executive_rollup' },
        wait_for_monitors: { $ref: '#/properties/wait_for_monitors' },
        wait_timeout_seconds: { $ref: '#/properties/wait_timeout_seconds' },
        wait_poll_interval: { $ref: '#/properties/wait_poll_interval' },
        stale_monitor_days: { $ref: '#/properties/stale_monitor_days' },
        observability_schema: { $ref: '#/properties/observability_schema' },
        monitor_limit: { $ref: '#/properties/monitor_limit' },
        catalogs: { $ref: '#/properties/catalogs' },
        output_catalog: { $ref: '#/properties/output_catalog' },
        owner: { $ref: '#/properties/owner' },
        access: { $ref: '#/properties/access' },
        anomaly_detection: { $ref: '#/properties/anomaly_detection' },
        groups: { $ref: '#/properties/groups' },
        dashboards: { $ref: '#/properties/dashboards' },
      },
    },
  },
};
