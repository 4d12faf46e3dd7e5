import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';
import { listPathOf } from '../diff/element-path.ts';
import type { FieldRules, Lookup, Note } from './kind.ts';

/** SELECT on what has rows. */
export const dataLevels = ['SELECT'] as const;

/** Of objects of the workspace; CAN_READ is what people know as CAN VIEW. */
export const workspaceLevels = ['CAN_READ', 'CAN_RUN', 'CAN_EDIT', 'CAN_MANAGE'] as const;

/** `access`: a list of `{ to, level }`, a principal and what it may (W006). */
export function accessRules(levels: readonly string[]): FieldRules {
  return { label: 'access', rules: [{ list: { key: 'to' } }, { grants: levels }] };
}

/**
 * Of the folder that an alert or a dashboard is in, which may be there before with what others gave: the state records what
 * the provider really gave, for one of the objects in it.
 */
export const folderAccessRules: FieldRules = {
  label: 'access to folder',
  rules: [{ list: { key: 'to' } }, { grants: workspaceLevels, on: 'place' }],
};

/** Where a monitor's spec says who may read one of its metric tables, with the output that names the table. */
export const metricAccess = {
  profile_metrics_access: 'profile_metrics_table_name',
  drift_metrics_access: 'drift_metrics_table_name',
} as const;

export type MetricAccessPath = keyof typeof metricAccess;

export const metricAccessPaths: readonly MetricAccessPath[] = ['profile_metrics_access', 'drift_metrics_access'];

/** What a monitor's grants on metric tables stand for, for a list that says nothing: the table is there, its grants are not shown. */
export const hiddenGrants = 'hidden';

/** The rules of SELECT on what a monitor fills; `access` itself is what is declared, and decided about. */
export const metricAccessRules: Readonly<Record<string, FieldRules>> = {
  access: { label: 'access', rules: [{ list: { key: 'to' } }, { writeOnly: true }] },
  ...Object.fromEntries(
    metricAccessPaths.map((path): [string, FieldRules] => [
      path,
      { label: 'access', rules: [{ list: { key: 'to' } }, { grants: dataLevels, on: 'outputs' }] },
    ]),
  ),
};

/** Reads of metric tables: of what declares access, or of what the state has grants of. */
export function withMetricAccess(
  lookup: Lookup,
  spec: Spec | undefined,
  recorded: RecordedResource | undefined,
): Lookup {
  const given = metricAccessPaths.some((path) => recorded?.applied[path] !== undefined);
  return spec?.['access'] !== undefined || given ? { ...lookup, access: true } : lookup;
}

/** What was declared before, and can be given now that its metric tables are there (W008). */
export function metricAccessArrivals(paths: readonly string[], recorded: Spec): readonly Note[] | undefined {
  const lists = metricAccessPaths.filter((list) => paths.some((path) => listPathOf(path) === list));
  const other = paths.some((path) => !lists.some((list) => listPathOf(path) === list));
  if (other || lists.some((list) => recorded[list] !== undefined)) return undefined;
  const tables = lists.map((list) => (list === 'profile_metrics_access' ? 'profile' : 'drift'));
  return [`access to its ${tables.join(' and ')} metrics, which are there now`];
}

/** Grants are read of what declares some, or of what the state has some of; nobody asks otherwise. */
export function withAccess(lookup: Lookup, spec: Spec | undefined, recorded: RecordedResource | undefined): Lookup {
  const asked = spec?.['access'] !== undefined || recorded?.applied['access'] !== undefined;
  return asked ? { ...lookup, access: true } : lookup;
}
