import assert from 'node:assert/strict';
import { createClient } from './client.js';
import { fails } from './world.js';

export const checks = {
  'a wrong token is not authenticated': async ({ url }) => {
    const stranger = createClient({ host: url, token: 'wrong' });
    await fails(stranger.currentUser.me(), { status: 401, code: 'UNAUTHENTICATED' });
  },

  'a user without grants is denied': async ({ url, plainToken }) => {
    const other = createClient({ host: url, token: plainToken });
    const call = other.schemas.create({ catalog_name: 'conf', name: 'denied' });
    await fails(call, { status: 403, code: 'PERMISSION_DENIED' });
  },

  'a path that no service has is told by name': async ({ client }) => {
    const call = client.apiClient.request({ path: '/api/2.0/nothing', method: 'GET', headers: new Headers() });
    await fails(call, {
      status: 404,
      code: 'ENDPOINT_NOT_FOUND',
      message: "No API found for 'GET /api/2.0/nothing'",
    });
  },

  'an unknown field names its place': async ({ client }) => {
    const call = client.workspace.client.request({
      path: '/api/2.0/workspace/mkdirs',
      method: 'POST',
      headers: new Headers({ 'Content-Type': 'application/json' }),
      payload: { path: '/Shared/x', colour: 'red' },
    });
    const error = await fails(call, { status: 400, code: 'INVALID_PARAMETER_VALUE', message: /colour/ });
    assert.deepEqual(error.details, []);
  },
};
