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
  /**
   * Resolves once an object is ready, with the cause for people if it never will be. Never rejects. Asked at most once for
   * each object: after its operation is done, or at the start if it has none. Takes no room of the limit.
   */
  readonly ready: (address: Address) => Promise<string | undefined>;
}

/** Why an operation did not run; `halted` as in an outcome. */
export type Cause = Pick<Skipped, 'because' | 'halted'>;

type Skipped = Extract<Outcome, { readonly status: 'skipped' }>;

/**
 * Runs every operation once all that it needs has succeeded, many at a time. A failure skips what rests on it, directly
 * or not, and nothing else. A `ready` need also waits until the object is ready; of several it does without those that
 * failed, but not without all of them. An `order` need is met by any end.
 * Started in the order of `ops` among equals. Linear in operations and needs.
 */
export async function schedule(request: ScheduleRequest): Promise<readonly Outcome[]> {
  const outcomes = new Map<Address, Outcome>();
  const book = createBook(request, outcomes);
  await new Promise<void>((resolve, reject) => {
    let running = 0;
    const follow = (work: Promise<void>): void => {
      running += 1;
      work.then(() => {
        running -= 1;
        if (running === 0) resolve();
      }, reject);
    };
    const start = (op: Op): void => follow(request.limit(() => runOne(op)));
    const runOne = async (op: Op): Promise<void> => {
      const because = request.stopped();
      const outcome = because === undefined ? await request.run(op) : request.skip(op, { because, halted: true });
      for (const next of book.ended(op, outcome)) start(next);
      if (outcome.status === 'done' && book.isWaitedFor(op.address)) follow(waitFor(op.address));
    };
    const waitFor = async (address: Address): Promise<void> => {
      for (const next of book.looked(address, await request.ready(address))) start(next);
    };
    const { free, outside } = book;
    if (free.length + outside.length === 0) resolve();
    for (const op of free) start(op);
    for (const address of outside) follow(waitFor(address));
  });
  return request.ops.map(
    (op) => outcomes.get(op.address) ?? request.skip(op, { because: 'what it needs never ended' }),
  );
}

/** Who still waits for what. */
interface Book {
  /** What may start at once. */
  readonly free: readonly Op[];
  /** Objects without an operation of their own that are to be ready. */
  readonly outside: readonly Address[];
  isWaitedFor(address: Address): boolean;
  /** Records an outcome and every skip that follows from it, and gives what may be started now. */
  ended(op: Op, outcome: Outcome): readonly Op[];
  /** The same once it is known whether an object is ready. */
  looked(address: Address, because: string | undefined): readonly Op[];
}

function createBook(request: ScheduleRequest, outcomes: Map<Address, Outcome>): Book {
  const waiting = new Map<Address, number>(request.ops.map((op) => [op.address, op.needs.length]));
  const dependents = dependentsOf(request.ops);
  const waitsForReady = (address: Address): readonly Dependent[] =>
    (dependents.get(address) ?? []).filter(({ need }) => need === 'ready');
  /** True if nothing is left to wait for. */
  const isFreed = ({ op }: Dependent): boolean => {
    const left = (waiting.get(op.address) ?? 0) - 1;
    waiting.set(op.address, left);
    return left === 0 && !outcomes.has(op.address);
  };
  const skip = ({ op }: Dependent, cause: Cause): readonly Outcome[] => {
    if (outcomes.has(op.address)) return [];
    const skipped = request.skip(op, cause);
    outcomes.set(op.address, skipped);
    return [skipped];
  };
  /** A wait that ends because nothing is started any more halts what waited. */
  const withoutIt = (because: string): Cause => ({
    because,
    ...(request.stopped() === undefined ? {} : { halted: true }),
  });
  const lost = new Map<Address, number>();
  /** True while another need of that strength may still be met. */
  const doesWithout = ({ op, need }: Dependent, end: Outcome): boolean => {
    if (need === 'order') return true;
    if (need !== 'ready' || (end.status === 'skipped' && end.halted === true)) return false;
    const count = (lost.get(op.address) ?? 0) + 1;
    lost.set(op.address, count);
    return count < op.needs.filter((each) => each.need === 'ready').length;
  };
  const spread = (first: readonly Outcome[]): readonly Op[] => {
    const free: Op[] = [];
    // Grows while it is walked: a chain may be longer than the call stack.
    const ended = [...first];
    for (const end of ended) {
      for (const dependent of dependents.get(end.address) ?? []) {
        if (end.status !== 'done' && !doesWithout(dependent, end)) ended.push(...skip(dependent, causeOf(end)));
        else if ((end.status !== 'done' || dependent.need !== 'ready') && isFreed(dependent)) free.push(dependent.op);
      }
    }
    return free;
  };
  return {
    free: request.ops.filter((op) => waiting.get(op.address) === 0),
    outside: [...dependents.keys()].filter((address) => !waiting.has(address) && waitsForReady(address).length > 0),
    isWaitedFor: (address) => waitsForReady(address).length > 0,
    ended: (op, outcome) => {
      outcomes.set(op.address, outcome);
      return spread([outcome]);
    },
    looked: (address, because) =>
      because === undefined
        ? waitsForReady(address)
            .filter(isFreed)
            .map(({ op }) => op)
        : spread(waitsForReady(address).flatMap((dependent) => skip(dependent, withoutIt(because)))),
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
