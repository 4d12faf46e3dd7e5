import { describe, expect, test } from '@jest/globals';
import { DpoError, ref, type Address, type Op } from '@dpo/core';
import { brief, createBench } from './bench.ts';
import {
  absentAs,
  apiError,
  monitor,
  needing,
  onRecorded,
  opOf,
  planOf,
  presentAs,
  recordedOf,
  schema,
} from './doubles.ts';
import { settled } from './fake-clock.ts';

const a: Address = 'monitor:prod.ml.a';
const b: Address = 'monitor:prod.ml.b';
const c: Address = 'monitor:prod.ml.c';

const createSchema = opOf('create', schema, { spec: { name: 'prod.out' } });

function create(address: Address, more: Partial<Op> = {}): Op {
  return opOf('create', address, { spec: { object_id: address }, ...more });
}

const unwritable = async (): Promise<never> => {
  throw new DpoError([{ code: 'STATE.JOURNAL_UNWRITABLE', severity: 'error', message: 'no space' }]);
};

/** What Node's timers reject with when their signal aborts: an error by that name, and no DOMException. */
function cutOff(): Error {
  return Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' });
}

describe('apply when an operation fails', () => {
  test('R066 the failure is recorded with its code, told, and the rest goes on', async () => {
    const bench = createBench({
      answers: {
        create: async ({ address, spec }) => {
          if (address === schema) throw apiError('API.FORBIDDEN', 'no USE CATALOG');
          return { id: 'i', fields: spec, out: {} };
        },
      },
    });
    const result = await bench.apply(planOf([createSchema, create(a, needing(schema)), create(b)]));
    expect(result.outcomes).toEqual([
      {
        address: schema,
        action: 'create',
        status: 'failed',
        problem: { code: 'API.FORBIDDEN', severity: 'error', message: 'no USE CATALOG', address: schema },
      },
      { address: a, action: 'create', status: 'skipped', because: `needs ${schema}` },
      { address: b, action: 'create', status: 'done', id: 'i' },
    ]);
    expect(bench.log).toContain(`finish failed ${schema} API.FORBIDDEN`);
    expect(bench.entries.has(schema)).toBe(false);
    expect(bench.events.filter(({ type }) => type === 'op_failed' || type === 'op_skipped')).toEqual([
      { type: 'op_failed', address: schema, action: 'create', problem: expect.objectContaining({ address: schema }) },
      { type: 'op_skipped', address: a, action: 'create', because: `needs ${schema}` },
    ]);
    expect(result.wrote).toBe(true);
  });

  test('an answer that is lost for good is recorded as unknown', async () => {
    const bench = createBench({ answers: { update: () => Promise.reject(apiError('API.OUTCOME_UNKNOWN')) } });
    const op = opOf('update', monitor, { id: 't-1', spec: {}, mask: ['schedule'] });
    expect((await bench.apply(planOf([op]))).outcomes.map(brief)).toEqual([`${monitor} failed API.OUTCOME_UNKNOWN`]);
    expect(bench.log).toContain(`finish failed ${monitor} API.OUTCOME_UNKNOWN unknown`);
  });

  test('a replace that fails after its delete leaves "deleted" in the state', async () => {
    const bench = createBench({ answers: { create: () => Promise.reject(apiError('API.QUOTA')) } });
    await bench.apply(planOf([opOf('replace', monitor, { id: 't-0', spec: {} })]));
    expect(bench.log.slice(-3)).toEqual([`create ${monitor}`, `finish failed ${monitor} API.QUOTA`, 'close']);
    expect(bench.log).toContain(`stage ${monitor} replacing:deleted`);
  });

  test('a purge that fails after the delete keeps in the state what is still to be dropped', async () => {
    const purge = [{ kind: 'table', name: 'prod.out.churn_profile_metrics' }] as const;
    const out = { profile_metrics_table_name: 'prod.out.churn_profile_metrics' };
    const bench = createBench({ answers: { delete: () => Promise.reject(apiError('API.FORBIDDEN')) } });
    await bench.apply(planOf([opOf('delete', monitor, { id: 't-0', purge, out })]));
    expect(bench.log).toEqual([
      'open',
      `start delete ${monitor}`,
      `stage ${monitor} purging`,
      `delete ${monitor}`,
      `finish failed ${monitor} API.FORBIDDEN`,
      'close',
    ]);
    expect(bench.entries.has(monitor)).toBe(false);
  });

  test('a replace whose delete fails creates nothing', async () => {
    const bench = createBench({ answers: { delete: () => Promise.reject(apiError('API.FORBIDDEN')) } });
    await bench.apply(planOf([opOf('replace', monitor, { id: 't-0', spec: {} })]));
    expect(bench.log).toEqual([
      'open',
      `start replace ${monitor}`,
      `delete ${monitor}`,
      `finish failed ${monitor} API.FORBIDDEN`,
      'close',
    ]);
  });

  test.each(['delete', 'replace'] as const)(
    'a %s that is refused says how the state can let go of the object',
    async (action) => {
      const bench = createBench({ answers: { delete: () => Promise.reject(apiError('API.FORBIDDEN', 'no MANAGE')) } });
      const { outcomes } = await bench.apply(planOf([opOf(action, monitor, { id: 't-0', spec: {} })]));
      expect(outcomes).toMatchObject([
        {
          status: 'failed',
          problem: {
            code: 'API.FORBIDDEN',
            message: 'no MANAGE',
            hint: `grant what the deletion needs, or let go of it with: dpo state rm ${monitor}`,
          },
        },
      ]);
      expect(bench.entries.has(monitor)).toBe(false);
    },
  );

  test('a request that is still out at the deadline is cut off and its effect recorded as unknown', async () => {
    const bench = createBench({
      deadlineMs: 5000,
      answers: {
        update: (_request, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(signal.reason as Error);
            });
          }),
      },
    });
    const running = bench.apply(planOf([opOf('update', monitor, { id: 't-1', spec: {}, mask: ['schedule'] })]));
    await settled();
    await bench.clock.advance(4999);
    expect(bench.log).not.toContain('close');
    await bench.clock.advance(1);
    const { outcomes } = await running;
    expect(outcomes).toMatchObject([
      { status: 'failed', problem: { code: 'API.OUTCOME_UNKNOWN', address: monitor, severity: 'error' } },
    ]);
    expect(bench.log).toContain(`finish failed ${monitor} API.OUTCOME_UNKNOWN unknown`);
  });

  test('no timer is left when a run has ended', async () => {
    const bench = createBench({ parallelism: 4 });
    const ops = Array.from({ length: 50 }, (_, index) => create(`monitor:prod.ml.t${String(index)}`));
    await bench.apply(planOf(ops));
    expect(bench.clock.asked).toHaveLength(50);
    expect(bench.clock.sleeping()).toBe(0);
  });
});

