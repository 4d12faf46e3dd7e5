import { describe, expect, test } from '@jest/globals';
import { withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { alertBody, alertsPath, createAlert, listed, patchAlert } from './alert-client.ts';

const prefix = '/api/2.0/workspace';
const folder = '/Shared/dpo';

async function inFolder(work: (workspace: TestWorkspace, id: string) => Promise<void>): Promise<void> {
  await withWorkspace({ behaviour: { alert_name_clash: 'renamed' } }, async (workspace) => {
    await workspace.call('POST', `${prefix}/mkdirs`, { path: folder });
    await work(workspace, (await createAlert(workspace, { display_name: 'a', parent_path: folder })).id);
  });
}

async function filesOf(workspace: TestWorkspace): Promise<readonly Record<string, unknown>[]> {
  const { body } = await workspace.call('GET', `${prefix}/list?path=${folder}`);
  return (body['objects'] ?? []) as readonly Record<string, unknown>[];
}

async function queryIn(workspace: TestWorkspace, name: string): Promise<unknown> {
  const { body } = await workspace.call(
    'GET',
    `${prefix}/export?path=${folder}/${encodeURIComponent(name)}&format=AUTO`,
  );
  const content = Buffer.from(String(body['content']), 'base64').toString('utf8');
  return (JSON.parse(content) as Record<string, unknown>)['query_lines'];
}

describe('alert in the workspace tree', () => {
  test('is a file that follows its name and content, and leaves with it', async () => {
    await inFolder(async (workspace, id) => {
      const [file] = await filesOf(workspace);
      expect(file).toMatchObject({ object_type: 'FILE', path: `${folder}/a.dbalert.json`, resource_id: id });
      await patchAlert(workspace, id, 'query_text', { query_text: 'SELECT 2\nAS n' });
      expect(await queryIn(workspace, 'a.dbalert.json')).toEqual(['SELECT 2', 'AS n']);
      await patchAlert(workspace, id, 'display_name', { display_name: 'b c' });
      const moved = await filesOf(workspace);
      expect(moved).toMatchObject([{ path: `${folder}/b c.dbalert.json`, object_id: file?.['object_id'] }]);
      expect(await queryIn(workspace, 'b c.dbalert.json')).toEqual(['SELECT 2', 'AS n']);
      await workspace.call('DELETE', `${alertsPath}/${id}`);
      expect(await filesOf(workspace)).toEqual([]);
    });
  });

  test('is in the trash when its file or folder is deleted', async () => {
    await inFolder(async (workspace, id) => {
      const second = await createAlert(workspace, { display_name: 'b', parent_path: folder });
      await workspace.call('POST', `${prefix}/delete`, { path: `${folder}/a.dbalert.json` });
      expect((await workspace.call('GET', `${alertsPath}/${id}`)).body['lifecycle_state']).toBe('DELETED');
      expect(await listed(workspace)).toEqual(['b']);
      await workspace.call('POST', `${prefix}/delete`, { path: folder, recursive: true });
      expect((await workspace.call('GET', `${alertsPath}/${second.id}`)).body['lifecycle_state']).toBe('DELETED');
      expect((await workspace.call('DELETE', `${alertsPath}/${second.id}?purge=true`)).status).toBe(200);
    });
  });

  test('makes way for another file of its name, and cannot be written as a file', async () => {
    await inFolder(async (workspace) => {
      const content = Buffer.from('{}').toString('base64');
      const put = async (name: string) =>
        workspace.call('POST', `${prefix}/import`, {
          path: `${folder}/${name}.dbalert.json`,
          format: 'AUTO',
          overwrite: true,
          content,
        });
      expect((await put('plain')).status).toBe(200);
      const { body } = await createAlert(workspace, { display_name: 'plain', parent_path: folder });
      expect(body['display_name']).toBe('plain (1)');
      expect((await put('plain')).status).toBe(200);
      expect(await put('plain (1)')).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
      expect(await listed(workspace)).toEqual(['a', 'plain (1)']);
    });
  });

  test('needs a name and a folder that can be a path', async () => {
    await inFolder(async (workspace) => {
      for (const fields of [{ display_name: 'a/b' }, { display_name: '..' }, { parent_path: '/Shared/../x' }]) {
        const reply = await workspace.call('POST', alertsPath, alertBody(workspace, fields));
        expect([reply.status, reply.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      }
    });
  });
});
