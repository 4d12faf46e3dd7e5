import {
  compareAddresses,
  DpoError,
  isDpoError,
  operationsOf,
  type Address,
  type ApplyResult,
  type Clock,
  type Emit,
  type Environment,
  type JsonObject,
  type Limit,
  type Op,
  type Outcome,
  type Plan,
  type Providers,
  type ReadContext,
  type Run,
  type StateSession,
  type StateStore,
} from '@dpo/core';
import { checkReferences } from './check-references.ts';
import { checkTarget } from './check-target.ts';
import { announcementOf } from './intent-of.ts';
import { preflight } from './preflight.ts';
import { waitForQuiet } from './quiet-period.ts';
import { createHoldBack, type Held } from './held-back.ts';
import { createWaitUntilReady, isPending, type ReadinessRequest } from './readiness.ts';
import { runOp, type OpContext } from './run-op.ts';
import { schedule } from './scheduler.ts';

export interface ApplyRequest {
  readonly plan: Plan;
  readonly store: StateStore;
  readonly run: Run;
  readonly providers: Providers;
  readonly clock: Clock;
  readonly emit: Emit;
  /** What the references of the plan stand for; no variable is set unless given. */
  readonly environment?: Environment;
  /** How many operations, and how many reads, may be in flight. */
  readonly limits: { readonly operations: Limit; readonly reads: Limit };
  /** For how long one operation's requests may run; also the quiet period after a kill. */
  readonly deadlineMs: number;
  /** How often to look whether an object is ready that others need so, and for how long. */
  readonly readiness: Pick<ReadinessRequest, 'pollMs' | 'firstPollMs' | 'deadlineMs'> & {
    /** False: go on with what is there at once; true unless given. */
    readonly wait?: boolean;
  };
  /** First signal: start nothing new. Second: cut running requests off. */
  readonly signals: { readonly stop: AbortSignal; readonly abort: AbortSignal };
}

/**
 * Executes a plan document and nothing else: lock, recover, compare guards, and only then write. Throws `DpoError` if
 * nothing was written (locked, stale, state unreadable), or the reason of a signal that came before the first operation;
 * otherwise every operation has an outcome.
 */
export async function apply(request: ApplyRequest): Promise<ApplyResult> {
  const { plan, store, clock, emit } = request;
  const refused = [...checkTarget(plan, request.run), ...checkReferences(plan, request.environment ?? {})];
  if (refused.length > 0) throw new DpoError(refused);
  // Nothing to do takes no lock and changes no byte, unless a run that was killed left its journal behind.
  const idle = operationsOf(plan).length === 0 && !(await store.read()).unfinished;
  if (idle) return { outcomes: [], wrote: false, interrupted: false, state: { status: 'unchanged' } };
  const session = await store.open(request.run, announcementOf(plan, request.deadlineMs));
  const read: ReadContext = { limit: request.limits.reads, signal: request.signals.abort, clock };
  try {
    await waitForQuiet(session.recorded, { clock, emit, signal: request.signals.stop });
    const moved = await preflight({
      plan,
      recorded: session.recorded,
      providers: request.providers,
      // Nothing is written yet: the first signal ends it.
      context: { ...read, signal: request.signals.stop },
      emit,
    });
    if (moved.length > 0) throw new DpoError(moved);
  } catch (error) {
    await session.close();
    throw error;
  }
  return runAll(request, session, read);
}

async function runAll(request: ApplyRequest, session: StateSession, read: ReadContext): Promise<ApplyResult> {
  const { plan, clock, signals } = request;
  let wrote = false;
  const context: OpContext = {
    providers: request.providers,
    session,
    marker: { owner: plan.owner, lineage: session.lineage },
    clock,
    abort: signals.abort,
    deadlineMs: request.deadlineMs,
    read,
    environment: request.environment ?? {},
    outputs: new Map<Address, JsonObject>(
      [...session.recorded.resources].map(([address, entry]) => [address, entry.out]),
    ),
    onWrite: () => {
      wrote = true;
    },
  };
  let bug: unknown;
  const ids = new Map([...session.recorded.resources].map(([address, entry]) => [address, entry.id]));
  const { providers, emit, readiness } = request;
  const looking = { providers, read, clock, emit, stop: signals.stop, ...readiness };
  const waitUntilReady = createWaitUntilReady(looking);
  const pending = new Set<Address>();
  const holdBack = createHoldBack(plan, pending);
  const outcomes = await schedule({
    ops: operationsOf(plan).toSorted((a, b) => compareAddresses(a.address, b.address)),
    limit: request.limits.operations,
    stopped: () => {
      if (bug !== undefined)
        return `not started, for ${isDpoError(bug) ? 'the state cannot be written' : 'dpo itself failed'}`;
      return signals.stop.aborted ? 'interrupted before it was started' : undefined;
    },
    run: async (op) => {
      try {
        const outcome = await reported(holdBack(op), context, request);
        if (outcome.status === 'done' && outcome.id !== undefined) ids.set(op.address, outcome.id);
        return outcome;
      } catch (error) {
        // The state cannot be written any more, or dpo itself is wrong: what runs may end, nothing new is started.
        bug ??= error;
        return failed(op, error, request);
      }
    },
    ready: async (address) => {
      const id = ids.get(address);
      if (id === undefined && readiness.wait === false) return undefined;
      if (id === undefined) return `needs ${address}, which the state does not know`;
      try {
        if (readiness.wait === false) {
          if (await isPending(looking, { address, id })) pending.add(address);
          return undefined;
        }
        return await waitUntilReady({ address, id });
      } catch (error) {
        bug ??= error;
        return 'not started, for dpo itself failed';
      }
    },
    skip: ({ address, action }, because) => {
      request.emit({ type: 'op_skipped', address, action, ...because });
      return { address, action, status: 'skipped', ...because };
    },
  });
  const state = await session.close();
  if (bug !== undefined && !isDpoError(bug)) throw bug;
  return { outcomes, wrote, interrupted: signals.stop.aborted, state };
}

async function reported({ op, note: held }: Held, context: OpContext, { clock, emit }: ApplyRequest): Promise<Outcome> {
  const { address, action } = op;
  const startedAt = clock.now();
  emit({ type: 'op_started', address, action });
  const outcome = noted(await runOp(op, context), held);
  if (outcome.status === 'failed') emit({ type: 'op_failed', address, action, problem: outcome.problem });
  if (outcome.status === 'done') {
    const note = outcome.note === undefined ? {} : { note: outcome.note };
    emit({ type: 'op_done', address, action: outcome.action, milliseconds: clock.now() - startedAt, ...note });
  }
  return outcome;
}

function noted(outcome: Outcome, note: string | undefined): Outcome {
  if (outcome.status !== 'done' || note === undefined) return outcome;
  return { ...outcome, note: outcome.note === undefined ? note : `${note}; ${outcome.note}` };
}

function failed({ address, action }: Op, error: unknown, { emit }: ApplyRequest): Outcome {
  const known = isDpoError(error) ? error.problems[0] : undefined;
  const problem = known ?? { code: 'RUN.UNEXPECTED', severity: 'error' as const, message: String(error) };
  const outcome = { address, action, status: 'failed', problem: { ...problem, address } } as const;
  if (known !== undefined) emit({ type: 'op_failed', address, action, problem: outcome.problem });
  return outcome;
}
