import { isGranularity } from '@dpo/config';

/** `1 day` → `AGGREGATION_GRANULARITY_1_DAY`; undefined for what the service does not know (U016). */
export function granularityCode(text: string): string | undefined {
  const known = text.trim().toLowerCase();
  return isGranularity(known) ? `AGGREGATION_GRANULARITY_${known.toUpperCase().replace(' ', '_')}` : undefined;
}
