import { describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalWorkspaceOptions } from '../../src/index.ts';
import { withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const client = '11111111-2222-3333-4444-555555555555';
const secret = 'dose-a-very-planted-secret';
const issuer = 'https://token.actions.githubusercontent.com';
const subject = 'repo:org/repo:ref:refs/heads/main';
const principals: NonNullable<LocalWorkspaceOptions['principals']> = [
  {
    userName: client,
    kind: 'service_principal',
    displayName: 'ci',
    groups: ['users', 'machines'],
    clientSecret: secret,
    federationPolicies: [{ issuer, subject, audiences: ['https://aud.example'] }],
  },
  { userName: 'no-secret', kind: 'service_principal', federationPolicies: [{ issuer, subject }] },
  { userName: 'bo@x.com', token: 'bo-token', clientSecret: secret },
];
const credentials = { grant_type: 'client_credentials', scope: 'all-apis' };

describe('oauth tokens', () => {
  test('a client secret gives a token with which calls are those of the service principal', async () => {
    await withWorkspace({ principals }, async (workspace) => {
      const given = await ask(workspace, credentials, basic(client, secret));
      expect([given.status, given.body]).toEqual([
        200,
        { access_token: expect.any(String), token_type: 'Bearer', expires_in: 3600, scope: 'all-apis' },
      ]);
      expect(await whoIs(workspace, String(given.body['access_token']))).toEqual([200, client]);
    });
  });

  test('credentials may be encoded as in a form, or stand in the form', async () => {
    await withWorkspace({ principals }, async (workspace) => {
      const encoded = basic(client.replaceAll('-', '%2D'), secret.replaceAll('-', '%2D'));
      expect((await ask(workspace, credentials, encoded)).status).toBe(200);
      const inForm = { ...credentials, client_id: client, client_secret: secret };
      expect((await ask(workspace, inForm)).status).toBe(200);
    });
  });

  test.each([
    ['a wrong secret', credentials, basic(client, 'wrong'), 401, 'invalid_client'],
    ['an unknown client', credentials, basic('nobody', secret), 401, 'invalid_client'],
    ['the secret of another', credentials, basic('no-secret', secret), 401, 'invalid_client'],
    ['a user', credentials, basic('bo@x.com', secret), 401, 'invalid_client'],
    ['no credentials', credentials, undefined, 401, 'invalid_client'],
    ['half a header', credentials, 'Basic !!!', 401, 'invalid_client'],
    ['a bearer token instead', credentials, 'Bearer bo-token', 401, 'invalid_client'],
    ['no grant type', { scope: 'all-apis' }, basic(client, secret), 400, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, basic(client, secret), 400, 'unsupported_grant_type'],
    ['another scope', { ...credentials, scope: 'sql' }, basic(client, secret), 400, 'invalid_scope'],
  ] as const)('%s gives no token', async (...row) => {
    const [, form, authorization, status, error] = row;
    await withWorkspace({ principals }, async (workspace) => {
      const given = await ask(workspace, form, authorization);
      expect([given.status, given.body]).toEqual([status, { error, error_description: expect.any(String) }]);
    });
  });

  test('a secret is no token, and a token no secret', async () => {
    await withWorkspace({ principals }, async (workspace) => {
      expect((await whoIs(workspace, secret))[0]).toBe(401);
      expect((await whoIs(workspace, `${client} ${secret}`))[0]).toBe(401);
      const given = await ask(workspace, credentials, basic(client, secret));
      expect((await ask(workspace, credentials, basic(client, String(given.body['access_token'])))).status).toBe(401);
    });
  });

  test('a token ends after its time, also while the clock of the workspace stands still', async () => {
    await withWorkspace({ principals, oauthTokenSeconds: 1 }, async (workspace) => {
      const given = await ask(workspace, credentials, basic(client, secret));
      expect(given.body['expires_in']).toBe(1);
      const token = String(given.body['access_token']);
      expect((await whoIs(workspace, token))[0]).toBe(200);
      await sleep(1100);
      expect((await whoIs(workspace, token))[0]).toBe(401);
      const next = await ask(workspace, credentials, basic(client, secret));
      expect((await whoIs(workspace, String(next.body['access_token'])))[0]).toBe(200);
      const credentialsKept = (await workspace.snapshot()).documents['credential'];
      const ending = [...(credentialsKept?.values() ?? [])].filter((kept) => kept['expiresAt'] !== undefined);
      expect(ending).toHaveLength(1);
    });
  });

  test('a token stays valid over a restart', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-oauth-'));
    let token = '';
    await withWorkspace({ principals, directory }, async (workspace) => {
      token = String((await ask(workspace, credentials, basic(client, secret))).body['access_token']);
    });
    await withWorkspace({ directory }, async (workspace) => {
      expect(await whoIs(workspace, token)).toEqual([200, client]);
    });
    await rm(directory, { recursive: true });
  });

  test('neither secrets nor tokens get into the log, into errors or onto the disk', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-oauth-'));
    const requestLogFile = join(directory, 'requests.jsonl');
    const planted = [secret, jwt({}), 'wrong-but-secret'];
    const answers: string[] = [];
    await withWorkspace({ principals, directory, requestLogFile }, async (workspace) => {
      const given = await ask(workspace, credentials, basic(client, secret));
      const token = String(given.body['access_token']);
      planted.push(token);
      await whoIs(workspace, token);
      answers.push((await ask(workspace, credentials, basic(client, 'wrong-but-secret'))).text);
      answers.push((await ask(workspace, { ...credentials, client_id: client, client_secret: secret })).text);
      answers.push((await ask(workspace, { ...exchange(jwt({})), client_id: 'nobody' })).text);
      answers.push((await ask(workspace, exchange(jwt({})))).text);
      answers.push((await post(workspace, `/oidc/v1/token?client_secret=${secret}`, secret, {})).text);
      answers.push((await post(workspace, '/oidc/v1/token', secret, { 'Content-Type': 'text/plain' })).text);
      answers.push((await whoIsText(workspace, 'wrong-but-secret')).text);
      const logged = JSON.stringify(workspace.requests());
      for (const text of planted) expect(logged).not.toContain(text);
      expect(workspace.requests().length).toBeGreaterThan(8);
    });
    for (const text of planted.slice(0, 3)) {
      // The one answer that gives a token is not among these.
      for (const answer of answers) expect(answer).not.toContain(text);
    }
    for (const file of await readdir(directory)) {
      const content = (await readFile(join(directory, file))).toString('latin1');
      for (const text of planted) expect([file, content.includes(text)]).toEqual([file, false]);
    }
    await rm(directory, { recursive: true });
  });
});

