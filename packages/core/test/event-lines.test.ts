import { describe, expect, test } from '@jest/globals';
import { eventLines } from '../src/event-lines.ts';
import type { Event } from '../src/event.ts';
import { compileEventSchema, expectEvent } from './event-schema.ts';
import {
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  recordedMonitor,
  recordedSchema,
  schema,
  wantedMonitor,
  wantedSchema,
} from './plan/world.ts';

const isEvent = compileEventSchema();
const problem = { code: 'API.FORBIDDEN', severity: 'error', message: 'm', hint: 'h', address: monitor } as const;
const summary = { type: 'summary', status: 'ok', exitCode: 0, done: 1, failed: 0, skipped: 0, notStarted: 0 } as const;

const settled = { [schema]: recordedSchema(), [monitor]: recordedMonitor() };
const drifted = planOf({
  desired: [wantedSchema(), wantedMonitor({ slicing_exprs: ['region'] })],
  recorded: settled,
  live: { [schema]: liveSchema(ours), [monitor]: liveMonitor({ profile_type: 'TIMESERIES' }) },
  more: {
    problems: [problem],
    skipped: [{ address: 'monitor:prod.ml.odd', code: 'CATALOG.TABLE_NOT_FOUND', reason: 'r' }],
    undecided: [{ address: 'monitor:prod.ml.hidden', problem }],
  },
});

const events: readonly Event[] = [
  { type: 'version', dpo: '0.1.0', command: 'apply' },
  { type: 'reading', done: 1, total: 2 },
  { type: 'waiting', reason: 'r', milliseconds: 5 },
  { type: 'throttled', rate: 13.5, milliseconds: 1000 },
  { type: 'warehouse_starting', warehouse: 'abc123', milliseconds: 5000 },
  { type: 'planned', plan: planOf({ desired: [wantedSchema(), wantedMonitor()] }), carriedOut: true },
  { type: 'planned', plan: drifted, carriedOut: false },
  { type: 'problem', problem },
  { type: 'op_started', address: schema, action: 'create' },
  { type: 'op_done', address: schema, action: 'create', milliseconds: 3, note: 'n' },
  { type: 'op_failed', address: schema, action: 'create', problem },
  { type: 'op_skipped', address: monitor, action: 'create', because: 'b' },
  { type: 'op_skipped', address: monitor, action: 'create', because: 'b', halted: true },
  { type: 'refresh', refresh: { table: 'prod.ml.churn', refreshId: '', state: 'REFUSED', message: 'm' } },
  { type: 'refresh', refresh: { table: 'prod.ml.churn', refreshId: '7', state: 'SUCCESS', seconds: 1.5 } },
  { type: 'progress', activity: 'applying', done: 1, total: 2, running: [monitor], milliseconds: 20_000 },
  { type: 'stopping', signal: 'SIGINT', activity: 'applying', running: 1, notStarted: 1, cutOff: false },
  { ...summary, state: { status: 'saved' } },
  { ...summary, state: { status: 'rescue', path: 'p', reason: 'r' } },
];

describe('the published form of events', () => {
  test.each(events.map((event) => [event.type, event] as const))('%s is as the schema says', (_type, event) => {
    expectEvent(event, isEvent);
  });

  test('the schema refuses what it does not name', () => {
    const line = { type: 'reading', seq: 1, ts: '2026-01-01T00:00:00.000Z', done: 1, total: 2 };
    expect(isEvent(line)).toBe(true);
    for (const wrong of [{ extra: 1 }, { seq: 0 }, { ts: 'now' }, { type: 'dancing' }, { done: undefined }])
      expect([wrong, isEvent(JSON.parse(JSON.stringify({ ...line, ...wrong })))]).toEqual([wrong, false]);
  });

  test('a plan is told change by change, then drift, what is left alone, problems, and the counts', () => {
    const lines = eventLines({ type: 'planned', plan: drifted, carriedOut: false });
    expect(lines.map(({ type }) => type)).toEqual([
      ...drifted.ops.map(() => 'planned_change'),
      ...drifted.drift.map(() => 'drift'),
      'blocked',
      'left_out',
      ...drifted.problems.map(() => 'problem'),
      'change_summary',
    ]);
    expect(lines.at(-1)).toMatchObject({ fingerprint: drifted.fingerprint, summary: drifted.summary, blocked: 1 });
  });

  test('N005 a change says address, action, severity and reasons', () => {
    const plan = planOf({ desired: [wantedSchema(), wantedMonitor()] });
    const [line] = eventLines({ type: 'planned', plan, carriedOut: true });
    expect(line).toMatchObject({ address: schema, action: 'create', severity: 'safe', reasons: ['config'] });
  });

  test('nothing is told of what is unchanged but its number', () => {
    const plan = planOf({
      desired: [wantedSchema(), wantedMonitor()],
      recorded: settled,
      live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
    });
    expect(eventLines({ type: 'planned', plan, carriedOut: true })).toEqual([
      expect.objectContaining({ type: 'change_summary', unchanged: 2 }),
    ]);
  });
});
