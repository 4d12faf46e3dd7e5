import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isDpoError } from '@dpo/core';
import { createRedactor, type RequestEvent } from '@dpo/databricks';
import { createClock } from '../../engine/test/fake-clock.ts';
import type { LogFlags } from '../src/flags.ts';
import { openLog, type Log } from '../src/log.ts';

const request: RequestEvent = {
  method: 'GET',
  path: '/api/x',
  query: '?max_results=0',
  attempt: 1,
  outcome: 200,
  milliseconds: 45,
  requestId: 'r-1',
};

function opened(flags: LogFlags): { readonly log: Log; readonly shown: readonly string[] } {
  const shown: string[] = [];
  const clock = createClock(Date.UTC(2026, 0, 1, 12, 0, 1));
  return { log: openLog({ flags, clock, show: (line) => shown.push(line) }), shown };
}

const everyLevel = (log: Log): void => {
  for (const level of ['error', 'warn', 'info', 'debug'] as const) log.write(level, level);
};

describe('the log', () => {
  test.each<[LogFlags, readonly string[]]>([
    [{}, []],
    [{ verbose: true }, ['error', 'warn', 'info']],
    [{ 'log-level': 'error' }, ['error']],
    [{ 'log-level': 'warn' }, ['error', 'warn']],
    [{ 'log-level': 'info', verbose: true }, ['error', 'warn', 'info']],
    [{ 'log-level': 'debug' }, ['error', 'warn', 'info', 'debug']],
    [{ 'debug-http': true }, ['error', 'warn', 'info', 'debug']],
    [{ 'debug-http': true, 'log-level': 'error' }, ['error', 'warn', 'info', 'debug']],
  ])('U006: %j shows what was asked for', (flags, levels) => {
    const { log, shown } = opened(flags);
    everyLevel(log);
    expect(shown.map((line) => line.split(/ +/)[2])).toEqual(levels);
    expect(log.exchanges).toBe(flags['debug-http'] === true);
  });

  test.each<[string, Partial<RequestEvent>, string]>([
    ['an answer', {}, '12:00:01.000 info  request GET /api/x?max_results=0 200 45 ms request_id=r-1'],
    [
      'one that is tried again',
      { outcome: 429, attempt: 2, retryInMs: 1000.4 },
      '12:00:01.000 warn  request GET /api/x?max_results=0 429 45 ms attempt 2 request_id=r-1 retry_in_ms=1000',
    ],
    ['nothing there', { outcome: 404 }, '12:00:01.000 info  request GET /api/x?max_results=0 404 45 ms request_id=r-1'],
    ['a refusal', { outcome: 403 }, '12:00:01.000 warn  request GET /api/x?max_results=0 403 45 ms request_id=r-1'],
    ['a failure', { outcome: 500 }, '12:00:01.000 error request GET /api/x?max_results=0 500 45 ms request_id=r-1'],
    ['a loss', { outcome: 'lost' }, '12:00:01.000 error request GET /api/x?max_results=0 lost 45 ms request_id=r-1'],
  ])('a request is one line: %s', (_name, change, line) => {
    const { log, shown } = opened({ verbose: true });
    log.request({ ...request, ...change });
    expect(shown).toEqual([line]);
  });

  test('a line stays one line, whatever a service sends', () => {
    const { log, shown } = opened({ 'debug-http': true });
    const exchange = { requestHeaders: { a: '1' }, responseBody: 'one\ntwo\u001b[2J' };
    log.request({ ...request, exchange });
    expect(shown[0]).toContain('response_body=one\\ntwo\\u001b[2J');
  });

  test('N018: everything passes through the redactor', () => {
    const { log, shown } = opened({ verbose: true });
    log.guard(createRedactor(['planted-secret']));
    log.write('info', 'x', { note: 'a planted-secret b' });
    expect(shown[0]).toContain('note=a [redacted] b');
  });
});

describe('the log file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dpo-log-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  const refusal = (path: string): unknown => {
    try {
      opened({ 'log-file': path }).log.close();
    } catch (error) {
      return isDpoError(error) ? error.problems.map(({ code, message }) => `${code} ${message}`) : error;
    }
    return undefined;
  };

  test('holds JSON lines from info on, for its owner only, and is added to', async () => {
    const path = join(folder, 'dpo.log');
    for (let run = 0; run < 2; run += 1) {
      const { log, shown } = opened({ 'log-file': path });
      log.guard(createRedactor(['planted "secret"']));
      log.request(request);
      log.write('debug', 'left out');
      log.event('problem', { problem: { code: 'X', severity: 'warning', message: 'the planted "secret"' } });
      expect(log.close()).toBeUndefined();
      expect(shown).toEqual([]);
    }
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    const time = '2026-01-01T12:00:01.000Z';
    const first = [
      {
        time,
        level: 'info',
        event: 'request',
        method: 'GET',
        path: '/api/x?max_results=0',
        status: 200,
        ms: 45,
        attempt: 1,
        request_id: 'r-1',
      },
      { time, level: 'warn', event: 'problem', problem: { code: 'X', severity: 'warning', message: 'the [redacted]' } },
    ];
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([...first, ...first]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('of something else is left as it is', async () => {
    const path = join(folder, 'dpo.yaml');
    await writeFile(path, 'project: x\n');
    expect(refusal(path)).toEqual([
      `LOG.NOT_WRITTEN '${path}' exists and holds no log of dpo, so nothing is added to it`,
    ]);
    expect(await readFile(path, 'utf8')).toBe('project: x\n');
  });

  test('that cannot be written is a problem', () => {
    const path = join(folder, 'none', 'dpo.log');
    expect(refusal(path)).toEqual([`LOG.NOT_WRITTEN log file '${path}' cannot be written: ENOENT`]);
    expect(refusal(folder)).toEqual([`LOG.NOT_WRITTEN log file '${folder}' cannot be written: EISDIR`]);
  });

  test('may be a half-written one of a killed run', async () => {
    const path = join(folder, 'dpo.log');
    await writeFile(path, '{"ti');
    expect(refusal(path)).toBeUndefined();
  });
});
