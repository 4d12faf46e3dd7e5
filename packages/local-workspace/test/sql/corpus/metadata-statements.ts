import type { CorpusStatement } from './corpus.ts';

/** SHOW, DESCRIBE, information_schema and harmless commands. */
export const metadataStatements: readonly CorpusStatement[] = [
  ['SHOW CATALOGS', [['main'], ['prod']]],
  ["SHOW CATALOGS LIKE 'm*'", [['main']]],
  ['SHOW SCHEMAS IN main', [['default'], ['ml']]],
  ["SHOW DATABASES IN main LIKE 'm*|x'", [['ml']]],
  [
    "SHOW TABLES IN main.ml LIKE 'ch*'",
    [
      ['ml', 'child', 'false'],
      ['ml', 'churn', 'false'],
    ],
  ],
  ['SHOW TABLES FROM prod.ml', [['ml', 'scored', 'false']]],
  ['SHOW VIEWS IN prod.ml', [['ml', 'scored', 'false', 'false']]],
  ['SHOW TBLPROPERTIES prod.ml.scored', [['dpo.owner', 'p']]],
  ["SHOW TBLPROPERTIES prod.ml.scored ('dpo.owner')", [['dpo.owner', 'p']]],
  ["SHOW TBLPROPERTIES prod.ml.scored ('nope')", [['nope', 'Table prod.ml.scored does not have property: nope']]],
  ['SHOW COLUMNS IN metrics', [['window'], ['column_name'], ['js_distance']]],
  ['SHOW COLUMNS FROM scored IN prod.ml', [['id'], ['region']]],
  ['SHOW USER FUNCTIONS IN main.ml', [['main.ml.labelled']]],
  ["SHOW SYSTEM FUNCTIONS LIKE 'date_a*'", [['date_add']]],
  [
    'SHOW CREATE TABLE metrics',
    [
      [
        'CREATE TABLE main.ml.metrics (\n  `window` STRUCT<start: TIMESTAMP, end: TIMESTAMP>,\n  `column_name` STRING,\n  `js_distance` DOUBLE)\nUSING delta\n',
      ],
    ],
  ],
  [
    'SHOW CREATE TABLE prod.ml.scored',
    [
      [
        "CREATE VIEW prod.ml.scored (\n  `id`,\n  `region`)\nCOMMENT 'with score'\nTBLPROPERTIES (\n  'dpo.owner' = 'p')\nAS SELECT id, region FROM main.ml.churn WHERE score IS NOT NULL\n",
      ],
    ],
  ],
  [
    'SHOW GRANTS ON CATALOG main',
    [
      ['ana@example.com', 'ALL PRIVILEGES', 'CATALOG', 'main'],
      ['ana@example.com', 'MANAGE', 'CATALOG', 'main'],
    ],
  ],
  ['SHOW VOLUMES IN main.ml', []],
  [
    'DESCRIBE TABLE metrics',
    [
      ['window', 'struct<start:timestamp,end:timestamp>', null],
      ['column_name', 'string', null],
      ['js_distance', 'double', null],
    ],
  ],
  [
    'DESC churn region',
    [
      ['col_name', 'region'],
      ['data_type', 'string'],
      ['comment', 'sales region'],
    ],
  ],
  [
    'DESCRIBE QUERY SELECT id, region FROM churn',
    [
      ['id', 'bigint', null],
      ['region', 'string', null],
    ],
  ],
  [
    'DESCRIBE SCHEMA main.ml',
    [
      ['Catalog Name', 'main'],
      ['Namespace Name', 'ml'],
      ['Comment', ''],
      ['Owner', 'admin'],
    ],
  ],
  [
    'DESCRIBE CATALOG main',
    [
      ['Catalog Name', 'main'],
      ['Comment', ''],
      ['Owner', 'admin'],
    ],
  ],
  [
    'DESCRIBE FUNCTION labelled',
    [
      ['Function:      main.ml.labelled'],
      ['Type:          SCALAR'],
      ['Input:         n BIGINT'],
      ['Returns:       STRING'],
    ],
  ],
  [
    'DESCRIBE FUNCTION EXTENDED main.ml.labelled',
    [
      ['Function:      main.ml.labelled'],
      ['Type:          SCALAR'],
      ['Input:         n BIGINT'],
      ['Returns:       STRING'],
      ['Comment:       a label'],
      ['Owner:         ana@example.com'],
      ["Body:          concat('#', n)"],
    ],
  ],
  [
    'DESCRIBE TABLE EXTENDED metrics',
    [
      ['window', 'struct<start:timestamp,end:timestamp>', null],
      ['column_name', 'string', null],
      ['js_distance', 'double', null],
      ['', '', ''],
      ['# Detailed Table Information', '', ''],
      ['Catalog', 'main', ''],
      ['Database', 'ml', ''],
      ['Table', 'metrics', ''],
      ['Created Time', '2026-01-02T03:04:05.000Z', ''],
      ['Type', 'MANAGED', ''],
      ['Provider', 'delta', ''],
      ['Owner', 'ana@example.com', ''],
      ['Table Properties', '[]', ''],
    ],
  ],
  [
    'DESCRIBE metrics AS JSON',
    [
      [
        '{"table_name":"metrics","catalog_name":"main","namespace":["ml"],"schema_name":"ml","columns":[{"name":"window","type":{"type":"struct","fields":[{"name":"start","type":"timestamp","nullable":true,"metadata":{}},{"name":"end","type":"timestamp","nullable":true,"metadata":{}}]},"nullable":true},{"name":"column_name","type":{"name":"string"},"nullable":true},{"name":"js_distance","type":{"name":"double"},"nullable":true}],"owner":"ana@example.com","created_time":"2026-01-02T03:04:05.000Z","type":"MANAGED","provider":"delta","table_properties":{}}',
      ],
    ],
  ],
  [
    'DESCRIBE DETAIL metrics',
    [
      [
        'delta',
        '00000000-0000-4000-8000-000000000006',
        'main.ml.metrics',
        null,
        null,
        '2026-01-02T03:04:05.000Z',
        '2026-01-02T03:04:05.000Z',
        '[]',
        '[]',
        null,
        null,
        '{}',
      ],
    ],
  ],
  [
    'DESCRIBE HISTORY churn',
    [
      ['1', '2026-01-02T03:04:05.000Z', 'ana@example.com', 'WRITE'],
      ['0', '2026-01-02T03:04:05.000Z', 'ana@example.com', 'CREATE TABLE'],
    ],
  ],
  [
    'SELECT catalog_name, catalog_owner FROM system.information_schema.catalogs ORDER BY 1',
    [
      ['main', 'admin'],
      ['prod', 'admin'],
    ],
  ],
  [
    'SELECT schema_name, schema_owner FROM main.information_schema.schemata ORDER BY schema_name',
    [
      ['default', 'admin'],
      ['ml', 'admin'],
    ],
  ],
  [
    'SELECT table_name, table_type, table_owner, comment, data_source_format, created FROM information_schema.tables ORDER BY 1',
    [
      ['child', 'MANAGED', 'ana@example.com', null, 'DELTA', '2026-01-02T03:04:05.000Z'],
      ['churn', 'MANAGED', 'ana@example.com', 'customers', 'DELTA', '2026-01-02T03:04:05.000Z'],
      ['metrics', 'MANAGED', 'ana@example.com', null, 'DELTA', '2026-01-02T03:04:05.000Z'],
      ['parent', 'MANAGED', 'ana@example.com', null, 'DELTA', '2026-01-02T03:04:05.000Z'],
    ],
  ],
  [
    'SELECT table_catalog, table_name FROM system.information_schema.tables ORDER BY 1, 2',
    [
      ['main', 'child'],
      ['main', 'churn'],
      ['main', 'metrics'],
      ['main', 'parent'],
      ['prod', 'scored'],
    ],
  ],
  [
    "SELECT column_name, ordinal_position, full_data_type, data_type, is_nullable, numeric_precision, numeric_scale, comment FROM main.information_schema.columns WHERE table_name = 'churn' AND ordinal_position < 4 ORDER BY 2",
    [
      ['id', '0', 'bigint', 'LONG', 'NO', '64', '0', null],
      ['region', '1', 'string', 'STRING', 'YES', null, null, 'sales region'],
      ['score', '2', 'double', 'DOUBLE', 'YES', '53', null, null],
      ['amount', '3', 'decimal(10,2)', 'DECIMAL', 'YES', '10', '2', null],
    ],
  ],
  [
    'SELECT table_name, view_definition, is_materialized FROM prod.information_schema.views',
    [['scored', 'SELECT id, region FROM main.ml.churn WHERE score IS NOT NULL', 'NO']],
  ],
  [
    'SELECT * FROM system.information_schema.table_tags ORDER BY tag_name',
    [
      ['main', 'ml', 'churn', 'dpo', 'on'],
      ['main', 'ml', 'churn', 'pii', ''],
    ],
  ],
  ['SELECT * FROM main.information_schema.column_tags', [['main', 'ml', 'churn', 'region', 'kind', 'dimension']]],
  ['SELECT * FROM main.information_schema.schema_tags', [['main', 'ml', 'team', 'ml']]],
  ['SELECT * FROM main.information_schema.catalog_tags', [['main', 'tier', 'gold']]],
  ['SELECT * FROM main.information_schema.volumes', []],
  ['SELECT * FROM main.information_schema.volume_tags', []],
  [
    'SELECT grantee, catalog_name, privilege_type, is_grantable FROM main.information_schema.catalog_privileges ORDER BY 3',
    [
      ['ana@example.com', 'main', 'ALL PRIVILEGES', 'NO'],
      ['ana@example.com', 'main', 'MANAGE', 'NO'],
    ],
  ],
  [
    "SELECT grantee, schema_name, privilege_type, inherited_from FROM main.information_schema.schema_privileges WHERE schema_name = 'ml' ORDER BY 3",
    [
      ['ana@example.com', 'ml', 'ALL PRIVILEGES', 'CATALOG'],
      ['ana@example.com', 'ml', 'MANAGE', 'CATALOG'],
    ],
  ],
  [
    "SELECT grantee, table_name, privilege_type, inherited_from FROM main.information_schema.table_privileges WHERE table_name = 'churn' ORDER BY 3",
    [
      ['ana@example.com', 'churn', 'ALL PRIVILEGES', 'CATALOG'],
      ['ana@example.com', 'churn', 'MANAGE', 'CATALOG'],
      ['bo@example.com', 'churn', 'SELECT', 'NONE'],
    ],
  ],
  [
    'SELECT constraint_name, table_name, constraint_type, enforced FROM main.information_schema.table_constraints ORDER BY 1',
    [
      ['child_check', 'child', 'CHECK', 'YES'],
      ['child_parent', 'child', 'FOREIGN KEY', 'NO'],
      ['child_pk', 'child', 'PRIMARY KEY', 'NO'],
      ['parent_key', 'parent', 'PRIMARY KEY', 'NO'],
    ],
  ],
  [
    'SELECT constraint_name, column_name, ordinal_position, position_in_unique_constraint FROM main.information_schema.key_column_usage ORDER BY 1',
    [
      ['child_parent', 'parent', '1', '1'],
      ['child_pk', 'id', '1', null],
      ['parent_key', 'id', '1', null],
    ],
  ],
  [
    'SELECT constraint_name, table_name, column_name FROM main.information_schema.constraint_column_usage ORDER BY 1',
    [
      ['child_parent', 'parent', 'id'],
      ['child_pk', 'child', 'id'],
      ['parent_key', 'parent', 'id'],
    ],
  ],
  [
    'SELECT constraint_name, unique_constraint_name FROM main.information_schema.referential_constraints',
    [['child_parent', 'parent_key']],
  ],
  [
    'SELECT routine_name, routine_type, data_type, routine_definition, comment FROM main.information_schema.routines',
    [['labelled', 'FUNCTION', 'STRING', "concat('#', n)", 'a label']],
  ],
  [
    'SELECT specific_name, parameter_name, full_data_type, ordinal_position FROM main.information_schema.parameters',
    [['labelled', 'n', 'bigint', '0']],
  ],
  [
    "SELECT schema_name, table_name, tag_name, tag_value FROM main.information_schema.table_tags WHERE tag_name = 'dpo'",
    [['ml', 'churn', 'dpo', 'on']],
  ],
  [
    "SELECT table_schema, table_name, column_name, full_data_type FROM main.information_schema.columns WHERE (table_schema, table_name) IN (('ml', 'metrics')) ORDER BY ordinal_position",
    [
      ['ml', 'metrics', 'window', 'struct<start:timestamp,end:timestamp>'],
      ['ml', 'metrics', 'column_name', 'string'],
      ['ml', 'metrics', 'js_distance', 'double'],
    ],
  ],
  [
    "SELECT table_schema, table_name FROM prod.information_schema.tables WHERE table_name LIKE 'sco%' ESCAPE '\\\\'",
    [['ml', 'scored']],
  ],
  ['SET ansi_mode = true', []],
  ['SET TIME ZONE UTC', []],
  ['SET timezone', [['timezone', 'utc']]],
  ['RESET', []],
  ['OPTIMIZE churn ZORDER BY (id)', []],
  ['VACUUM churn RETAIN 168 HOURS', []],
  ['ANALYZE TABLE churn COMPUTE STATISTICS FOR ALL COLUMNS', []],
  ['REFRESH TABLE churn', []],
];
