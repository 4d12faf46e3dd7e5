import { setMaxListeners } from 'node:events';
import {
  isDpoError,
  kindOf,
  type Address,
  type Clock,
  type Emit,
  type Providers,
  type ReadContext,
  type Readiness,
} from '@dpo/core';

export interface ReadinessRequest {
  readonly providers: Providers;
  readonly read: ReadContext;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Ends all waiting. */
  readonly stop: AbortSignal;
  /** How often to look, and for how long after the object was made or, without an operation, since the wait began. */
  readonly pollMs: number;
  /** The first pause; each is twice the one before, up to `pollMs`, which it is unless given. */
  readonly firstPollMs?: number;
  readonly deadlineMs: number;
}

/** Waits until an object is ready, or failed to become so; gives the cause for people if it is not in time. Never rejects. */
export type WaitUntilReady = (target: {
  readonly address: Address;
  readonly id: string;
}) => Promise<string | undefined>;

/** Least time between two messages about waiting: one line for each look would bury the rest. */
const sayAgainMs = 60_000;
/** A wait that may end before this is not worth a line. */
const sayAfterMs = 500;

export function createWaitUntilReady(request: ReadinessRequest): WaitUntilReady {
  const { clock, emit, stop, pollMs, deadlineMs } = request;
  const waiting = new Set<Address>();
  let saidAt = -Infinity;
  // As many waits as there are objects listen on it; Node takes more than ten for a leak and prints a warning.
  setMaxListeners(0, stop);

  /** `milliseconds`: for how long at most. */
  const say = (milliseconds: number): void => {
    if (clock.now() - saidAt < sayAgainMs) return;
    saidAt = clock.now();
    const [first, ...others] = waiting;
    const reason =
      others.length === 0
        ? `${String(first)} is not ready yet`
        : `${String(first)} and ${String(others.length)} more are not ready yet`;
    emit({ type: 'waiting', reason, milliseconds });
  };

  return async ({ address, id }) => {
    const until = clock.now() + deadlineMs;
    let pauseMs = Math.min(pollMs, request.firstPollMs ?? pollMs);
    try {
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop
        const state = await look(request, address, id);
        // What failed will not change by waiting: what rests on it goes on with what is there (ruling 18).
        if (state !== 'pending') return undefined;
        if (clock.now() >= until) return `needs ${address}, which was not ready after ${minutes(deadlineMs)}`;
        waiting.add(address);
        // After a short first pause others wait as well.
        if (pauseMs >= sayAfterMs) say(until - clock.now());
        // oxlint-disable-next-line no-await-in-loop
        await clock.sleep(Math.min(pauseMs, until - clock.now()), stop);
        pauseMs = Math.min(pollMs, pauseMs * 2);
      }
    } catch (error) {
      return causeOf(error, address, stop);
    } finally {
      waiting.delete(address);
    }
  };
}

/** One look, for those who do not wait. What cannot be read now is not waited for either. */
export async function isPending(
  request: ReadinessRequest,
  { address, id }: { readonly address: Address; readonly id: string },
): Promise<boolean> {
  try {
    return (await look(request, address, id)) === 'pending';
  } catch (error) {
    if (request.stop.aborted || isDpoError(error)) return false;
    throw error;
  }
}

async function look({ providers, read, stop }: ReadinessRequest, address: Address, id: string): Promise<Readiness> {
  stop.throwIfAborted();
  return providers[kindOf(address)].ready(id, { ...read, signal: stop });
}

/** A bug passes on. */
function causeOf(error: unknown, address: Address, stop: AbortSignal): string {
  if (stop.aborted) return 'interrupted before it was started';
  const problem = isDpoError(error) ? error.problems[0] : undefined;
  if (problem === undefined) throw error;
  return `needs ${address}, which cannot be read: ${problem.code}`;
}

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${String(seconds)} s` : `${String(Math.round(seconds / 60))} min`;
}
