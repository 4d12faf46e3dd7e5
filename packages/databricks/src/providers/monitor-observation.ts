import type { Lookup, Observation } from '@dpo/core';
import type { Monitor } from '../api/monitors.ts';
import { fieldsOf, isBeingDeleted, isElsewhere, markerOf, outOf } from './monitor-spec.ts';

export type PresentMonitor = Extract<Observation, { status: 'present' }>;

/** Undefined where there is no profiling, or not for long any more: such an object is no monitor to dpo (T01). */
export function presentMonitor(monitor: Monitor, lookup: Lookup): PresentMonitor | undefined {
  const { config, objectId } = monitor;
  if (config === undefined || isBeingDeleted(monitor)) return undefined;
  const marker = markerOf(config);
  return {
    status: 'present',
    lookup,
    id: objectId,
    fields: fieldsOf(objectId, config),
    out: outOf(config),
    ...(marker === undefined ? {} : { marker }),
    ...(isElsewhere(config) ? { elsewhere: true } : {}),
  };
}
