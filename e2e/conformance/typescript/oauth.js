import assert from 'node:assert/strict';
import { createClient } from './client.js';

export const checks = {
  'a service principal signs in with client id and secret': async ({ url, clientId, clientSecret }) => {
    const client = createClient({ host: url, clientId, clientSecret });
    const me = await client.currentUser.me();
    // Service principals answer with their application id as userName.
    assert.equal(me.userName, clientId);
  },

  'a wrong secret is refused': async ({ url, clientId }) => {
    const client = createClient({ host: url, clientId, clientSecret: 'wrong' });
    await assert.rejects(client.currentUser.me(), /Failed to retrieve token: invalid_client/);
  },
};
