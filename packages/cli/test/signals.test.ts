import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { listenToSignals } from '../src/signals.ts';

describe('signals', () => {
  test.each([
    ['SIGINT', 'SIGINT'],
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
  ])('%s stops, then %s cuts off, whichever of the two it is', (first, second) => {
    const source = new EventEmitter();
    const heard: unknown[] = [];
    const signals = listenToSignals((...said) => heard.push(said), source);
    expect([signals.stop.aborted, signals.abort.aborted]).toEqual([false, false]);
    source.emit(first, first);
    expect([signals.stop.aborted, signals.abort.aborted]).toEqual([true, false]);
    source.emit(second, second);
    expect([signals.stop.aborted, signals.abort.aborted]).toEqual([true, true]);
    source.emit(second, second);
    expect(heard).toEqual([
      [first, false],
      [second, true],
    ]);
  });

  test('after the release the process has its own handlers again', () => {
    const source = new EventEmitter();
    listenToSignals(() => undefined, source).release();
    expect(source.eventNames()).toEqual([]);
  });
});