describe('exchange of tokens of identity providers', () => {
  test('a token that a federation policy allows gives one of the workspace', async () => {
    await withWorkspace({ principals }, async (workspace) => {
      const given = await ask(workspace, exchange(jwt({})));
      expect(given.status).toBe(200);
      expect(await whoIs(workspace, String(given.body['access_token']))).toEqual([200, client]);
      const several = await ask(workspace, exchange(jwt({ aud: ['x', 'https://aud.example'] })));
      expect(several.status).toBe(200);
    });
  });

  test('a policy without audiences wants the id of the account, which discovery tells', async () => {
    await withWorkspace({ principals }, async (workspace) => {
      const config = (await (await fetch(`${workspace.url}/.well-known/databricks-config`)).json()) as {
        readonly account_id: string;
      };
      const form = { client_id: 'no-secret' };
      expect((await ask(workspace, { ...exchange(jwt({ aud: config.account_id })), ...form })).status).toBe(200);
      expect((await ask(workspace, { ...exchange(jwt({ aud: 'else' })), ...form })).status).toBe(400);
    });
  });

  test.each([
    ['another issuer', exchange(jwt({ iss: 'https://evil.example' })), 400, 'invalid_request'],
    ['another subject', exchange(jwt({ sub: 'repo:org/fork:ref:refs/heads/main' })), 400, 'invalid_request'],
    ['another audience', exchange(jwt({ aud: 'else' })), 400, 'invalid_request'],
    ['no audience', exchange(jwt({ aud: undefined })), 400, 'invalid_request'],
    ['an end in the past', exchange(jwt({ exp: 1_000_000_000 })), 400, 'invalid_request'],
    ['no end', exchange(jwt({ exp: undefined })), 400, 'invalid_request'],
    ['a beginning in the future', exchange(jwt({ nbf: 4_000_000_000 })), 400, 'invalid_request'],
    ['two parts', exchange('a.b'), 400, 'invalid_request'],
    ['parts that are no JSON', exchange('a.b.c'), 400, 'invalid_request'],
    ['no subject token', { ...exchange(''), subject_token: '' }, 400, 'invalid_request'],
    ['another type', { ...exchange(jwt({})), subject_token_type: 'x' }, 400, 'invalid_request'],
    ['no client', { ...exchange(jwt({})), client_id: '' }, 400, 'invalid_request'],
    ['an unknown client', { ...exchange(jwt({})), client_id: 'nobody' }, 401, 'invalid_client'],
    ['a client without a policy', { ...exchange(jwt({})), client_id: 'bo@x.com' }, 401, 'invalid_client'],
  ] as const)('%s is refused', async (...row) => {
    const [, form, status, error] = row;
    await withWorkspace({ principals }, async (workspace) => {
      const given = await ask(workspace, form);
      expect([given.status, given.body['error']]).toEqual([status, error]);
    });
  });
});

