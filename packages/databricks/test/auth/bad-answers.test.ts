import { afterEach, describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { createClient } from '../../src/index.ts';
import { errorOf, problemOf } from '../support/mock-workspace.ts';
import { connect } from '../support/signed-in.ts';
import { startStubServer, type SeenCall, type StubAnswer, type StubServer } from '../support/stub-server.ts';
import { systemLikeClock } from '../support/system-like-clock.ts';

const secret = 'planted-client-secret';
const token = 'planted-access-token';
const page = `<html><title>Sign in to the network</title>${secret}</html>`;

const servers: StubServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(answer: (call: SeenCall, url: string) => StubAnswer): Promise<StubServer> {
  const server = await startStubServer((call) => answer(call, server.url));
  servers.push(server);
  return server;
}

/** A workspace that is well but for the answers given here. */
async function workspace(answers: Readonly<Record<string, StubAnswer>>): Promise<StubServer> {
  return serve(({ path }, url) => {
    const given = answers[path];
    if (given !== undefined) return given;
    if (path === '/.well-known/databricks-config') return { body: { oidc_endpoint: `${url}/oidc`, workspace_id: '1' } };
    if (path === '/oidc/.well-known/oauth-authorization-server') {
      return { body: { token_endpoint: `${url}/oidc/v1/token` } };
    }
    if (path === '/oidc/v1/token') return { body: { access_token: token, token_type: 'Bearer', expires_in: 3600 } };
    return { status: 404 };
  });
}

const environmentOf = ({ url }: StubServer): Readonly<Record<string, string>> => ({
  DATABRICKS_HOST: url,
  DATABRICKS_CLIENT_ID: 'ci',
  DATABRICKS_CLIENT_SECRET: secret,
});

const tokenPath = '/oidc/v1/token';
const discoveryPath = '/oidc/.well-known/oauth-authorization-server';
const configPath = '/.well-known/databricks-config';
const oauthError = {
  error: 'invalid_client',
  error_description: `no client with ${secret} ${'x'.repeat(352)}${secret}`,
};
const late = { date: new Date(Date.now() - 9 * 60_000).toUTCString() };

describe('what a token endpoint may answer', () => {
  test.each<[string, Readonly<Record<string, StubAnswer>>, string, string]>([
    ['a page of HTML', { [tokenPath]: { body: page } }, 'AUTH.MALFORMED', 'answered 200 with a page of HTML'],
    ['nothing', { [tokenPath]: { body: '' } }, 'AUTH.MALFORMED', 'answered 200 with nothing'],
    ['a list', { [tokenPath]: { body: [] } }, 'AUTH.MALFORMED', 'other than a JSON object'],
    ['no token', { [tokenPath]: { body: { token_type: 'Bearer' } } }, 'AUTH.MALFORMED', 'holds no token'],
    [
      'a token that would add a header',
      { [tokenPath]: { body: { access_token: 'planted\r\nx: y', expires_in: 1 } } },
      'AUTH.MALFORMED',
      'holds no token',
    ],
    [
      'a token of another type',
      { [tokenPath]: { body: { access_token: token, token_type: 'mac', expires_in: 1 } } },
      'AUTH.MALFORMED',
      'another type',
    ],
    [
      'a life that is no number',
      { [tokenPath]: { body: { access_token: token, expires_in: 'soon' } } },
      'AUTH.MALFORMED',
      'how long',
    ],
    [
      'a token that is over',
      { [tokenPath]: { body: { access_token: token, expires_in: 0 } } },
      'AUTH.MALFORMED',
      'has expired already',
    ],
    [
      '400',
      { [tokenPath]: { status: 400, body: oauthError } },
      'AUTH.REFUSED',
      'answered 400 invalid_client: no client',
    ],
    [
      '401',
      { [tokenPath]: { status: 401, body: oauthError } },
      'AUTH.REFUSED',
      'answered 401 invalid_client: no client',
    ],
    [
      '403 in HTML',
      { [tokenPath]: { status: 403, body: page } },
      'AUTH.REFUSED',
      'answered 403: Sign in to the network',
    ],
    [
      '401 while the clocks differ',
      { [tokenPath]: { status: 401, body: oauthError, headers: late } },
      'AUTH.REFUSED',
      'the clock of this machine is 9 minutes ahead of that of the server',
    ],
    ['404', { [tokenPath]: { status: 404, body: page } }, 'AUTH.MALFORMED', 'is not there (it answered 404)'],
    ['500', { [tokenPath]: { status: 500, body: page } }, 'AUTH.UNREACHABLE', 'answered 500'],
    ['a reset', { [tokenPath]: 'reset' }, 'AUTH.UNREACHABLE', 'cannot be reached'],
    [
      'a page where the endpoint is to be found',
      { [discoveryPath]: { body: page } },
      'AUTH.MALFORMED',
      'a page of HTML',
    ],
    ['no endpoint', { [discoveryPath]: { body: {} } }, 'AUTH.MALFORMED', 'names no token endpoint'],
    ['an endpoint that is no URL', { [discoveryPath]: { body: { token_endpoint: 'x' } } }, 'AUTH.MALFORMED', 'no URL'],
    ['no answer in time', { [tokenPath]: 'hang' }, 'AUTH.UNREACHABLE', 'did not answer in time'],
    [
      'no answer in time to the question where',
      { [discoveryPath]: 'hang' },
      'AUTH.UNREACHABLE',
      'did not answer in time',
    ],
  ])('U015 N018 %s is explained, without a secret', async (_name, ...[answers, code, words]) => {
    const stub = await workspace(answers);
    const connection = await connect({ environment: environmentOf(stub), more: { patienceMs: 400 } });
    const error = await errorOf(connection.credentials.token());
    expect(await problemOf(Promise.reject(error))).toMatchObject({
      code,
      message: expect.stringContaining(words),
      hint: expect.stringMatching(/./),
    });
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('planted');
  });

  test.each([
    ['the documents that say where cannot be had', { [configPath]: { status: 500, body: page } }],
    ['they are pages of HTML', { [configPath]: { body: page } }],
    ['there is none', { [configPath]: { status: 404 } }],
  ])('the usual place is taken when %s', async (_name, answers) => {
    const stub = await workspace(answers);
    const connection = await connect({ environment: environmentOf(stub) });
    expect(await connection.credentials.token()).toBe(token);
  });

  test('a provider that fails for a moment is asked again', async () => {
    let calls = 0;
    const stub = await serve(({ path }, url) => {
      if (path !== tokenPath) return { body: { token_endpoint: `${url}${tokenPath}`, workspace_id: '1' } };
      calls += 1;
      return calls < 3 ? { status: 503 } : { body: { access_token: token, expires_in: '3599' } };
    });
    const connection = await connect({ environment: environmentOf(stub) });
    expect([await connection.credentials.token(), calls]).toEqual([token, 3]);
  });
});

describe('secrets stay with the host that they are meant for', () => {
  test.each<[string, (other: string) => Readonly<Record<string, StubAnswer>>]>([
    [
      'the token endpoint redirects',
      (other) => ({ [tokenPath]: { status: 307, headers: { location: `${other}/x` } } }),
    ],
    ['the discovery redirects', (other) => ({ [discoveryPath]: { status: 302, headers: { location: `${other}/x` } } })],
    ['the discovery names another host', (other) => ({ [discoveryPath]: { body: { token_endpoint: `${other}/x` } } })],
    ['the settings of the host name another one', (other) => ({ [configPath]: { body: { oidc_endpoint: other } } })],
  ])('N018 %s: nothing is sent to it', async (_name, answers) => {
    const other = await serve(() => ({ body: { access_token: 'stolen', expires_in: 60 } }));
    const stub = await workspace(answers(other.url));
    const connection = await connect({ environment: environmentOf(stub) });
    expect(await problemOf(connection.credentials.token())).toMatchObject({
      code: 'AUTH.MALFORMED',
      message: expect.stringContaining(`${other.url}; nothing was sent there`),
    });
    expect(other.calls).toEqual([]);
  });

  test('an explicit discovery URL may be on another host', async () => {
    const other = await serve(({ path }, url) =>
      path === '/d' ? { body: { token_endpoint: `${url}/t` } } : { body: { access_token: token, expires_in: 60 } },
    );
    const stub = await workspace({});
    const environment = { ...environmentOf(stub), DATABRICKS_DISCOVERY_URL: `${other.url}/d` };
    expect(await (await connect({ environment })).credentials.token()).toBe(token);
    expect(stub.calls.map(({ path }) => path)).toEqual([configPath]);
  });
});

describe('a token that ends while requests are under way', () => {
  test('U015 fifty requests that are refused lead to one sign-in, and each is sent once more', async () => {
    let tokens = 0;
    const stub = await serve(({ path, headers }, url) => {
      if (path === tokenPath) {
        tokens += 1;
        return { body: { access_token: `planted-token-${String(tokens)}`, expires_in: 3600 } };
      }
      if (path === '/api/x') {
        const isNew = headers.authorization === 'Bearer planted-token-2';
        return isNew ? { body: { ok: true } } : { status: 401, body: { error_code: 'UNAUTHENTICATED' } };
      }
      return { body: { token_endpoint: `${url}${tokenPath}`, workspace_id: '1' } };
    });
    const connection = await connect({ environment: environmentOf(stub) });
    const client = createClient({ connection, clock: systemLikeClock, random: () => 0, userAgent: 'dpo/test' });
    const request = { method: 'POST', path: '/api/x', body: {} } as const;
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.send(request)));
    expect(answers.every(({ body }) => body['ok'] === true)).toBe(true);
    expect(tokens).toBe(2);
    await client.close();
  });

  test('U015 credentials that were revoked meanwhile end the run with their own reason', async () => {
    let tokens = 0;
    const stub = await serve(({ path }, url) => {
      if (path === tokenPath) {
        tokens += 1;
        return tokens === 1 ? { body: { access_token: token, expires_in: 3600 } } : { status: 401, body: oauthError };
      }
      if (path === '/api/x') return { status: 403, body: { message: 'Invalid access token.' } };
      return { body: { token_endpoint: `${url}${tokenPath}`, workspace_id: '1' } };
    });
    const connection = await connect({ environment: environmentOf(stub) });
    const client = createClient({ connection, clock: systemLikeClock, random: () => 0, userAgent: 'dpo/test' });
    const problem = await problemOf(client.send({ method: 'GET', path: '/api/x' }));
    expect(problem).toMatchObject({ code: 'AUTH.REFUSED', hint: expect.stringContaining('expired or deleted') });
    await client.close();
  });
});

