import type { Address, EdgeStrength, Limit, Op, Outcome } from '@dpo/core';

export interface ScheduleRequest {
  readonly ops: readonly Op[];
  readonly limit: Limit;
  /** Why nothing new is started any more; undefined while all is well. Asked right before each start. */
  readonly stopped: () => string | undefined;
  /** Never rejects: a failure is an outcome. */
  readonly run: (op: Op) => Promise<Outcome>;
  /** An operation that will not run; its outcome is `skipped`. */
  readonly skip: (op: Op, cause: Cause) => Outcome;
}

/** Why an operation did not run; `halted` as in an outcome. */
export type Cause = Pick<Skipped, 'because' | 'halted'>;

type Skipped = Extract<Outcome, { readonly status: 'skipped' }>;

/**
 * Runs every operation once all that it needs has succeeded, many at a time. A failure skips what rests on it, directly
 * or not, and nothing else; an `order` need is met by any end. Started in the order of `ops` among equals. Linear in
 * operations and needs.
 */
export async function schedule(request: ScheduleRequest): Promise<readonly Outcome[]> {
  const outcomes = new Map<Address, Outcome>();
  const settle = settler(request, outcomes);
  const free = request.ops.filter((op) => op.needs.length === 0);
  await new Promise<void>((resolve, reject) => {
    let running = 0;
    const runOne = async (op: Op): Promise<void> => {
      const because = request.stopped();
      const outcome = because === undefined ? await request.run(op) : request.skip(op, { because, halted: true });
      for (const next of settle(op, outcome)) start(next);
    };
    const start = (op: Op): void => {
      running += 1;
      request
        .limit(() => runOne(op))
        .then(() => {
          running -= 1;
          if (running === 0) resolve();
        }, reject);
    };
    if (free.length === 0) resolve();
    for (const op of free) start(op);
  });
  return request.ops.map(
    (op) => outcomes.get(op.address) ?? request.skip(op, { because: 'what it needs never ended' }),
  );
}

/** Records an outcome and every skip that follows from it, and gives what may be started now. */
function settler(request: ScheduleRequest, outcomes: Map<Address, Outcome>): (op: Op, outcome: Outcome) => Op[] {
  const waiting = new Map<Address, number>(request.ops.map((op) => [op.address, op.needs.length]));
  const dependents = dependentsOf(request.ops);
  return (op, outcome) => {
    outcomes.set(op.address, outcome);
    const ready: Op[] = [];
    // Grows while it is walked: a chain may be longer than the call stack.
    const ended: Outcome[] = [outcome];
    for (const end of ended) {
      for (const { op: dependent, need } of dependents.get(end.address) ?? []) {
        if (outcomes.has(dependent.address)) continue;
        if (end.status !== 'done' && need !== 'order') {
          const skipped = request.skip(dependent, causeOf(end));
          outcomes.set(dependent.address, skipped);
          ended.push(skipped);
          continue;
        }
        const left = (waiting.get(dependent.address) ?? 0) - 1;
        waiting.set(dependent.address, left);
        if (left === 0) ready.push(dependent);
      }
    }
    return ready;
  };
}

interface Dependent {
  readonly op: Op;
  readonly need: EdgeStrength;
}

function dependentsOf(ops: readonly Op[]): ReadonlyMap<Address, readonly Dependent[]> {
  const dependents = new Map<Address, Dependent[]>();
  for (const op of ops) {
    for (const { address, need } of op.needs) {
      const known = dependents.get(address);
      if (known === undefined) dependents.set(address, [{ op, need }]);
      else known.push({ op, need });
    }
  }
  return dependents;
}

/** What failed, however far away; what was only skipped hands its own cause on. */
function causeOf(end: Outcome): Cause {
  if (end.status !== 'skipped') return { because: `needs ${end.address}` };
  return { because: end.because, ...(end.halted === true ? { halted: true } : {}) };
}
