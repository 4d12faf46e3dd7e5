import { describe, expect, test } from '@jest/globals';
import { addressOf, type Json, type JsonObject, type Lookup, type Spec } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { errorOf, listOf, mockWorkspace, problemOf, type SeenRequest } from '../support/mock-workspace.ts';

const monitors = '/api/data-quality/v1/monitors';
const one = `${monitors}/table/uuid`;
const mkdirs = '/api/2.0/workspace/mkdirs';
const address = addressOf('monitor', 'prod.ml.churn');
const lookup: Lookup = { by: 'id', address, id: 'uuid' };
const marker = { owner: 'churn/prod' };
const folder = '/Workspace/Shared/dpo/churn/prod/monitors/prod.ml.churn';

const spec: Spec = {
  object_id: 'uuid',
  profile_type: 'TIMESERIES',
  output_schema_id: 'schema-uuid',
  assets_dir: folder,
  skip_builtin_dashboard: true,
  time_series: { timestamp_column: 'at', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
  schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' },
};

const config = {
  output_schema_id: 'schema-uuid',
  assets_dir: folder,
  time_series: { timestamp_column: 'at', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
  schedule: {
    quartz_cron_expression: '0 0 12 * * ?',
    timezone_id: 'UTC',
    pause_status: 'CRON_SCHEDULE_PAUSE_STATUS_UNPAUSED',
  },
  monitored_table_name: 'prod.ml.churn',
  status: 'DATA_PROFILING_STATUS_ACTIVE',
  monitor_version: 3,
  dashboard_id: 'dash',
  profile_metrics_table_name: 'prod.out.churn_profile_metrics',
  effective_warehouse_id: 'wh',
  custom_metrics: [{ name: 'theirs' }],
};

function monitorWith(more: Record<string, Json> = {}) {
  return { object_type: 'table', object_id: 'uuid', data_profiling_config: { ...config, ...more } };
}

const absent = { status: 404, body: { message: 'Cannot find Monitor with ID: /metastores:m/tables:uuid/' } };

async function observed(...answers: readonly { readonly status?: number; readonly body?: object }[]) {
  const workspace = mockWorkspace();
  for (const { status = 200, body = {} } of answers)
    workspace.reply('GET', one, { status, body: JSON.stringify(body) });
  const { monitor } = createProviders({ client: workspace.client });
  const found = await listOf(
    monitor.observe(
      answers.map(() => lookup),
      workspace.read,
    ),
  );
  await workspace.done();
  return found;
}

describe('monitors: observe', () => {
  test('R109, T01: one with a data_profiling_config is present, in the shape of a spec', async () => {
    expect(await observed({ body: monitorWith() })).toEqual([
      {
        status: 'present',
        lookup,
        id: 'uuid',
        fields: {
          object_id: 'uuid',
          profile_type: 'TIMESERIES',
          custom_metrics: [{ name: 'theirs' }],
          output_schema_id: 'schema-uuid',
          assets_dir: folder,
          time_series: { timestamp_column: 'at', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
          schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' },
        },
        out: {
          dashboard_id: 'dash',
          profile_metrics_table_name: 'prod.out.churn_profile_metrics',
          status: 'DATA_PROFILING_STATUS_ACTIVE',
        },
        marker: { owner: 'churn/prod' },
      },
    ]);
  });

  test.each<[string, Record<string, Json>, string]>([
    ['snapshot', { snapshot: {} }, 'SNAPSHOT'],
    ['nothing, as a service may leave out an empty snapshot', {}, 'SNAPSHOT'],
    ['inference_log', { inference_log: { prediction_column: 'p' } }, 'INFERENCE'],
  ])('the profile type comes from %s', async (_name, profile, type) => {
    const body = { object_id: 'uuid', data_profiling_config: { output_schema_id: 's', ...profile } };
    expect(await observed({ body })).toMatchObject([{ fields: { profile_type: type } }]);
  });

  test.each([
    ['404', absent],
    ['T01: an object without data_profiling_config', { body: { object_type: 'table', object_id: 'uuid' } }],
    ['one that is being deleted', { body: monitorWith({ status: 'DATA_PROFILING_STATUS_DELETE_PENDING' }) }],
  ])('absent: %s', async (_name, answer) => {
    expect(await observed(answer)).toEqual([{ status: 'absent', lookup }]);
  });

  test('T16: the owner is read from the folder below any root', async () => {
    const dirs = [
      '/Users/ada/dpo/churn/prod/monitors/t',
      '/x/monitors/a/b/monitors/t',
      '/databricks_lakehouse_monitoring/t',
      '/b/monitors/t',
    ];
    const found = await observed(...dirs.map((dir) => ({ body: monitorWith({ assets_dir: dir }) })));
    expect(found.map((each) => (each.status === 'present' ? each.marker : each.status))).toEqual([
      { owner: 'churn/prod' },
      { owner: 'a/b' },
      undefined,
      undefined,
    ]);
  });

  test('W002: 403 is unreadable with the missing grant; a missing API is unreadable as well', async () => {
    const found = await observed(
      { status: 403, body: { error_code: 'PERMISSION_DENIED', message: 'no' } },
      { status: 404, body: { error_code: 'ENDPOINT_NOT_FOUND', message: 'no API' } },
    );
    expect(found).toMatchObject([
      {
        status: 'unreadable',
        problem: {
          code: 'API.FORBIDDEN',
          address,
          hint: expect.stringContaining('grant SELECT on table prod.ml.churn or MANAGE'),
        },
      },
      { status: 'unreadable', problem: { code: 'API.NOT_IMPLEMENTED' } },
    ]);
  });

  test('refused credentials end the whole read', async () => {
    const problem = await problemOf(observed({ status: 401 }));
    expect(problem.code).toBe('API.UNAUTHENTICATED');
  });

  test('an abort ends the whole read', async () => {
    const workspace = mockWorkspace();
    const { monitor } = createProviders({ client: workspace.client });
    const context = { ...workspace.read, signal: AbortSignal.abort(new Error('stopped')) };
    await expect(listOf(monitor.observe([lookup], context))).rejects.toThrow('stopped');
    expect(workspace.client.counts().total).toBe(0);
  });

  test('every request goes through the limit, and answers come as they arrive', async () => {
    const workspace = mockWorkspace();
    const names = ['slow', 'fast'];
    for (const id of names) workspace.reply('GET', `${monitors}/table/${id}`, { body: monitorWith() });
    let limited = 0;
    const limit = async <T>(work: () => Promise<T>): Promise<T> => {
      limited += 1;
      if (limited === 1) await new Promise((resolve) => setTimeout(resolve, 20));
      return work();
    };
    const { monitor } = createProviders({ client: workspace.client });
    const lookups = names.map((id): Lookup => ({ by: 'id', address, id }));
    const found = await listOf(monitor.observe(lookups, { ...workspace.read, limit }));
    expect(found.map((each) => each.lookup)).toEqual(lookups.toReversed());
    expect(limited).toBe(2);
    await workspace.done();
  });

  test('a lookup without an id is a bug', async () => {
    const workspace = mockWorkspace();
    const { monitor } = createProviders({ client: workspace.client });
    const reading = listOf(monitor.observe([{ by: 'id', address, id: '' }], workspace.read));
    expect(await errorOf(reading)).toBeInstanceOf(TypeError);
  });
});

describe('monitors: create', () => {
  const create = (workspace: ReturnType<typeof mockWorkspace>) =>
    createProviders({ client: workspace.client }).monitor.create({ address, spec, marker }, workspace.write);

  test('R109: makes the folder, then the monitor with exactly one profile object', async () => {
    const workspace = mockWorkspace();
    const seen: SeenRequest[] = [];
    const watch = { seen: (request: SeenRequest) => seen.push(request) };
    workspace.reply('POST', mkdirs, watch);
    workspace.reply('POST', monitors, { body: monitorWith({ dashboard_id: '' }), ...watch });
    const applied = await create(workspace);
    expect(seen.map((request) => request.body)).toEqual([
      { path: folder },
      {
        object_type: 'table',
        object_id: 'uuid',
        data_profiling_config: {
          output_schema_id: 'schema-uuid',
          assets_dir: folder,
          skip_builtin_dashboard: true,
          time_series: spec['time_series'],
          schedule: spec['schedule'],
        },
      },
    ]);
    expect(applied.id).toBe('uuid');
    expect(applied.out).not.toHaveProperty('dashboard_id');
    await workspace.done();
  });

  test('one that exists is a conflict', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', mkdirs, {});
    workspace.reply('POST', monitors, { status: 400, body: { message: "Data Monitor 'x' already exists" } });
    workspace.reply('GET', one, { body: monitorWith() });
    expect((await problemOf(create(workspace))).code).toBe('API.CONFLICT');
    await workspace.done();
  });

  test('one that is being deleted is waited for', async () => {
    const workspace = mockWorkspace();
    const conflict = { status: 409, body: { message: 'already exists' } };
    workspace.reply('POST', mkdirs, {});
    workspace.reply('POST', monitors, conflict);
    workspace.reply('GET', one, { body: monitorWith({ status: 'DATA_PROFILING_STATUS_DELETE_PENDING' }) });
    workspace.reply('POST', monitors, conflict);
    workspace.reply('GET', one, absent);
    workspace.reply('POST', monitors, { body: monitorWith() });
    expect((await create(workspace)).id).toBe('uuid');
    expect(workspace.clock.waits).toEqual([5000, 5000]);
    await workspace.done();
  });

  test('one whose deletion does not end is a conflict after five minutes', async () => {
    const workspace = mockWorkspace();
    const leaving = JSON.stringify(monitorWith({ status: 'DATA_PROFILING_STATUS_DELETE_PENDING' }));
    workspace.reply('POST', mkdirs, {});
    workspace.pool.intercept({ method: 'POST', path: monitors }).reply(409, '').persist();
    workspace.pool.intercept({ method: 'GET', path: one }).reply(200, leaving).persist();
    expect((await problemOf(create(workspace))).code).toBe('API.CONFLICT');
    expect(workspace.clock.waits.length).toBe(60);
  });

  test('one whose deletion takes longer than the operation may is a conflict, and no unknown outcome', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', mkdirs, {});
    workspace.reply('POST', monitors, { status: 409, body: { message: 'already exists' } });
    workspace.reply('GET', one, { body: monitorWith({ status: 'DATA_PROFILING_STATUS_DELETE_PENDING' }) });
    const cutOff = {
      ...workspace.write.clock,
      sleep: async () => Promise.reject(new DOMException('', 'TimeoutError')),
    };
    const providers = createProviders({ client: workspace.client });
    const made = providers.monitor.create({ address, spec, marker }, { ...workspace.write, clock: cutOff });
    expect(await problemOf(made)).toMatchObject({
      code: 'API.CONFLICT',
      message: expect.stringContaining('still being deleted'),
    });
    await workspace.done();
  });

  test.each<[string, number, JsonObject, string]>([
    ['a file in the way', 400, { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'x' }, 'API.INVALID'],
    ['no right', 403, { message: 'x' }, 'API.FORBIDDEN'],
  ])('a folder that cannot be made is a refusal, not a conflict: %s', async (_name, ...[status, body, code]) => {
    const workspace = mockWorkspace();
    workspace.reply('POST', mkdirs, { status, body });
    const problem = await problemOf(create(workspace));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(`the folder ${folder} cannot be made`);
    await workspace.done();
  });

  test('a folder whose making stays unanswered leaves no doubt about the monitor', async () => {
    const workspace = mockWorkspace();
    workspace.pool.intercept({ method: 'POST', path: mkdirs }).reply(500, '').times(4);
    expect((await problemOf(create(workspace))).code).toBe('API.SERVER');
    await workspace.done();
  });

  test('an answer without a config is an unknown outcome', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', mkdirs, {});
    workspace.reply('POST', monitors, { body: { object_id: 'uuid' } });
    expect((await problemOf(create(workspace))).code).toBe('API.OUTCOME_UNKNOWN');
    await workspace.done();
  });
});

