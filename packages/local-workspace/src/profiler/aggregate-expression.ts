import { quoteIdentifier } from '../sql/quote.ts';
import type { Expression } from '../sql/translate-expression.ts';
import type { CustomMetric } from './custom-metric.ts';
import { tableRowsName } from './metric-rows.ts';
import { fillPlaceholders } from './placeholders.ts';
import type { ProfileRequest } from './profile-request.ts';
import { originalCell, type WorkingTable } from './working-table.ts';

/** The aggregate metrics that stand on the rows of a column. */
export function aggregatesOf({ customMetrics }: ProfileRequest, column: string): readonly CustomMetric[] {
  return customMetrics.filter((metric) => metric.kind === 'aggregate' && isAbout(metric, column));
}

function isAbout({ inputColumns }: CustomMetric, column: string): boolean {
  return inputColumns.some((name) => name.toLowerCase() === column.toLowerCase());
}

/** An aggregate metric over the stored values of a table, for the rows of one of its input columns. */
export async function aggregateExpression(
  request: ProfileRequest,
  table: WorkingTable,
  { metric, column }: { readonly metric: CustomMetric; readonly column: string },
): Promise<Expression> {
  const text = fillPlaceholders(metric.definition, placeholderValues(request, column));
  const names = table.columns.map(({ name }) => name);
  const from = `(SELECT ${originalValues(table).join(', ')} FROM ${table.name})`;
  return request.expressions.translate(text, { names, from });
}

/** Select list of the stored values under their own names. */
export function originalValues(table: WorkingTable): readonly string[] {
  return table.columns.map(({ name, cell }) => `${originalCell(cell)} AS ${quoteIdentifier(name)}`);
}

function placeholderValues(request: ProfileRequest, column: string): Readonly<Record<string, string | undefined>> {
  const log = request.profile.kind === 'inference_log' ? request.profile : undefined;
  return {
    input_column: column === tableRowsName ? undefined : column,
    prediction_col: log?.predictionColumn,
    label_col: log?.labelColumn,
  };
}
