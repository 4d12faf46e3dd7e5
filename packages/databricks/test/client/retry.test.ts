import { describe, expect, test } from '@jest/globals';
import type { Attempt, Effect } from '../../src/client/request.ts';
import { retryDelay, throttleBudgetMs } from '../../src/client/retry.ts';

function answered(status: number, body: object | string = '', headers: Record<string, string> = {}): Attempt {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status: 'answered', answer: { status, headers, text } };
}

const lost: Attempt = { status: 'lost', error: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) };
const unsent: Attempt = { status: 'unsent', error: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) };
const noTrust: Attempt = { status: 'unsent', error: Object.assign(new Error('tls'), { code: 'CERT_HAS_EXPIRED' }) };
const effects: readonly Effect[] = ['read', 'idempotent', 'create'];

/** The table of design 1.18: what is sent again, for a read, an update or delete, and a create. */
const rows: readonly (readonly [string, Attempt, readonly boolean[]])[] = [
  ['429', answered(429), [true, true, true]],
  ['429 with Retry-After', answered(429, '', { 'retry-after': '9' }), [true, true, true]],
  ['429 for a quota that is used up', answered(429, { error_code: 'QUOTA_EXCEEDED' }), [false, false, false]],
  ['503', answered(503), [true, true, true]],
  ['503 with Retry-After', answered(503, '', { 'retry-after': '9' }), [true, true, true]],
  ['500', answered(500), [true, true, false]],
  ['502', answered(502), [true, true, false]],
  ['504', answered(504), [true, true, false]],
  ['408', answered(408), [true, true, false]],
  ['a lost answer', lost, [true, true, false]],
  ['a connection that did not come about', unsent, [true, true, true]],
  ['a certificate that is not trusted', noTrust, [false, false, false]],
  ['409, a concurrent change won', answered(409, { error_code: 'ABORTED' }), [true, true, true]],
  ['409, it exists', answered(409, { error_code: 'ALREADY_EXISTS' }), [false, false, false]],
  ['404', answered(404, { error_code: 'RESOURCE_DOES_NOT_EXIST' }), [false, false, false]],
  ['400', answered(400), [false, false, false]],
  ['401', answered(401), [false, false, false]],
  ['403', answered(403), [false, false, false]],
  ['501', answered(501), [false, false, false]],
  ['200 with a page of HTML', answered(200, '<html>'), [false, false, false]],
];

const now = Date.parse('2026-10-21T07:28:00Z');

describe('what is sent again', () => {
  test.each(rows)('N019 %s', (_name, attempt, expected) => {
    const state = { failures: 1, elapsedMs: 0, now, random: 0 };
    expect(effects.map((effect) => retryDelay(attempt, { ...state, effect }) !== undefined)).toEqual(expected);
  });

  test.each([
    ['Retry-After in seconds', { 'retry-after': '9' }, 9000],
    ['none', {}, 1000],
    ['a date', { 'retry-after': 'Wed, 21 Oct 2026 07:28:07 GMT' }, 7000],
    ['a date that has passed', { 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT' }, 1000],
    [
      'a date, by the clock of the service',
      { 'retry-after': 'Thu, 22 Oct 2026 10:00:30 GMT', date: 'Thu, 22 Oct 2026 10:00:00 GMT' },
      30_000,
    ],
    ['something else', { 'retry-after': 'soon' }, 1000],
    ['a negative number', { 'retry-after': '-5' }, 1000],
  ])('N019 the service says when: %s', (_name, headers, delay) => {
    const state = { effect: 'create', failures: 1, elapsedMs: 0, now, random: 0 } as const;
    expect(retryDelay(answered(429, '', headers), state)).toBe(delay);
  });

  test('U067 the service says when in the body', () => {
    const info = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retry_delay: '2.5s' };
    const state = { effect: 'create', failures: 1, elapsedMs: 0, now, random: 0 } as const;
    expect(retryDelay(answered(429, { message: 'x', details: [info] }), state)).toBe(2500);
  });

  test('U067 throttling ends with its budget, not with a number of tries', () => {
    const state = { effect: 'read', failures: 99, now, random: 0 } as const;
    expect(retryDelay(answered(503), { ...state, elapsedMs: throttleBudgetMs - 1000 })).toBe(1000);
    expect(retryDelay(answered(503), { ...state, elapsedMs: throttleBudgetMs - 999 })).toBeUndefined();
    const wish = answered(429, '', { 'retry-after': '301' });
    expect(retryDelay(wish, { ...state, elapsedMs: 0 })).toBeUndefined();
  });

  test('T13 other failures wait longer each time, and end after four tries', () => {
    const delays = [1, 2, 3, 4].map((failures) =>
      retryDelay(answered(500), { effect: 'read', failures, elapsedMs: 0, now, random: 0 }),
    );
    expect(delays).toEqual([1000, 2000, 4000, undefined]);
  });
});
