import assert from 'node:assert/strict';
import { collect, fails, sorted } from './world.js';

export const checks = {
  'gets one with its id, columns and properties': async ({ client, metastoreId }) => {
    const table = await client.tables.get({ full_name: 'conf.data.orders' });
    assert.match(table.table_id, /^[0-9a-f-]{36}$/);
    assert.equal(table.table_type, 'MANAGED');
    assert.equal(table.data_source_format, 'DELTA');
    assert.equal(table.metastore_id, metastoreId);
    assert.deepEqual(
      table.columns.map(({ name, type_name: type, position }) => [name, type, position]),
      [
        ['id', 'LONG', 0],
        ['amount', 'DECIMAL', 1],
      ],
    );
    assert.deepEqual([table.columns[1].type_precision, table.columns[1].type_scale], [9, 2]);
    assert.deepEqual(JSON.parse(table.columns[0].type_json).type, 'long');
  },

  'gets a view with its text': async ({ client }) => {
    const view = await client.tables.get({ full_name: 'conf.data.recent' });
    assert.equal(view.table_type, 'VIEW');
    assert.equal(view.view_definition, 'SELECT id, score FROM conf.data.events WHERE id > 30');
  },

  'lists all pages, with ids even when everything else is left out': async ({ client }) => {
    const listed = await collect(
      client.tables.list({
        catalog_name: 'conf',
        schema_name: 'data',
        max_results: 0,
        omit_columns: true,
        omit_properties: true,
        omit_username: true,
        include_browse: true,
      }),
    );
    assert.deepEqual(sorted(listed.map(({ name }) => name)), ['events', 'orders', 'recent']);
    for (const table of listed) {
      assert.match(table.table_id, /^[0-9a-f-]{36}$/);
      assert.equal(table.columns, undefined);
      assert.equal(table.properties, undefined);
      assert.equal(table.owner, undefined);
    }
  },

  'sums up the tables of a catalog by pattern': async ({ client }) => {
    const summaries = await collect(
      client.tables.listSummaries({ catalog_name: 'conf', schema_name_pattern: 'dat_', table_name_pattern: '%e%' }),
    );
    assert.deepEqual(
      summaries.map(({ full_name: name, table_type: type }) => [name, type]),
      [
        ['conf.data.events', 'MANAGED'],
        ['conf.data.orders', 'MANAGED'],
        ['conf.data.recent', 'VIEW'],
      ],
    );
  },

  'tells whether one exists': async ({ client }) => {
    assert.deepEqual(await client.tables.exists({ full_name: 'conf.data.events' }), { table_exists: true });
    assert.deepEqual(await client.tables.exists({ full_name: 'conf.data.none' }), { table_exists: false });
  },

  'hands one over to another owner, under the same id': async ({ client, table }) => {
    const { full_name: name, table_id: id } = await table();
    await client.tables.update({ full_name: name, owner: 'account users' });
    const changed = await client.tables.get({ full_name: name });
    assert.deepEqual([changed.owner, changed.table_id], ['account users', id]);
  },

  'deletes one': async ({ client, table }) => {
    const { full_name: name } = await table();
    await client.tables.delete({ full_name: name });
    await fails(client.tables.get({ full_name: name }), {
      status: 404,
      code: 'TABLE_DOES_NOT_EXIST',
      message: `Table '${name}' does not exist.`,
    });
  },

  'gives a table that was made anew another id': async ({ client, table, sql }) => {
    const { full_name: name, table_id: id } = await table();
    await sql(`DROP TABLE ${name}`);
    await sql(`CREATE TABLE ${name} AS SELECT 1 AS id`);
    assert.notEqual((await client.tables.get({ full_name: name })).table_id, id);
  },
};
