import { describe, expect, test } from '@jest/globals';
import type { Event } from '@dpo/core';
import { renderEvent } from '../src/index.ts';
import { narrow } from './golden.ts';

const address = 'monitor:main.sales.orders';

describe('renderEvent', () => {
  test.each<readonly [Event, string | undefined]>([
    [{ type: 'reading', done: 4120, total: 10000 }, 'reading 4,120/10,000'],
    [{ type: 'waiting', reason: 'limited by 429', milliseconds: 12400 }, 'waiting 12.4 s: limited by 429'],
    [{ type: 'op_started', address, action: 'update' }, undefined],
    [
      { type: 'op_done', address, action: 'update', milliseconds: 350 },
      '  ~ updated   monitor  main.sales.orders  350 ms',
    ],
    [
      { type: 'op_done', address, action: 'create', milliseconds: 185000, note: 'pending' },
      '  + created   monitor  main.sales.orders  3 min 5 s  pending',
    ],
    [
      {
        type: 'op_failed',
        address,
        action: 'update',
        problem: { code: 'API.X', severity: 'error', message: 'no\x1b[2J' },
      },
      '  × failed    monitor  main.sales.orders  update: API.X: no\\x1b[2J',
    ],
    [
      { type: 'op_skipped', address, action: 'create', because: 'schema:a.b failed' },
      '  · skipped   monitor  main.sales.orders  create: schema:a.b failed',
    ],
  ])('an event is one line: %j', (event, line) => {
    expect(renderEvent(event, narrow)).toBe(line);
  });
});
