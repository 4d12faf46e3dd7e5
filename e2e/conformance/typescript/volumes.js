import assert from 'node:assert/strict';
import { collect, fails } from './world.js';

/** A managed volume in a schema of its own. */
async function makeVolume({ client, schema }) {
  const home = await schema();
  const made = await client.volumes.create({
    catalog_name: home.catalog_name,
    schema_name: home.name,
    name: 'state',
    volume_type: 'MANAGED',
    comment: 'first',
  });
  return { home, made };
}

export const checks = {
  'creates, reads, changes and deletes one': async (world) => {
    const { client } = world;
    const { home, made } = await makeVolume(world);
    const name = `${home.full_name}.state`;
    assert.deepEqual([made.full_name, made.volume_type, made.comment], [name, 'MANAGED', 'first']);
    assert.match(made.volume_id, /^[0-9a-f-]{36}$/);
    const changed = await client.volumes.update({ name, comment: 'second' });
    assert.deepEqual([changed.comment, changed.volume_id], ['second', made.volume_id]);
    assert.deepEqual(await client.volumes.read({ name }), changed);
    await client.volumes.delete({ name });
    await fails(client.volumes.read({ name }), {
      status: 404,
      code: 'VOLUME_DOES_NOT_EXIST',
      message: `Volume '${name}' does not exist.`,
    });
  },

  'lists those of a schema': async (world) => {
    const { home, made } = await makeVolume(world);
    const listed = await collect(
      world.client.volumes.list({ catalog_name: home.catalog_name, schema_name: home.name, max_results: 0 }),
    );
    assert.deepEqual(
      listed.map(({ volume_id: id }) => id),
      [made.volume_id],
    );
  },

  'refuses a second one of the same name': async (world) => {
    const { home } = await makeVolume(world);
    const again = { catalog_name: home.catalog_name, schema_name: home.name, name: 'state', volume_type: 'MANAGED' };
    await fails(world.client.volumes.create(again), { status: 400, code: 'VOLUME_ALREADY_EXISTS' });
  },

  // databricks/cli acceptance/selftest/record_cloud/volume-io.
  'names the schema that is missing': async ({ client }) => {
    const orphan = { catalog_name: 'conf', schema_name: 'none', name: 'state', volume_type: 'MANAGED' };
    await fails(client.volumes.create(orphan), {
      status: 404,
      code: 'SCHEMA_DOES_NOT_EXIST',
      message: "Schema 'conf.none' does not exist.",
    });
  },
};
