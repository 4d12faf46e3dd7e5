/** Aggregation windows that the service knows, in the words of the config and of the metric tables (U016). */
export const granularities = [
  '5 minutes',
  '30 minutes',
  '1 hour',
  '1 day',
  '1 week',
  '2 weeks',
  '3 weeks',
  '4 weeks',
  '1 month',
  '1 year',
] as const;

/** `1 day` → `AGGREGATION_GRANULARITY_1_DAY`; undefined for what the service does not know. */
export function granularityCode(text: string): string | undefined {
  const known = granularities.find((granularity) => granularity === text.trim().toLowerCase());
  return known === undefined ? undefined : `AGGREGATION_GRANULARITY_${known.toUpperCase().replace(' ', '_')}`;
}
