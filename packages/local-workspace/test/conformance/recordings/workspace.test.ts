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

  // databricks/cli acceptance/selftest/record_cloud/workspace-file-io and libs/filer/workspace_files_client.go.
  test('a file needs its folder and is not written over unasked', async () => {
    await withWorkspace({}, async ({ call }) => {
      const raw = (path: string) => `/api/2.0/workspace-files/import-file${path}`;
      const file = '/Workspace/Shared/recorded.txt';
      const lost = '/Workspace/Shared/none/recorded.txt';
      const content = { a: 1 };
      await replay(
        call,
        [
          planned('POST', raw(lost), {
            body: () => content,
            status: 404,
            answer: { message: 'The parent folder (/Workspace/Shared/none) does not exist.' },
          }),
          planned('POST', raw(file), { body: () => content, status: 200, answer: {} }),
          planned('POST', raw(file), {
            body: () => content,
            status: 409,
            answer: { message: `File already exists at (${file}).` },
          }),
          planned('POST', `${raw(file)}?overwrite=true`, { body: () => content, status: 200, answer: {} }),
          planned('POST', `${workspace}/import`, {
            body: () => ({ path: file, content: 'eA==', format: 'AUTO' }),
            status: 409,
            answer: { error_code: 'RESOURCE_ALREADY_EXISTS' },
          }),
          planned('GET', `${workspace}/get-status?path=${file}`, {
            status: 200,
            answer: { object_type: 'FILE', size: 7 },
          }),
        ],
        {},
      );
    });
  });
});
