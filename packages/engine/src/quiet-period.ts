import type { Clock, Emit, Recorded } from '@dpo/core';

export interface QuietPeriod {
  readonly clock: Clock;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/**
 * After a run that was killed, requests that were in flight may still take effect: waits until every operation that was
 * started and has no result is past its deadline. A read before that could call something absent that is about to exist.
 */
export async function waitForQuiet(recorded: Recorded, period: QuietPeriod): Promise<void> {
  const until = Math.max(0, ...recorded.intents.map((intent) => intent.at + intent.deadlineMs));
  const milliseconds = until - period.clock.now();
  if (milliseconds <= 0) return;
  period.emit({
    type: 'waiting',
    reason: 'another run was interrupted or is under way; its last requests may still take effect',
    milliseconds,
  });
  await period.clock.sleep(milliseconds, period.signal);
}
