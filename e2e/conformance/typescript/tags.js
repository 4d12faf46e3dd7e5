import assert from 'node:assert/strict';
import { collect, fails, sorted } from './world.js';

export const checks = {
  'creates, reads, changes and deletes one': async ({ client, table }) => {
    const { full_name: name } = await table();
    const tag = { entity_type: 'tables', entity_name: name, tag_key: 'team' };
    const created = await client.entityTagAssignments.create({ tag_assignment: { ...tag, tag_value: 'risk' } });
    assert.equal(created.tag_value, 'risk');
    const changed = await client.entityTagAssignments.update({
      ...tag,
      tag_assignment: { ...tag, tag_value: 'fraud' },
      update_mask: 'tag_value',
    });
    assert.equal(changed.tag_value, 'fraud');
    assert.equal((await client.entityTagAssignments.get(tag)).tag_value, 'fraud');
    await client.entityTagAssignments.delete(tag);
    const error = await fails(client.entityTagAssignments.get(tag), { status: 404, code: 'RESOURCE_DOES_NOT_EXIST' });
    assert.match(error.message, /team/);
  },

  'lists all pages': async ({ client }) => {
    const of = { entity_type: 'tables', entity_name: 'conf.data.events', max_results: 0 };
    const tags = await collect(client.entityTagAssignments.list(of));
    assert.deepEqual(sorted(tags.map(({ tag_key: key, tag_value: value }) => [key, value])), [
      ['contact', 'ann'],
      ['team', 'risk'],
      ['tier', 'gold'],
    ]);
  },

  'keeps a tag without a value': async ({ client, schema }) => {
    const tag = { entity_type: 'schemas', entity_name: (await schema()).full_name, tag_key: 'bare' };
    await client.entityTagAssignments.create({ tag_assignment: tag });
    // A missing value comes back empty (terraform-provider-databricks #5659).
    assert.equal((await client.entityTagAssignments.get(tag)).tag_value, '');
  },

  'reads those of a column': async ({ client }) => {
    const of = { entity_type: 'columns', entity_name: 'conf.data.events.score' };
    assert.deepEqual(
      (await collect(client.entityTagAssignments.list(of))).map(({ tag_key: key }) => key),
      ['pii'],
    );
  },

  'refuses the singular entity type': async ({ client }) => {
    const of = { entity_type: 'table', entity_name: 'conf.data.events' };
    await fails(collect(client.entityTagAssignments.list(of)), { status: 400, code: 'INVALID_PARAMETER_VALUE' });
  },
};