describe('discovery', () => {
  test('leads from the host to the token endpoint without a token', async () => {
    await withWorkspace({}, async ({ url, workspaceId }) => {
      const config = (await (await fetch(`${url}/.well-known/databricks-config`)).json()) as Record<string, string>;
      expect(config).toMatchObject({ oidc_endpoint: `${url}/oidc`, workspace_id: workspaceId });
      const server = await fetch(`${config['oidc_endpoint']}/.well-known/oauth-authorization-server`);
      expect(await server.json()).toMatchObject({
        token_endpoint: `${url}/oidc/v1/token`,
        authorization_endpoint: `${url}/oidc/v1/authorize`,
      });
    });
  });
});

interface Given {
  readonly status: number;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

function ask(workspace: TestWorkspace, form: Readonly<Record<string, string>>, authorization?: string): Promise<Given> {
  return post(workspace, '/oidc/v1/token', new URLSearchParams(form), {
    'Content-Type': 'application/x-www-form-urlencoded',
    ...(authorization === undefined ? {} : { Authorization: authorization }),
  });
}

async function post(
  workspace: TestWorkspace,
  path: string,
  ...[body, headers]: readonly [string | URLSearchParams, Readonly<Record<string, string>>]
): Promise<Given> {
  const response = await fetch(workspace.url + path, { method: 'POST', body, headers });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Record<string, unknown> };
}

async function whoIs(workspace: TestWorkspace, token: string): Promise<readonly unknown[]> {
  const { status, text } = await whoIsText(workspace, token);
  return [status, (JSON.parse(text) as Record<string, unknown>)['userName']];
}

async function whoIsText(workspace: TestWorkspace, token: string): Promise<{ status: number; text: string }> {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${workspace.url}/api/2.0/preview/scim/v2/Me`, { headers });
  return { status: response.status, text: await response.text() };
}

function basic(id: string, password: string): string {
  return `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;
}

function exchange(token: string): Readonly<Record<string, string>> {
  return {
    client_id: client,
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    scope: 'all-apis',
  };
}

function jwt(claims: Readonly<Record<string, unknown>>): string {
  const all = { iss: issuer, sub: subject, aud: 'https://aud.example', exp: 4_000_000_000, ...claims };
  const parts = [{ alg: 'RS256', typ: 'JWT' }, all].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${parts.join('.')}.c2lnbmF0dXJl`;
}
