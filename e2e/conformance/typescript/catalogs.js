import assert from 'node:assert/strict';
import { collect, fails } from './world.js';

export const checks = {
  'lists all pages': async ({ client }) => {
    const names = (await collect(client.catalogs.list({ max_results: 0 }))).map(({ name }) => name);
    for (const name of ['conf', 'second', 'third']) assert.ok(names.includes(name), names.join());
  },

  'gets one by name, whatever the case': async ({ client, metastoreId }) => {
    const catalog = await client.catalogs.get({ name: 'CONF' });
    assert.equal(catalog.name, 'conf');
    assert.equal(catalog.comment, 'conformance');
    assert.equal(catalog.catalog_type, 'MANAGED_CATALOG');
    assert.equal(catalog.metastore_id, metastoreId);
  },

  'tells that one is missing': async ({ client }) => {
    await fails(client.catalogs.get({ name: 'nowhere' }), {
      status: 404,
      code: 'CATALOG_DOES_NOT_EXIST',
      message: "Catalog 'nowhere' does not exist.",
    });
  },
};
