import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Ran } from '../support/run-dpo.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { callsOf, type WorkspaceCalls } from '../support/workspace-calls.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
variables: { who: { default: "\${env:ONCALL}" } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: "\${env:OUT}" }
monitored_tables:
  prod.ml.churn:
    schedule: { cron: "\${env:CRON}", timezone: "\${env:ZONE}" }
    failure_notifications: ["\${var.who}", "dq-\${env:TEAM}@example.com", plain@example.com]
    slicing_exprs: ["\${env:SLICE}", prediction]
    custom_metrics:
      - { name: share, metric_type: aggregate, input_columns: [prediction], definition: "\${env:METRIC}" }
`;
const secrets = {
  CRON: '17 43 4 9 11 ?',
  ZONE: 'Antarctica/Troll',
  ONCALL: 'S3CRET-oncall@example.com',
  TEAM: 'S3CRET-team',
  SLICE: "prediction = 'S3CRET-slice'",
  METRIC: "avg(CASE WHEN `{{input_column}}` = 'S3CRET-metric' THEN 1.0 ELSE 0.0 END)",
};
const environment = { ...secrets, OUT: 'metrics' };
/** Whatever a value is quoted in, one of these is in it. */
const tell = /s3cret|antarctica|17 43 4/iu;

describe('ruling 77 values that come from the environment', () => {
  let world: SmallWorld;
  let calls: WorkspaceCalls;
  let outputs: string[];
  beforeEach(async () => {
    world = await createSmallWorld();
    calls = callsOf(world);
    outputs = [];
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  const dpo = async (env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ran> => {
    const ran = await world.dpoWith(env, ...args);
    outputs.push(`${args.join(' ')}: ${ran.stdout}${ran.stderr}`);
    return ran;
  };

  const profile = async (): Promise<Record<string, unknown>> => {
    const id = await calls.idOf('churn');
    const { body } = await calls.call('GET', `/api/data-quality/v1/monitors/table/${id}`);
    return body['data_profiling_config'] as Record<string, unknown>;
  };

  /** Everything that was printed, and every file but those of the workspace itself. */
  const leaks = async (): Promise<readonly string[]> => {
    const names = await readdir(world.home, { recursive: true, withFileTypes: true });
    const files = names
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((file) => !file.startsWith(join(world.home, '.dpo', 'local')));
    const texts = await Promise.all(files.map(async (file) => `${file}: ${await readFile(file, 'utf8')}`));
    expect(files.length).toBeGreaterThan(2);
    return [...outputs, ...texts].filter((text) => tell.test(text));
  };

  test('N018 are set on the monitor, and are in no output, no plan, no state, no event and no history', async () => {
    const planned = await dpo(environment, 'plan', '--full');
    expect(planned.stdout).toContain('${env:CRON}');
    expect(planned.stdout).toContain('prod.metrics');
    await dpo(environment, 'plan', '--json');
    await dpo(environment, 'plan', '--out', 'plan.json', '--events', 'plan.ndjson');
    await dpo({}, 'show', 'plan.json', '--full');
    expect(await dpo(environment, 'apply', 'plan.json', '--events', 'apply.ndjson')).toMatchObject({ code: 0 });
    expect(await profile()).toMatchObject({
      schedule: { quartz_cron_expression: secrets.CRON, timezone_id: secrets.ZONE },
      notification_settings: {
        on_failure: {
          email_addresses: [secrets.ONCALL, `dq-${secrets.TEAM}@example.com`, 'plain@example.com'],
        },
      },
      slicing_exprs: [secrets.SLICE, 'prediction'],
      custom_metrics: [{ name: 'share', definition: secrets.METRIC }],
    });
    expect(await dpo(environment, 'plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await dpo(environment, 'drift')).toMatchObject({ code: 0 });
    expect(await dpo(environment, 'plan', '--refresh', 'none', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await dpo(environment, 'apply', '--refresh-only', '--auto-approve')).toMatchObject({ code: 0 });
    for (const args of [['list'], ['show', 'monitor:prod.ml.churn'], ['pull'], ['history']]) {
      // oxlint-disable-next-line no-await-in-loop
      await dpo(environment, 'state', ...args);
      // oxlint-disable-next-line no-await-in-loop
      await dpo(environment, 'state', ...args, '--json');
    }
    await dpo(environment, 'refresh', '--json');
    expect(outputs.join('')).toContain('dq-${env:TEAM}@example.com');
    expect(await leaks()).toEqual([]);
    expect(await dpo(environment, 'destroy', '--confirm', 'local', '--json')).toMatchObject({ code: 0 });
    expect(await leaks()).toEqual([]);
  }, 120_000);

  test('another value plans one update that shows neither, and what stands instead of both', async () => {
    await dpo(environment, 'apply', '--auto-approve');
    const rotated = { ...environment, ONCALL: 'S3CRET-next@example.com' };
    const planned = await dpo(rotated, 'plan', '--detailed-exitcode', '--full');
    expect(planned).toMatchObject({ code: 2 });
    expect(planned.stdout).toContain('update 1');
    expect(planned.stdout).toContain('(hidden)');
    expect(planned.stdout).toContain('does not hold what ${env:ONCALL} and ${env:TEAM} are now');
    expect(await dpo(rotated, 'drift')).toMatchObject({ code: 2 });
    await dpo(rotated, 'apply', '--refresh-only', '--auto-approve');
    expect(await dpo(rotated, 'apply', '--auto-approve', '--json')).toMatchObject({ code: 0 });
    expect(JSON.stringify(await profile())).toContain('S3CRET-next@example.com');
    expect(JSON.stringify(await profile())).not.toContain('S3CRET-oncall');
    expect(await dpo(rotated, 'plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await leaks()).toEqual([]);
  }, 120_000);

  test('N018 nor are they in the journal of a run that was killed', async () => {
    await world.write('dpo.yaml', `${config}  prod.ml.orders: { failure_notifications: ["\${var.who}"] }\n`);
    await dpo(environment, 'apply', '--auto-approve');
    const rotated = { ...environment, ONCALL: 'S3CRET-next@example.com' };
    const held = world.hold('PATCH', `/api/data-quality/v1/monitors/table/${await calls.idOf('orders')}`);
    const run = world.start(rotated, 'apply', '--auto-approve', '--parallelism', '1');
    await held.came;
    const journal = await world.read('state/local.json.journal');
    expect(journal).toContain('dq-${env:TEAM}@example.com');
    expect(await leaks()).toEqual([]);
    run.signal('SIGKILL');
    await run.ended;
    held.letGo();
    expect(await dpo(rotated, 'state', 'show', 'monitor:prod.ml.churn')).toMatchObject({ code: 0 });
    expect(await leaks()).toEqual([]);
  }, 120_000);

  test('a saved plan takes the values of where it is applied, and says which are missing before it writes', async () => {
    await dpo(environment, 'plan', '--out', 'plan.json');
    await world.write('dpo.yaml', config.replaceAll(/\$\{(?:env:(?!OUT)|var)[^}]*\}/gu, 'x'));
    await world.write('plain.yaml', config.split('    schedule')[0] ?? '');
    world.workspace.clearRequests();
    const { OUT, ZONE, CRON } = environment;
    const missing = await dpo({ OUT, ZONE, CRON }, 'apply', 'plan.json', '--config', 'plain.yaml');
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.stderr).toContain('PLAN.ENV_MISSING');
    expect(missing.stderr).toContain(
      'needs the environment variables METRIC, ONCALL, SLICE, TEAM, which are not set here',
    );
    expect(world.writes()).toEqual([]);
    const other = { ...environment, ONCALL: 'S3CRET-elsewhere@example.com' };
    expect(await dpo(other, 'apply', 'plan.json', '--config', 'plain.yaml')).toMatchObject({ code: 0 });
    expect(JSON.stringify(await profile())).toContain('S3CRET-elsewhere@example.com');
    await world.write('dpo.yaml', config);
    expect(await dpo(other, 'plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await leaks()).toEqual([]);
  }, 120_000);

  test('a plan that changes something else is not stale where a variable has another value', async () => {
    await dpo(environment, 'apply', '--auto-approve');
    await world.write('dpo.yaml', config.replace('prediction]', 'actual_label]'));
    await dpo(environment, 'plan', '--out', 'plan.json');
    const other = { ...environment, CRON: '17 43 4 9 12 ?' };
    expect(await dpo(other, 'apply', 'plan.json')).toMatchObject({ code: 0 });
    // Whether it went along depends on what the service makes of a mask; the next run settles it.
    expect(await dpo(other, 'apply', '--auto-approve')).toMatchObject({ code: 0 });
    expect(await profile()).toMatchObject({ schedule: { quartz_cron_expression: other.CRON } });
    expect(await dpo(other, 'plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await leaks()).toEqual([]);
  }, 120_000);

  test('N018 a value that the service refuses and repeats is in no error', async () => {
    const wrong = { ...environment, CRON: '17 43 4 S3CRET-day * ?' };
    for (const args of [
      ['--auto-approve'],
      ['--auto-approve', '--json'],
      ['--auto-approve', '--events', 'failed.ndjson'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop
      expect(await dpo(wrong, 'apply', ...args)).toMatchObject({ code: 3 });
    }
    expect(outputs.join('')).toContain('[redacted]');
    await dpo(wrong, 'plan', '--out', 'plan.json');
    await world.write('dpo.yaml', config.split('    schedule')[0] ?? '');
    expect(await dpo(wrong, 'apply', 'plan.json')).toMatchObject({ code: 3 });
    await dpo(wrong, 'state', 'history', '--json');
    expect(await leaks()).toEqual([]);
  }, 120_000);

  test('N018 a value that the config refuses is in no problem either', async () => {
    const wrong = { ...environment, ONCALL: 'S3CRET no address', SLICE: 'S3CRET_column' };
    const ran = await dpo(wrong, 'plan');
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.stderr).toContain('${env:ONCALL}');
    await dpo(wrong, 'validate', '--json');
    await dpo({ ...environment, SLICE: 'S3CRET_column' }, 'plan', '--json', '--out', 'plan.json');
    expect(await leaks()).toEqual([]);
  }, 120_000);
});
