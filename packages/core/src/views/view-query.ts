import { qualifiedName, quoteIdentifier } from '../sql/quote.ts';
import type { MetricColumns, ViewBranch, ViewFamily } from './branch.ts';
import type { BranchTable, ViewColumn } from './column.ts';
import { conditionOf, viewColumns } from './columns.ts';

/**
 * The query of a unified view: one branch for each table that has a metric table, in the order that they are given; with none
 * a query without rows whose columns have the same types (U087). Each branch has the columns of its metric table and typed
 * NULLs for the rest (T15), so that it does not matter which tables have what.
 */
export function viewQuery(family: ViewFamily, branches: readonly ViewBranch[], columnsOf: MetricColumns): string {
  const tables = branches.flatMap((branch): readonly BranchTable[] => {
    const columns = columnsOf(branch.metrics);
    return typeof columns === 'string' ? [] : [{ branch, columns }];
  });
  if (tables.length === 0) return emptyQuery(viewColumns[family]);
  return tables.map((table) => branchQuery(family, table)).join('\nUNION ALL\n');
}

/** The branch of one table. */
export function branchQuery(family: ViewFamily, table: BranchTable): string {
  const lines = viewColumns[family].map((column) => `  ${selected(column, column.expression(table))}`);
  const condition = conditionOf(family, table);
  return [
    'SELECT',
    lines.join(',\n'),
    `FROM ${qualifiedName(...table.branch.metrics.split('.'))}`,
    ...(condition === undefined ? [] : [`WHERE ${condition}`]),
  ].join('\n');
}

function emptyQuery(columns: readonly ViewColumn[]): string {
  return ['SELECT', columns.map((column) => `  ${selected(column, undefined)}`).join(',\n'), 'WHERE 1 = 0'].join('\n');
}

/** Cast, so that a union of tables of different make is of one type. */
function selected({ name, type }: ViewColumn, expression: string | undefined): string {
  return `CAST(${expression ?? 'NULL'} AS ${type}) AS ${quoteIdentifier(name)}`;
}
