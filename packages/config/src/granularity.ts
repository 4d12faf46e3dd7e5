import type { Granularity } from './generated/config-types.ts';

/** Every length of window that the service knows, shortest first. */
export const granularities: readonly Granularity[] = [
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
];

export function isGranularity(text: string): text is Granularity {
  return granularities.some((granularity) => granularity === text);
}
