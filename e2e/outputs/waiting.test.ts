import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { operationsOf, type Event } from '@dpo/core';
import { configOf, createFullWorld, type Done, type FullWorld } from './full-world.ts';

let world: FullWorld;

beforeEach(async () => {
  world = await createFullWorld({ firstRefresh: 'held' });
});

afterEach(async () => world.close());

const noWait = { wait: false } as const;

/** `PAUSED` or `UNPAUSED` for each alert, by its group. */
async function pauses(): Promise<Readonly<Record<string, unknown>>> {
  const { alerts } = await world.outputs();
  return Object.fromEntries(
    alerts.map(({ name, body }) => [
      name.slice(name.lastIndexOf(' ') + 1),
      (body['schedule'] as Record<string, unknown>)['pause_status'],
    ]),
  );
}

async function setPause(group: string, status: 'PAUSED' | 'UNPAUSED'): Promise<void> {
  const alert = (await world.outputs()).alerts.find(({ name }) => name.endsWith(group));
  const schedule = { ...(alert?.body['schedule'] as Record<string, unknown>), pause_status: status };
  await world.call('PATCH', `/api/2.0/alerts/${String(alert?.id)}?update_mask=schedule`, { schedule } as never);
}

/** A refresh that is not held ends the wait for the monitor of a table. */
async function refresh(table: string): Promise<void> {
  const { body } = await world.call('GET', `/api/2.1/unity-catalog/tables/prod.ml.${table}`);
  const id = JSON.stringify(body['table_id']).slice(1, -1);
  const refreshed = { object_type: 'table', object_id: id };
  const { status } = await world.call('POST', `/api/data-quality/v1/monitors/table/${id}/refreshes`, refreshed);
  expect(status).toBe(200);
  await world.workspace.idle();
}

describe('C20 W013 an apply that does not wait', () => {
  test('W008 leaves alerts over empty views paused; the apply after the first metrics resumes them', async () => {
    const config = configOf({ a: 'One', b: 'Two' });
    const { result } = await world.apply(config, noWait);
    expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    expect(result.outcomes.find(({ address }) => address === 'alert:one/drift')).toMatchObject({
      note: 'paused until the first metrics',
    });
    expect(await pauses()).toEqual({ One: 'PAUSED', Two: 'PAUSED' });
    const quiet = await world.plan(config);
    expect(operationsOf(quiet)).toEqual([]);
    expect(quiet.problems.filter(({ code }) => code === 'PLAN.HELD_BACK')).toMatchObject([
      { severity: 'note', message: 'alert:one/drift and 1 more stay paused until the first metrics' },
    ]);

    await refresh('a');
    const filled = await world.apply(config, noWait);
    expect(filled.plan.ops).toEqual([]);
    const updated = operationsOf(filled.plan).map(({ action, address }) => `${action} ${address}`);
    expect(updated).toContain('update view:prod.global_monitoring.unified_profile_metrics_one');
    expect(updated.filter((op) => op.includes('alert'))).toEqual(['update alert:one/drift']);
    expect(updated.filter((op) => op.includes('two'))).toEqual([]);
    expect(await pauses()).toEqual({ One: 'UNPAUSED', Two: 'PAUSED' });
    expect(operationsOf(await world.plan(config))).toEqual([]);
  }, 60_000);

  test('resumes an alert as soon as one table of its view has metrics', async () => {
    const config = configOf({ a: 'One', b: 'One' });
    await world.apply(config, noWait);
    await refresh('b');
    await world.apply(config, noWait);
    expect(await pauses()).toEqual({ One: 'UNPAUSED' });
    expect(operationsOf(await world.plan(config))).toEqual([]);
  }, 60_000);

  test('does not pause again what went on once', async () => {
    await world.apply(configOf({ a: 'One' }), noWait);
    await refresh('a');
    await world.apply(configOf({ a: 'One' }), noWait);
    const more = configOf({ a: 'One', b: 'One' });
    await world.apply(more, noWait);
    expect(await pauses()).toEqual({ One: 'UNPAUSED' });
    const gone = configOf({ b: 'One' });
    await world.apply(gone, noWait);
    expect(await pauses()).toEqual({ One: 'UNPAUSED' });
    expect(operationsOf(await world.plan(gone))).toEqual([]);
  }, 60_000);

  test('sets back what somebody changes meanwhile, in either direction', async () => {
    const config = configOf({ a: 'One' });
    await world.apply(config, noWait);
    await setPause('One', 'UNPAUSED');
    expect((await world.apply(config, noWait)).plan.drift).toMatchObject([{ address: 'alert:one/drift' }]);
    expect(await pauses()).toEqual({ One: 'PAUSED' });
    await refresh('a');
    await world.apply(config, noWait);
    await setPause('One', 'PAUSED');
    expect((await world.apply(config, noWait)).plan.drift).toMatchObject([{ address: 'alert:one/drift' }]);
    expect(await pauses()).toEqual({ One: 'UNPAUSED' });
  }, 60_000);

  test('leaves the pause alone where the config ignores it, also when the schedule changes', async () => {
    const ignoring = `groups: { One: { ignore: [alert.schedule.pause_status] } }\n`;
    await world.apply(configOf({ a: 'One' }, ignoring), noWait);
    await setPause('One', 'PAUSED');
    expect(operationsOf(await world.plan(configOf({ a: 'One' }, ignoring)))).toEqual([]);
    const hourly = configOf({ a: 'One' }, ignoring).replace(
      'alerting: {',
      'alerting: { alert_cron_schedule: "0 30 * * * ?",',
    );
    expect((await world.apply(hourly, noWait)).plan.ops).toMatchObject([{ address: 'alert:one/drift' }]);
    expect(await pauses()).toEqual({ One: 'PAUSED' });
  }, 60_000);
});

