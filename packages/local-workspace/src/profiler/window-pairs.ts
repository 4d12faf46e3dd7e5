import type { ColumnProfile } from './column-profile.ts';

export interface WindowPair {
  readonly driftType: 'CONSECUTIVE' | 'BASELINE';
  readonly current: ColumnProfile;
  readonly reference: ColumnProfile;
}

/**
 * What is compared with what. A window is compared with the one right before it, never across a gap: the window that
 * ends where it starts, or, as snapshots have no length, the snapshot of the refresh before (`snapshotTimes`, in
 * ascending order). Every window is compared with the baseline of the same model and slice.
 */
export function windowPairs(
  profiles: readonly ColumnProfile[],
  snapshotTimes: readonly number[],
): readonly WindowPair[] {
  const inputs = profiles.filter((profile) => profile.logType === 'INPUT');
  const before = new Map(snapshotTimes.map((time, index) => [time, snapshotTimes[index - 1]]));
  const byEnd = new Map(inputs.map((profile) => [windowKey(profile, profile.end), profile]));
  const baselines = new Map(
    profiles.filter((profile) => profile.logType === 'BASELINE').map((profile) => [groupKey(profile), profile]),
  );
  return inputs.flatMap((current) => {
    const previousEnd = current.granularity === null ? before.get(current.start ?? Number.NaN) : current.start;
    const previous = previousEnd === undefined ? undefined : byEnd.get(windowKey(current, previousEnd));
    const baseline = baselines.get(groupKey(current));
    return [
      ...(previous === undefined ? [] : [{ driftType: 'CONSECUTIVE' as const, current, reference: previous }]),
      ...(baseline === undefined ? [] : [{ driftType: 'BASELINE' as const, current, reference: baseline }]),
    ];
  });
}

function groupKey(profile: ColumnProfile): string {
  return JSON.stringify([profile.model, profile.sliceKey, profile.sliceValue]);
}

function windowKey(profile: ColumnProfile, end: number | null): string {
  return JSON.stringify([profile.granularity, end, groupKey(profile)]);
}
