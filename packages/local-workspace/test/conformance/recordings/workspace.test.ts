import { describe, test } from '@jest/globals';
import { withWorkspace } from '../../workspace-client.ts';
import { planned, replay } from '../planned-call.ts';

const workspace = '/api/2.0/workspace';

describe('what was recorded of the workspace tree', () => {
  // databricks/cli acceptance/selftest/record_cloud/workspace-file-io (cloud).
  test('a missing path is told in the words of the service, and folders are made as often as asked', async () => {
    await withWorkspace({}, async ({ call }) => {
      const path = '/Workspace/Shared/recorded/inner';
      const missing = { error_code: 'RESOURCE_DOES_NOT_EXIST', message: `Path (${path}) doesn't exist.` };
      const mkdirs = planned('POST', `${workspace}/mkdirs`, { body: () => ({ path }), status: 200, answer: {} });
      const status = `${workspace}/get-status?path=${path}`;
      await replay(
        call,
        [
          planned('GET', status, { status: 404, answer: missing }),
          mkdirs,
          mkdirs,
          planned('GET', status, { status: 200, answer: { object_type: 'DIRECTORY', path } }),
          planned('POST', `${workspace}/delete`, { body: () => ({ path, recursive: true }), status: 200, answer: {} }),
          planned('GET', status, { status: 404, answer: missing }),
        ],
        {},
      );
    });
  });
});
