/** For how long a hold of a lock counts, in milliseconds. */
export interface LeaseTimes {
  /** How often the holder says that it lives. */
  readonly beatMs: number;
  /** For how long after it said so it may begin operations. */
  readonly leaseMs: number;
  /** How much later others take it for dead: by so much clocks may differ. */
  readonly graceMs: number;
}

export const leaseTimes: LeaseTimes = { beatMs: 20_000, leaseMs: 90_000, graceMs: 60_000 };

/** The interval in which a moment lies. */
export function slotOf(times: LeaseTimes, created: number, at: number): number {
  return Math.max(0, Math.floor((at - created) / times.beatMs));
}

/** The moment until which a holder that was alive in this slot may begin operations. */
export function leaseEnd(times: LeaseTimes, created: number, slot: number): number {
  return created + slot * times.beatMs + times.leaseMs;
}

/** Slots in one of which somebody who is alive has said so, the likeliest first. */
export function slotsToAsk(times: LeaseTimes, created: number, now: number): readonly number[] {
  const first = slotOf(times, created, now - times.leaseMs - times.graceMs);
  const present = slotOf(times, created, now);
  const last = slotOf(times, created, now + times.graceMs);
  const past = Array.from({ length: present - first + 1 }, (_, index) => present - index);
  const ahead = Array.from({ length: last - present }, (_, index) => present + 1 + index);
  return [...past, ...ahead];
}
