import type { DuckDBValue } from '@duckdb/node-api';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { FrequencyList } from '../statistics/aligned-counts.ts';
import type { ProfileRequest } from './profile-request.ts';

/** A profile row as drift needs it. Times are epoch microseconds. */
export interface ColumnProfile {
  readonly logType: string;
  readonly granularity: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly monitorVersion: number | null;
  readonly model: string | null;
  readonly sliceKey: string | null;
  readonly sliceValue: string | null;
  readonly dataType: string | null;
  readonly count: number;
  /** Values that are neither NULL nor NaN. */
  readonly values: number;
  readonly average: number | null;
  readonly percentNull: number | null;
  readonly percentZeros: number | null;
  readonly percentDistinct: number | null;
  readonly quantiles: readonly number[] | null;
  readonly frequencies: FrequencyList | null;
  readonly nonNullColumns: readonly string[] | null;
}

/** All rows of one column, earlier snapshots included. Read column by column: the quantile arrays are large. */
export async function readColumnProfiles(
  request: ProfileRequest,
  columnName: string,
): Promise<readonly ColumnProfile[]> {
  const { profile } = request;
  const model = profile.kind === 'inference_log' ? quoteIdentifier(profile.modelIdColumn) : 'NULL';
  const result = await request.connection.stream(`
    SELECT log_type, granularity, CAST(epoch_us("window"."start") AS DOUBLE), CAST(epoch_us("window"."end") AS DOUBLE),
      monitor_version, ${model}, slice_key, slice_value, data_type, "count",
      "count" - coalesce(num_nulls, 0) - coalesce(num_nan, 0), avg, percent_null, percent_zeros, percent_distinct,
      quantiles, list_transform(frequent_items, lambda e: e.item), list_transform(frequent_items, lambda e: e."count"),
      non_null_columns
    FROM ${request.profileMetricsTable} WHERE column_name = ${quoteLiteral(columnName)}`);
  const profiles: ColumnProfile[] = [];
  for await (const rows of result.yieldRows()) profiles.push(...rows.map(columnProfile));
  return profiles;
}

function columnProfile(row: readonly DuckDBValue[]): ColumnProfile {
  const values = toNumber(row[10]) ?? 0;
  return {
    logType: toText(row[0]) ?? '',
    granularity: toText(row[1]),
    start: toNumber(row[2]),
    end: toNumber(row[3]),
    monitorVersion: toNumber(row[4]),
    model: toText(row[5]),
    sliceKey: toText(row[6]),
    sliceValue: toText(row[7]),
    dataType: toText(row[8]),
    count: toNumber(row[9]) ?? 0,
    values,
    average: toNumber(row[11]),
    percentNull: toNumber(row[12]),
    percentZeros: toNumber(row[13]),
    percentDistinct: toNumber(row[14]),
    quantiles: toList(row[15])?.map((item) => toNumber(item) ?? Number.NaN) ?? null,
    frequencies: frequencyList(toList(row[16]), toList(row[17]), values),
    nonNullColumns: toList(row[18])?.map((item) => toText(item) ?? '') ?? null,
  };
}

function frequencyList(
  items: readonly DuckDBValue[] | null,
  counts: readonly DuckDBValue[] | null,
  total: number,
): FrequencyList | null {
  if (items === null || counts === null) return null;
  return { items: new Map(items.map((item, index) => [toText(item) ?? '', toNumber(counts[index]) ?? 0])), total };
}

function toText(value: DuckDBValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function toNumber(value: DuckDBValue | undefined): number | null {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : null;
}

function toList(value: DuckDBValue | undefined): readonly DuckDBValue[] | null {
  const isList = typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items);
  return isList ? value.items : null;
}
