import { describe, expect, test } from '@jest/globals';
import type { Event } from '@dpo/core';
import { renderEvent } from '../src/index.ts';
import { compileEventSchema, expectEvent } from '../../core/test/event-schema.ts';
import { narrow } from './golden.ts';

const isEvent = compileEventSchema();
const address = 'monitor:main.sales.orders';

describe('renderEvent', () => {
  test.each<readonly [Event, string | undefined]>([
    [{ type: 'reading', done: 4120, total: 10000 }, 'reading 4,120/10,000'],
    [{ type: 'throttled', rate: 13.5, milliseconds: 1000 }, 'slowed down by the workspace: 14 requests/s'],
    [{ type: 'throttled', rate: 1, milliseconds: 1000 }, 'slowed down by the workspace: 1 request/s'],
    [{ type: 'warehouse_starting', warehouse: 'abc123', milliseconds: 0 }, 'warehouse abc123 is starting'],
    [
      { type: 'warehouse_starting', warehouse: 'abc123', milliseconds: 61_400 },
      'warehouse abc123 is starting, 1 min 1 s so far',
    ],
    [
      { type: 'progress', activity: 'reading', done: 5, total: 9, running: [], milliseconds: 20_000, rate: 8.25 },
      'reading 5/9, 20 s, slowed down to 8.3 requests/s',
    ],
    [{ type: 'waiting', reason: 'limited by 429', milliseconds: 12400 }, 'waiting up to 12.4 s: limited by 429'],
    [{ type: 'op_started', address, action: 'update' }, undefined],
    [
      { type: 'op_done', address, action: 'update', milliseconds: 350 },
      '  ~ updated   monitor    main.sales.orders  350 ms',
    ],
    [
      { type: 'op_done', address, action: 'create', milliseconds: 185000, note: 'pending' },
      '  + created   monitor    main.sales.orders  3 min 5 s  pending',
    ],
    [
      {
        type: 'op_failed',
        address,
        action: 'update',
        problem: { code: 'API.X', severity: 'error', message: 'no\x1b[2J' },
      },
      '  × failed    monitor    main.sales.orders  update: API.X: no\\x1b[2J',
    ],
    [
      { type: 'op_skipped', address, action: 'create', because: 'schema:a.b failed' },
      '  · skipped   monitor    main.sales.orders  create: schema:a.b failed',
    ],
    [{ type: 'op_skipped', address, action: 'create', because: 'stopped', halted: true }, undefined],
    [
      {
        type: 'progress',
        activity: 'applying',
        done: 2,
        total: 1200,
        running: [address, 'x', 'y'],
        milliseconds: 80_000,
      },
      'applying 2/1,200, 1 min 20 s, running monitor:main.sales.orders and 2 more',
    ],
    [
      { type: 'progress', activity: 'starting', done: 0, total: 0, running: [], milliseconds: 20_000 },
      'signing in and reading the catalog, 20 s',
    ],
    [
      { type: 'stopping', signal: 'SIGINT', activity: 'applying', running: 3, notStarted: 1200, cutOff: false },
      'stopping: 3 running, 1,200 not started; what runs may end, a second interrupt cuts it off',
    ],
    [
      { type: 'stopping', signal: 'SIGTERM', activity: 'applying', running: 3, notStarted: 12, cutOff: true },
      'stopping now: 3 running, 12 not started; what runs is cut off, the next run looks what became of it',
    ],
    [{ type: 'stopping', signal: 'SIGINT', activity: 'idle', running: 0, notStarted: 3, cutOff: false }, 'stopping'],
    [{ type: 'refresh', refresh: { table: 'a.b.c', refreshId: '1', state: 'RUNNING' } }, undefined],
    [
      { type: 'refresh', refresh: { table: 'a.b.c', refreshId: '1', state: 'FAILED', seconds: 90, message: 'no' } },
      '  failed    a.b.c  1 min 30 s  no',
    ],
  ])('an event is one line: %j', (event, line) => {
    expectEvent(event, isEvent);
    expect(renderEvent(event, narrow)).toBe(line);
  });
});
