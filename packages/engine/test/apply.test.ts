import { describe, expect, test } from '@jest/globals';
import { guardedPaths, guardOf, kinds, ref, type Op, type RecordedResource, type Spec } from '@dpo/core';
import { brief, createBench } from './bench.ts';
import {
  absentAs,
  apiError,
  entryOf,
  monitor,
  needing,
  onRecorded,
  opOf,
  owner,
  planOf,
  presentAs,
  recordedOf,
  schema,
} from './doubles.ts';
import { settled } from './fake-clock.ts';

const wanted: Spec = {
  object_id: 't-1',
  profile_type: 'SNAPSHOT',
  output_schema_id: ref(schema, 'schema_id'),
};
const createSchema = opOf('create', schema, { spec: { name: 'prod.out' } });
const createMonitor = opOf('create', monitor, { spec: wanted, depends_on: [schema], ...needing(schema) });
const resolved = { ...wanted, output_schema_id: `id of ${schema}` };

describe('apply', () => {
  test('each intent is on disk before its request and each result after the answer', async () => {
    const bench = createBench();
    const result = await bench.apply(planOf([createMonitor, createSchema]));
    expect(bench.log).toEqual([
      'open',
      `start create ${schema}`,
      `create ${schema}`,
      `finish done ${schema}`,
      `start create ${monitor}`,
      `create ${monitor}`,
      `finish done ${monitor}`,
      'close',
    ]);
    expect(result).toEqual({
      outcomes: [
        { address: schema, action: 'create', status: 'done', id: `id of ${schema}` },
        { address: monitor, action: 'create', status: 'done', id: `id of ${monitor}` },
      ],
      wrote: true,
      interrupted: false,
      state: { status: 'saved' },
    });
  });

  test('N012 the intent of a create names what its object will be found by, where that is known', async () => {
    const ids: unknown[] = [];
    const start = async (_address: unknown, { id }: { readonly id?: string }): Promise<void> => void ids.push(id);
    await createBench({ state: { start } }).apply(planOf([createMonitor, createSchema]));
    expect(ids).toEqual([undefined, 't-1']);
  });

  test('all guards are compared after the lock is taken and before the first write', async () => {
    const bench = createBench();
    await bench.apply(planOf([{ ...createSchema, guard: { absent: true } }]));
    expect(bench.log.slice(0, 3)).toEqual(['open', `observe ${schema}`, `start create ${schema}`]);
  });

  test('one at a time, equals run in the order of addresses, whatever the order of the plan', async () => {
    const bench = createBench();
    const names = ['monitor:prod.ml.c', 'monitor:prod.ml.a', 'schema:prod.z', 'monitor:prod.ml.b'] as const;
    await bench.apply(planOf(names.map((address) => opOf('forget', address))));
    expect(bench.log.filter((line) => line.startsWith('start'))).toEqual([
      'start forget schema:prod.z',
      'start forget monitor:prod.ml.a',
      'start forget monitor:prod.ml.b',
      'start forget monitor:prod.ml.c',
    ]);
  });

  test('a reference takes what an operation of the same run gave, and that is what is recorded', async () => {
    const specs: Spec[] = [];
    const bench = createBench({
      answers: {
        create: async ({ address, spec }) => {
          specs.push(spec);
          return { id: `id of ${address}`, fields: spec, out: { schema_id: `id of ${address}` } };
        },
      },
    });
    await bench.apply(planOf([createSchema, createMonitor]));
    expect(specs[1]).toEqual(resolved);
    expect(bench.entries.get(monitor)).toEqual({
      version: 1,
      id: `id of ${monitor}`,
      status: 'ok',
      applied: resolved,
      out: { schema_id: `id of ${monitor}` },
      needs: [schema],
    });
  });

  test('a reference to what this run does not touch takes what the state knows', async () => {
    const recorded = recordedOf({ [schema]: entryOf({ out: { schema_id: 's-1' } }) });
    const bench = createBench({ state: { recorded } });
    await bench.apply(planOf([{ ...createMonitor, needs: [] }], onRecorded));
    expect(bench.entries.get(monitor)?.applied).toEqual({ ...wanted, output_schema_id: 's-1' });
  });

  test('the marker that is written holds the owner of the plan and the lineage of the state', async () => {
    const markers: unknown[] = [];
    const bench = createBench({
      answers: {
        create: async ({ marker, spec }) => {
          markers.push(marker);
          return { id: 'i', fields: spec, out: {} };
        },
      },
    });
    await bench.apply(planOf([createSchema]));
    expect(markers).toEqual([{ owner, lineage: 'L-new' }]);
  });

  test('an update sends no ignored setting, and records it as it was', async () => {
    const sent: Spec[] = [];
    const bench = createBench({
      answers: {
        update: async ({ address, spec }) => {
          sent.push(spec);
          return { id: `id of ${address}`, fields: spec, out: {} };
        },
      },
    });
    const schedule = { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'UTC' };
    const spec: Spec = { profile_type: 'SNAPSHOT', slicing_exprs: ['a'], schedule };
    const op = opOf('update', monitor, { id: 't-1', spec, mask: ['slicing_exprs'], ignored: ['schedule'] });
    await bench.apply(planOf([op]));
    expect(sent).toEqual([{ profile_type: 'SNAPSHOT', slicing_exprs: ['a'] }]);
    expect(bench.entries.get(monitor)?.applied).toEqual(spec);
  });

  test.each(['create', 'update', 'replace', 'adopt', 'absorb'] as const)(
    'N004 %s records the protection that its operation carries, and none that it does not',
    async (action) => {
      const record = async (more: Partial<Op>): Promise<unknown> => {
        const bench = createBench();
        await bench.apply(planOf([opOf(action, monitor, { id: 't-1', spec: {}, mask: ['x'], ...more })]));
        return bench.entries.get(monitor)?.preventDestroy;
      };
      expect(await record({ prevent_destroy: true })).toBe(true);
      expect(await record({})).toBeUndefined();
    },
  );

  test.each<[string, Partial<Op>, unknown]>([
    [
      'with what is to be dropped',
      { purge: [{ kind: 'table', name: 'a.b.c' }], out: { profile_metrics_table_name: 'a.b.c' } },
      [{ kind: 'table', name: 'a.b.c' }],
    ],
    ['without a purge', {}, undefined],
  ])('a delete is asked for %s', async (_name, more, purge) => {
    const asked: unknown[] = [];
    const bench = createBench({
      answers: {
        delete: async (request) => {
          asked.push(request.purge);
        },
      },
    });
    await bench.apply(planOf([opOf('delete', monitor, { id: 't-0', ...more })]));
    expect(asked).toEqual([purge]);
    expect(bench.log.filter((line) => line.startsWith('stage'))).toHaveLength(purge === undefined ? 0 : 1);
    expect(bench.entries.get(monitor)).toBeNull();
  });

  test.each<[string, RecordedResource | undefined, RecordedResource]>([
    [
      'of what the state knows',
      entryOf({ id: 't-0', applied: { object_id: 't-0', profile_type: 'SNAPSHOT' }, needs: [schema] }),
      entryOf({
        id: 't-0',
        applied: { object_id: 't-0', profile_type: 'SNAPSHOT' },
        needs: [schema],
        status: 'purging',
        out: { dashboard_id: 'd' },
      }),
    ],
    [
      'of what the state has lost',
      undefined,
      entryOf({ id: 't-0', applied: { object_id: 't-0' }, status: 'purging', out: { dashboard_id: 'd' } }),
    ],
  ])(
    'before a delete that purges, the state keeps enough to find everything again: %s',
    async (_name, known, staged) => {
      const bench = createBench({ state: { recorded: recordedOf(known === undefined ? {} : { [monitor]: known }) } });
      const purge = [{ kind: 'dashboard', name: 'd' }] as const;
      await bench.apply(
        planOf([opOf('delete', monitor, { id: 't-0', purge, out: { dashboard_id: 'd' } })], onRecorded),
      );
      expect(bench.staged).toEqual([[monitor, staged]]);
    },
  );

  test('a replace deletes, records that, and creates', async () => {
    const bench = createBench({ state: { recorded: recordedOf({ [monitor]: entryOf({ id: 't-0' }) }) } });
    const spec = { ...wanted, output_schema_id: 's-1' };
    const result = await bench.apply(planOf([opOf('replace', monitor, { id: 't-0', spec })], onRecorded));
    expect(bench.log).toEqual([
      'open',
      `start replace ${monitor}`,
      `delete ${monitor}`,
      `stage ${monitor} replacing:deleted`,
      `create ${monitor}`,
      `finish done ${monitor}`,
      'close',
    ]);
    expect(result.outcomes).toEqual([{ address: monitor, action: 'replace', status: 'done', id: `id of ${monitor}` }]);
  });

  test('a replace whose references are unknown deletes nothing', async () => {
    const bench = createBench();
    const plan = planOf([opOf('replace', monitor, { id: 't-0', spec: wanted })]);
    await expect(bench.apply(plan)).rejects.toThrow(`schema_id of ${schema} is still unknown`);
    expect(bench.log).toEqual(['open', `start replace ${monitor}`, 'close']);
  });

  test('an update sends spec and mask, and records what was sent', async () => {
    const requests: unknown[] = [];
    const spec = { object_id: 't-1', slicing_exprs: ['a'] };
    const bench = createBench({
      answers: {
        update: async (request) => {
          requests.push(request);
          return { id: 't-1', fields: request.spec, out: { dashboard_id: 'd' } };
        },
      },
    });
    const result = await bench.apply(planOf([opOf('update', monitor, { id: 't-1', spec, mask: ['slicing_exprs'] })]));
    expect(requests).toEqual([{ address: monitor, id: 't-1', spec, mask: ['slicing_exprs'] }]);
    expect(bench.entries.get(monitor)).toMatchObject({ id: 't-1', applied: spec, out: { dashboard_id: 'd' } });
    expect(result.wrote).toBe(true);
  });

  test('what was renamed is announced with its former address, and guarded by what was recorded under it', async () => {
    const former = 'monitor:prod.ml.former';
    const applied = { object_id: 't-1', profile_type: 'SNAPSHOT' };
    const recorded = recordedOf({ [former]: entryOf({ id: 't-1', applied }) });
    const fields = { ...applied, slicing_exprs: ['of somebody'] };
    const guard = guardOf(
      kinds.monitor,
      presentAs({ by: 'id', address: monitor, id: 't-1' }, { id: 't-1', fields }),
      guardedPaths({ kind: kinds.monitor, ignored: [] }, applied),
    );
    const bench = createBench({
      state: { recorded },
      answers: { observe: (lookup) => presentAs(lookup, { id: 't-1', fields }) },
    });
    const op = opOf('absorb', monitor, {
      renamed_from: former,
      id: 't-1',
      spec: { object_id: 't-1' },
      ...(guard === undefined ? {} : { guard }),
    });
    await bench.apply(planOf([op], onRecorded));
    expect(bench.log).toContain(`start absorb ${monitor} formerly ${former}`);
  });

  const silent: readonly { readonly name: string; readonly op: Op; readonly entry: unknown }[] = [
    {
      name: 'an adoption without differences',
      op: opOf('adopt', monitor, { id: 't-1', spec: { object_id: 't-1' }, out: { dashboard_id: 'd' } }),
      entry: { id: 't-1', applied: { object_id: 't-1' }, out: { dashboard_id: 'd' } },
    },
    {
      name: 'an adoption with an empty mask',
      op: opOf('adopt', monitor, { id: 't-1', spec: { object_id: 't-1' }, mask: [] }),
      entry: { id: 't-1', applied: { object_id: 't-1' }, out: {} },
    },
    {
      name: 'what the state only takes in',
      op: opOf('absorb', monitor, { id: 't-1', spec: { object_id: 't-1' }, out: { dashboard_id: 'd' } }),
      entry: { id: 't-1', applied: { object_id: 't-1' }, out: { dashboard_id: 'd' } },
    },
    { name: 'what the state lets go of', op: opOf('forget', monitor, { id: 't-1' }), entry: null },
  ];

  test.each(silent)('$name sends nothing and is recorded', async ({ op, entry }) => {
    const bench = createBench();
    const result = await bench.apply(planOf([op]));
    expect(bench.log).toEqual(['open', `start ${op.action} ${monitor}`, `finish done ${monitor}`, 'close']);
    expect(result.wrote).toBe(false);
    const recorded = bench.entries.get(monitor);
    if (entry === null) expect(recorded).toBeNull();
    else expect(recorded).toMatchObject(entry as Record<string, unknown>);
  });

  test('an adoption with differences sends those', async () => {
    const bench = createBench();
    const op = opOf('adopt', monitor, { id: 't-1', spec: { object_id: 't-1' }, mask: ['schedule'] });
    expect((await bench.apply(planOf([op]))).wrote).toBe(true);
    expect(bench.log).toContain(`update ${monitor}`);
  });

  test('a delete is sent by id, and the state lets go of it', async () => {
    const ids: string[] = [];
    const bench = createBench({
      answers: {
        delete: async ({ id }) => {
          ids.push(id);
        },
      },
    });
    const result = await bench.apply(planOf([opOf('delete', monitor, { id: 't-1' })]));
    expect(ids).toEqual(['t-1']);
    expect(bench.entries.get(monitor)).toBeNull();
    expect(result.outcomes).toEqual([{ address: monitor, action: 'delete', status: 'done' }]);
  });

  test('W016 a schema that somebody else made meanwhile is used: not recorded, but referred to', async () => {
    const conflict = async (): Promise<never> => {
      throw apiError('API.CONFLICT');
    };
    const bench = createBench({
      answers: {
        observe: (lookup) => presentAs(lookup, { id: 'theirs', out: { schema_id: 'theirs' } }),
        create: async (request) =>
          request.address === schema ? conflict() : { id: 't-1', fields: request.spec, out: {} },
      },
    });
    const result = await bench.apply(planOf([createSchema, createMonitor]));
    expect(bench.entries.get(schema)).toBeNull();
    expect(bench.entries.get(monitor)?.applied).toMatchObject({ output_schema_id: 'theirs' });
    expect(result.outcomes[0]).toEqual({
      address: schema,
      action: 'create',
      status: 'done',
      note: 'somebody else made it meanwhile: it is used as it is',
    });
  });

  test('reports the start and the end of each operation, with how long it took and what is worth saying', async () => {
    const bench = createBench({
      answers: {
        observe: (lookup) => presentAs(lookup, { id: 'found', fields: createSchema.spec ?? {}, marker: { owner } }),
        create: async () => {
          await bench.clock.advance(250);
          throw apiError('API.CONFLICT');
        },
      },
    });
    await bench.apply(planOf([createSchema]));
    expect(bench.events).toEqual([
      { type: 'op_started', address: schema, action: 'create' },
      {
        type: 'op_done',
        address: schema,
        action: 'create',
        milliseconds: 250,
        note: 'an earlier request had already made it',
      },
    ]);
  });

  test('an empty plan takes no lock and changes nothing', async () => {
    const bench = createBench();
    expect(await bench.apply(planOf([]))).toEqual({
      outcomes: [],
      wrote: false,
      interrupted: false,
      state: { status: 'unchanged' },
    });
    expect(bench.log).toEqual([]);
  });

  test('an empty plan cleans up after a run that was killed', async () => {
    const bench = createBench({ state: { recorded: recordedOf({}, { unfinished: true }) } });
    const result = await bench.apply(planOf([], onRecorded));
    expect(bench.log).toEqual(['open', 'close']);
    expect(result).toMatchObject({ outcomes: [], wrote: false, state: { status: 'saved' } });
  });

  test('a state that could not be saved is told, with where its content is', async () => {
    const closed = { status: 'rescue', path: 'state/test.json.rescue', reason: 'no space' } as const;
    const bench = createBench({ state: { closed } });
    expect((await bench.apply(planOf([createSchema]))).state).toEqual(closed);
  });

  test('after a run that was killed it waits until nothing of it can take effect, and only then reads', async () => {
    const intents = [{ address: monitor, action: 'create' as const, at: 900, deadlineMs: 500 }];
    const bench = createBench({ state: { recorded: recordedOf({}, { intents }) }, answers: { observe: absentAs } });
    const op = { ...createSchema, guard: { absent: true as const } };
    const running = bench.apply(planOf([op], onRecorded));
    await settled();
    await bench.clock.advance(399);
    expect(bench.log).toEqual(['open']);
    await bench.clock.advance(1);
    expect((await running).outcomes.map(brief)).toEqual([`${schema} done`]);
    expect(bench.events[0]).toMatchObject({ type: 'waiting', milliseconds: 400 });
  });
});
