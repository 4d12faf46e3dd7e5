import assert from 'node:assert/strict';
import { collect, fails } from './world.js';

export const checks = {
  'lists the one there is': async ({ client, warehouseId }) => {
    const [first] = await collect(client.warehouses.list({}));
    assert.equal(first.id, warehouseId);
    assert.equal(typeof first.enable_serverless_compute, 'boolean');
  },

  'stops and starts it, and waits for both': async ({ client, warehouseId }) => {
    const stopped = await (await client.warehouses.stop({ id: warehouseId })).wait();
    assert.equal(stopped.state, 'STOPPED');
    const running = await (await client.warehouses.start({ id: warehouseId })).wait();
    assert.equal(running.state, 'RUNNING');
  },

  'tells that one is missing': async ({ client }) => {
    await fails(client.warehouses.get({ id: 'none' }), { status: 404, code: 'RESOURCE_DOES_NOT_EXIST' });
  },
};
