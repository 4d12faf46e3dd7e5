import assert from 'node:assert/strict';
import { collect, fails } from './world.js';

export const checks = {
  'creates, reads, changes and deletes one': async ({ client, unique }) => {
    const name = unique('Life');
    const created = await client.schemas.create({
      catalog_name: 'conf',
      name,
      comment: 'first',
      properties: { 'dpo.owner': 'conformance' },
    });
    // Names are lower-cased and the server adds properties of its own (databricks/cli resources.yml).
    assert.equal(created.full_name, `conf.${name.toLowerCase()}`);
    assert.match(created.schema_id, /^[0-9a-f-]{36}$/);
    assert.equal(created.properties['dpo.owner'], 'conformance');
    const changed = await client.schemas.update({ full_name: created.full_name, comment: 'second' });
    assert.equal(changed.comment, 'second');
    assert.equal(changed.schema_id, created.schema_id);
    assert.deepEqual(await client.schemas.get({ full_name: created.full_name }), changed);
    await client.schemas.delete({ full_name: created.full_name });
    await fails(client.schemas.get({ full_name: created.full_name }), {
      status: 404,
      code: 'SCHEMA_DOES_NOT_EXIST',
      message: `Schema '${created.full_name}' does not exist.`,
    });
  },

  'lists all pages, each with its id': async ({ client, schema }) => {
    const made = await Promise.all([schema(), schema(), schema()]);
    const listed = await collect(client.schemas.list({ catalog_name: 'conf', max_results: 0 }));
    for (const one of made) {
      assert.equal(listed.find(({ name }) => name === one.name)?.schema_id, one.schema_id);
    }
  },

  'refuses a second one of the same name': async ({ client, schema }) => {
    const { name } = await schema();
    // 400 and not 409: unitycatalog ErrorCode.java.
    await fails(client.schemas.create({ catalog_name: 'conf', name }), { status: 400, code: 'SCHEMA_ALREADY_EXISTS' });
  },

  'keeps one that holds a table, unless forced': async ({ client, table }) => {
    const { catalog_name: catalog, schema_name: name, full_name: tableName } = await table();
    const schemaName = `${catalog}.${name}`;
    await fails(client.schemas.delete({ full_name: schemaName }), { status: 400, code: 'INVALID_STATE' });
    await client.schemas.delete({ full_name: schemaName, force: true });
    await fails(client.tables.get({ full_name: tableName }), { status: 404, code: 'SCHEMA_DOES_NOT_EXIST' });
  },
};
