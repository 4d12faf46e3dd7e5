import assert from 'node:assert/strict';
import { collect, fails } from './world.js';

function alertNamed(world, name, more = {}) {
  return {
    display_name: name,
    query_text: 'SELECT max(score) AS v FROM conf.data.events',
    warehouse_id: world.warehouseId,
    evaluation: {
      source: { name: 'v', aggregation: 'MAX' },
      comparison_operator: 'GREATER_THAN',
      threshold: { value: { double_value: 5 } },
      empty_result_state: 'OK',
      notification: { notify_on_ok: true, retrigger_seconds: 3600, subscriptions: [{ user_email: 'a@example.com' }] },
    },
    schedule: { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' },
    ...more,
  };
}

/** A folder of its own, so that names are free. */
async function folder(world) {
  const path = `/Workspace/Shared/${world.unique('alerts')}`;
  await world.client.workspace.mkdirs({ path });
  return path;
}

export const checks = {
  'creates one and echoes what was sent': async (world) => {
    const sent = alertNamed(world, 'echo', {
      parent_path: await folder(world),
      custom_summary: '{{ALERT_NAME}} is {{ALERT_STATUS}}',
      custom_description: '{{QUERY_RESULT_TABLE}}',
    });
    const created = await world.client.alertsV2.createAlert({ alert: sent });
    assert.match(created.id, /^[0-9a-f-]{36}$/);
    const read = await world.client.alertsV2.getAlert({ id: created.id });
    assert.equal(read.lifecycle_state, 'ACTIVE');
    assert.equal(read.owner_user_name, world.user);
    assert.deepEqual(read.effective_run_as, { user_name: world.user });
    for (const field of ['display_name', 'query_text', 'warehouse_id', 'custom_summary', 'custom_description']) {
      assert.equal(read[field], sent[field], field);
    }
    assert.deepEqual(read.evaluation.notification, sent.evaluation.notification);
    assert.deepEqual(read.evaluation.threshold, sent.evaluation.threshold);
    assert.deepEqual(read.evaluation.source, sent.evaluation.source);
    assert.equal(read.schedule.pause_status, 'PAUSED');
    assert.match(read.create_time, /^\d{4}-\d\d-\d\dT.*Z$/);
  },

  'lists all pages in order of creation': async (world) => {
    const parent = await folder(world);
    const made = [];
    for (const name of ['one', 'two', 'three']) {
      const alert = alertNamed(world, `page ${name}`, { parent_path: parent });
      made.push((await world.client.alertsV2.createAlert({ alert })).id);
    }
    const listed = (await collect(world.client.alertsV2.listAlerts({ page_size: 2 }))).map(({ id }) => id);
    assert.deepEqual(
      listed.filter((id) => made.includes(id)),
      made,
    );
  },

  'changes only what the mask names': async (world) => {
    const sent = alertNamed(world, 'masked', { parent_path: await folder(world) });
    const { id } = await world.client.alertsV2.createAlert({ alert: sent });
    const alert = { ...sent, query_text: 'SELECT 1 AS v', display_name: 'not this' };
    const changed = await world.client.alertsV2.updateAlert({ id, alert, update_mask: 'query_text' });
    assert.deepEqual([changed.query_text, changed.display_name], ['SELECT 1 AS v', 'masked']);
    const threshold = { value: { double_value: 0 } };
    const evaluated = await world.client.alertsV2.updateAlert({
      id,
      alert: { ...sent, evaluation: { ...sent.evaluation, threshold } },
      update_mask: 'evaluation',
    });
    assert.deepEqual(evaluated.evaluation.threshold, threshold);
  },

  'trashes one, which is then readable but not listed': async (world) => {
    const sent = alertNamed(world, 'trashed', { parent_path: await folder(world) });
    const { id } = await world.client.alertsV2.createAlert({ alert: sent });
    await world.client.alertsV2.trashAlert({ id });
    assert.equal((await world.client.alertsV2.getAlert({ id })).lifecycle_state, 'DELETED');
    const listed = await collect(world.client.alertsV2.listAlerts({}));
    assert.ok(!listed.some((alert) => alert.id === id));
  },

  'purges one for good': async (world) => {
    const sent = alertNamed(world, 'purged', { parent_path: await folder(world) });
    const { id } = await world.client.alertsV2.createAlert({ alert: sent });
    // The typed call has no `purge`, which is a query parameter of the same request.
    await world.client.apiClient.request({
      path: `/api/2.0/alerts/${id}`,
      method: 'DELETE',
      headers: new Headers(),
      query: { purge: true },
    });
    await fails(world.client.alertsV2.getAlert({ id }), {
      status: 404,
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: `Alert with ID '${id}' does not exist.`,
    });
  },

  'refuses an operator that does not exist': async (world) => {
    const sent = alertNamed(world, 'wrong');
    const alert = { ...sent, evaluation: { ...sent.evaluation, comparison_operator: 'ABOVE' } };
    await fails(world.client.alertsV2.createAlert({ alert }), { status: 400, code: 'INVALID_PARAMETER_VALUE' });
  },
};
