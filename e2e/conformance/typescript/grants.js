import assert from 'node:assert/strict';
import { fails, sorted } from './world.js';

const privilegesOf = ({ privilege_assignments: assignments = [] }, principal) =>
  assignments.find((assignment) => assignment.principal === principal)?.privileges ?? [];

export const checks = {
  'adds and removes privileges of one principal': async ({ client, schema }) => {
    const on = { securable_type: 'schema', full_name: (await schema()).full_name };
    await client.grants.update({ ...on, changes: [{ principal: 'account users', add: ['USE_SCHEMA', 'SELECT'] }] });
    assert.deepEqual(sorted(privilegesOf(await client.grants.get(on), 'account users')), ['SELECT', 'USE_SCHEMA']);
    const left = await client.grants.update({ ...on, changes: [{ principal: 'account users', remove: ['SELECT'] }] });
    assert.deepEqual(privilegesOf(left, 'account users'), ['USE_SCHEMA']);
    assert.deepEqual(privilegesOf(await client.grants.get({ ...on, principal: 'account users' }), 'account users'), [
      'USE_SCHEMA',
    ]);
  },

  'tells where an effective privilege comes from': async ({ client, table }) => {
    const { full_name: name, schema_name: schema } = await table();
    await client.grants.update({
      securable_type: 'schema',
      full_name: `conf.${schema}`,
      changes: [{ principal: 'account users', add: ['SELECT'] }],
    });
    const effective = await client.grants.getEffective({
      securable_type: 'table',
      full_name: name,
      principal: 'account users',
    });
    const found = privilegesOf(effective, 'account users').find(({ privilege }) => privilege === 'SELECT');
    assert.deepEqual([found?.inherited_from_name, found?.inherited_from_type], [`conf.${schema}`, 'SCHEMA']);
    const direct = await client.grants.get({ securable_type: 'table', full_name: name });
    assert.deepEqual(privilegesOf(direct, 'account users'), []);
  },

  'refuses to add and remove the same privilege': async ({ client, schema }) => {
    const changes = [{ principal: 'account users', add: ['SELECT'], remove: ['SELECT'] }];
    await fails(client.grants.update({ securable_type: 'schema', full_name: (await schema()).full_name, changes }), {
      status: 400,
      code: 'INVALID_PARAMETER_VALUE',
      message: 'Duplicate privileges to add and delete for principal account users.',
    });
  },

  'wants pages of 0 or at least 150': async ({ client }) => {
    const call = client.grants.get({ securable_type: 'catalog', full_name: 'conf', max_results: 10 });
    await fails(call, { status: 400, code: 'INVALID_PARAMETER_VALUE' });
  },
};
