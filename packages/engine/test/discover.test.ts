import { describe, expect, test } from '@jest/globals';
import { kindNames, type Address, type Discovery, type DiscoverRequest, type Live } from '@dpo/core';
import { discover } from '../src/discover.ts';
import { makePlan } from '../src/make-plan.ts';
import { absentAs, monitor, presentAs, providersOf, recordedOf, schema, target } from './doubles.ts';
import { createClock } from './fake-clock.ts';

const places = { owner: 'dpo/test', catalogs: ['prod'], schemas: ['prod.out'], folders: ['/Shared/dpo/test'] };
const context = {
  limit: async <T>(work: () => Promise<T>) => work(),
  signal: new AbortController().signal,
  clock: createClock(),
};
const problem = { code: 'API.FORBIDDEN', severity: 'error', message: 'no' } as const;
const left: Address = 'schema:prod.left';

function foundAs(address: Address): Discovery {
  const found = presentAs({ by: 'name', address, name: address });
  if (found.status !== 'present') throw new Error('not present');
  return found;
}

describe('discover', () => {
  test('asks each kind once, with what is known and explained, and looks into the schemas that it finds', async () => {
    const asked: DiscoverRequest[] = [];
    const log: string[] = [];
    const providers = providersOf(log, {
      discover: (request, kind) => {
        asked.push(request);
        if (kind === 'schema') return [foundAs(left)];
        return kind === 'monitor' ? [{ status: 'failed', problem }] : [];
      },
    });
    const out = { profile_metrics_table_name: 'prod.out.Churn_profile_metrics' };
    const live: Live = new Map([
      [monitor, presentAs({ by: 'id', address: monitor, id: 't' }, { out })],
      [schema, absentAs({ by: 'name', address: schema, name: 'prod.out' })],
    ]);
    const discovered = await discover({ places, live, providers, context });
    expect(log).toEqual(kindNames.map((kind) => `discover ${kind}s`));
    expect(discovered).toMatchObject({ found: [{ lookup: { address: left } }], failed: [problem] });
    const [first, ...others] = asked.map(({ schemas }) => schemas);
    expect(first).toEqual(['prod.out']);
    expect(new Set(others.map((schemas) => schemas.join()))).toEqual(new Set(['prod.out,prod.left']));
    expect(asked[1]).toMatchObject({
      owner: 'dpo/test',
      known: new Set([monitor, schema]),
      explained: new Set(['prod.out.churn_profile_metrics']),
    });
  });

  test.each([
    ['where it is told where to look', { discoverIn: places }, kindNames.map((kind) => `discover ${kind}s`)],
    ['never without', {}, []],
  ])('makePlan looks %s', async (_name, more, expected) => {
    const log: string[] = [];
    const clock = createClock();
    const desired = {
      owner: { project: 'dpo', target: 'test' },
      target,
      resources: [],
      skipped: [],
      undecided: [],
      problems: [],
    };
    const plan = await makePlan({
      desired,
      recorded: recordedOf(),
      providers: providersOf(log, {
        discover: (_request, kind) =>
          kind === 'schema' ? [{ ...foundAs(left), marker: { owner: 'dpo/test' } } as Discovery] : [],
      }),
      context,
      clock,
      emit: () => undefined,
      options: { mode: 'apply', version: '0.0.0', consent: {} },
      ...more,
    });
    expect(log).toEqual(expected);
    expect(plan.orphans.map(({ address }) => address)).toEqual(expected.length === 0 ? [] : [left]);
  });
});
