import { describe, expect, test } from '@jest/globals';
import { callPattern, wildcard } from '../../src/realism/call-pattern.ts';
import { createFaultRules } from '../../src/realism/fault-rules.ts';
import { KillRefusedError } from '../../src/realism/kill-caller.ts';
import { seededRandom, shuffled } from '../../src/realism/seeded-random.ts';

const call = (method: string, path: string, write = method !== 'GET') => ({ method, path, write });

describe('patterns', () => {
  test.each<readonly [string, string, boolean]>([
    ['PATCH /api/2.0/alerts/*', 'PATCH /api/2.0/alerts/1', true],
    ['PATCH /api/2.0/alerts/*', 'GET /api/2.0/alerts/1', false],
    ['* /api/2.0/alerts', 'GET /api/2.0/alerts', true],
    ['* /api/2.0/alerts', 'GET /api/2.0/alerts/1', false],
    ['WRITE *', 'POST /anything', true],
    ['WRITE *', 'GET /anything', false],
    ['GET /a*b*c', 'GET /a-b-c', true],
    ['GET /a*b*c', 'GET /a-c-b', false],
    ['GET /ab*bc', 'GET /abc', false],
    ['GET /a.c', 'GET /abc', false],
    ['/api/*', 'PUT /api/x', true],
  ])('%s against %s is %s', (pattern, made, expected) => {
    const [method = '', path = ''] = made.split(' ');
    expect(callPattern(pattern)(call(method, path))).toBe(expected);
  });

  test('a pattern of many stars takes no time', () => {
    const started = performance.now();
    expect(wildcard(`${'*a'.repeat(60)}*b`)('a'.repeat(5_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('fault rules', () => {
  test('offset calls are left alone, then as many are spoiled as told', () => {
    const rules = createFaultRules([{ match: 'GET *', offset: 2, times: 3 }], seededRandom(1));
    const spoiled = Array.from({ length: 8 }, () => rules.take(call('GET', '/x')).length);
    expect(spoiled).toEqual([0, 0, 1, 1, 1, 0, 0, 0]);
    expect(rules.list()).toEqual([{ rule: { match: 'GET *', offset: 2, times: 3 }, seen: 8 }]);
  });

  test('an unlimited rule never ends until it is cleared', () => {
    const rules = createFaultRules([{ match: '* *', times: 'unlimited' }], seededRandom(1));
    for (let count = 0; count < 500; count += 1) expect(rules.take(call('GET', '/x'))).toHaveLength(1);
    rules.clear();
    expect(rules.take(call('GET', '/x'))).toEqual([]);
  });

  test('a probability spoils that share, the same calls for the same seed', () => {
    const run = (seed: number): readonly number[] => {
      const rules = createFaultRules([{ match: '* *', times: 'unlimited', probability: 0.25 }], seededRandom(seed));
      return Array.from({ length: 1_000 }, () => rules.take(call('GET', '/x')).length);
    };
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
    const share = run(7).reduce((sum, count) => sum + count, 0) / 1_000;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.05);
  });

  test('with a probability times counts what was spoiled', () => {
    const rules = createFaultRules([{ match: '* *', times: 2, probability: 0.5 }], seededRandom(3));
    const spoiled = Array.from({ length: 100 }, () => rules.take(call('GET', '/x')).length);
    expect(spoiled.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test.each([process.pid, 0, 1, -1, 1.5])('a rule that would kill %p is refused', (killCaller) => {
    const rules = createFaultRules([], seededRandom(1));
    expect(() => rules.add({ match: '* *' }, { match: '* *', killCaller })).toThrow(KillRefusedError);
    expect(rules.list()).toEqual([]);
  });
});

describe('seeded random', () => {
  test('numbers lie from 0 to below 1 and fill the range', () => {
    const random = seededRandom(42);
    const numbers = Array.from({ length: 10_000 }, random);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const tenths = numbers.map((number) => Math.floor(number * 10));
    for (let tenth = 0; tenth < 10; tenth += 1) {
      expect(tenths.filter((value) => value === tenth).length).toBeGreaterThan(850);
    }
  });

  test('a shuffle keeps every item', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const mixed = shuffled(items, seededRandom(5));
    expect(mixed).not.toEqual(items);
    expect(mixed.toSorted((left, right) => left - right)).toEqual(items);
  });
});
