/**
 * A metric of the user. `aggregate`: an aggregate over columns of the table. `derived`: an expression over metrics that
 * stand before it in the list. `drift`: an expression over the metrics of two windows.
 */
export interface CustomMetric {
  /** Column of the metric table. */
  readonly name: string;
  readonly kind: 'aggregate' | 'derived' | 'drift';
  /** Databricks SQL with placeholders in double braces. */
  readonly definition: string;
  /** Columns on whose rows the metric stands, or `:table`. */
  readonly inputColumns: readonly string[];
  /** Spark StructField as JSON text, or a bare type. */
  readonly outputDataType: string;
}
