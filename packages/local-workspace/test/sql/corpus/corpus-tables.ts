/** Statements that make what the corpus reads. */
export const corpusTables: readonly string[] = [
  "CREATE TABLE churn (id BIGINT NOT NULL, region STRING COMMENT 'sales region', score DOUBLE, amount DECIMAL(10,2), active BOOLEAN, day DATE, at TIMESTAMP, tags ARRAY<STRING>, place STRUCT<city: STRING, zip: INT>) USING DELTA COMMENT 'customers' TBLPROPERTIES ('delta.x' = 'y')",
  "INSERT INTO churn VALUES (1, 'north', 0.5, 10.25, true, DATE'2026-01-01', TIMESTAMP'2026-01-01 12:00:00', array('a', 'b'), named_struct('city', 'Ulm', 'zip', 1)), (2, 'south', 1.5, 20.50, false, DATE'2026-01-02', TIMESTAMP'2026-01-02 12:30:00', array(), NULL), (3, 'north', NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
  "CREATE VIEW prod.ml.scored COMMENT 'with score' TBLPROPERTIES ('dpo.owner' = 'p') AS SELECT id, region FROM main.ml.churn WHERE score IS NOT NULL",
  'CREATE TABLE metrics (window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, column_name STRING, js_distance DOUBLE)',
  "INSERT INTO metrics VALUES (named_struct('start', TIMESTAMP'2026-01-01 00:00:00', 'end', TIMESTAMP'2026-01-02 00:00:00'), 'id', 0.25)",
  "CREATE FUNCTION labelled(n BIGINT) RETURNS STRING COMMENT 'a label' RETURN concat('#', n)",
  "ALTER TABLE churn SET TAGS ('dpo' = 'on', 'pii')",
  "ALTER TABLE churn ALTER COLUMN region SET TAGS ('kind' = 'dimension')",
  "ALTER SCHEMA main.ml SET TAGS ('team' = 'ml')",
  "ALTER CATALOG main SET TAGS ('tier' = 'gold')",
  'CREATE TABLE parent (id BIGINT NOT NULL CONSTRAINT parent_key PRIMARY KEY, name STRING)',
  'CREATE TABLE child (id INT PRIMARY KEY, parent BIGINT, n INT, CONSTRAINT child_parent FOREIGN KEY (parent) REFERENCES parent, CHECK (n > 0))',
  'GRANT SELECT ON TABLE churn TO `bo@example.com`',
];