describe('apply when nothing may be written', () => {
  test('a stale plan throws every problem and closes the session', async () => {
    const bench = createBench({ answers: { observe: (lookup) => presentAs(lookup) } });
    const guard = { absent: true } as const;
    const plan = planOf([
      { ...createSchema, guard },
      { ...create(a), guard },
    ]);
    await expect(bench.apply(plan)).rejects.toMatchObject({
      problems: [
        { code: 'PLAN.STALE', address: schema },
        { code: 'PLAN.STALE', address: a },
      ],
    });
    expect(bench.log).toEqual(['open', `observe ${schema}`, `observe ${a}`, 'close']);
  });

  test('N016 a state that moved since the plan was made closes the session before anything is read', async () => {
    const bench = createBench({ state: { recorded: recordedOf({}, { serial: 5 }) } });
    await expect(bench.apply(planOf([{ ...createSchema, guard: { absent: true } }], onRecorded))).rejects.toThrow(
      'PLAN.STALE: the plan was made at state serial 4, the state is at 5',
    );
    expect(bench.log).toEqual(['open', 'close']);
  });

  test('a refused identity in the preflight closes the session', async () => {
    const bench = createBench({ answers: { observe: () => Promise.reject(apiError('API.UNAUTHENTICATED')) } });
    await expect(bench.apply(planOf([{ ...createSchema, guard: { absent: true } }]))).rejects.toThrow(DpoError);
    expect(bench.log.at(-1)).toBe('close');
  });

  test('an intent that cannot be written sends nothing, starts nothing more, and the session is closed', async () => {
    const bench = createBench({ state: { start: unwritable } });
    const result = await bench.apply(planOf([create(a), create(b), create(c, needing(a))]));
    expect(bench.log).toEqual(['open', `start create ${a}`, 'close']);
    expect(result.outcomes.map(brief)).toEqual([
      `${a} failed STATE.JOURNAL_UNWRITABLE`,
      `${b} skipped: not started, for the state cannot be written`,
      `${c} skipped: needs ${a}`,
    ]);
    expect(result).toMatchObject({ wrote: false, interrupted: false });
    expect(bench.events.map(({ type }) => type)).toEqual(['op_started', 'op_failed', 'op_skipped', 'op_skipped']);
  });

  test('an operation that succeeded and cannot be recorded is not recorded as failed', async () => {
    const bench = createBench({ state: { finish: unwritable } });
    const result = await bench.apply(planOf([create(a), create(b)]));
    expect(bench.log).toEqual(['open', `start create ${a}`, `create ${a}`, `finish done ${a}`, 'close']);
    expect(result.outcomes.map(brief)).toEqual([
      `${a} failed STATE.JOURNAL_UNWRITABLE`,
      `${b} skipped: not started, for the state cannot be written`,
    ]);
    expect(result.wrote).toBe(true);
  });

  test('operations that run when the state breaks may end', async () => {
    let release = (): void => undefined;
    const bench = createBench({
      parallelism: 2,
      state: { start: async (address) => (address === b ? unwritable() : undefined) },
      answers: {
        create: async ({ spec }) => {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          return { id: 'i', fields: spec, out: {} };
        },
      },
    });
    const running = bench.apply(planOf([create(a), create(b), create(c)]));
    await settled();
    release();
    expect((await running).outcomes.map(brief)).toEqual([
      `${a} done`,
      `${b} failed STATE.JOURNAL_UNWRITABLE`,
      `${c} skipped: not started, for the state cannot be written`,
    ]);
    expect(bench.log.slice(-2)).toEqual([`finish done ${a}`, 'close']);
  });

  test('a bug in a provider is thrown as it is, after the session is closed', async () => {
    const bug = new TypeError('x is not a function');
    const bench = createBench({ answers: { create: () => Promise.reject(bug) } });
    await expect(bench.apply(planOf([create(a), create(b)]))).rejects.toBe(bug);
    expect(bench.log).toEqual(['open', `start create ${a}`, `create ${a}`, 'close']);
    expect(bench.events.at(-1)).toMatchObject({ type: 'op_skipped', because: 'not started, for dpo itself failed' });
  });

  test('a reference that nothing resolves is a bug, and nothing is sent', async () => {
    const bench = createBench();
    const plan = planOf([create(a, { spec: { output_schema_id: ref(schema, 'schema_id') } })]);
    await expect(bench.apply(plan)).rejects.toThrow(`${a}: schema_id of ${schema} is still unknown`);
    expect(bench.log).toEqual(['open', `start create ${a}`, 'close']);
  });
});

