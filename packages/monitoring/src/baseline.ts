import type { CatalogFindings, CatalogTable, Problem } from '@dpo/core';
import { findColumn } from './columns.ts';
import type { MonitorDesire } from './monitor-spec.ts';

/**
 * A baseline has to be there and to have the columns of its table, with their types. The column of time may be missing; what
 * it has beside them is not looked at.
 * https://docs.databricks.com/aws/en/lakehouse-monitoring/create-monitor-api
 */
export function checkBaseline(
  { baseline, timeColumn }: MonitorDesire,
  table: CatalogTable,
  findings: CatalogFindings,
): readonly Problem[] {
  if (baseline === undefined) return [];
  const { name, place } = baseline;
  const finding = findings.get(name.toLowerCase());
  if (finding?.status === 'absent') {
    return [
      {
        code: 'CATALOG.TABLE_NOT_FOUND',
        severity: 'error',
        message: `baseline table '${name}' does not exist, or this identity may not see it`,
        hint: 'check baseline_table_name, or grant SELECT on it',
        place,
      },
    ];
  }
  if (finding?.status === 'unreadable') {
    return [
      {
        code: 'CATALOG.BASELINE_UNKNOWN',
        severity: 'warning',
        message: `baseline table '${name}' cannot be read, so that its columns are not compared: ${finding.problem.message}`,
        hint: finding.problem.hint ?? 'grant SELECT on it',
        place,
      },
    ];
  }
  if (finding?.status !== 'present') return [];
  const differences = differencesOf(table, finding.table, timeColumn);
  if (differences.length === 0) return [];
  return [
    {
      code: 'CATALOG.BASELINE_SCHEMA',
      severity: 'error',
      message: `baseline table '${name}' has not the columns of '${table.fullName}': ${differences.join(', ')}`,
      hint: 'make the baseline from the table, for example CREATE TABLE … AS SELECT * of a good period; or name another one',
      place,
    },
  ];
}

const mostNamed = 5;

function differencesOf(table: CatalogTable, baseline: CatalogTable, time: string | undefined): readonly string[] {
  const found = table.columns.flatMap(({ name, type }) => {
    const other = findColumn(baseline, name);
    if (other === undefined) return name === time ? [] : [`'${name}' is missing`];
    return other.type.toLowerCase() === type.toLowerCase() ? [] : [`'${name}' is ${other.type} instead of ${type}`];
  });
  const more = found.length - mostNamed;
  return more > 0 ? [...found.slice(0, mostNamed), `and ${String(more)} more`] : found;
}
