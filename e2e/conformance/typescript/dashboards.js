import assert from 'node:assert/strict';
import { collect, fails } from './world.js';

const content = JSON.stringify({
  datasets: [{ name: 'd', displayName: 'events', queryLines: ['SELECT * FROM conf.data.events'] }],
  pages: [{ name: 'p', displayName: 'Overview', layout: [] }],
});

/** A dashboard in a folder of its own. */
async function drawn(world, more = {}) {
  const parent = `/Shared/${world.unique('dashboards')}`;
  await world.client.workspace.mkdirs({ path: parent });
  const dashboard = {
    display_name: 'overview',
    parent_path: `/Workspace${parent}`,
    warehouse_id: world.warehouseId,
    serialized_dashboard: content,
    ...more,
  };
  const created = await world.client.lakeview.create({ dashboard });
  return { parent, dashboard, created, at: { dashboard_id: created.dashboard_id } };
}

export const checks = {
  'creates one as a file in its folder': async (world) => {
    const { parent, created } = await drawn(world);
    assert.match(created.dashboard_id, /^[0-9a-f]{32}$/);
    assert.deepEqual([created.lifecycle_state, created.parent_path], ['ACTIVE', parent]);
    assert.equal(created.path, `${parent}/overview.lvdash.json`);
    const file = await world.client.workspace.getStatus({ path: `/Workspace${created.path}` });
    assert.deepEqual([file.object_type, file.resource_id], ['DASHBOARD', created.dashboard_id]);
  },

  'writes the type of a page and a line end into the text': async (world) => {
    const { at } = await drawn(world);
    const { serialized_dashboard: text } = await world.client.lakeview.get({ ...at });
    assert.equal(JSON.parse(text).pages[0].pageType, 'PAGE_TYPE_CANVAS');
    assert.match(text, /[^\n]\n$/);
  },

  'changes one and moves its etag with the content': async (world) => {
    const { at, created, dashboard } = await drawn(world);
    const { parent_path: _parent, ...changeable } = dashboard;
    const other = content.replace('Overview', 'Changed');
    const changed = await world.client.lakeview.update({
      ...at,
      dashboard: { ...changeable, serialized_dashboard: other },
    });
    assert.notEqual(changed.etag, created.etag);
    const read = await world.client.lakeview.get({ ...at });
    assert.equal(JSON.parse(read.serialized_dashboard).pages[0].displayName, 'Changed');
    assert.equal(read.etag, changed.etag);
  },

  'lists all pages without the content': async (world) => {
    const made = [];
    for (let count = 0; count < 3; count += 1) made.push((await drawn(world)).created.dashboard_id);
    const listed = await collect(world.client.lakeview.list({ page_size: 2 }));
    const mine = listed.filter(({ dashboard_id: id }) => made.includes(id));
    assert.equal(mine.length, 3);
    for (const field of ['etag', 'parent_path', 'path', 'serialized_dashboard', 'update_time']) {
      assert.equal(mine[0][field], undefined, field);
    }
  },

  'publishes, shows and takes back': async (world) => {
    const { at } = await drawn(world);
    const missing = { status: 404, code: 'RESOURCE_DOES_NOT_EXIST' };
    await fails(world.client.lakeview.getPublished({ ...at }), {
      ...missing,
      message: `Unable to find published dashboard [${at.dashboard_id}]`,
    });
    const published = await world.client.lakeview.publish({
      ...at,
      embed_credentials: false,
      warehouse_id: world.warehouseId,
    });
    assert.equal(published.display_name, 'overview');
    const read = await world.client.lakeview.getPublished({ ...at });
    const draft = await world.client.lakeview.get({ ...at });
    assert.equal(read.warehouse_id, world.warehouseId);
    assert.ok(Date.parse(read.revision_create_time) >= Date.parse(draft.update_time));
    await world.client.lakeview.unpublish({ ...at });
    await fails(world.client.lakeview.getPublished({ ...at }), missing);
  },

  'refuses to publish on a warehouse that does not exist': async (world) => {
    const { at } = await drawn(world);
    const call = world.client.lakeview.publish({ ...at, embed_credentials: false, warehouse_id: 'none' });
    await fails(call, { status: 400, code: 'RESOURCE_DOES_NOT_EXIST' });
  },

  'trashes one, which stays readable, and refuses to do it twice': async (world) => {
    const { at } = await drawn(world);
    await world.client.lakeview.trash({ ...at });
    const read = await world.client.lakeview.get({ ...at });
    assert.deepEqual([read.lifecycle_state, read.parent_path], ['TRASHED', `/Users/${world.user}/Trash`]);
    await fails(world.client.lakeview.trash({ ...at }), { status: 403, code: 'PERMISSION_DENIED' });
    const listed = await collect(world.client.lakeview.list({}));
    assert.ok(!listed.some(({ dashboard_id: id }) => id === at.dashboard_id));
  },

  // databricks/cli integration/assumptions/dashboard_assumptions_test.go.
  'refuses a second one of the same name in the folder': async (world) => {
    const { dashboard } = await drawn(world);
    await fails(world.client.lakeview.create({ dashboard }), { status: 409, code: 'ALREADY_EXISTS' });
  },

  'needs its folder': async (world) => {
    const dashboard = { display_name: 'lost', parent_path: '/Workspace/Shared/none', serialized_dashboard: content };
    await fails(world.client.lakeview.create({ dashboard }), {
      status: 404,
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: /Path \((\/Workspace)?\/Shared\/none\) doesn't exist\./,
    });
  },
};
