import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const head = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
monitored_tables:
`;
const configOf = (orders: string, more = ''): string => `${head}  prod.ml.orders: { ${orders} }\n${more}`;

describe('what may not be touched', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
  });
  afterEach(async () => world.close());

  const call = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${world.workspace.token}`, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${world.workspace.url}${path}`, init);
    return { ...((await response.json()) as Record<string, unknown>), status: response.status };
  };
  const monitorPath = async (table: string): Promise<string> => {
    const { table_id: id } = await call('GET', `/api/2.1/unity-catalog/tables/prod.ml.${table}`);
    return `/api/data-quality/v1/monitors/table/${String(id)}`;
  };
  const profileOf = async (table: string): Promise<Record<string, unknown>> =>
    (await call('GET', await monitorPath(table)))['data_profiling_config'] as Record<string, unknown>;
  /** As somebody in the workspace would. */
  const reschedule = async (table: string, cron: string): Promise<void> => {
    const path = await monitorPath(table);
    const { schedule: _schedule, ...profile } = await profileOf(table);
    const schedule = { quartz_cron_expression: cron, timezone_id: 'UTC' };
    const kept = Object.fromEntries(
      Object.entries(profile).filter(([key]) => ['output_schema_id', 'snapshot', 'slicing_exprs'].includes(key)),
    );
    const body = {
      object_type: 'table',
      object_id: path.split('/').at(-1),
      data_profiling_config: { ...kept, schedule },
    };
    const mask = 'data_profiling_config.schedule';
    expect(await call('PATCH', `${path}?update_mask=${mask}`, body)).toMatchObject({ status: 200 });
  };

  test('an ignored setting is sent at create, and afterwards neither compared, nor reverted, nor written along', async () => {
    const ignoring = 'schedule: "0 0 6 * * ?", ignore: [monitor.schedule]';
    await world.write('dpo.yaml', configOf(ignoring));
    await world.dpo('apply', '--auto-approve');
    expect(await profileOf('orders')).toMatchObject({ schedule: { quartz_cron_expression: '0 0 6 * * ?' } });

    await reschedule('orders', '0 0 7 * * ?');
    const quiet = await world.dpo('plan', '--detailed-exitcode');
    expect(quiet.code).toBe(0);
    expect(quiet.stdout).toContain('2 settings ignored (--full lists them)');
    const full = await world.dpo('plan', '--full');
    expect(full.stdout).toMatch(/Ignored 2 [^]*schedule\.cron\n +prod\.ml\.orders\n +schedule\.timezone\n/u);
    const json = JSON.parse((await world.dpo('plan', '--json')).stdout) as object;
    expect(json).toMatchObject({
      plan: {
        ops: [],
        drift: [],
        ignored: [
          { path: 'schedule.quartz_cron_expression', label: 'schedule.cron', addresses: ['monitor:prod.ml.orders'] },
          { path: 'schedule.timezone_id', label: 'schedule.timezone', addresses: ['monitor:prod.ml.orders'] },
        ],
      },
    });
    expect((await world.dpo('drift')).code).toBe(0);

    // An update of something else leaves theirs as it is, also when they change it between plan and apply.
    await world.write('dpo.yaml', configOf(`${ignoring}, slicing_exprs: [region]`));
    await world.dpo('plan', '--out', 'plan.json');
    await reschedule('orders', '0 0 8 * * ?');
    expect(await world.dpo('apply', 'plan.json')).toMatchObject({ code: 0 });
    expect(await profileOf('orders')).toMatchObject({
      slicing_exprs: ['region'],
      schedule: { quartz_cron_expression: '0 0 8 * * ?' },
    });

    // Without the line it is drift like any other.
    await world.write('dpo.yaml', configOf('schedule: "0 0 6 * * ?", slicing_exprs: [region]'));
    const drifted = await world.dpo('drift');
    expect(drifted.code).toBe(2);
    expect(drifted.stdout).toContain('0 0 8 * * ?');
  }, 180_000);

  test('an entry of ignore that names nothing is one problem with its line and the word that was meant', async () => {
    await world.write('dpo.yaml', configOf('ignore: [monitor.shedule]'));
    const ran = await world.dpo('validate');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('CONFIG.IGNORE');
    expect(ran.stderr).toContain('dpo.yaml:6:30');
    expect(ran.stderr).toContain("did you mean 'monitor.schedule'?");
    expect(ran.stderr.match(/^error CONFIG\./gmu)).toHaveLength(1);
  }, 60_000);

  // The steps build on each other, so they are one test.
  test('N004 C04 a protection outlives its line and its table, and is lifted by an apply of its own', async () => {
    const both = '  prod.ml.churn: { prevent_destroy: true }\n';
    await world.write('dpo.yaml', configOf('prevent_destroy: true', both));
    const first = await world.dpo('apply', '--auto-approve');
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('prevent_destroy: true');

    // The line goes: nothing is to be done. The table goes: refused.
    await world.write('dpo.yaml', configOf('', '  prod.ml.churn: {}\n'));
    expect(await world.dpo('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    world.workspace.clearRequests();
    const state = await world.stateFiles();
    await world.write('dpo.yaml', configOf('enabled: false', '  prod.ml.churn: {}\n'));
    for (const command of [
      ['plan'],
      ['apply', '--auto-approve'],
      ['apply', '--auto-approve', '--allow-deletes', '9'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop
      const refused = await world.dpo(...command);
      expect(refused.code).toBe(1);
      expect(refused.stdout + refused.stderr).toContain('PLAN.PROTECTED');
      expect(refused.stdout + refused.stderr).toContain('monitor:prod.ml.orders');
      expect(refused.stdout + refused.stderr).toContain('prevent_destroy: false');
    }

    // A replace and a destroy: refused, the destroy with every protected object.
    await world.write(
      'dpo.yaml',
      configOf('profile_type: TIMESERIES, timestamp_column: ordered_at', '  prod.ml.churn: {}\n'),
    );
    const replace = await world.dpo('apply', '--auto-approve', '--allow-replace');
    expect(replace.code).toBe(1);
    expect(replace.stderr).toContain('would replace it for another profile_type');
    const destroy = await world.dpo('destroy', '--confirm', 'local');
    expect(destroy.code).toBe(1);
    expect(destroy.stderr).toContain('monitor:prod.ml.orders is protected');
    expect(destroy.stderr).toContain('monitor:prod.ml.churn is protected');
    expect(world.writes()).toEqual([]);
    expect(await world.stateFiles()).toEqual(state);

    // Lifted with the replace in one config: first only lifted, then replaced.
    await world.write(
      'dpo.yaml',
      configOf(
        'prevent_destroy: false, profile_type: TIMESERIES, timestamp_column: ordered_at',
        '  prod.ml.churn: { prevent_destroy: false }\n',
      ),
    );
    const lifted = await world.dpo('apply', '--auto-approve');
    expect(lifted.code).toBe(0);
    expect(lifted.stdout).toMatch(/State only 2[^]*prevent_destroy {2}true {2}→ {2}false/u);
    expect(world.writes()).toEqual([]);
    expect(await world.dpo('apply', '--auto-approve', '--allow-replace')).toMatchObject({ code: 0 });
    expect(await profileOf('orders')).toHaveProperty('time_series');
    expect(await world.dpo('destroy', '--confirm', 'local')).toMatchObject({ code: 0 });
  }, 180_000);

  // The steps build on each other, so they are one test.
  test('a destroy with --purge-metrics drops what it has named, and a refused one is finished by the next', async () => {
    await world.write('dpo.yaml', configOf('', '  prod.ml.churn: {}\n'));
    await world.dpo('apply', '--auto-approve');
    expect(await world.dpo('refresh', '--wait')).toMatchObject({ code: 0 });
    const tables = ['orders', 'churn'].map((name) => `prod.out.${name}_profile_metrics`);
    const statusOf = async (path: string): Promise<unknown> => (await call('GET', path))['status'];
    const tablePath = (name: string): string => `/api/2.1/unity-catalog/tables/${name}`;
    for (const name of tables) expect(await statusOf(tablePath(name))).toBe(200);
    const dashboards = await Promise.all(
      ['orders', 'churn'].map(
        async (name) => `/api/2.0/lakeview/dashboards/${String((await profileOf(name))['dashboard_id'])}`,
      ),
    );

    // Without the flag they are what survives.
    const plain = await world.dpo('destroy');
    expect(plain.stdout).toMatch(/Stays behind\n[^]*metric table prod\.out\.orders_profile_metrics/u);
    expect(plain.stdout).toContain('generated dashboard');
    expect(plain.stdout).not.toContain('Purged');

    // Each name is shown before anything is written.
    world.workspace.clearRequests();
    const asked = await world.dpo('destroy', '--purge-metrics');
    expect(asked.code).toBe(4);
    expect(asked.stdout).toMatch(/Purged with them 6/u);
    for (const name of tables) expect(asked.stdout).toContain(`metric table ${name}`);
    for (const path of dashboards)
      expect(asked.stdout).toContain(`generated dashboard ${path.split('/').at(-1) ?? ''}`);
    expect(asked.stdout).not.toContain('Stays behind');
    expect(world.writes()).toEqual([]);

    // One table may not be dropped: the run fails, the monitor is gone, and the names are not.
    const first = tables[0] ?? '';
    world.workspace.faults.add({ match: `DELETE ${tablePath(first)}`, status: 403, errorCode: 'PERMISSION_DENIED' });
    const failed = await world.dpo('destroy', '--purge-metrics', '--confirm', 'local');
    world.workspace.faults.clear();
    expect(failed.code).toBe(3);
    expect(failed.stdout + failed.stderr).toContain(`its metric table ${first} could not be dropped`);
    expect(await statusOf(await monitorPath('orders'))).toBe(404);
    expect(await statusOf(tablePath(first))).toBe(200);
    expect(JSON.parse(await world.read('state/local.json'))).toMatchObject({
      resources: { 'monitor:prod.ml.orders': { status: 'purging', out: { profile_metrics_table_name: first } } },
    });

    const json = await world.dpo('destroy', '--purge-metrics', '--confirm', 'local', '--json');
    expect(json.code).toBe(0);
    for (const name of tables) expect(await statusOf(tablePath(name))).toBe(404);
    for (const path of dashboards) expect((await call('GET', path))['lifecycle_state']).toBe('TRASHED');
    expect(await statusOf('/api/2.1/unity-catalog/schemas/prod.out')).toBe(404);
    expect(await statusOf(tablePath('prod.ml.orders'))).toBe(200);
    const order = world.writes();
    // The folders that are empty then come after everything else.
    const others = order.filter((call) => call !== 'POST /api/2.0/workspace/delete');
    expect(others.at(-1)).toBe('DELETE /api/2.1/unity-catalog/schemas/prod.out');
    const again = await world.dpo('destroy', '--purge-metrics', '--confirm', 'local');
    expect(again.stdout).toContain('Nothing to destroy.');
  }, 180_000);

  test('a schema of ours that holds a table of somebody stays when the metric tables in it are purged', async () => {
    await world.write('dpo.yaml', configOf(''));
    await world.dpo('apply', '--auto-approve');
    await world.dpo('refresh', '--wait');
    await world.dpo('local', 'sql', 'CREATE TABLE prod.out.orders_profile_metrics_copy AS SELECT 1 AS id');
    await world.dpo('local', 'sql', 'CREATE TABLE prod.out.theirs AS SELECT 1 AS id');
    await world.dpo('local', 'sql', 'CREATE TABLE prod.out.other AS SELECT 1 AS id');
    const ran = await world.dpo('destroy', '--purge-metrics', '--confirm', 'local');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain('schema prod.out holds tables and stays');
    const left = await call('GET', '/api/2.1/unity-catalog/tables?catalog_name=prod&schema_name=out');
    expect((left['tables'] as readonly { name: string }[]).map(({ name }) => name).toSorted()).toEqual([
      'orders_profile_metrics_copy',
      'other',
      'theirs',
    ]);
  }, 180_000);
});
