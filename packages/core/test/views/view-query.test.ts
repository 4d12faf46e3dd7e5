import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { viewFamilies, viewQuery, type CatalogColumn, type MetricColumns, type ViewBranch } from '../../src/index.ts';

/** Compares a query with a file that people can read; `UPDATE_GOLDEN=1` writes the file instead. */
function expectGolden(text: string, name: string): void {
  const file = new URL(`golden/${name}.sql`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, `${text}\n`);
  expect(`${text}\n`).toBe(readFileSync(file, 'utf8'));
}

const facts: ViewBranch['facts'] = {
  monitor_group: "customer's",
  owner: 'pricing',
  department: null,
  priority: 99,
  runbook_url: 'https://wiki.company.com/churn',
  lineage_url: null,
  drift_threshold: 0.2,
  numeric_drift_threshold: 0.25,
  alert_granularity: '1 day',
  freshness_days: 7,
};

const churn: ViewBranch = {
  source: 'prod.ml.churn',
  metrics: 'prod.results.churn_metrics',
  facts,
  roles: { prediction: 'churn_probability', label: 'churned', timestamp: 'at', model_id: 'model_version' },
};
const orders: ViewBranch = {
  source: 'prod.shop.orders',
  metrics: 'prod.results.orders_metrics',
  facts: { ...facts, alert_granularity: null, freshness_days: 30 },
  roles: {},
};

const columnsOf = (...columns: readonly (readonly [name: string, type: string])[]): readonly CatalogColumn[] =>
  columns.map(([name, type]) => ({ name, type }));

const shared = columnsOf(
  ['window', 'struct<start:timestamp,end:timestamp>'],
  ['granularity', 'string'],
  ['log_type', 'string'],
  ['slice_key', 'string'],
  ['slice_value', 'string'],
  ['column_name', 'string'],
  ['count', 'bigint'],
  ['num_nulls', 'bigint'],
  ['percent_null', 'double'],
);
const inference = columnsOf(
  ['model_version', 'string'],
  ['accuracy_score', 'double'],
  ['precision', 'struct<one_vs_all:map<string,double>,macro:double,weighted:double>'],
  ['roc_auc_score', 'struct<one_vs_one:struct<macro:double,weighted:double>>'],
  ['drift_type', 'string'],
  ['js_distance', 'double'],
  ['population_stability_index', 'double'],
  ['ks_test', 'struct<statistic:double,pvalue:double>'],
);

const tables: MetricColumns = (name) => (name === churn.metrics ? [...shared, ...inference] : shared);

describe('the query of a unified view', () => {
  test.each(viewFamilies)('C08 U082 U083 U084 U085 of the %s of two tables of different make', (family) => {
    expectGolden(viewQuery(family, [churn, orders], tables), family);
  });

  test.each(viewFamilies)('U087 without a metric table the %s view has no rows and the same columns', (family) => {
    const empty = viewQuery(family, [churn], () => 'absent');
    const types = (query: string): readonly string[] =>
      [...query.matchAll(/ AS ([A-Z, <>]+)\) AS (`\w+`)/gu)].map((each) => `${each[2] ?? ''} ${each[1] ?? ''}`);
    expect(types(empty)).toEqual(types(viewQuery(family, [churn], tables)));
    expect(empty.endsWith('WHERE 1 = 0')).toBe(true);
    expect(viewQuery(family, [], tables)).toBe(empty);
  });

  test('a table that has no metrics yet is left out of the union', () => {
    const query = viewQuery('drift', [churn, orders], (name) => (name === churn.metrics ? tables(name) : 'absent'));
    expect(query).toBe(viewQuery('drift', [churn], tables));
  });

  test('W023 a table that may not be read is left out, and a comment within the query says so', () => {
    const denied: MetricColumns = (name) => (name === churn.metrics ? 'denied' : tables(name));
    const line = '  -- without prod.ml.churn: prod.results.churn_metrics could not be read by who wrote this\n';
    const without = viewQuery('drift', [orders], tables);
    expect(viewQuery('drift', [churn, orders], denied)).toBe(without.replace('SELECT\n', `SELECT\n${line}`));
    const empty = viewQuery('drift', [], tables);
    expect(viewQuery('drift', [churn], denied)).toBe(empty.replace('SELECT\n', `SELECT\n${line}`));
    const hostile = { ...churn, source: 'x\n; DROP TABLE y\\' };
    expect(viewQuery('drift', [hostile], denied)).toContain('  -- without x ; DROP TABLE y\\: prod.results');
  });

  test('U086 D014 what is written in facts and names cannot leave its quotes', () => {
    const hostile: ViewBranch = {
      source: "prod.ml.x' UNION SELECT 1 --",
      metrics: 'prod.re`sults.churn`; DROP TABLE x; --',
      facts: { ...facts, owner: "a\\' OR 1=1 --", runbook_url: "'; DROP TABLE x; --\n" },
      roles: { label: "l' THEN 1 END, '" },
    };
    const query = viewQuery('profile', [hostile], () => shared);
    expect(query).toContain("'prod.ml.x\\' UNION SELECT 1 --'");
    expect(query).toContain('`prod`.`re``sults`.`churn``; DROP TABLE x; --`');
    expect(query).toContain("'a\\\\\\' OR 1=1 --'");
    expect(query).toContain("WHEN 'l\\' THEN 1 END, \\'' THEN 'label'");
  });
});
