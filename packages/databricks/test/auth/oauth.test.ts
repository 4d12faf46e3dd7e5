import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startLocalWorkspace, type LocalWorkspace } from '@dpo/local-workspace';
import { createClient, getMe, type Connection } from '../../src/index.ts';
import { errorOf, problemOf } from '../support/mock-workspace.ts';
import { connect, jwtOf } from '../support/signed-in.ts';
import { startStubServer, type StubServer } from '../support/stub-server.ts';
import { systemLikeClock } from '../support/system-like-clock.ts';

const id = '11111111-2222-3333-4444-555555555555';
const secret = 'dose-planted-client-secret';
const issuer = 'https://token.actions.githubusercontent.com';
const subject = 'repo:org/repo:environment:prod';
const jobToken = 'planted-job-token';

describe('OAuth against the token endpoints of the embedded workspace', () => {
  let workspace: LocalWorkspace;
  let github: StubServer;

  beforeAll(async () => {
    workspace = await startLocalWorkspace({
      directory: ':memory:',
      principals: [
        {
          userName: id,
          kind: 'service_principal',
          displayName: 'ci',
          clientSecret: secret,
          // Without audiences it is the id of the account, which the workspace names as well.
          federationPolicies: [{ issuer, subject }],
        },
      ],
    });
    github = await startStubServer(({ query, headers }) =>
      headers.authorization === `Bearer ${jobToken}`
        ? { body: { value: jwtOf({ iss: issuer, sub: subject, aud: query['audience'] }) } }
        : { status: 401, body: { message: 'bad credentials' } },
    );
  });

  afterAll(async () => {
    await github.close();
    await workspace.close();
  });

  const job = (): Readonly<Record<string, string>> => ({
    GITHUB_ACTIONS: 'true',
    ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/token?api-version=2`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobToken,
  });
  const account = async (): Promise<string> => {
    const answer = await fetch(`${workspace.url}/.well-known/databricks-config`);
    return String(((await answer.json()) as { account_id: string }).account_id);
  };
  const whoIs = async (connection: Connection): Promise<string> => {
    const client = createClient({ connection, clock: systemLikeClock, random: () => 0, userAgent: 'dpo/test' });
    try {
      return (await getMe(client)).userName;
    } finally {
      await client.close();
    }
  };

  test.each<[string, () => Promise<Connection>, string]>([
    [
      'a client secret of the environment',
      () =>
        connect({
          environment: { DATABRICKS_HOST: workspace.url, DATABRICKS_CLIENT_ID: id, DATABRICKS_CLIENT_SECRET: secret },
        }),
      'oauth-m2m with the client secret of DATABRICKS_CLIENT_SECRET',
    ],
    [
      'a client secret of a profile',
      () =>
        connect({
          environment: { DATABRICKS_CONFIG_PROFILE: 'sp' },
          profiles: `[sp]\nhost = ${workspace.url}\nclient_id = ${id}\nclient_secret = ${secret}\n`,
        }),
      'oauth-m2m with the client secret of profile sp of /home/ada/.databrickscfg',
    ],
    [
      'a job of GitHub Actions',
      () => connect({ environment: { DATABRICKS_HOST: workspace.url, DATABRICKS_CLIENT_ID: id, ...job() } }),
      'github-oidc with the identity of this job',
    ],
    [
      'a token of an identity provider in a variable',
      async () =>
        connect({
          environment: {
            DATABRICKS_HOST: workspace.url,
            DATABRICKS_CLIENT_ID: id,
            DATABRICKS_OIDC_TOKEN_ENV: 'CI_TOKEN',
            CI_TOKEN: jwtOf({ iss: issuer, sub: subject, aud: await account() }),
          },
        }),
      'env-oidc with the token of CI_TOKEN',
    ],
    [
      'a token of an identity provider in a file',
      async () =>
        connect({
          environment: {
            DATABRICKS_HOST: workspace.url,
            DATABRICKS_CLIENT_ID: id,
            DATABRICKS_OIDC_TOKEN_FILEPATH: '/run/token',
          },
          files: { '/run/token': `${jwtOf({ iss: issuer, sub: subject, aud: [await account()] })}\n` },
        }),
      'file-oidc with the token in /run/token',
    ],
  ])('U015 %s signs in as the service principal', async (_name, start, source) => {
    const connection = await start();
    expect([await whoIs(connection), connection.tokenSource]).toEqual([id, source]);
  });

  test('a token of the workspace that it refuses is renewed once, and the request sent again', async () => {
    const connection = await connect({
      environment: { DATABRICKS_HOST: workspace.url, DATABRICKS_CLIENT_ID: id, DATABRICKS_CLIENT_SECRET: secret },
    });
    const first = await connection.credentials.token();
    await fetch(`${workspace.url}/api/2.0/preview/scim/v2/Me`, { headers: { authorization: `Bearer ${first}` } });
    expect(connection.credentials.refused?.(first)).toBe(true);
    expect(await connection.credentials.token()).not.toBe(first);
    expect(connection.redactor.redact(`old ${first} new ${await connection.credentials.token()}`)).toBe(
      'old [redacted] new [redacted]',
    );
  });

  test.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
    [
      'a wrong client secret',
      { DATABRICKS_CLIENT_ID: id, DATABRICKS_CLIENT_SECRET: 'dose-wrong-planted-secret' },
      'AUTH.REFUSED',
      ['answered 401 invalid_client', 'DATABRICKS_CLIENT_SECRET', 'expired or deleted'],
    ],
    [
      'an identity that no federation policy knows',
      {
        DATABRICKS_CLIENT_ID: id,
        DATABRICKS_OIDC_TOKEN: jwtOf({ iss: issuer, sub: 'repo:org/repo:pull_request', aud: 'x' }),
        DATABRICKS_AUTH_TYPE: 'env-oidc',
      },
      'AUTH.REFUSED',
      [`issuer ${issuer}, subject repo:org/repo:pull_request, audience x`, 'federation policy', id],
    ],
    [
      'an expired token of an identity provider',
      {
        DATABRICKS_CLIENT_ID: id,
        DATABRICKS_OIDC_TOKEN: jwtOf({ iss: issuer, sub: subject, aud: 'x', exp: 1 }),
        DATABRICKS_AUTH_TYPE: 'env-oidc',
      },
      'AUTH.REFUSED',
      ['not valid at this time'],
    ],
    [
      'what is no token of an identity provider',
      { DATABRICKS_CLIENT_ID: id, DATABRICKS_OIDC_TOKEN: 'planted-nonsense', DATABRICKS_AUTH_TYPE: 'env-oidc' },
      'AUTH.REFUSED',
      ['not a JSON web token'],
    ],
  ])('U015 N018 %s is explained', async (_name, ...[environment, code, words]) => {
    const connection = await connect({ environment: { DATABRICKS_HOST: workspace.url, ...environment } });
    const problem = await problemOf(connection.credentials.token());
    expect(problem.code).toBe(code);
    const text = `${problem.message}\n${problem.hint ?? ''}`;
    for (const word of words) expect(text).toContain(word);
    expect(text).not.toMatch(/planted|eyJ/);
  });

  test('U015 a job that GitHub refuses a token is told about its permission', async () => {
    const environment = { DATABRICKS_HOST: workspace.url, DATABRICKS_CLIENT_ID: id, ...job() };
    const connection = await connect({
      environment: { ...environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'planted-other-token' },
    });
    const problem = await problemOf(connection.credentials.token());
    expect(problem).toMatchObject({ code: 'AUTH.REFUSED', hint: expect.stringContaining('id-token: write') });
    expect(JSON.stringify(problem)).not.toContain('planted');
  });

  test('a file without a token, and one that is not there', async () => {
    const environment = { DATABRICKS_HOST: workspace.url, DATABRICKS_OIDC_TOKEN_FILEPATH: '/run/token' };
    const empty = await connect({ environment, files: { '/run/token': ' \n' } });
    expect(await problemOf(empty.credentials.token())).toMatchObject({
      code: 'AUTH.INCOMPLETE',
      message: expect.stringContaining('is empty'),
    });
    const absent = await connect({ environment });
    expect(await problemOf(absent.credentials.token())).toMatchObject({
      message: expect.stringContaining('does not exist'),
    });
  });

  test('tokens of two seconds are renewed before the workspace would refuse one', async () => {
    const short = await startLocalWorkspace({
      directory: ':memory:',
      oauthTokenSeconds: 2,
      principals: [{ userName: id, kind: 'service_principal', clientSecret: secret }],
    });
    const connection = await connect({
      environment: { DATABRICKS_HOST: short.url, DATABRICKS_CLIENT_ID: id, DATABRICKS_CLIENT_SECRET: secret },
    });
    const outcomes: unknown[] = [];
    const client = createClient({
      connection,
      clock: systemLikeClock,
      random: () => 0,
      userAgent: 'dpo/test',
      onRequest: ({ outcome }) => outcomes.push(outcome),
    });
    const tokens = new Set<string>();
    for (let number = 0; number < 8; number += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await getMe(client);
      // oxlint-disable-next-line no-await-in-loop
      tokens.add(await connection.credentials.token());
      // oxlint-disable-next-line no-await-in-loop
      await sleep(500);
    }
    expect(outcomes).toEqual(Array.from({ length: 8 }, () => 200));
    expect(tokens.size).toBeGreaterThan(2);
    await client.close();
    await short.close();
  });

  test('an abort ends the sign-in with its reason', async () => {
    const connection = await connect({
      environment: { DATABRICKS_HOST: workspace.url, DATABRICKS_CLIENT_ID: id, DATABRICKS_CLIENT_SECRET: secret },
    });
    expect(await errorOf(connection.credentials.token(AbortSignal.abort(new Error('stopped'))))).toMatchObject({
      message: 'stopped',
    });
  });
});