test('account_id, workspace_id and scopes go where the documents say', async () => {
  const stub = await serve(({ path }, url) => {
    if (path === configPath) return { body: { oidc_endpoint: `${url}/oidc/accounts/{account_id}` } };
    if (path === '/oidc/accounts/acc-1/.well-known/oauth-authorization-server') {
      return { body: { token_endpoint: `${url}/oidc/accounts/acc-1/v1/token` } };
    }
    return path.endsWith('/v1/token') ? { body: { access_token: token, expires_in: 60 } } : { status: 404 };
  });
  const profiles = `[sp]\nhost = ${stub.url}\naccount_id = acc-1\nworkspace_id = 77\nclient_id = ci\nclient_secret = ${secret}\nscopes = sql, unity-catalog\n`;
  const connection = await connect({ environment: {}, profiles, more: { flags: { profile: 'sp' } } });
  await connection.credentials.token();
  expect(connection.credentials.headers?.()).toEqual({ 'x-databricks-workspace-id': '77' });
  expect(stub.calls.at(-1)).toMatchObject({
    path: '/oidc/accounts/acc-1/v1/token',
    form: { grant_type: 'client_credentials', scope: 'sql unity-catalog' },
    headers: { authorization: `Basic ${Buffer.from(`ci:${secret}`).toString('base64')}`, 'user-agent': 'dpo/test' },
  });
});
