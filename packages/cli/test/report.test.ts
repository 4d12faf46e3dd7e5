import { describe, expect, test } from '@jest/globals';
import type { Address, ApplyResult, Plan } from '@dpo/core';
import { compileEventSchema, expectStream } from '../../core/test/event-schema.ts';
import { opOf, planOf } from '../../engine/test/doubles.ts';
import { createReportBench, type ReportBench } from './report-bench.ts';

const isEvent = compileEventSchema();
const addresses: readonly Address[] = ['monitor:p.s.a', 'monitor:p.s.b', 'monitor:p.s.c'];
const [a, b, c] = addresses as [Address, Address, Address];
const plan: Plan = {
  ...planOf(addresses.map((address) => opOf('create', address))),
  fingerprint: 'f'.repeat(64),
  digest: 'd'.repeat(64),
};
const problem = { code: 'API.FORBIDDEN', severity: 'error', message: 'no' } as const;
const saved: ApplyResult = { outcomes: [], wrote: true, interrupted: false, state: { status: 'saved' } };

function started({ report }: ReportBench, ...which: readonly Address[]): void {
  for (const address of which) report.emit({ type: 'op_started', address, action: 'create' });
}

function done({ report }: ReportBench, address: Address): void {
  report.emit({ type: 'op_done', address, action: 'create', milliseconds: 350 });
}

function opened(isTTY: boolean): ReportBench {
  const bench = createReportBench({ isTTY });
  bench.report.emit({ type: 'version', dpo: '0.1.0', command: 'apply' });
  return bench;
}

describe('the stream of events', () => {
  test('is numbered from 1, begins with the format and ends with the summary', () => {
    const bench = opened(false);
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    started(bench, a, b);
    done(bench, a);
    bench.report.emit({ type: 'op_failed', address: b, action: 'create', problem });
    bench.report.emit({ type: 'op_skipped', address: c, action: 'create', because: `needs ${b}` });
    bench.report.emit({ type: 'applied', plan, result: saved });
    bench.report.end('failed', 3);
    expectStream(bench.lines, isEvent);
    expect(bench.lines[0]).toMatchObject({ ts: '2026-01-01T00:00:00.000Z', dpo: '0.1.0', command: 'apply' });
    expect(bench.lines.at(-1)).toMatchObject({
      type: 'summary',
      status: 'failed',
      exit_code: 3,
      done: 1,
      failed: 1,
      skipped: 1,
      not_started: 0,
      state: { status: 'saved' },
    });
  });

  test('what was stopped before it began counts as not started, of a plan that is only shown nothing does', () => {
    const bench = opened(false);
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    started(bench, a);
    done(bench, a);
    bench.report.emit({ type: 'op_skipped', address: b, action: 'create', because: 'x', halted: true });
    bench.report.end('interrupted', 130);
    expect(bench.lines.at(-1)).toMatchObject({ done: 1, skipped: 0, not_started: 2 });
    const shown = opened(false);
    shown.report.emit({ type: 'planned', plan, carriedOut: false });
    shown.report.end('ok', 0);
    expect(shown.lines.at(-1)).toMatchObject({ done: 0, not_started: 0, state: { status: 'unchanged' } });
  });

  test('a problem of the plan that then ends the command is told once', () => {
    const bench = opened(false);
    bench.report.emit({ type: 'planned', plan: { ...plan, problems: [problem] }, carriedOut: true });
    bench.report.emit({ type: 'problem', problem });
    bench.report.emit({ type: 'problem', problem: { ...problem, message: 'another' } });
    expect(bench.typesOf().filter((type) => type === 'problem')).toHaveLength(2);
  });

  test('reads are told twice a second at most, and always when all are done', async () => {
    const bench = opened(false);
    for (let read = 1; read <= 10_000; read += 1) {
      bench.report.emit({ type: 'reading', done: read, total: 10_000 });
      // 10,000 objects in two seconds.
      // oxlint-disable-next-line no-await-in-loop
      if (read % 1000 === 0) await bench.clock.advance(200);
    }
    const reads = bench.lines.filter(({ type }) => type === 'reading');
    expect(reads.length).toBeLessThanOrEqual(5);
    expect(reads.at(-1)).toMatchObject({ done: 10_000, total: 10_000 });
  });
});

