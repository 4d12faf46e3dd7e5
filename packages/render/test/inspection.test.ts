import { describe, expect, test } from '@jest/globals';
import type { Inspection, ResourceGraph, TableRow } from '@dpo/core';
import {
  renderDot,
  renderGraph,
  renderGroupRows,
  renderInspection,
  renderMermaid,
  renderResourceRows,
  renderTableRows,
} from '../src/index.ts';
import { expectGolden, narrow } from './golden.ts';
import { hostileTexts } from './hostile.ts';

const place = { file: 'dpo.yaml', start: { line: 8, column: 3 } };

const inspection: Inspection = {
  address: 'monitor:prod.ml.churn',
  kind: 'monitor',
  status: 'monitored',
  from: place,
  table: {
    name: 'prod.ml.churn',
    how: 'pattern',
    table_id: 't-1',
    table_type: 'MANAGED',
    group: 'ml_team',
    labels: { tier: '1' },
    tags: { owner: { value: 'ana', inherited: 'prod.ml' }, pii: { value: '' } },
    settings: [
      { key: 'profile_type', value: 'INFERENCE', from: place },
      { key: 'problem_type', value: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION', from: place, reason: 'label is string' },
      { key: 'owner', value: 'ana', from: { tag: 'prod.ml#owner' } },
      { key: 'drift_threshold', value: 0.2, from: { default: true } },
    ],
    metric_tables: { profile: 'prod.out.churn_profile_metrics', drift: null },
    primary_key: { columns: ['id'], known_by: 'name' },
  },
  fields: [
    {
      path: 'output_schema_id',
      label: 'output_schema_name',
      desired: 's-1',
      live: 's-1',
      recorded: 's-1',
      verdict: 'same',
    },
    {
      path: 'slicing_exprs',
      label: 'slicing_exprs',
      desired: ['a'],
      live: ['b'],
      recorded: ['a'],
      verdict: 'drift',
      from: place,
    },
    { path: 'schedule.timezone_id', label: 'schedule.timezone', live: 'UTC', verdict: 'undeclared' },
  ],
  live: { status: 'present', id: 't-1', owner: 'shop/prod', outputs: {} },
  recorded: { id: 't-1', status: 'ok', prevent_destroy: true },
  next: { action: 'update', reasons: ['drift'] },
  drift: { fate: 'reverted', paths: ['slicing_exprs'] },
  needs: [{ address: 'schema:prod.out', need: 'exists' }],
  needed_by: ['view:prod.obs.unified_drift_metrics_ml_team'],
  links: [{ title: 'Catalog Explorer', url: 'https://x/explore/data/prod/ml/churn?o=1' }],
  names: { 's-1': 'prod.out' },
  notes: [],
};

const graph: ResourceGraph = {
  nodes: [
    { address: 'schema:prod.out', kind: 'schema', needed: true },
    { address: 'monitor:prod.ml.churn', kind: 'monitor', group: 'ml_team' },
    { address: 'dashboard:*', kind: 'dashboard' },
  ],
  edges: [
    { from: 'monitor:prod.ml.churn', to: 'schema:prod.out', need: 'exists' },
    { from: 'dashboard:*', to: 'monitor:prod.ml.churn', need: 'order' },
  ],
};

const rows: readonly TableRow[] = [
  {
    table: 'prod.ml.churn',
    how: 'listed',
    group: 'ml_team',
    profile_type: 'SNAPSHOT',
    status: 'monitored',
    from: place,
  },
  { table: 'prod.ml.x', how: 'tag', status: 'skipped', because: { code: 'CATALOG.TAG_VALUE', reason: 'wrong' } },
];

describe('one resource, as text', () => {
  test('what is wanted, live and recorded, with its origins', () => {
    expectGolden(renderInspection(inspection, narrow), 'inspection-80');
    expectGolden(renderInspection(inspection, { ...narrow, full: true }), 'inspection-full');
  });

  test('W002 what cannot be read is told with what is missing', () => {
    const live = {
      status: 'unreadable',
      code: 'API.FORBIDDEN',
      reason: 'no SELECT on it',
      hint: 'grant SELECT',
    } as const;
    const text = renderInspection({ ...inspection, live }, { ...narrow, width: 200 });
    expect(text).toContain('cannot be read: no SELECT on it (API.FORBIDDEN); grant SELECT');
  });

  test.each(hostileTexts)('%j cannot leave its line', (hostile) => {
    const { table } = inspection;
    const evil: Inspection = {
      ...inspection,
      because: { code: 'X', reason: hostile },
      notes: [hostile],
      ...(table === undefined
        ? {}
        : { table: { ...table, tags: { [hostile]: { value: hostile } }, labels: { [hostile]: hostile } } }),
    };
    expect(renderInspection(evil, { ...narrow, width: Infinity })).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u);
    const evilRows = rows.map((row) => ({ ...row, group: hostile, because: { code: 'X', reason: hostile } }));
    const text = renderTableRows(evilRows, { ...narrow, width: Infinity });
    expect(text.split('\n')).toHaveLength(9);
  });
});

describe('lists as text', () => {
  test('reasons are below the table, whole', () => {
    expectGolden(renderTableRows(rows, narrow), 'list-tables');
    expect(renderTableRows([], narrow)).toBe('no tables: none is listed, and none is found\n');
  });

  test('groups and resources', () => {
    expectGolden(
      renderGroupRows([{ group: 'ML Team', slug: 'ml_team', tables: 1200, owners: ['ana', 'bob'] }], narrow) +
        renderResourceRows(
          [
            {
              address: 'monitor:prod.ml.churn',
              kind: 'monitor',
              wanted: true,
              in_state: true,
              live: 'present',
              id: 't-1',
            },
            {
              address: 'schema:prod.out',
              kind: 'schema',
              wanted: false,
              in_state: false,
              live: 'present',
              marked: true,
              id: 's',
            },
          ],
          { ...narrow, width: 120 },
        ),
      'list-others',
    );
  });
});

describe('the graph', () => {
  test('as text, Mermaid and dot', () => {
    expectGolden(renderGraph(graph, narrow) + renderMermaid(graph) + renderDot(graph), 'graph');
  });

  test.each([...hostileTexts, 'a"b', 'a\\', 'end', '"];x["', '#quot;', '--> x'])(
    '%j stays within its quotes',
    (name) => {
      const only: ResourceGraph = { nodes: [{ address: `monitor:${name}`, kind: 'monitor' }], edges: [] };
      const [, line = '', ...rest] = renderMermaid(only).split('\n');
      expect(rest).toEqual(['']);
      expect(line).toMatch(/^ {2}n0\["monitor<br\/>[\p{L}\p{N} ._:/*#;-]*"\]$/u);
      const dot = renderDot(only).split('\n');
      expect(dot).toHaveLength(6);
      expect(dot[3]).toMatch(/^ {2}"(?:[^"\\]|\\.)*" \[label="(?:[^"\\]|\\.)*"\];$/u);
    },
  );
});
