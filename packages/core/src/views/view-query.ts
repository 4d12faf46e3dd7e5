import { qualifiedName, quoteComment, quoteIdentifier } from '../sql/quote.ts';
import type { MetricColumns, ViewBranch, ViewFamily } from './branch.ts';
import type { BranchTable, ViewColumn } from './column.ts';
import { conditionOf, viewColumns } from './columns.ts';

/**
 * The query of a unified view: one branch for each table that has a metric table, in the order that they are given; with none
 * a query without rows whose columns have the same types (U087). Each branch has the columns of its metric table and typed
 * NULLs for the rest (T15), so that it does not matter which tables have what. One that may not be read has no branch, and a
 * comment that says so (W023).
 */
export function viewQuery(family: ViewFamily, branches: readonly ViewBranch[], columnsOf: MetricColumns): string {
  const tables = branches.flatMap((branch): readonly BranchTable[] => {
    const columns = columnsOf(branch.metrics);
    return typeof columns === 'string' ? [] : [{ branch, columns }];
  });
  const query =
    tables.length === 0
      ? emptyQuery(viewColumns[family])
      : tables.map((table) => branchQuery(family, table)).join('\nUNION ALL\n');
  return withComments(query, branches, columnsOf);
}

/** Behind the first word, since the service keeps of a view what is between the first and the last word of its query. */
function withComments(query: string, branches: readonly ViewBranch[], columnsOf: MetricColumns): string {
  const lines = branches
    .filter(({ metrics }) => columnsOf(metrics) === 'denied')
    .map(
      ({ source, metrics }) =>
        `  ${quoteComment(`without ${source}: ${metrics} could not be read by who wrote this`)}\n`,
    );
  return lines.length === 0 ? query : query.replace(/^SELECT\n/u, () => `SELECT\n${lines.join('')}`);
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
