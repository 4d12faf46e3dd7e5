import { describe, expect, test } from '@jest/globals';
import type { Op, Readiness } from '@dpo/core';
import { brief, createBench, type Job } from './bench.ts';
import { apiError, entryOf, monitor, onRecorded, opOf, planOf, recordedOf, schema } from './doubles.ts';
import { settled } from './fake-clock.ts';

const made = opOf('create', monitor, { spec: { object_id: 't-1' } });
const after: Op = opOf('create', schema, {
  spec: { name: 'prod.out' },
  needs: [{ address: monitor, need: 'ready' }],
});
const both = planOf([made, after]);

/** Answers one after the other, the last one for ever. */
function answering(...states: readonly Readiness[]): Job {
  let asked = 0;
  const ready = (): Readiness => {
    const state = states[Math.min(asked, states.length - 1)] ?? 'pending';
    asked += 1;
    return state;
  };
  return { answers: { ready }, readiness: { pollMs: 20_000, deadlineMs: 60_000 } };
}

describe('waiting until an object is ready', () => {
  test('looks again and again, says so, and then goes on', async () => {
    const bench = createBench(answering('pending', 'pending', 'ready'));
    const applying = bench.apply(both);
    await settled();
    expect(bench.log).not.toContain(`create ${schema}`);
    await bench.clock.advance(20_000);
    expect(bench.log.filter((line) => line.startsWith('ready'))).toHaveLength(2);
    await bench.clock.advance(20_000);
    expect((await applying).outcomes.map(brief)).toEqual([`${schema} done`, `${monitor} done`]);
    expect(bench.log).toContain(`ready id of ${monitor}`);
    expect(bench.events.filter(({ type }) => type === 'waiting')).toEqual([
      { type: 'waiting', reason: `${monitor} is not ready yet`, milliseconds: 60_000 },
    ]);
  });

  test('C20 says nothing of a wait that ends at once', async () => {
    const bench = createBench({
      ...answering('pending', 'ready'),
      readiness: { pollMs: 20_000, firstPollMs: 250, deadlineMs: 60_000 },
    });
    const applying = bench.apply(both);
    await settled();
    await bench.clock.advance(250);
    await applying;
    expect(bench.events.filter(({ type }) => type === 'waiting')).toEqual([]);
  });

  test('C20 W013 who does not wait looks once: a monitor that is pending holds nothing up', async () => {
    const bench = createBench({ ...answering('pending'), readiness: { pollMs: 1, deadlineMs: 1, wait: false } });
    expect((await bench.apply(both)).outcomes.map(brief)).toEqual([`${schema} done`, `${monitor} done`]);
    expect(bench.log.filter((line) => line.startsWith('ready'))).toHaveLength(1);
  });

  test('a long wait is said again once a minute, not at each look', async () => {
    const bench = createBench({ ...answering('pending'), readiness: { pollMs: 10_000, deadlineMs: 150_000 } });
    const applying = bench.apply(both);
    for (let turns = 0; turns < 16; turns += 1) {
      await settled();
      await bench.clock.advance(10_000);
    }
    await applying;
    expect(bench.events.filter(({ type }) => type === 'waiting')).toHaveLength(3);
  });

  test('ruling 18 what failed holds nothing up: what rests on it goes on with what is there', async () => {
    const bench = createBench(answering('failed'));
    expect((await bench.apply(both)).outcomes.map(brief)).toEqual([`${schema} done`, `${monitor} done`]);
  });

  test('T35 ends with the deadline, never before it', async () => {
    const bench = createBench({ ...answering('pending'), readiness: { pollMs: 40_000, deadlineMs: 60_000 } });
    const applying = bench.apply(both);
    await settled();
    await bench.clock.advance(40_000);
    expect(bench.log).not.toContain('close');
    await bench.clock.advance(20_000);
    expect((await applying).outcomes.map(brief)).toEqual([
      `${schema} skipped: needs ${monitor}, which was not ready after 60 s`,
      `${monitor} done`,
    ]);
  });

  test('the first signal ends it: what is made stays made, and the run says that it was interrupted', async () => {
    const bench = createBench(answering('pending'));
    const applying = bench.apply(both);
    await settled();
    bench.stop.abort();
    const result = await applying;
    expect(result.interrupted).toBe(true);
    expect(result.outcomes.map(brief)).toEqual([
      `${schema} skipped: interrupted before it was started`,
      `${monitor} done`,
    ]);
    expect(bench.log.at(-1)).toBe('close');
  });

  test('what cannot be read is a cause, and what is no answer at all a bug that still closes the state', async () => {
    const refused = createBench({ answers: { ready: () => Promise.reject(apiError('API.FORBIDDEN')) } });
    expect((await refused.apply(both)).outcomes.map(brief)).toContain(
      `${schema} skipped: needs ${monitor}, which cannot be read: API.FORBIDDEN`,
    );
    const broken = createBench({ answers: { ready: () => Promise.reject(new TypeError('a bug')) } });
    await expect(broken.apply(both)).rejects.toThrow('a bug');
    expect(broken.log.at(-1)).toBe('close');
  });

  test('an object of the state without an operation is asked by its recorded id; one that nobody knows is a cause', async () => {
    const recorded = recordedOf({ [monitor]: entryOf({ id: 't-9' }) });
    const known = createBench({ state: { recorded } });
    expect((await known.apply(planOf([after], onRecorded))).outcomes.map(brief)).toEqual([`${schema} done`]);
    expect(known.log).toContain('ready t-9');
    const unknown = createBench();
    expect((await unknown.apply(planOf([after]))).outcomes.map(brief)).toEqual([
      `${schema} skipped: needs ${monitor}, which the state does not know`,
    ]);
  });

  test('an exists need waits for nothing more', async () => {
    const bench = createBench(answering('pending'));
    const needs = [{ address: monitor, need: 'exists' }] as const;
    await bench.apply(planOf([made, { ...after, needs }]));
    expect(bench.log.filter((line) => line.startsWith('ready'))).toEqual([]);
  });
});