describe('monitors: update and delete', () => {
  const changed: Spec = {
    ...spec,
    slicing_exprs: ['region'],
    schedule: { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'UTC' },
  };
  const replaceHint =
    'if its output schema cannot be changed in place, replace the monitor: dpo apply --replace monitor:prod.ml.churn --allow-replace';
  const update = (workspace: ReturnType<typeof mockWorkspace>, wanted: Spec, mask: readonly string[]) =>
    createProviders({ client: workspace.client }).monitor.update(
      { address, id: 'uuid', spec: wanted, mask },
      workspace.write,
    );

  test('T31, W018, N012: smallest mask, complete config, read back', async () => {
    const workspace = mockWorkspace();
    const seen: SeenRequest[] = [];
    const after = monitorWith({
      slicing_exprs: ['`region`'],
      schedule: { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'UTC' },
      monitor_version: 4,
    });
    workspace.reply('GET', one, { body: monitorWith() });
    workspace.reply('PATCH', one, { body: after, seen: (request) => seen.push(request) });
    workspace.reply('GET', one, { body: after });
    const applied = await update(workspace, changed, ['slicing_exprs[0]', 'schedule.quartz_cron_expression']);
    expect(seen[0]?.query).toEqual({
      update_mask: 'data_profiling_config.schedule.quartz_cron_expression,data_profiling_config.slicing_exprs',
    });
    expect(seen[0]?.body).toEqual({
      object_type: 'table',
      object_id: 'uuid',
      data_profiling_config: {
        output_schema_id: 'schema-uuid',
        time_series: spec['time_series'],
        schedule: { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'UTC' },
        slicing_exprs: ['region'],
        custom_metrics: [{ name: 'theirs' }],
      },
    });
    expect(applied.fields).toMatchObject({ slicing_exprs: ['`region`'] });
    expect(workspace.client.counts()).toEqual({ total: 3, writes: 1 });
    await workspace.done();
  });

  test('W018: an update that changes what nobody declared fails loudly', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', one, { body: monitorWith() });
    workspace.reply('PATCH', one, { body: monitorWith() });
    workspace.reply('GET', one, { body: monitorWith({ custom_metrics: [], baseline_table_name: 'a.b.c' }) });
    const problem = await problemOf(update(workspace, changed, ['slicing_exprs']));
    expect(problem.code).toBe('API.OUTCOME_UNKNOWN');
    expect(problem.message).toContain('also changed baseline_table_name, custom_metrics');
    await workspace.done();
  });

  test.each([
    ['404', absent],
    ['no config any more', { body: { object_id: 'uuid' } }],
  ])('one that is gone is not found: %s', async (_name, answer) => {
    const workspace = mockWorkspace();
    workspace.reply('GET', one, answer);
    expect((await problemOf(update(workspace, changed, ['slicing_exprs']))).code).toBe('API.NOT_FOUND');
    await workspace.done();
  });

  test('one that cannot be read back has an unknown outcome', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', one, { body: monitorWith() });
    workspace.reply('PATCH', one, { body: monitorWith() });
    workspace.reply('GET', one, { status: 403, body: { message: 'no' } });
    expect((await problemOf(update(workspace, changed, ['slicing_exprs']))).code).toBe('API.OUTCOME_UNKNOWN');
    await workspace.done();
  });

  test.each([
    ['invalid, and nothing else', ['slicing_exprs'], undefined],
    ['told how to move its outputs', ['slicing_exprs', 'output_schema_id'], replaceHint],
  ])('one that is refused is %s', async (_name, mask, hint) => {
    const workspace = mockWorkspace();
    workspace.reply('GET', one, { body: monitorWith() });
    workspace.reply('PATCH', one, { status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'no' } });
    const problem = await problemOf(update(workspace, changed, mask));
    expect([problem.code, problem.hint]).toEqual(['API.INVALID', hint]);
    await workspace.done();
  });

  test('an output schema that was not found is no reason for another monitor', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', one, { body: monitorWith() });
    workspace.reply('PATCH', one, { status: 404, body: { error_code: 'SCHEMA_DOES_NOT_EXIST', message: 'no' } });
    const problem = await problemOf(update(workspace, changed, ['output_schema_id']));
    expect([problem.code, problem.hint]).toEqual(['API.NOT_FOUND', undefined]);
    await workspace.done();
  });

  test('a mask with what cannot change is a bug', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', one, { body: monitorWith() });
    expect(await errorOf(update(workspace, changed, ['assets_dir']))).toBeInstanceOf(TypeError);
    await workspace.done();
  });

  test('an update of what is gone fails and asks for another plan', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', one, absent);
    const { monitor } = createProviders({ client: workspace.client });
    const update = monitor.update({ address, id: 'uuid', spec, mask: ['schedule'] }, workspace.write);
    expect(await problemOf(update)).toMatchObject({ code: 'API.NOT_FOUND', hint: 'plan again: dpo plan' });
    await workspace.done();
  });

  test('a delete of what is gone succeeds; one that is refused does not', async () => {
    const workspace = mockWorkspace();
    workspace.reply('DELETE', one, {});
    workspace.reply('DELETE', one, absent);
    workspace.reply('GET', one, absent);
    workspace.reply('DELETE', one, { status: 403, body: { message: 'no' } });
    const { monitor } = createProviders({ client: workspace.client });
    await monitor.delete({ address, id: 'uuid' }, workspace.write);
    await monitor.delete({ address, id: 'uuid' }, workspace.write);
    expect((await problemOf(monitor.delete({ address, id: 'uuid' }, workspace.write))).code).toBe('API.FORBIDDEN');
    await workspace.done();
  });

  test.each<[string, readonly (object | 'gone')[], string | undefined]>([
    ['a read finds nothing', ['gone'], undefined],
    ['it is being deleted', [{ status: 'DATA_PROFILING_STATUS_DELETE_PENDING' }], undefined],
    ['a read still finds it: asked once more', [{}, 'gone'], undefined],
    ['a read still finds it, and again: not deleted', [{}, {}], 'API.SERVER'],
  ])('a delete that is answered with 404, and %s', async (_name, reads, code) => {
    const workspace = mockWorkspace();
    for (const read of reads) {
      workspace.reply('DELETE', one, absent);
      workspace.reply('GET', one, read === 'gone' ? absent : { body: monitorWith(read as Record<string, Json>) });
    }
    const { monitor } = createProviders({ client: workspace.client });
    const done = monitor.delete({ address, id: 'uuid' }, workspace.write);
    if (code === undefined) await done;
    else expect((await problemOf(done)).code).toBe(code);
    await workspace.done();
  });
});

