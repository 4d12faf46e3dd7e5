import type { Address, Limit, Op, Outcome } from '@dpo/core';

export interface ScheduleRequest {
  readonly ops: readonly Op[];
  readonly limit: Limit;
  /** Nothing new is started once it aborts. */
  readonly stop: AbortSignal;
  /** Never rejects: a failure is an outcome. */
  readonly run: (op: Op) => Promise<Outcome>;
  /** An operation that will not run; its outcome is `skipped`. */
  readonly skip: (op: Op, because: string) => Outcome;
}

/**
 * Runs every operation once all that it needs has succeeded, many at a time. A failure skips what rests on it and
 * nothing else. Started in the order of addresses among equals. Linear in operations and needs.
 */
export async function schedule(request: ScheduleRequest): Promise<readonly Outcome[]> {
  const waiting = new Map<Address, number>(request.ops.map((op) => [op.address, op.needs.length]));
  const dependents = new Map<Address, Op[]>();
  for (const op of request.ops) {
    for (const { address } of op.needs) {
      const known = dependents.get(address);
      if (known === undefined) dependents.set(address, [op]);
      else known.push(op);
    }
  }
  const outcomes = new Map<Address, Outcome>();
  let running = 0;

  const settle = (op: Op, outcome: Outcome, start: (op: Op) => void): void => {
    outcomes.set(op.address, outcome);
    for (const dependent of dependents.get(op.address) ?? []) {
      if (outcomes.has(dependent.address)) continue;
      if (outcome.status !== 'done') {
        settle(dependent, request.skip(dependent, `needs ${op.address}`), start);
        continue;
      }
      const left = (waiting.get(dependent.address) ?? 0) - 1;
      waiting.set(dependent.address, left);
      if (left === 0) start(dependent);
    }
  };
  const runOne = async (op: Op, start: (op: Op) => void): Promise<void> => {
    const outcome = request.stop.aborted
      ? request.skip(op, 'interrupted before it was started')
      : await request.run(op);
    settle(op, outcome, start);
  };
  await new Promise<void>((resolve, reject) => {
    const start = (op: Op): void => {
      running += 1;
      request
        .limit(() => runOne(op, start))
        .then(() => {
          running -= 1;
          if (running === 0) resolve();
        }, reject);
    };
    const free = request.ops.filter((op) => op.needs.length === 0);
    if (free.length === 0) resolve();
    for (const op of free) start(op);
  });
  return request.ops.map((op) => outcomes.get(op.address) ?? request.skip(op, 'what it needs never ended'));
}
