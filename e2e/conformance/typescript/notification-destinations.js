import assert from 'node:assert/strict';
import { collect, fails, sorted } from './world.js';

export const checks = {
  'creates one and keeps its secret': async ({ client, unique }) => {
    const name = unique('slack');
    const created = await client.notificationDestinations.create({
      display_name: name,
      config: { slack: { url: 'https://hooks.example.com/secret' } },
    });
    assert.deepEqual([created.display_name, created.destination_type], [name, 'SLACK']);
    const read = await client.notificationDestinations.get({ id: created.id });
    assert.deepEqual(read.config.slack, { url_set: true });
  },

  'lists names and types, all pages': async ({ client, unique }) => {
    const made = [];
    for (const address of ['a@example.com', 'b@example.com', 'c@example.com']) {
      const config = { email: { addresses: [address] } };
      made.push((await client.notificationDestinations.create({ display_name: unique('mail'), config })).id);
    }
    const listed = await collect(client.notificationDestinations.list({ page_size: 2 }));
    const mine = listed.filter(({ id }) => made.includes(id));
    assert.equal(mine.length, 3);
    assert.deepEqual(sorted(Object.keys(mine[0])), ['destination_type', 'display_name', 'id']);
  },

  'renames one and deletes it': async ({ client, unique }) => {
    const config = { email: { addresses: ['a@example.com'] } };
    const { id } = await client.notificationDestinations.create({ display_name: unique('mail'), config });
    const renamed = await client.notificationDestinations.update({ id, display_name: 'renamed' });
    assert.equal(renamed.display_name, 'renamed');
    await client.notificationDestinations.delete({ id });
    await fails(client.notificationDestinations.get({ id }), { status: 404, code: 'RESOURCE_DOES_NOT_EXIST' });
  },
};
