import { conceal, lintedTables, lintSeverity, type LoadedConfig } from '@dpo/config';
import { groupSlug, type CatalogTable, type DesiredResource, type Place, type Problem } from '@dpo/core';
import { isRenewedView } from './renewed-views.ts';
import type { TableSource } from './table-source.ts';

/** A table that gets a monitor, as it is resolved. */
export interface LintedTable {
  readonly how: TableSource['how'];
  readonly table: CatalogTable;
  readonly resource: DesiredResource;
  readonly withoutSchedule: boolean;
}

export interface LiveLintRequest {
  readonly loaded: LoadedConfig;
  readonly tables: readonly LintedTable[];
  /** Full name → the id that the state knows. */
  readonly managed: ReadonlyMap<string, string> | undefined;
  /** This target leaves schedules out. */
  readonly development: boolean;
}

/** One thing that is unwise, told once for all tables that have it. */
interface Rule {
  readonly code: string;
  /** `validate` tells it of listed tables: here it is told of them only if the config gives it a level. */
  readonly inFile?: true;
  readonly has: (table: LintedTable, request: LiveLintRequest) => boolean;
  /** "… has no schedule". */
  readonly says: (names: string, count: number) => string;
  readonly hint: string;
}

/** What Databricks profiles as a SNAPSHOT at most (F16). */
const largestSnapshot = 4 * 1024 ** 4;

const rules: readonly Rule[] = [
  {
    code: 'LINT.CHANGE_DATA_FEED',
    has: ({ table, resource }) => table.changeDataFeed === false && resource.spec['profile_type'] !== 'SNAPSHOT',
    says: (names, count) =>
      `${names} ${count > 1 ? 'have' : 'has'} no change data feed: every refresh reads the whole of the last 30 days`,
    hint: 'ALTER TABLE … SET TBLPROPERTIES (delta.enableChangeDataFeed = true)',
  },
  {
    code: 'LINT.LARGE_SNAPSHOT',
    has: ({ table, resource }) =>
      (table.sizeInBytes ?? 0) > largestSnapshot && resource.spec['profile_type'] === 'SNAPSHOT',
    says: (names, count) =>
      `${names} ${count > 1 ? 'are' : 'is'} larger than 4 TB, which is the most that a SNAPSHOT is made of`,
    hint: 'profile it as TIMESERIES, or profile a view of a part of it',
  },
  {
    code: 'LINT.VIEW_RENEWED',
    has: ({ table }, { managed }) => isRenewedView(table, managed),
    says: (names, count) =>
      count > 1
        ? `${String(count)} views were made anew since the last apply, which gave them other ids: their monitors start over (${names})`
        : `view ${names} was made anew since the last apply, which gave it another id: its monitor starts over`,
    hint: 'change views with ALTER VIEW … AS instead of CREATE OR REPLACE (dbt: view_update_via_alter), or profile a table',
  },
  {
    code: 'LINT.NO_SCHEDULE',
    inFile: true,
    has: ({ withoutSchedule }, { development }) => withoutSchedule && !development,
    says: (names, count) => `${names} ${count > 1 ? 'have' : 'has'} no schedule: profiles are refreshed only by hand`,
    hint: "set schedule, for example '0 0 6 * * ?' for six every morning; null says that it is meant",
  },
  {
    code: 'LINT.NO_BASELINE',
    inFile: true,
    has: ({ resource: { spec } }, { loaded }) =>
      spec['profile_type'] === 'INFERENCE' &&
      spec['baseline_table_name'] === undefined &&
      !loaded.policy.requireBaseline,
    says: (names, count) =>
      `${names} ${count > 1 ? 'are' : 'is'} profiled as INFERENCE without a baseline: drift is measured only from one window to the next`,
    hint: 'set baseline_table_name, such as the data the model was trained on',
  },
];

/**
 * What is legal but unwise in the tables as they are resolved (N008), with the levels and exemptions of `policy`. What
 * nobody knows, such as the size of a table, is not told.
 */