describe('progress where there is no terminal', () => {
  test('one line for each operation when it ends, and none for reads', () => {
    const bench = opened(false);
    bench.report.emit({ type: 'reading', done: 3, total: 3 });
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    started(bench, a);
    expect(bench.written).toEqual([]);
    done(bench, a);
    expect(bench.written).toEqual(['  + created   monitor    p.s.a  350 ms\n']);
  });

  test('a line at least every 20 s while nothing else is said: what runs, how many of how many, how long', async () => {
    const bench = opened(false);
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    started(bench, a, b);
    await bench.pass(10);
    done(bench, a);
    await bench.pass(19);
    expect(bench.written).toHaveLength(1);
    await bench.pass(1);
    expect(bench.written.at(-1)).toBe('applying 1/3, 30 s, running monitor:p.s.b\n');
    await bench.pass(40);
    expect(bench.written).toHaveLength(4);
    expect(bench.lines.at(-1)).toMatchObject({
      type: 'progress',
      done: 1,
      total: 3,
      running: [b],
      milliseconds: 70_000,
    });
    expectStream(bench.lines, isEvent);
  });

  test('C20 a wait is told when it begins and once a minute, with how many of how many are done', async () => {
    const bench = opened(false);
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    started(bench, a, b);
    bench.report.emit({ type: 'waiting', reason: `${a} is not ready yet`, milliseconds: 1_200_000 });
    done(bench, a);
    done(bench, b);
    expect(bench.written).toHaveLength(3);
    await bench.pass(59);
    expect(bench.written).toHaveLength(3);
    await bench.pass(61);
    expect(bench.written.slice(3)).toEqual(['waiting 2/3, 1 min\n', 'waiting 2/3, 2 min\n']);
    expect(bench.lines.at(-1)).toMatchObject({ type: 'progress', activity: 'waiting', done: 2, total: 3 });
    expectStream(bench.lines, isEvent);
  });

  test('reads that go on are a sign of life too, as they print nothing', async () => {
    const bench = opened(false);
    for (let second = 1; second <= 45; second += 1) {
      bench.report.emit({ type: 'reading', done: second * 31, total: 10_000 });
      // oxlint-disable-next-line no-await-in-loop
      await bench.pass(1);
    }
    expect(bench.written).toEqual(['reading 620/10,000, 20 s\n', 'reading 1,240/10,000, 40 s\n']);
  });

  test('silence before anything was read is broken as well', async () => {
    const bench = opened(false);
    await bench.pass(20);
    expect(bench.written).toEqual(['signing in and reading the catalog, 20 s\n']);
  });

  test('nothing beats while a plan waits for an answer, nor after the end', async () => {
    const bench = opened(false);
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    await bench.pass(60);
    expect(bench.written).toEqual([]);
    started(bench, a);
    bench.report.end('failed', 3);
    await bench.pass(60);
    expect(bench.written).toEqual([]);
    expect(bench.clock.sleeping()).toBe(0);
  });
});

describe('a workspace that limits requests', () => {
  test('U067: every round is an event; people are told once in half a minute, and see it in the progress', async () => {
    const bench = opened(false);
    bench.report.emit({ type: 'reading', done: 1, total: 9 });
    for (const rate of [18, 16.2, 14.6]) bench.report.emit({ type: 'throttled', rate, milliseconds: 1000 });
    expect(bench.written).toEqual(['slowed down by the workspace: 18 requests/s\n']);
    expect(bench.lines.filter(({ type }) => type === 'throttled').map(({ rate }) => rate)).toEqual([18, 16.2, 14.6]);
    await bench.pass(20);
    expect(bench.written.at(-1)).toBe('reading 1/9, 20 s, slowed down to 15 requests/s\n');
    await bench.pass(20);
    expect(bench.written.at(-1)).toBe('reading 1/9, 40 s\n');
    bench.report.emit({ type: 'throttled', rate: 13.1, milliseconds: 1000 });
    expect(bench.written.at(-1)).toBe('slowed down by the workspace: 13 requests/s\n');
  });
});

