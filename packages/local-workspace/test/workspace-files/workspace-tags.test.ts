import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { drawn, lakeview } from '../dashboards/dashboard-client.ts';
import { withWorkspace } from '../workspace-client.ts';
import { importText, status } from './files.ts';

const prefix = '/api/2.0/entity-tag-assignments';

describe('tags of workspace objects', () => {
  test('a dashboard is tagged, listed page by page, changed and untagged', async () => {
    await withWorkspace({}, async (workspace) => {
      const { call } = workspace;
      const entity = { entity_type: 'dashboards', entity_id: await drawn(workspace) };
      const path = `${prefix}/dashboards/${entity.entity_id}/tags`;
      const made = await call('POST', prefix, { ...entity, tag_key: 'owner', tag_value: 'dpo' });
      expect(made.body).toEqual({ ...entity, tag_key: 'owner', tag_value: 'dpo' });
      expect((await call('POST', prefix, { ...entity, tag_key: 'owner' })).body['error_code']).toBe('ALREADY_EXISTS');
      await call('POST', prefix, { ...entity, tag_key: 'alone' });
      const first = await call('GET', `${path}?page_size=1`);
      expect(first.body['tag_assignments']).toEqual([{ ...entity, tag_key: 'alone', tag_value: '' }]);
      const next = await call('GET', `${path}?page_size=1&page_token=${String(first.body['next_page_token'])}`);
      expect(next.body).toEqual({ tag_assignments: [made.body] });
      await call('PATCH', `${path}/owner?update_mask=tag_value`, { ...entity, tag_key: 'owner', tag_value: 'us' });
      expect((await call('GET', `${path}/owner`)).body['tag_value']).toBe('us');
      expect((await call('DELETE', `${path}/owner`)).body).toEqual({});
      expect((await call('GET', `${path}/owner`)).status).toBe(404);
      await call('DELETE', `${lakeview}/${entity.entity_id}`);
      expect((await call('GET', path)).status).toBe(404);
    });
  });

  test('notebooks go by their object id, and files have no tags', async () => {
    await withWorkspace({}, async (workspace) => {
      await importText(workspace, '/Shared/n', { text: 'SELECT 1', format: 'SOURCE', language: 'SQL' });
      await importText(workspace, '/Shared/f.txt');
      const tag = async (path: string) =>
        workspace.call('POST', prefix, {
          entity_type: 'notebooks',
          entity_id: String((await status(workspace, path)).body['object_id']),
          tag_key: 'k',
        });
      expect([(await tag('/Shared/n')).status, (await tag('/Shared/f.txt')).status]).toEqual([200, 404]);
    });
  });

  test('a tag is changed by who may edit the object and read by who may read it', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const id = await drawn(owner, { parent_path: '/Users/local.user@example.com' });
      const bo = as(owner, 'bo-token');
      const tag = { entity_type: 'dashboards', entity_id: id, tag_key: 'k' };
      const list = `${prefix}/dashboards/${id}/tags`;
      expect((await bo.call('GET', list)).status).toBe(403);
      await owner.call('PATCH', `/api/2.0/permissions/dashboards/${id}`, {
        access_control_list: [{ user_name: 'bo@x.com', permission_level: 'CAN_READ' }],
      });
      expect([(await bo.call('GET', list)).status, (await bo.call('POST', prefix, tag)).status]).toEqual([200, 403]);
    });
  });

  test.each([',', '.', ':', '/', '-', '='])("a key with '%s' is refused", async (character) => {
    await withWorkspace({}, async (workspace) => {
      const tag = { entity_type: 'dashboards', entity_id: await drawn(workspace), tag_key: `a${character}b` };
      expect((await workspace.call('POST', prefix, tag)).status).toBe(400);
    });
  });
});
