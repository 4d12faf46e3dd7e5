import { quoteLiteral } from '../sql/quote.ts';
import type { ProfileType } from './profile-request.ts';

/** DuckDB intervals of the granularities that the service offers. */
const intervals: Readonly<Record<string, string>> = {
  '5 minutes': '5 minutes',
  '30 minutes': '30 minutes',
  '1 hour': '1 hour',
  '1 day': '1 day',
  '1 week': '7 days',
  '2 weeks': '14 days',
  '3 weeks': '21 days',
  '4 weeks': '28 days',
  '1 month': '1 month',
  '1 year': '1 year',
};

const lookBackMilliseconds = 30 * 24 * 60 * 60 * 1000;

export function granularityInterval(granularity: string): string {
  const interval = intervals[granularity];
  if (interval === undefined) throw new RangeError(`unknown granularity '${granularity}'`);
  return `INTERVAL ${quoteLiteral(interval)}`;
}

/** Distinct granularities of the input in their order; their position identifies a window column. */
export function windowGranularities(profile: ProfileType): readonly string[] {
  return profile.kind === 'snapshot' ? [] : [...new Set(profile.granularities)];
}

/** A UTC timestamp literal. */
export function timestampLiteral(instant: Date): string {
  return `TIMESTAMP ${quoteLiteral(instant.toISOString().replace('T', ' ').replace('Z', ''))}`;
}

/** Earliest moment that a time series or inference profile reads. */
export function lookBackStart(now: Date): Date {
  return new Date(now.getTime() - lookBackMilliseconds);
}

/**
 * Start of the window in which `time` lies, or NULL when that window is not computed: it begins after `now`, or the
 * cut-off 30 days before `now` falls into it. A window that holds both the cut-off and `now` (a year, a long month)
 * is kept with the rows since the cut-off, as it would otherwise hardly ever appear.
 * Weeks begin on Monday; longer runs of weeks are counted from 2000-01-03, DuckDB's origin.
 */
export function windowStartSql(time: string, granularity: string, now: Date): string {
  const bucket = (value: string): string => `time_bucket(${granularityInterval(granularity)}, ${value})`;
  const start = bucket(time);
  const current = timestampLiteral(now);
  const isWhole = `${start} >= ${timestampLiteral(lookBackStart(now))}`;
  return `CASE WHEN ${start} <= ${current} AND (${isWhole} OR ${start} = ${bucket(current)}) THEN ${start} END`;
}
