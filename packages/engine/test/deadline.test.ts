import { EventEmitter, getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startDeadline } from '../src/deadline.ts';
import { createClock } from './fake-clock.ts';

describe('startDeadline', () => {
  const warnings: Error[] = [];
  const note = (warning: Error): number => warnings.push(warning);
  beforeEach(() => {
    warnings.length = 0;
    process.on('warning', note);
  });
  afterEach(() => {
    process.off('warning', note);
  });

  test('aborts with a TimeoutError once the time is over, and not before', async () => {
    const clock = createClock();
    const { signal } = startDeadline(clock, 500, new AbortController().signal);
    await clock.advance(499);
    expect(signal.aborted).toBe(false);
    await clock.advance(1);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError', message: 'not done within 500 ms' });
  });

  test('aborts with the run, for the same reason', () => {
    const abort = new AbortController();
    const { signal } = startDeadline(createClock(), 500, abort.signal);
    abort.abort('second signal');
    expect(signal.reason).toBe('second signal');
  });

  test('is over from the start if the run is', () => {
    expect(startDeadline(createClock(), 500, AbortSignal.abort('before')).signal.reason).toBe('before');
  });

  test('10,000 deadlines that have ended leave no timer and no listener behind', async () => {
    const clock = createClock();
    const abort = new AbortController();
    for (let index = 0; index < 10_000; index += 1) startDeadline(clock, 120_000, abort.signal).end();
    expect(clock.asked).toHaveLength(10_000);
    expect(clock.sleeping()).toBe(0);
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  test('after its end neither time nor run aborts it', async () => {
    const clock = createClock();
    const abort = new AbortController();
    const deadline = startDeadline(clock, 500, abort.signal);
    deadline.end();
    await clock.advance(1000);
    abort.abort();
    expect(deadline.signal.aborted).toBe(false);
  });

  test('more than ten at once are no leak to Node', async () => {
    const clock = createClock();
    const abort = new AbortController();
    const many = Array.from({ length: EventEmitter.defaultMaxListeners * 3 }, () =>
      startDeadline(clock, 500, abort.signal),
    );
    await clock.advance(1);
    expect(warnings).toEqual([]);
    abort.abort();
    expect(many.every(({ signal }) => signal.aborted)).toBe(true);
  });
});
