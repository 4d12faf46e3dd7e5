import { filledText, list, oneOf, shape, ShapeFault, text, narrowed } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { quartzCron, timeZoneId } from '../schedules/schedule-readers.ts';

/** Readers of the fields that both monitor APIs have under the same name. */

/** A schedule cannot be paused through the API; to stop it the schedule is removed (databricks/cli PR #1481). */
const pauseStatus: Reader<never> = (_value, { path }) => {
  throw new ShapeFault(path, 'output only: it cannot be set');
};

export const uuidText: Reader<string> = (value, place) => {
  const id = text(value, place);
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id.toLowerCase();
  throw new ShapeFault(place.path, `'${id}' is not a UUID`);
};

export const absolutePath: Reader<string> = (value, place) => {
  const path = text(value, place);
  if (path.startsWith('/')) return path;
  throw new ShapeFault(place.path, `'${path}' does not start with '/'`);
};

const granularityNames = [
  'AGGREGATION_GRANULARITY_5_MINUTES',
  'AGGREGATION_GRANULARITY_30_MINUTES',
  'AGGREGATION_GRANULARITY_1_HOUR',
  'AGGREGATION_GRANULARITY_1_DAY',
  'AGGREGATION_GRANULARITY_1_WEEK',
  'AGGREGATION_GRANULARITY_2_WEEKS',
  'AGGREGATION_GRANULARITY_3_WEEKS',
  'AGGREGATION_GRANULARITY_4_WEEKS',
  'AGGREGATION_GRANULARITY_1_MONTH',
  'AGGREGATION_GRANULARITY_1_YEAR',
] as const;

export type Granularity = (typeof granularityNames)[number];

export const granularity = oneOf(...granularityNames);

/** `AGGREGATION_GRANULARITY_30_MINUTES` as the metric tables and the legacy API spell it: `30 minutes`. */
export function granularityText(name: string): string {
  return name.replace('AGGREGATION_GRANULARITY_', '').replace('_', ' ').toLowerCase();
}

/** The other direction. The specification writes `<n> week(s)`, so that the number of `week` does not count. */
export const granularityFromText: Reader<Granularity> = (value, place) => {
  const wanted = text(value, place).replace(/^(\d+) weeks?$/, (_all, count) =>
    count === '1' ? '1 week' : `${count} weeks`,
  );
  const found = granularityNames.find((name) => granularityText(name) === wanted);
  if (found !== undefined) return found;
  const known = granularityNames.map(granularityText).join(', ');
  throw new ShapeFault(place.path, `${JSON.stringify(value)} is not one of ${known}`);
};

/** A list with at least one entry. */
export function filledList<T>(item: Reader<T>): Reader<readonly T[]> {
  const items = list(item);
  return narrowed(items, (value, place) => {
    const read = items(value, place);
    if (read.length === 0) throw new ShapeFault(place.path, 'must have at least one entry');
    return read;
  });
}

export const schedule = shape({
  required: { quartz_cron_expression: quartzCron, timezone_id: timeZoneId },
  optional: { pause_status: pauseStatus },
});

/** At most 5 addresses for each event (monitor documentation). */
export const addressees = shape({ optional: { email_addresses: list(filledText, { max: 5 }) } });