/** What an apply did: `action address` of what is done, `address: why` of what is not. */
function told({ result }: Pick<Done, 'result'>): { readonly done: readonly string[]; readonly not: readonly string[] } {
  const { outcomes } = result;
  return {
    done: outcomes.flatMap((each) => (each.status === 'done' ? [`${each.action} ${each.address}`] : [])),
    not: outcomes.flatMap((each) => (each.status === 'skipped' ? [`${each.address}: ${each.because}`] : [])),
  };
}

const drift = 'view:prod.global_monitoring.unified_drift_metrics_one';

describe('C20 a wait that is interrupted', () => {
  test.each([
    ['by a signal', 'interrupted before it was started'],
    ['by its timeout', 'needs monitor:prod.ml.a, which was not ready after 60 s'],
  ])(
    '%s goes on with the next apply, which makes nothing twice',
    async (how, because) => {
      const config = configOf({ a: 'One' });
      const stop = new AbortController();
      const events: Event[] = [];
      const emit = (event: Event): void => {
        events.push(event);
        if (event.type === 'waiting' && how === 'by a signal') setTimeout(() => stop.abort(), 20);
      };
      const first = await world.apply(config, { waitMs: 60_000, stop: stop.signal, emit });
      expect(events.filter(({ type }) => type === 'waiting')).not.toEqual([]);
      expect(first.result.interrupted).toBe(how === 'by a signal');
      expect(told(first).done).toContain('create monitor:prod.ml.a');
      expect(told(first).not).toContain(`${drift}: ${because}`);
      expect((await world.outputs()).alerts).toEqual([]);

      const again = await world.plan(config);
      expect(again.ops.find(({ address }) => address === drift)).toMatchObject({
        action: 'create',
        needs: expect.arrayContaining([{ address: 'monitor:prod.ml.a', need: 'ready' }]),
      });
      await refresh('a');
      const second = await world.apply(config);
      expect(told(second).not).toEqual([]);
    },
    60_000,
  );

  test('by a kill goes on too', async () => {
    const config = configOf({ a: 'One' });
    // The look at the refreshes is the wait.
    const end = await world.attempt(config, {
      death: { at: 'path', part: '/refreshes', number: 3, phase: 'answered' },
    });
    expect(end.status).toBe('died');
    await refresh('a');
    const second = await world.apply(config);
    expect(told(second).not).toEqual([]);
    expect(await pauses()).toEqual({ One: 'UNPAUSED' });
    expect(operationsOf(await world.plan(config))).toEqual([]);
    const { alerts, dashboards } = await world.outputs();
    expect([alerts.length, dashboards.length]).toEqual([1, 1]);
  }, 60_000);
});

const inference =
  'profile_type: INFERENCE, prediction_column: prediction, label_column: label, model_id_column: model, problem_type: CLASSIFICATION';

describe('U089 the view of model quality', () => {
  test('that cannot be made stops neither the dashboard nor the alerts of its group; the next apply makes it', async () => {
    const config = configOf({ a: 'One' }).replace('profile_type: TIMESERIES', inference);
    await world.apply(`${config}mode: bulk_provision_only\n`, noWait);
    await refresh('a');
    const failing = 'unified_performance_metrics_one';
    // Before it are the statements of the view on drift: columns, and the view; and the columns of its own.
    const spoil = (): void =>
      world.workspace.faults.add({
        match: 'POST /api/2.0/sql/statements',
        offset: 3,
        status: 400,
        errorCode: 'BAD_REQUEST',
      });
    const broken = await world.attemptPlanned(config, spoil, { parallelism: 1 });
    world.workspace.faults.clear();
    expect(broken.result.outcomes.filter(({ status }) => status !== 'done')).toMatchObject([
      { address: `view:prod.global_monitoring.${failing}`, status: 'failed' },
    ]);
    const { alerts, dashboards, views } = await world.outputs();
    expect([alerts.length, dashboards.length, views.length]).toEqual([1, 1, 2]);
    const mended = await world.apply(config);
    expect(told(mended)).toEqual({ done: [`create view:prod.global_monitoring.${failing}`], not: [] });
    expect(operationsOf(await world.plan(config))).toEqual([]);
  }, 60_000);
});