describe('progress on a terminal', () => {
  test('C20 a wait counts the seconds in the status line while nothing runs', async () => {
    const bench = opened(true);
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    started(bench, a);
    bench.report.emit({ type: 'waiting', reason: `${b} is not ready yet`, milliseconds: 1_200_000 });
    done(bench, a);
    await bench.pass(5);
    expect(bench.written.filter((text) => text.endsWith('\n'))).toHaveLength(2);
    expect(bench.written.at(-1)).toBe('\r\u001B[Kwaiting 1/3, 5 s');
  });

  test('one status line is painted over, and lines of operations stay', () => {
    const bench = opened(true);
    const clear = '\r\u001b[K';
    bench.report.emit({ type: 'reading', done: 10_000, total: 10_000 });
    expect(bench.written.at(-1)).toBe(`${clear}reading 10,000/10,000`);
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    bench.report.clear();
    expect(bench.written.at(-1)).toBe(clear);
    started(bench, a, b);
    expect(bench.written.at(-1)).toBe(`${clear}applying 0/3, running monitor:p.s.a and 1 more`);
    done(bench, a);
    expect(bench.written.slice(-3)).toEqual([
      clear,
      '  + created   monitor    p.s.a  350 ms\n',
      `${clear}applying 1/3, running monitor:p.s.b`,
    ]);
  });

  test('it is brought up to date every second, writes no event, and never fills the line', async () => {
    const bench = createReportBench({ isTTY: true, width: 60 });
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    const long: Address = `monitor:prod.a_schema.${'long_name_'.repeat(5)}`;
    started(bench, long);
    const before = bench.lines.length;
    await bench.pass(3);
    expect(bench.written).toHaveLength(4);
    expect(bench.written.at(-1)).toMatch(/applying 0\/3, 3 s, running monitor:.*…$/u);
    expect(bench.written.at(-1)?.length).toBe('\r\u001b[K'.length + 59);
    expect(bench.lines).toHaveLength(before);
  });
});

describe('the end of a run on a terminal', () => {
  test('leaves no status line behind, also when it ends in the middle', async () => {
    const bench = opened(true);
    bench.report.emit({ type: 'reading', done: 1, total: 1 });
    bench.report.emit({ type: 'problem', problem });
    bench.report.clear();
    bench.report.end('error', 1);
    await bench.pass(3);
    expect(bench.written.at(-1)).toBe('\r\u001b[K');
  });
});

describe('a signal', () => {
  test('says how many operations run and how many are not started', () => {
    const bench = opened(false);
    bench.report.emit({ type: 'planned', plan, carriedOut: true });
    started(bench, a);
    bench.report.stopping('SIGINT', false);
    expect(bench.written.at(-1)).toContain('1 running, 2 not started');
    bench.report.stopping('SIGTERM', true);
    expect(bench.written.at(-1)).toContain('cut off');
    expect(bench.lines.slice(-2)).toEqual([
      expect.objectContaining({ type: 'stopping', signal: 'SIGINT', running: 1, not_started: 2, cut_off: false }),
      expect.objectContaining({ type: 'stopping', signal: 'SIGTERM', running: 1, not_started: 2, cut_off: true }),
    ]);
  });

  test('while nothing is written yet there is nothing to count', () => {
    const bench = opened(false);
    bench.report.stopping('SIGINT', false);
    expect(bench.written).toEqual(['stopping\n']);
  });

  test('refreshes that were started go on', () => {
    const bench = opened(false);
    for (const table of ['p.s.a', 'p.s.b'])
      bench.report.emit({ type: 'refresh', refresh: { table, refreshId: '1', state: 'PENDING' } });
    bench.report.emit({ type: 'refresh', refresh: { table: 'p.s.a', refreshId: '1', state: 'SUCCESS', seconds: 2 } });
    bench.report.stopping('SIGINT', false);
    expect(bench.written).toEqual([
      '  success   p.s.a  2 s\n',
      'stopping: 1 running refreshes go on in the workspace\n',
    ]);
  });
});
