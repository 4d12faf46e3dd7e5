import {
  addressOf,
  ref,
  type Address,
  type DesiredResource,
  type JsonObject,
  type Owner,
  type Place,
  type Problem,
  type RecordedResource,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { driftFindings } from '../alerts/drift-findings.ts';
import { qualityFindings, type QualityThresholds } from '../alerts/quality-findings.ts';
import { displayName, type Development } from '../development.ts';
import { ownerFolder } from '../owner-folder.ts';
import { outputCatalog } from '../table-search.ts';
import { placeOfGroup, viewAddress, viewName } from './group-views.ts';
import type { Group } from './monitored-table.ts';
import { recipientsOf, type Destinations } from './recipients.ts';
import { runAsOf } from './run-as.ts';
import { inBody, inSubject } from './template-text.ts';

export interface AlertContext {
  readonly loaded: LoadedConfig;
  readonly owner: Owner;
  readonly warehouseId: string;
  readonly destinations: Destinations;
  readonly development: Development | undefined;
  /** What the state has; nothing unless given. */
  readonly recorded?: ReadonlyMap<Address, RecordedResource>;
  /** Who applies. */
  readonly runner?: string | undefined;
}

export interface GroupAlerts {
  readonly resources: readonly DesiredResource[];
  readonly problems: readonly Problem[];
}

/** After how long an alert that goes on is told again (U101). */
const retriggerSeconds = 3600;

/** One alert on drift, and one on quality where a threshold is set (U094, U098). */
export function groupAlerts(group: Group, context: AlertContext): GroupAlerts {
  const { loaded } = context;
  const { alerting = {} } = loaded.config;
  if (alerting.enable_aggregated_alerts === false) return { resources: [], problems: [] };
  const ignoreColumns = alerting.ignore_columns ?? [];
  const drift = driftFindings({
    view: viewName(loaded, 'drift', group.slug),
    ignoreColumns,
    ...(alerting.drift_type === undefined ? {} : { driftType: alerting.drift_type }),
  });
  const quality = qualityFindings({
    view: viewName(loaded, 'profile', group.slug),
    ignoreColumns,
    thresholds: thresholdsOf(loaded),
  });
  const { subscriptions, place, problems } = recipientsOf(loaded, group.name, context.destinations);
  const made = [['drift', drift] as const, ...(quality === undefined ? [] : ([['quality', quality]] as const))].map(
    ([kind, query]) => {
      const runAs = runAsOf(addressOf('alert', `${group.slug}/${kind}`), context);
      const resource = alertResource(group, context, { kind, query, subscriptions, recipientsPlace: place });
      return {
        resource: {
          ...resource,
          spec: { ...resource.spec, ...runAs.spec },
          origins: { ...resource.origins, ...runAs.origins },
          notes: [...(resource.notes ?? []), ...runAs.notes],
        },
        problems: runAs.problems,
      };
    },
  );
  return {
    resources: made.map(({ resource }) => resource),
    problems: [...problems, ...made.flatMap((each) => each.problems)],
  };
}

export function thresholdsOf({ config }: LoadedConfig): QualityThresholds {
  const {
    null_rate_threshold: nullRate,
    row_count_min: rowCount,
    distinct_count_min: distinctCount,
  } = config.alerting ?? {};
  return {
    ...(typeof nullRate === 'number' ? { nullRate } : {}),
    ...(typeof rowCount === 'number' ? { rowCount } : {}),
    ...(typeof distinctCount === 'number' ? { distinctCount } : {}),
    distinctColumns: config.alerting?.distinct_count_columns ?? [],
  };
}

type AlertKind = 'drift' | 'quality';

/** Control characters and slashes would break the path of the file (ruling 73). */
export function plainGroup(group: string): string {
  // oxlint-disable-next-line no-control-regex
  return group.replaceAll(/[/\u0000-\u001f\u007f]/gu, '-');
}

const names: Readonly<Record<AlertKind, string>> = { drift: 'Drift Alert', quality: 'Data Quality Alert' };
const families = { drift: 'drift', quality: 'profile' } as const;

interface AlertParts {
  readonly kind: AlertKind;
  readonly query: string;
  readonly subscriptions: readonly JsonObject[];
  readonly recipientsPlace: Place;
}

function alertResource(
  group: Group,
  context: AlertContext,
  { kind, query, subscriptions, recipientsPlace }: AlertParts,
): DesiredResource {
  const { loaded, owner, warehouseId, development } = context;
  const { alerting = {} } = loaded.config;
  const title = `[DPO] ${names[kind]} - ${outputCatalog(loaded)} - ${plainGroup(group.name)}`;
  const origins: Record<string, Place> = {
    'evaluation.notification.subscriptions': recipientsPlace,
    'schedule.quartz_cron_schedule': loaded.placeOf(['alerting', 'alert_cron_schedule']),
    'schedule.timezone_id': loaded.placeOf(['alerting', 'alert_timezone']),
  };
  return {
    address: addressOf('alert', `${group.slug}/${kind}`),
    spec: {
      display_name: displayName(title, development),
      parent_path: ownerFolder(loaded, owner),
      view: ref(viewAddress(loaded, families[kind], group), 'name'),
      ...(loaded.config.deploy_aggregated_dashboard === false
        ? {}
        : { dashboard: ref(addressOf('dashboard', group.slug), 'dashboard_id') }),
      query_text: query,
      warehouse_id: warehouseId,
      custom_summary: summaryOf(kind, group.name),
      custom_description: descriptionOf(kind, group.name),
      evaluation: {
        source: { name: 'level' },
        comparison_operator: 'GREATER_THAN_OR_EQUAL',
        threshold: { value: { double_value: 1 } },
        empty_result_state: 'OK',
        notification: { notify_on_ok: false, retrigger_seconds: retriggerSeconds, subscriptions },
      },
      schedule: {
        quartz_cron_schedule: alerting.alert_cron_schedule ?? '0 0 * * * ?',
        timezone_id: alerting.alert_timezone ?? 'UTC',
        pause_status: development === undefined ? 'UNPAUSED' : 'PAUSED',
      },
    },
    place: placeOfGroup(loaded, group),
    origins,
    facts: { group: group.name },
  };
}

/** The worst level stands in the first row, and so in the value that the alert compares (ruling 19). */
function summaryOf(kind: AlertKind, name: string): string {
  return kind === 'drift'
    ? `Drift in group ${inSubject(name)}: level {{QUERY_RESULT_VALUE}} (2 critical, 1 warning)`
    : `Data quality in group ${inSubject(name)}: thresholds are not kept`;
}

function descriptionOf(kind: AlertKind, name: string): string {
  const what = kind === 'drift' ? 'Columns whose latest window drifted' : 'What the latest window does not keep';
  return [
    `${what}, group ${inBody(name)}. Each row has its owner, runbook and lineage.`,
    '{{QUERY_RESULT_TABLE}}',
    'Alert: {{ALERT_URL}}',
  ].join('\n');
}

/** Summaries and bodies of the alerts of a group, for alerts of one's own on the same queries (U103). */
export function alertText(group: string): string {
  const kinds = Object.keys(names) as AlertKind[];
  return kinds
    .map((kind) => `${names[kind]}\n\n${summaryOf(kind, group)}\n\n${descriptionOf(kind, group)}`)
    .join('\n\n');
}
