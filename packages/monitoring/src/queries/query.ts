import type { LoadedConfig } from '@dpo/config';
import type { ViewFamily } from '@dpo/core';
import { driftFindings, type DriftRequest } from '../alerts/drift-findings.ts';
import type { Source } from '../alerts/latest-window.ts';
import { qualityFindings } from '../alerts/quality-findings.ts';
import { groupDashboard } from '../dashboards/group-dashboard.ts';
import { alertText, thresholdsOf } from '../groups/group-alerts.ts';
import { viewName } from '../groups/group-views.ts';
import { featureDrift, partConditions, statusOf, worstDrifters, type Part } from './drift-queries.ts';
import { qualitySummary } from './quality-queries.ts';

/** What people ask the unified views; each is told in the help of `dpo query`. */
export const queryNames = [
  'worst-drifters',
  'feature-drift',
  'quality-summary',
  'status',
  'drift-alert',
  'quality-alert',
  'alert-text',
  'table-dashboard',
] as const;
export type QueryName = (typeof queryNames)[number];

export interface QueryRequest extends Part {
  readonly name: QueryName;
  readonly loaded: LoadedConfig;
  /** Whose views are read, as one. */
  readonly groups: readonly { readonly name: string; readonly slug: string }[];
  /** Of the findings of alerts: those of one level only (U103). */
  readonly level?: 'critical' | 'warning' | undefined;
}

export type Query =
  | { readonly status: 'sql'; readonly sql: string; readonly views: readonly string[] }
  /** No query: texts for alerts of one's own. */
  | { readonly status: 'text'; readonly text: string }
  | { readonly status: 'needs'; readonly what: 'table' | 'thresholds' };

/** The SQL of a helper query (U092, U103), with the predicates of the alerts. */
export function helperQuery(request: QueryRequest): Query {
  const { name, loaded, groups, level, table } = request;
  const { alerting = {} } = loaded.config;
  const views = (family: 'drift' | 'profile'): readonly string[] =>
    groups.map(({ slug }) => viewName(loaded, family, slug));
  const ignoreColumns = alerting.ignore_columns ?? [];
  const drift: DriftRequest = {
    view: views('drift'),
    ignoreColumns,
    ...(alerting.drift_type === undefined ? {} : { driftType: alerting.drift_type }),
  };
  const quality = { view: views('profile'), ignoreColumns, thresholds: thresholdsOf(loaded) };
  switch (name) {
    case 'worst-drifters':
      return { status: 'sql', sql: worstDrifters(drift, request), views: views('drift') };
    case 'feature-drift':
      if (table === undefined) return { status: 'needs', what: 'table' };
      return { status: 'sql', sql: featureDrift(drift, { ...request, table }), views: views('drift') };
    case 'quality-summary':
      return { status: 'sql', sql: qualitySummary(quality, request), views: views('profile') };
    case 'status':
      return {
        status: 'sql',
        sql: statusOf(drift, { profile: views('profile'), part: request }),
        views: [...views('drift'), ...views('profile')],
      };
    case 'drift-alert':
      return { status: 'sql', sql: findings(driftFindings(drift), request, level), views: views('drift') };
    case 'quality-alert': {
      const query = qualityFindings(quality);
      if (query === undefined) return { status: 'needs', what: 'thresholds' };
      return { status: 'sql', sql: findings(query, request, undefined), views: views('profile') };
    }
    case 'alert-text':
      return { status: 'text', text: groups.map((group) => alertText(group.name)).join('\n\n') };
    case 'table-dashboard':
      if (table === undefined) return { status: 'needs', what: 'table' };
      return { status: 'text', text: tableDashboard(loaded, { table, slug: groups[0]?.slug ?? 'default' }) };
  }
}

/** The content of a dashboard as that of a group, of one table alone: a template for one's own (U117). */
function tableDashboard(
  loaded: LoadedConfig,
  { table, slug }: { readonly table: string; readonly slug: string },
): string {
  const { alerting = {} } = loaded.config;
  const rows = (family: ViewFamily): Source => ({ view: viewName(loaded, family, slug), table });
  const content = groupDashboard({
    group: table,
    views: { drift: rows('drift'), profile: rows('profile'), performance: rows('performance') },
    thresholds: thresholdsOf(loaded),
    ignoreColumns: alerting.ignore_columns ?? [],
    ...(alerting.drift_type === undefined ? {} : { driftType: alerting.drift_type }),
  });
  return JSON.stringify(JSON.parse(content), undefined, 2);
}

/** The query of an alert as it is, or the part of its rows that is asked for. */
function findings(query: string, { table, column, limit }: Part, level: QueryRequest['level']): string {
  const conditions = [...(level === undefined ? [] : [`severity = '${level}'`]), ...partConditions({ table, column })];
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join('\n  AND ')}`;
  return `SELECT * FROM (\n${query}\n)${where}\nORDER BY level DESC, source_table_name, column_name\nLIMIT ${String(limit)}`;
}
