import { describe, expect, test } from '@jest/globals';
import type { Event, OpenIntent } from '@dpo/core';
import { collectEvents } from '../../core/test/event-schema.ts';
import { waitForQuiet } from '../src/quiet-period.ts';
import { monitor, recordedOf, schema } from './doubles.ts';
import { createClock, settled, type FakeClock } from './fake-clock.ts';

interface Waiting {
  readonly clock: FakeClock;
  readonly events: readonly Event[];
  readonly over: () => boolean;
  readonly ended: Promise<void>;
}

function wait(intents: readonly OpenIntent[], signal = new AbortController().signal): Waiting {
  const clock = createClock(10_000);
  const events: Event[] = [];
  let over = false;
  const ended = waitForQuiet(recordedOf({}, { intents }), { clock, emit: collectEvents(events), signal }).then(() => {
    over = true;
  });
  return { clock, events, over: () => over, ended };
}

const intent = (at: number, deadlineMs: number, address: OpenIntent['address'] = monitor): OpenIntent => ({
  address,
  action: 'create',
  at,
  deadlineMs,
});

describe('waitForQuiet', () => {
  test('waits until the last request of an earlier run can no longer take effect, and not a moment longer', async () => {
    const waiting = wait([intent(9000, 2500), intent(8000, 4000, schema), intent(9999, 100)]);
    expect(waiting.events).toEqual([
      {
        type: 'waiting',
        reason: 'another run was interrupted or is under way; its last requests may still take effect',
        milliseconds: 2000,
      },
    ]);
    expect(waiting.clock.asked).toEqual([2000]);
    await waiting.clock.advance(1999);
    expect(waiting.over()).toBe(false);
    await waiting.clock.advance(1);
    await waiting.ended;
  });

  test.each([
    { name: 'no intents', intents: [] },
    { name: 'intents whose time is over', intents: [intent(5000, 1000), intent(9000, 1000)] },
  ])('does not wait at all with $name', async ({ intents }) => {
    const waiting = wait(intents);
    await waiting.ended;
    expect(waiting.clock.asked).toEqual([]);
    expect(waiting.events).toEqual([]);
  });

  test('a signal ends the wait with its reason', async () => {
    const stop = new AbortController();
    const waiting = wait([intent(9000, 60_000)], stop.signal);
    await settled();
    stop.abort(new Error('enough'));
    await expect(waiting.ended).rejects.toThrow('enough');
  });
});
