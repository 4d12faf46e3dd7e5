import assert from 'node:assert/strict';
import { fails } from './world.js';

const path = '/api/2.0/preview/scim/v2/Me';

async function spoil(world, rule) {
  const answer = await world.control('POST', '/__local/faults', { rules: [{ match: `GET ${path}`, ...rule }] });
  assert.equal(answer.status, 200);
}

/** How often the path was asked for during the work. */
async function countCalls(world, work) {
  await world.control('DELETE', '/__local/requests');
  await work();
  const { requests } = await (await world.control('GET', '/__local/requests')).json();
  return requests.filter((request) => request.path === path).length;
}

export const checks = {
  'two refusals with 429 are survived': async (world) => {
    await spoil(world, { status: 429, errorCode: 'REQUEST_LIMIT_EXCEEDED', retryAfter: 1, times: 2 });
    const calls = await countCalls(world, async () => {
      assert.equal((await world.client.currentUser.me()).userName, world.user);
    });
    assert.equal(calls, 3);
  },

  // This client retries by status 429 alone (`dist/apierr.js`) and knows other transient faults by their text.
  'a 503 is survived when its text is one the client knows': async (world) => {
    await spoil(world, {
      status: 503,
      errorCode: 'TEMPORARILY_UNAVAILABLE',
      message: 'Unexpected error',
      retryAfter: 1,
    });
    const calls = await countCalls(world, () => world.client.currentUser.me());
    assert.equal(calls, 2);
  },

  'any other 503 reaches the caller with its code': async (world) => {
    await spoil(world, { status: 503, errorCode: 'TEMPORARILY_UNAVAILABLE', message: 'later' });
    await fails(world.client.currentUser.me(), { status: 503, code: 'TEMPORARILY_UNAVAILABLE', message: 'later' });
  },
};