describe('monitors that the state knows', () => {
  const table = '/api/2.1/unity-catalog/tables/prod.ml.churn';
  const there = { body: { full_name: 'prod.ml.churn', table_id: 'uuid' } };
  const forbidden = { status: 403, body: { message: 'no' } };

  interface Row {
    readonly name: string;
    readonly reads: readonly object[];
    readonly parent?: object;
    readonly status: string;
  }
  test.each<Row>([
    { name: 'not there, there: a copy was behind', reads: [absent, { body: monitorWith() }], status: 'present' },
    { name: 'not there twice, the table is there', reads: [absent, absent], parent: there, status: 'absent' },
    { name: 'not there twice, the table is gone', reads: [absent, absent], parent: absent, status: 'absent' },
    { name: 'not there twice, the table is hidden', reads: [absent, absent], parent: forbidden, status: 'unreadable' },
    { name: 'not there, then refused', reads: [absent, forbidden], status: 'unreadable' },
  ])('N015 are absent only if that is confirmed: $name', async ({ reads, parent, status }) => {
    const workspace = mockWorkspace();
    for (const read of reads) workspace.reply('GET', one, read);
    if (parent !== undefined) workspace.reply('GET', table, parent);
    const { monitor } = createProviders({ client: workspace.client });
    const found = await listOf(monitor.observe([{ ...lookup, recorded: true }], workspace.read));
    expect(found.map((each) => each.status)).toEqual([status]);
    expect(workspace.clock.waits).toEqual([250]);
    await workspace.done();
  });

  test.each([
    ['the table', absent, 'table prod.ml.churn does not exist any more'],
    ['another table of that name', { body: { full_name: 'prod.ml.churn', table_id: 'other' } }, 'table prod.ml.churn'],
    ['the output schema', there, `the output schema of ${address} does not exist any more`],
  ])('U078 a create that misses %s fails, and names it', async (_name, answer, message) => {
    const workspace = mockWorkspace();
    workspace.reply('POST', mkdirs, {});
    workspace.reply('POST', monitors, {
      status: 404,
      body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'id 7' },
    });
    workspace.reply('GET', table, answer);
    const { monitor } = createProviders({ client: workspace.client });
    const problem = await problemOf(monitor.create({ address, spec, marker }, workspace.write));
    expect(problem).toMatchObject({ code: 'API.NOT_FOUND', message: expect.stringContaining(message) });
    expect(problem.message).toContain('id 7');
    await workspace.done();
  });
});
