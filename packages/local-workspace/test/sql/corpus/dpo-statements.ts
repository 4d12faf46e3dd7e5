import type { CorpusStatement } from './corpus.ts';

/** Metric tables and the unified views over them, with billing tables as the system has them. */
export const dpoTables: readonly string[] = [
  'CREATE TABLE churn_profile_metrics (window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, granularity STRING, slice_key STRING, slice_value STRING, column_name STRING, count BIGINT, num_nulls BIGINT, percent_null DOUBLE, quantiles ARRAY<DOUBLE>, frequent_items ARRAY<STRUCT<item: STRING, count: BIGINT>>)',
  "INSERT INTO churn_profile_metrics VALUES (named_struct('start', TIMESTAMP'2026-01-01 00:00:00', 'end', TIMESTAMP'2026-01-02 00:00:00'), '1 day', NULL, NULL, ':table', 3, NULL, NULL, NULL, NULL), (named_struct('start', TIMESTAMP'2026-01-01 00:00:00', 'end', TIMESTAMP'2026-01-02 00:00:00'), '1 day', NULL, NULL, 'score', 3, 1, 33.333333333333336, array(0.5D, 1.0D, 1.5D), array(named_struct('item', 'x', 'count', 2L)))",
  'CREATE TABLE churn_drift_metrics (window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, granularity STRING, slice_key STRING, column_name STRING, drift_type STRING, js_distance DOUBLE, ks_test STRUCT<statistic: DOUBLE, pvalue: DOUBLE>, population_stability_index DOUBLE)',
  "INSERT INTO churn_drift_metrics VALUES (named_struct('start', TIMESTAMP'2026-01-01 00:00:00', 'end', TIMESTAMP'2026-01-02 00:00:00'), '1 day', NULL, 'score', 'CONSECUTIVE', NULL, named_struct('statistic', 0.25D, 'pvalue', 0.01D), 0.3), (named_struct('start', TIMESTAMP'2026-01-01 00:00:00', 'end', TIMESTAMP'2026-01-02 00:00:00'), '1 day', NULL, 'region', 'CONSECUTIVE', 0.12, NULL, NULL)",
  "CREATE OR REPLACE VIEW unified_profile TBLPROPERTIES ('dpo.owner' = 'p', 'dpo.sql_hash' = 'h') AS SELECT 'main.ml.churn' AS source_table_name, 'sales' AS owner, window.start AS window_start, window.end AS window_end, granularity, column_name, count AS record_count, percent_null / 100 AS null_rate FROM `main`.`ml`.`churn_profile_metrics` WHERE slice_key IS NULL UNION ALL SELECT 'main.ml.other', CAST(NULL AS STRING), CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), CAST(NULL AS STRING), CAST(NULL AS STRING), CAST(NULL AS BIGINT), CAST(NULL AS DOUBLE) WHERE 1 = 0",
  "CREATE VIEW unified_drift AS SELECT 'main.ml.churn' AS source_table_name, window.start AS window_start, window.end AS window_end, granularity, CAST(NULL AS STRING) AS model_id, slice_key, column_name, drift_type, js_distance, population_stability_index AS psi, ks_test AS ks, 0.2D AS drift_threshold, 0.25D AS numeric_drift_threshold, '1 day' AS alert_granularity, 7 AS freshness_days FROM main.ml.churn_drift_metrics",
  'CREATE TABLE billing_usage (usage_metadata STRUCT<table_id: STRING>, usage_quantity DECIMAL(38,18), sku_name STRING, usage_date DATE, usage_start_time TIMESTAMP)',
  'CREATE TABLE billing_prices (sku_name STRING, pricing STRUCT<effective_list: STRUCT<default: DECIMAL(38,18)>>, price_start_time TIMESTAMP, price_end_time TIMESTAMP)',
  "INSERT INTO billing_usage VALUES (named_struct('table_id', 't1'), 2.5, 'S', DATE'2026-01-01', TIMESTAMP'2026-01-01 10:00:00'), (named_struct('table_id', 't1'), -0.5, 'S', DATE'2026-01-01', TIMESTAMP'2026-01-01 10:00:00')",
  "INSERT INTO billing_prices VALUES ('S', named_struct('effective_list', named_struct('default', 0.7)), TIMESTAMP'2025-01-01 00:00:00', NULL)",
];

