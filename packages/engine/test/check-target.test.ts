import { describe, expect, test } from '@jest/globals';
import type { Plan } from '@dpo/core';
import { checkTarget } from '../src/check-target.ts';
import { createBench } from './bench.ts';
import { opOf, planOf, run, schema } from './doubles.ts';

const here = planOf([]).target;

const elsewhere: readonly (readonly [string, Partial<Plan>, string])[] = [
  ['another project', { owner: 'other/test' }, 'owner other/test, not dpo/test'],
  ['another target', { target: { ...here, name: 'prod' } }, 'target prod, not test'],
  ['another workspace', { target: { ...here, workspace_id: '2' } }, 'workspace 2, not 1'],
  ['another metastore', { target: { ...here, metastore_id: 'n' } }, 'metastore n, not m'],
];

describe('the place a plan was made for', () => {
  test('the same place under another host name is the same place', () => {
    expect(checkTarget(planOf([], { target: { ...here, host: 'https://renamed' } }), run)).toEqual([]);
  });

  test.each(elsewhere)(
    'D004 a plan for %s is refused before the lock, even if there is no state',
    async (...[, more, told]) => {
      const plan = planOf([opOf('create', schema, { guard: { absent: true }, spec: { name: 'prod.out' } })], more);
      const bench = createBench();
      await expect(bench.apply(plan)).rejects.toMatchObject({
        problems: [{ code: 'PLAN.OTHER_TARGET', message: expect.stringContaining(told) }],
      });
      expect(bench.log).toEqual([]);
    },
  );
});