export function liveLint(request: LiveLintRequest): readonly Problem[] {
  return [...rules.flatMap((rule) => findingOf(rule, request)), ...withoutRecipients(request), ...largeGroups(request)];
}

function findingOf(rule: Rule, request: LiveLintRequest): readonly Problem[] {
  const { loaded, tables } = request;
  const severity = lintSeverity(loaded.policy, rule.code);
  if (severity === undefined) return [];
  const having = new Map(
    (rule.inFile === true ? untold(request, rule.code) : tables)
      .filter((each) => rule.has(each, request))
      .map((each) => [each.table.fullName.toLowerCase(), each]),
  );
  const names = lintedTables(loaded.policy, rule.code, [...having.keys()]);
  const first = having.get(names[0] ?? '');
  if (first === undefined) return [];
  const message = rule.says(namesOf(names), names.length);
  return [problem(loaded, { code: rule.code, severity, message, hint: rule.hint, place: first.resource.place })];
}

/** What the file alone has not been told. */
function untold({ loaded, tables }: LiveLintRequest, code: string): readonly LintedTable[] {
  return loaded.policy.levels[code] === undefined ? tables.filter(({ how }) => how === 'found') : tables;
}

const mostNames = 3;

function namesOf(names: readonly string[]): string {
  const more = names.length - mostNames;
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

/** Alerts are made for each group; one with a list of its own, also an empty one, has said who is told (U100). */
function withoutRecipients(request: LiveLintRequest): readonly Problem[] {
  const { loaded } = request;
  const { alerting, mode } = loaded.config;
  const code = 'LINT.NO_RECIPIENTS';
  const severity = lintSeverity(loaded.policy, code);
  const isSilent = mode === 'bulk_provision_only' || alerting?.enable_aggregated_alerts === false;
  if (severity === undefined || isSilent || (alerting?.default_notifications ?? []).length > 0) return [];
  const told = new Set(Object.keys(alerting?.group_notifications ?? {}).map(groupSlug));
  const groups = [...new Set(untold(request, code).map(({ resource }) => resource.facts?.group ?? 'default'))];
  const silent = groups.filter((group) => !told.has(groupSlug(group))).toSorted();
  if (silent.length === 0) return [];
  const message = `alerts of the ${silent.length === 1 ? 'group' : 'groups'} ${namesOf(silent)} reach nobody`;
  const hint =
    'name recipients in alerting.default_notifications, or make no alerts: alerting.enable_aggregated_alerts: false';
  return [problem(loaded, { code, severity, message, hint, place: loaded.keyPlaceOf(['alerting']) })];
}

/** As many branches of one view as are tested (ruling 86). */
const largestGroup = 1000;

/** Whatever is exempt, a view has all tables of its group. */
function largeGroups({ loaded, tables }: LiveLintRequest): readonly Problem[] {
  const code = 'LINT.LARGE_GROUP';
  const severity = lintSeverity(loaded.policy, code);
  if (severity === undefined || loaded.config.mode === 'bulk_provision_only') return [];
  const groups = new Map<string, LintedTable[]>();
  for (const each of tables) {
    const group = each.resource.facts?.group ?? 'default';
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [each]);
    else known.push(each);
  }
  return [...groups].flatMap(([group, members]) => {
    const [first] = members;
    if (first === undefined || members.length <= largestGroup) return [];
    const message = `group ${group} has ${String(members.length)} tables: more than ${String(largestGroup)} in one view are planned and not tested`;
    const hint = 'divide it with monitor_group, or with the tag of that name';
    return [problem(loaded, { code, severity, message, hint, place: first.resource.place })];
  });
}

function problem(
  { references }: LoadedConfig,
  found: Required<Pick<Problem, 'code' | 'severity' | 'message' | 'hint'>> & { readonly place: Place },
): Problem {
  return conceal(found, references);
}
