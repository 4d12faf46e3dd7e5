import {
  isJsonArray,
  isJsonObject,
  nameOf,
  ref,
  type Json,
  type JsonObject,
  type Place,
  type ViewFamily,
} from '@dpo/core';
import { granularities, type LoadedConfig } from '@dpo/config';
import { granularityCode } from '../granularity.ts';
import { contextOf, groupOf } from '../table-context.ts';
import type { MonitoredTable } from './monitored-table.ts';

/** What every branch of a run shares. */
export interface BranchContext {
  readonly loaded: LoadedConfig;
  /** Of the workspace, for links to Catalog Explorer; undefined where it has none. */
  readonly host: string | undefined;
}

/** The monitor gives the name of the metric table once it is there. */
const outputs: Readonly<Record<ViewFamily, string>> = {
  drift: 'drift_metrics_table_name',
  profile: 'profile_metrics_table_name',
  performance: 'profile_metrics_table_name',
};

/**
 * One table as a branch of a unified view; undefined if it has no part in this family (U084), or if its monitor is only read
 * and has no such metric table.
 */
export function branchOf(
  family: ViewFamily,
  monitored: MonitoredTable,
  context: BranchContext,
): JsonObject | undefined {
  const roles = rolesOf(monitored);
  if (family === 'performance' && (roles['prediction'] === undefined || roles['label'] === undefined)) return undefined;
  const { monitor } = monitored;
  const metrics = metricsOf(family, monitored);
  if (metrics === undefined) return undefined;
  return {
    source: nameOf(monitor.address),
    metrics,
    facts: branchFacts(monitored, context),
    roles,
  };
}

/** Of a monitor that is only read the name that it has now, if it has one; else what the monitor will give. */
function metricsOf(family: ViewFamily, { monitor, metrics }: MonitoredTable): Json | undefined {
  if (metrics === undefined) return ref(monitor.address, outputs[family]);
  return family === 'drift' ? metrics.drift : metrics.profile;
}

/** Where the texts of a branch come from; what comes from the environment is known by that. */
export function branchOrigins({ monitor, source, table }: MonitoredTable, { loaded }: BranchContext) {
  const at = `branches[source=${nameOf(monitor.address)}].facts`;
  const request = { loaded, source, table };
  const places: readonly (readonly [string, Place | undefined])[] = [
    ['monitor_group', groupOf(request).place],
    ...(['owner', 'department', 'runbook_url', 'lineage_url'] as const).map(
      (field) => [field, contextOf(request, field)?.place] as const,
    ),
  ];
  return places.flatMap(([field, place]): readonly (readonly [string, Place])[] =>
    place === undefined ? [] : [[`${at}.${field}`, place]],
  );
}

/** Columns that a profile knows by what they are for. */
function rolesOf(monitored: MonitoredTable): JsonObject {
  const { monitor } = monitored;
  const type = profileTypeOf(monitored);
  const inference = monitor.spec['inference_log'];
  const series = monitor.spec['time_series'];
  const members = isJsonObject(inference) ? inference : isJsonObject(series) ? series : {};
  const column = (member: string): string | undefined => {
    const value = members[member];
    return typeof value === 'string' ? value : undefined;
  };
  const roles: readonly (readonly [string, string | undefined])[] = [
    ['prediction', type === 'INFERENCE' ? column('prediction_column') : undefined],
    ['label', type === 'INFERENCE' ? column('label_column') : undefined],
    ['timestamp', column('timestamp_column')],
    ['model_id', type === 'INFERENCE' ? column('model_id_column') : undefined],
  ];
  return Object.fromEntries(roles.filter(([, name]) => name !== undefined)) as JsonObject;
}

function branchFacts(monitored: MonitoredTable, { loaded, host }: BranchContext): JsonObject {
  const { monitor, settings } = monitored;
  const { alerting, stale_monitor_days: staleDays = 30 } = loaded.config;
  const facts = monitor.facts ?? {};
  const number = (key: 'drift_threshold' | 'numeric_drift_threshold', standard: number): number => {
    const own = settings.get(key)?.value;
    return typeof own === 'number' ? own : standard;
  };
  const granularity = alertGranularity(monitored);
  return {
    monitor_group: facts.group ?? 'default',
    owner: facts.owner ?? 'unknown',
    department: facts.department ?? null,
    priority: facts.priority ?? 99,
    runbook_url: facts.runbookUrl ?? null,
    lineage_url: facts.lineageUrl ?? explorerLink(monitored, host),
    drift_threshold: number('drift_threshold', alerting?.drift_threshold ?? 0.2),
    numeric_drift_threshold: number('numeric_drift_threshold', alerting?.numeric_drift_threshold ?? 0.2),
    alert_granularity: granularity ?? null,
    freshness_days: granularity === undefined ? staleDays : Math.max(7, Math.ceil(2 * daysOf(granularity))),
  };
}

/** The page of the table in Catalog Explorer. */
function explorerLink({ table }: MonitoredTable, host: string | undefined): string | null {
  if (host === undefined) return null;
  return `${host}/explore/data/${table.fullName.split('.').map(encodeURIComponent).join('/')}`;
}

/**
 * The windows that alerts look at: the table's setting, else the longest of at most a day, else the shortest; none for a
 * snapshot (ruling 19).
 */
function alertGranularity(monitored: MonitoredTable): string | undefined {
  if (profileTypeOf(monitored) === 'SNAPSHOT') return undefined;
  const own = monitored.settings.text('alert_granularity');
  if (own !== undefined) return own.value;
  const ordered = windowsOf(monitored);
  return ordered.findLast((granularity) => daysOf(granularity) <= 1) ?? ordered[0] ?? '1 day';
}

/** That of the monitor, which may be somebody else's. */
function profileTypeOf({ monitor, settings }: MonitoredTable): Json {
  return monitor.spec['profile_type'] ?? settings.text('profile_type')?.value ?? 'INFERENCE';
}

/** In the order of their lengths. */
function windowsOf({ monitor, settings, metrics }: MonitoredTable): readonly string[] {
  if (metrics === undefined) {
    const used = settings.texts('granularities', 'granularity')?.value ?? ['1 day'];
    return granularities.filter((granularity) => isJsonArray(used) && used.includes(granularity));
  }
  const { time_series: series, inference_log: inference } = monitor.spec;
  const profile = isJsonObject(inference) ? inference : isJsonObject(series) ? series : {};
  const codes = profile['granularities'];
  return granularities.filter(
    (granularity) => isJsonArray(codes) && codes.includes(granularityCode(granularity) ?? ''),
  );
}

const days: Readonly<Record<string, number>> = {
  minute: 1 / 1440,
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 31,
  year: 366,
};

/** `2 weeks` → 14. */
function daysOf(granularity: string): number {
  const [count = '1', unit = 'day'] = granularity.split(' ');
  return Number(count) * (days[unit.replace(/s$/u, '')] ?? 1);
}
