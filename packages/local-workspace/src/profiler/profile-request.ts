import type { DuckDBConnection } from '@duckdb/node-api';
import type { ExpressionTranslator } from '../sql/translate-expression.ts';
import type { UnityColumn } from '../unity/objects.ts';
import type { CustomMetric } from './custom-metric.ts';

/** A table as the profiler reads it: DuckDB text that can stand after FROM, and its columns in table order. */
export interface ProfiledTable {
  readonly from: string;
  readonly columns: readonly UnityColumn[];
}

export type ProfileType =
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'time_series'; readonly timestampColumn: string; readonly granularities: readonly string[] }
  | {
      readonly kind: 'inference_log';
      readonly timestampColumn: string;
      readonly granularities: readonly string[];
      readonly predictionColumn: string;
      readonly modelIdColumn: string;
      readonly labelColumn?: string;
      /** Probability of the greater class, or a map from class to probability. */
      readonly probabilityColumn?: string;
      /** Positions of the Boolean slicing expressions, which the profiler finds out itself. */
      readonly booleanSlices?: readonly number[];
      readonly problemType: 'classification' | 'regression';
    };

/**
 * One refresh. Granularities are the text forms of the metric tables (`1 day`, `30 minutes`, `1 month`).
 * The profiler creates or replaces the two metric tables on `connection`, inside a transaction that the caller owns.
 */
export interface ProfileRequest {
  readonly connection: DuckDBConnection;
  readonly table: ProfiledTable;
  readonly baseline?: ProfiledTable;
  readonly profile: ProfileType;
  readonly slicingExpressions: readonly string[];
  readonly customMetrics: readonly CustomMetric[];
  /** For slicing expressions and custom metrics, on the same connection. */
  readonly expressions: ExpressionTranslator;
  /** Quoted DuckDB names. */
  readonly profileMetricsTable: string;
  readonly driftMetricsTable: string;
  readonly monitorVersion: number;
  readonly commitVersion: number;
  /** For tables that record their changes: windows whose rows are the same keep their metric rows. */
  readonly memory?: WindowMemory;
  /** Workspace clock. Windows of the 30 days before it are computed. */
  readonly now: Date;
}

/** What the profiler remembers between refreshes, in the table of `storage/window-table.ts`. */
export interface WindowMemory {
  readonly objectId: string;
  /** Names the content of the profile metric table before this refresh; undefined without one. */
  readonly metrics?: string;
}

export interface ProfileResult {
  readonly profileRows: number;
  /** null: no drift table was made, as there is neither a baseline nor a second window. */
  readonly driftRows: number | null;
}
