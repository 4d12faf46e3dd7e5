import { readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startLocalWorkspace } from '../../src/index.ts';
import { as, others } from '../access/principals.ts';
import { withCalls, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const path = '/api/2.0/notification-destinations';

async function create(workspace: TestWorkspace, config: object, name = 'd'): Promise<Record<string, unknown>> {
  const { status, body } = await workspace.call('POST', path, { display_name: name, config });
  expect([status, body['message']]).toEqual([200, undefined]);
  return body;
}

const teams = { app_id: 's1', auth_secret: 's2', channel_url: 's3', tenant_id: 's4' };
const webhook = { url: 's1', username: 's2', password: 's3', oauth_scopes: ['s4'] };

const teamsApp = { channel_id: 's1', team_id: 's2', tenant_id: 's3' };

const kinds: readonly (readonly [string, string, object, object])[] = [
  ['e-mail', 'EMAIL', { email: { addresses: ['a@b.c'] } }, { email: { addresses: ['a@b.c'] } }],
  ['Slack by URL', 'SLACK', { slack: { url: 's1' } }, { slack: { url_set: true } }],
  [
    'Slack by token',
    'SLACK',
    { slack: { channel_id: 's1', oauth_token: 's2' } },
    { slack: { channel_id_set: true, oauth_token_set: true } },
  ],
  ['PagerDuty', 'PAGERDUTY', { pagerduty: { integration_key: 's1' } }, { pagerduty: { integration_key_set: true } }],
  ['Teams by URL', 'MICROSOFT_TEAMS', { microsoft_teams: { url: 's1' } }, { microsoft_teams: { url_set: true } }],
  [
    'Teams by app',
    'MICROSOFT_TEAMS',
    { microsoft_teams: teams },
    { microsoft_teams: { app_id_set: true, auth_secret_set: true, channel_url_set: true, tenant_id_set: true } },
  ],
  [
    'Slack by the Databricks app',
    'DATABRICKS_APP_SLACK',
    { databricks_app_slack: { channel_id: 's1', team_id: 's2' } },
    { databricks_app_slack: { channel_id_set: true, team_id_set: true } },
  ],
  [
    'Teams by the Databricks app',
    'DATABRICKS_APP_TEAMS',
    { databricks_app_teams: teamsApp },
    { databricks_app_teams: { channel_id_set: true, team_id_set: true, tenant_id_set: true } },
  ],
  [
    'a webhook',
    'WEBHOOK',
    { generic_webhook: webhook },
    { generic_webhook: { url_set: true, username_set: true, password_set: true, oauth_scopes_set: true } },
  ],
];

describe('notification destination', () => {
  test('shows its type and which secrets are set', async () => {
    await withWorkspace({}, async (workspace) => {
      for (const [name, type, config, shown] of kinds) {
        const created = await create(workspace, config, name);
        expect(created).toEqual({ id: expect.any(String), display_name: name, destination_type: type, config: shown });
        expect((await workspace.call('GET', `${path}/${String(created['id'])}`)).body).toEqual(created);
      }
    });
  });

  test('is listed in the order of creation with id, name and type alone, page by page', async () => {
    await withWorkspace({}, async (workspace) => {
      const first = await create(workspace, { email: { addresses: ['a@b.c'] } }, 'z');
      await create(workspace, { slack: { url: 's' } }, 'a');
      const page = await workspace.call('GET', `${path}?page_size=1`);
      expect(page.body['results']).toEqual([{ id: first['id'], display_name: 'z', destination_type: 'EMAIL' }]);
      const rest = await workspace.call(
        'GET',
        `${path}?page_size=1&page_token=${String(page.body['next_page_token'])}`,
      );
      expect(rest.body).toEqual({ results: [expect.objectContaining({ display_name: 'a' })] });
    });
  });

  test('is changed within its type', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await create(workspace, { slack: { url: 's' } });
      const one = `${path}/${String(id)}`;
      const renamed = await workspace.call('PATCH', one, { display_name: 'e' });
      expect(renamed.body).toMatchObject({ display_name: 'e', config: { slack: { url_set: true } } });
      const token = { slack: { channel_id: 'c', oauth_token: 't' } };
      expect((await workspace.call('PATCH', one, { config: token })).body['config']).toEqual({
        slack: { channel_id_set: true, oauth_token_set: true },
      });
      const other = await workspace.call('PATCH', one, { config: { email: { addresses: ['a@b.c'] } } });
      expect([other.status, other.body['message']]).toEqual([
        400,
        'config: destination_type cannot be changed from SLACK to EMAIL',
      ]);
    });
  });

  test('that is deleted or of another workspace is not found', async () => {
    const principals = [{ userName: 'di@x.com', token: 'di-token', admin: true, workspaceId: '77' }];
    await withWorkspace({ principals }, async (workspace) => {
      const { id } = await create(workspace, { slack: { url: 's' } });
      const one = `${path}/${String(id)}`;
      const elsewhere = as(workspace, 'di-token');
      expect((await elsewhere.call('GET', one)).status).toBe(404);
      expect((await elsewhere.call('GET', path)).body['results']).toEqual([]);
      expect(await workspace.call('DELETE', one)).toMatchObject({ status: 200, body: {} });
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const missing = await workspace.call(method, one, method === 'PATCH' ? {} : undefined);
        expect(missing).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
      }
    });
  });

  test('is written by admins only; others see it without configuration', async () => {
    await withWorkspace({ principals: others }, async (admin) => {
      const { id } = await create(admin, { slack: { url: 's' } });
      const bo = as(admin, 'bo-token');
      const one = `${path}/${String(id)}`;
      expect((await bo.call('GET', one)).body).toEqual({ id, display_name: 'd', destination_type: 'SLACK' });
      for (const [method, at, body] of [
        ['POST', path, { display_name: 'x', config: { slack: { url: 's' } } }],
        ['PATCH', one, { display_name: 'x' }],
        ['DELETE', one, undefined],
      ] as const) {
        const denied = await bo.call(method, at, body);
        expect(denied).toMatchObject({ status: 403, body: { error_code: 'PERMISSION_DENIED' } });
      }
    });
  });

  test('is refused with its field and fault, and without its secret', async () => {
    await withWorkspace({}, async (workspace) => {
      const found: unknown[] = [];
      for (const body of [
        { config: { slack: { url: 'hush' } } },
        { display_name: 'd' },
        { display_name: 'd', config: {} },
        { display_name: 'd', config: { slack: { url: 'hush' }, email: { addresses: ['a'] } } },
        { display_name: 'd', config: { slack: { channel_id: 'hush' } } },
        { display_name: 'd', config: { slack: { url: 'hush', password: 'hush' } } },
        { display_name: 'd', config: { pagerduty: { integration_key: ['hush'] } } },
        { display_name: 'd', config: { email: { addresses: [] } } },
        { display_name: 'd', config: { microsoft_teams: { app_id: 'hush', tenant_id: 'hush' } } },
        { display_name: 'd', config: { generic_webhook: { username: 'hush' } } },
        { display_name: 'd', config: { sms: { number: 'hush' } } },
      ]) {
        const reply = await workspace.call('POST', path, body);
        expect(reply.status).toBe(400);
        found.push(reply.body['message']);
      }
      expect(found).toEqual([
        'display_name: missing required field',
        'config: missing required field',
        'config: exactly one of email, slack, pagerduty, microsoft_teams, generic_webhook, databricks_app_slack, databricks_app_teams is needed but none is given',
        'config: exactly one of email, slack, pagerduty, microsoft_teams, generic_webhook, databricks_app_slack, databricks_app_teams is needed but email and slack are given',
        'config.slack: needs url, or channel_id with oauth_token',
        'config.slack.password: unknown field',
        'config.pagerduty.integration_key: expected a string but got a list',
        'config.email.addresses: must name at least one address',
        'config.microsoft_teams: needs url, or app_id with auth_secret with channel_url with tenant_id',
        'config.generic_webhook: needs url',
        'config.sms: unknown field',
      ]);
    });
  });

  test('leaves no secret in data file and request log, neither by a mistaken call nor by one that a fault answers', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-destinations-'));
    try {
      const file = join(directory, 'requests.jsonl');
      const faults = [{ match: `POST ${path}/faulty`, status: 503 }];
      const workspace = withCalls(await startLocalWorkspace({ directory, requestLogFile: file, faults }));
      const secret = 'hush-4711';
      const { id } = await create(workspace, { slack: { channel_id: secret, oauth_token: secret } });
      const body = { display_name: 'd', config: { slack: { url: secret } } };
      await workspace.call('PATCH', `${path}/${String(id)}`, body);
      for (const at of [`${path}/`, `${path}/faulty`, `${path}-old`]) await workspace.call('POST', at, body);
      await workspace.call('POST', path, [secret]);
      await fetch(`${workspace.url}${path}`, { method: 'POST', body: `{"config": "${secret}` });
      const bodies = workspace.requests().map((request) => request.body);
      expect(bodies[1]).toEqual({ display_name: 'd', config: '[redacted]' });
      expect(bodies).toHaveLength(7);
      await workspace.close();
      for (const name of ['requests.jsonl', 'workspace.duckdb']) {
        expect((await readFile(join(directory, name))).includes(secret)).toBe(false);
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
