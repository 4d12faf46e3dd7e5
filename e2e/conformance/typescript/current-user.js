import assert from 'node:assert/strict';

export const checks = {
  'tells who is calling, with the groups': async ({ client, user }) => {
    const me = await client.currentUser.me();
    assert.equal(me.userName, user);
    assert.equal(me.active, true);
    assert.ok(me.groups.some(({ display }) => display === 'users'));
    assert.match(me.id, /^\d+$/);
  },
};
