import { describe, expect, test } from '@jest/globals';
import { createProviders } from '../../src/index.ts';
import { mockWorkspace, problemOf } from '../support/mock-workspace.ts';

const path = '/api/data-quality/v1/monitors/table/t-1';

function monitorOf(status: string) {
  return { object_id: 't-1', data_profiling_config: { status: `DATA_PROFILING_STATUS_${status}` } };
}

describe('ruling 18: a monitor is ready', () => {
  test.each([
    ['PENDING', undefined, 'pending'],
    ['ERROR', undefined, 'failed'],
    ['FAILED', undefined, 'failed'],
    ['DELETE_PENDING', undefined, 'pending'],
    ['SOMETHING_NEW', undefined, 'pending'],
    ['ACTIVE', [], 'pending'],
    ['ACTIVE', ['PENDING'], 'pending'],
    ['ACTIVE', ['RUNNING'], 'pending'],
    ['ACTIVE', ['UNKNOWN'], 'pending'],
    ['ACTIVE', ['SUCCESS'], 'ready'],
    ['ACTIVE', ['RUNNING', 'SUCCESS'], 'ready'],
    ['ACTIVE', ['FAILED', 'SUCCESS'], 'ready'],
    ['ACTIVE', ['FAILED'], 'failed'],
    ['ACTIVE', ['RUNNING', 'FAILED'], 'pending'],
    ['ACTIVE', ['CANCELED'], 'ready'],
    ['ACTIVE', ['CANCELED', 'FAILED'], 'failed'],
  ] as const)('%s with refreshes %j: %s', async (status, refreshes, expected) => {
    const workspace = mockWorkspace();
    workspace.reply('GET', path, { body: monitorOf(status) });
    if (refreshes !== undefined) {
      const body = {
        refreshes: refreshes.map((state, index) => ({ refresh_id: index, state: `MONITOR_REFRESH_STATE_${state}` })),
      };
      workspace.reply('GET', `${path}/refreshes`, { body });
    }
    const { monitor } = createProviders({ client: workspace.client });
    expect(await monitor.ready('t-1', workspace.read)).toBe(expected);
    await workspace.done();
  });

  test('one that is gone has failed; one that may not be read rejects', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', path, { status: 404, body: { message: 'Cannot find Monitor' } });
    workspace.reply('GET', path, { status: 403, body: { message: 'no' } });
    const { monitor } = createProviders({ client: workspace.client });
    expect(await monitor.ready('t-1', workspace.read)).toBe('failed');
    expect((await problemOf(monitor.ready('t-1', workspace.read))).code).toBe('API.FORBIDDEN');
    await workspace.done();
  });
});