/** What dpo sends: discovery, unified views, drift, dashboards and cost. */
export const dpoStatements: readonly CorpusStatement[] = [
  [
    "SELECT catalog_name, schema_name, table_name, column_name, tag_name, tag_value FROM main.information_schema.column_tags WHERE schema_name IN ('ml')",
    [['main', 'ml', 'churn', 'region', 'kind', 'dimension']],
  ],
  [
    "SELECT table_schema, table_name FROM main.information_schema.tables WHERE table_name LIKE '%\\\\_profile\\\\_metrics' ESCAPE '\\\\' ORDER BY 2",
    [['ml', 'churn_profile_metrics']],
  ],
  [
    'SELECT schema_name, table_name, tag_name, tag_value FROM main.information_schema.table_tags ORDER BY tag_name',
    [
      ['ml', 'churn', 'dpo', 'on'],
      ['ml', 'churn', 'pii', ''],
    ],
  ],
  [
    "SELECT table_schema, table_name, column_name, full_data_type, ordinal_position FROM main.information_schema.columns WHERE (table_schema, table_name) IN (('ml', 'churn_drift_metrics')) ORDER BY ordinal_position LIMIT 3",
    [
      ['ml', 'churn_drift_metrics', 'window', 'struct<start:timestamp,end:timestamp>', '0'],
      ['ml', 'churn_drift_metrics', 'granularity', 'string', '1'],
      ['ml', 'churn_drift_metrics', 'slice_key', 'string', '2'],
    ],
  ],
  [
    "SELECT source_table_name, column_name, round(null_rate, 2) AS null_rate FROM unified_profile WHERE column_name <> ':table' ORDER BY 2",
    [['main.ml.churn', 'score', '0.33']],
  ],
  ['SELECT count(*), count(DISTINCT source_table_name), sum(record_count) FROM unified_profile', [['2', '1', '6']]],
  [
    "SELECT severity, column_name, js_distance, psi FROM (SELECT d.*, CASE WHEN js_distance >= drift_threshold OR psi >= numeric_drift_threshold THEN 'critical' WHEN js_distance >= least(drift_threshold, greatest(0.1, drift_threshold / 2)) OR psi >= least(numeric_drift_threshold, greatest(0.1, numeric_drift_threshold / 2)) THEN 'warning' END AS severity, ROW_NUMBER() OVER (PARTITION BY source_table_name, column_name, drift_type ORDER BY window_end DESC) AS rn FROM unified_drift d WHERE slice_key IS NULL AND column_name <> ':table' AND granularity IS NOT DISTINCT FROM alert_granularity AND (model_id IS NULL OR model_id = '*') AND window_end <= current_timestamp()) WHERE rn = 1 AND window_end >= date_sub(current_date(), freshness_days) AND severity IS NOT NULL ORDER BY column_name",
    [
      ['warning', 'region', '0.12', null],
      ['critical', 'score', null, '0.3'],
    ],
  ],
  [
    'SELECT column_name, ks.statistic, ks.pvalue, window_start, window_end FROM unified_drift ORDER BY column_name',
    [
      ['region', null, null, '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
      ['score', '0.25', '0.01', '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
    ],
  ],
  [
    'SELECT COALESCE(MAX(GREATEST(js_distance, psi)), 0) AS worst, LEAST(1, COUNT(*)) AS any_row FROM unified_drift',
    [['0.3', '1']],
  ],
  [
    "SELECT quantiles[1], size(quantiles), frequent_items[0].item, element_at(frequent_items, 1).count FROM churn_profile_metrics WHERE column_name = 'score'",
    [['1.0', '3', 'x', '2']],
  ],
  ['SELECT APPROX_COUNT_DISTINCT(`region`) FROM main.ml.churn', [['2']]],
  [
    "SELECT date_trunc('DAY', window_end) AS day, SUM(CASE WHEN js_distance > 0.2 THEN 1 ELSE 0 END) AS drifted, ROUND(AVG(js_distance), 3) AS mean FROM unified_drift GROUP BY 1 ORDER BY 1",
    [['2026-01-02T00:00:00.000Z', '0', '0.12']],
  ],
  [
    "WITH latest AS (SELECT source_table_name, MAX(window_end) AS window_end FROM unified_profile GROUP BY ALL) SELECT p.column_name, p.record_count FROM unified_profile p JOIN latest l ON p.source_table_name = l.source_table_name AND p.window_end = l.window_end WHERE p.column_name = ':table'",
    [[':table', '3']],
  ],
  [
    'SELECT u.usage_metadata.table_id AS table_id, SUM(u.usage_quantity) AS dbu, SUM(u.usage_quantity * p.pricing.effective_list.default) AS list_cost FROM billing_usage u LEFT JOIN billing_prices p ON u.sku_name = p.sku_name AND u.usage_start_time >= p.price_start_time AND (p.price_end_time IS NULL OR u.usage_start_time < p.price_end_time) WHERE u.usage_date >= :since GROUP BY ALL ORDER BY 1',
    [['t1', '2.000000000000000000', '1.400000000000000000000000000000000000']],
  ],
];