describe('apply and signals', () => {
  test('C04 the first signal starts nothing new, lets what runs end, and the run is interrupted', async () => {
    const bench = createBench({
      answers: {
        create: async ({ spec }) => {
          bench.stop.abort();
          await settled();
          return { id: 'i', fields: spec, out: {} };
        },
      },
    });
    const result = await bench.apply(planOf([create(a), create(b), create(c, needing(a))]));
    expect(result).toMatchObject({ wrote: true, interrupted: true, state: { status: 'saved' } });
    expect(result.outcomes.map(brief)).toEqual([
      `${a} done`,
      `${b} skipped: interrupted before it was started`,
      `${c} skipped: interrupted before it was started`,
    ]);
  });

  test('the second signal cuts off what runs, whose effect is then unknown', async () => {
    const bench = createBench({
      answers: {
        update: async (_request, { signal }) => {
          bench.stop.abort();
          bench.abort.abort();
          signal.throwIfAborted();
          throw new TypeError('the signal has not reached the request');
        },
      },
    });
    const op = opOf('update', monitor, { id: 't-1', spec: {}, mask: ['schedule'] });
    const result = await bench.apply(planOf([op]));
    expect(result.interrupted).toBe(true);
    expect(result.outcomes.map(brief)).toEqual([`${monitor} failed API.OUTCOME_UNKNOWN`]);
    expect(bench.log).toContain(`finish failed ${monitor} API.OUTCOME_UNKNOWN unknown`);
  });

  test('a failure after the second signal is recorded as unknown, whatever its code', async () => {
    const bench = createBench({
      answers: {
        delete: async () => {
          bench.abort.abort();
          throw apiError('API.SERVER');
        },
      },
    });
    await bench.apply(planOf([opOf('delete', monitor, { id: 't-1' })]));
    expect(bench.log).toContain(`finish failed ${monitor} API.SERVER unknown`);
  });

  test('a pause of a provider that is cut off is no bug', async () => {
    const bench = createBench({ answers: { delete: () => Promise.reject(cutOff()) } });
    const result = await bench.apply(planOf([opOf('delete', monitor, { id: 't-1' })]));
    expect(result.outcomes.map(brief)).toEqual([`${monitor} failed API.OUTCOME_UNKNOWN`]);
  });

  test('a signal in the quiet period ends it: the reason is thrown and the session closed', async () => {
    const intents = [{ address: monitor, action: 'create' as const, at: 1000, deadlineMs: 60_000 }];
    const bench = createBench({ state: { recorded: recordedOf({}, { intents }) } });
    const running = bench.apply(planOf([createSchema], onRecorded));
    await settled();
    bench.stop.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(bench.log).toEqual(['open', 'close']);
  });

  test('a signal in the preflight cuts its reads off, for nothing is written yet', async () => {
    const bench = createBench({
      answers: {
        observe: async (lookup, { signal }) => {
          bench.stop.abort();
          signal.throwIfAborted();
          return absentAs(lookup);
        },
      },
    });
    await expect(bench.apply(planOf([{ ...createSchema, guard: { absent: true } }]))).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(bench.log).toEqual(['open', `observe ${schema}`, 'close']);
  });

  test('a signal between the preflight and the first operation starts nothing', async () => {
    const bench = createBench({
      answers: {
        observe: async (lookup) => {
          bench.stop.abort();
          return absentAs(lookup);
        },
      },
    });
    const result = await bench.apply(planOf([{ ...createSchema, guard: { absent: true } }]));
    expect(result).toMatchObject({ wrote: false, interrupted: true });
    expect(result.outcomes.map(brief)).toEqual([`${schema} skipped: interrupted before it was started`]);
    expect(bench.log.at(-1)).toBe('close');
  });
});

describe('a schema that got tables since the plan was made', () => {
  test('is let go of and told: its content is not ours to delete', async () => {
    const bench = createBench({
      answers: {
        observe: (lookup) => presentAs(lookup, { fields: { name: 'prod.out' } }),
        delete: () => Promise.reject(apiError('API.NOT_EMPTY', 'schema prod.out still holds prod.out.theirs')),
      },
    });
    const result = await bench.apply(planOf([opOf('delete', schema, { id: 's-1' })]));
    const note = 'it stays: schema prod.out still holds prod.out.theirs';
    expect(result.outcomes).toEqual([{ address: schema, action: 'forget', status: 'done', note }]);
    expect(bench.events).toMatchObject([{ type: 'op_started' }, { type: 'op_done', action: 'forget', note }]);
    expect(bench.entries.get(schema)).toBeNull();
  });
});
