import type { Address, ApplyResult, Environment, Event, Outcome, Plan, RecordedResource } from '@dpo/core';
import { apply } from '../src/apply.ts';
import { createLimit } from '../src/concurrency.ts';
import { createStore, providersOf, run, type Answers, type StoreOptions } from './doubles.ts';
import { collectEvents } from '../../core/test/event-schema.ts';
import { createClock, type FakeClock } from './fake-clock.ts';

export interface Job {
  readonly environment?: Environment;
  readonly answers?: Answers;
  readonly state?: StoreOptions;
  readonly parallelism?: number;
  readonly deadlineMs?: number;
  readonly readiness?: Parameters<typeof apply>[0]['readiness'];
}

/** One run of `apply` on doubles, with everything it did in the order in which it did it. */
export interface Bench {
  /** Calls of state and providers in one list. */
  readonly log: readonly string[];
  readonly events: readonly Event[];
  readonly clock: FakeClock;
  readonly stop: AbortController;
  readonly abort: AbortController;
  readonly entries: ReadonlyMap<Address, RecordedResource | null>;
  readonly staged: readonly (readonly [Address, RecordedResource])[];
  apply(plan: Plan): Promise<ApplyResult>;
}

const patient = { pollMs: 20_000, deadlineMs: 1_200_000 };

export function createBench(job: Job = {}): Bench {
  const { answers, state, parallelism = 1, deadlineMs = 120_000, readiness = patient, environment } = job;
  const log: string[] = [];
  const events: Event[] = [];
  const emit = collectEvents(events);
  const clock = createClock();
  const stop = new AbortController();
  const abort = new AbortController();
  const store = createStore(log, state);
  const providers = providersOf(log, answers);
  return {
    log,
    events,
    clock,
    stop,
    abort,
    entries: store.entries,
    staged: store.staged,
    apply: async (plan) =>
      apply({
        plan,
        store,
        run,
        ...(environment === undefined ? {} : { environment }),
        providers,
        clock,
        emit,
        limits: { operations: createLimit(parallelism), reads: createLimit(4) },
        deadlineMs,
        readiness,
        signals: { stop: stop.signal, abort: abort.signal },
      }),
  };
}

/** `address status`, and the code or the cause. */
export function brief(outcome: Outcome): string {
  const detail =
    outcome.status === 'failed'
      ? ` ${outcome.problem.code}`
      : outcome.status === 'skipped'
        ? `: ${outcome.because}`
        : '';
  return `${outcome.address} ${outcome.status}${detail}`;
}
