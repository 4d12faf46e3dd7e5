import { DpoError, type Clock, type ManagedStateStore, type Problem, type StateSession } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { patientStore } from '../src/patient-store.ts';
import { createWorld, runNumber, storeOn } from './examples.ts';
import { createMemoryDisk } from './memory-disk.ts';

const locked: Problem = { code: 'STATE.LOCKED', severity: 'error', message: 'locked by bob' };

interface Bench {
  readonly store: ManagedStateStore;
  readonly told: readonly (readonly [string, number])[];
  tries(): number;
  now(): number;
}

/** A store that is locked until a moment, or fails otherwise; the clock moves by sleeping. */
function createBench(options: {
  readonly freeAt: number;
  readonly timeoutMs: number;
  readonly problem?: Problem;
  readonly signal?: AbortSignal;
}): Bench {
  let now = 0;
  let tries = 0;
  const told: (readonly [string, number])[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      now += milliseconds;
    },
  };
  const plain = storeOn(createMemoryDisk().process().files, createWorld());
  const take = async <T>(work: () => Promise<T>): Promise<T> => {
    tries += 1;
    if (now < options.freeAt) throw new DpoError([options.problem ?? locked]);
    return work();
  };
  const store = patientStore(
    {
      ...plain,
      open: async (run) => take<StateSession>(() => plain.open(run)),
      replace: async (run, document) => take(() => plain.replace(run, document)),
    },
    {
      timeoutMs: options.timeoutMs,
      clock,
      signal: options.signal ?? new AbortController().signal,
      onWait: ({ message }, remaining) => told.push([message, remaining]),
    },
  );
  return { store, told, tries: () => tries, now: () => now };
}

describe('N016 a patient store', () => {
  test('takes a free state at once and says nothing', async () => {
    const bench = createBench({ freeAt: 0, timeoutMs: 600_000 });
    await (await bench.store.open(runNumber(1))).close();
    expect(bench).toMatchObject({ told: [] });
    expect([bench.tries(), bench.now()]).toEqual([1, 0]);
  });

  test('says whom it waits for, once a minute, and has the state within five seconds after it is free', async () => {
    const bench = createBench({ freeAt: 150_000, timeoutMs: 600_000 });
    await (await bench.store.open(runNumber(1))).close();
    expect(bench.told).toHaveLength(3);
    expect(bench.told[0]).toEqual(['locked by bob', 600_000]);
    expect(bench.told[2]?.[1]).toBeLessThan(480_001);
    expect(bench.now()).toBeLessThan(155_001);
    expect(bench.tries()).toBeLessThan(45);
  });

  test('gives up at its time and not before, with what the store says', async () => {
    const bench = createBench({ freeAt: Infinity, timeoutMs: 30_000 });
    await expect(bench.store.open(runNumber(1))).rejects.toThrow('locked by bob');
    expect(bench.now()).toBe(30_000);
  });

  test('without time fails at once', async () => {
    const bench = createBench({ freeAt: 1, timeoutMs: 0 });
    await expect(bench.store.open(runNumber(1))).rejects.toThrow('locked by bob');
    expect([bench.tries(), bench.told]).toEqual([1, []]);
  });

  test('waits for nothing but the lock', async () => {
    const problem: Problem = { code: 'STATE.CORRUPT', severity: 'error', message: 'damaged' };
    const bench = createBench({ freeAt: Infinity, timeoutMs: 30_000, problem });
    await expect(bench.store.open(runNumber(1))).rejects.toThrow('damaged');
    await expect(bench.store.replace(runNumber(1), '{}')).rejects.toThrow('damaged');
    expect(bench.tries()).toBe(2);
  });

  test('a push waits too', async () => {
    const bench = createBench({ freeAt: 1000, timeoutMs: 30_000 });
    await expect(bench.store.replace(runNumber(1), '{}')).rejects.toThrow('STATE.PUSH');
    expect(bench.now()).toBeGreaterThanOrEqual(1000);
  });

  test('a signal ends the waiting', async () => {
    const stop = new AbortController();
    stop.abort();
    const bench = createBench({ freeAt: Infinity, timeoutMs: 30_000, signal: stop.signal });
    await expect(bench.store.open(runNumber(1))).rejects.toThrow('abort');
  });
});
