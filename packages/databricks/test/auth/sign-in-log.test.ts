import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startLocalWorkspace, type LocalWorkspace } from '@dpo/local-workspace';
import type { RequestEvent } from '../../src/index.ts';
import { connect, jwtOf, type SignInCase } from '../support/signed-in.ts';
import { errorOf } from '../support/mock-workspace.ts';
import { startStubServer, type StubServer } from '../support/stub-server.ts';

const id = '11111111-2222-3333-4444-555555555555';
const secret = 'planted-client-secret';
const issuer = 'https://token.actions.githubusercontent.com';
const subject = 'repo:org/repo:environment:prod';
const jobToken = 'planted-job-token';

describe('the log of a sign-in', () => {
  let workspace: LocalWorkspace;
  let github: StubServer;
  let given = '';
  beforeAll(async () => {
    workspace = await startLocalWorkspace({
      directory: ':memory:',
      principals: [
        {
          userName: id,
          kind: 'service_principal',
          displayName: 'ci',
          clientSecret: secret,
          federationPolicies: [{ issuer, subject }],
        },
      ],
    });
    github = await startStubServer(({ query }) => {
      given = jwtOf({ iss: issuer, sub: subject, aud: query['audience'] });
      return { body: { value: given } };
    });
  });
  afterAll(async () => {
    await github.close();
    await workspace.close();
  });

  async function logOf({ environment }: SignInCase, exchanges: boolean): Promise<readonly RequestEvent[]> {
    const events: RequestEvent[] = [];
    const more = { exchanges, onSignIn: (event: RequestEvent) => events.push(event) };
    const { credentials } = await connect({ environment: { DATABRICKS_HOST: workspace.url, ...environment }, more });
    const token = await credentials.token();
    const text = JSON.stringify(events);
    for (const planted of [secret, jobToken, token, given, Buffer.from(`${id}:${secret}`).toString('base64')]) {
      if (planted !== '') expect(text).not.toContain(planted);
    }
    return events;
  }

  const machine = { DATABRICKS_CLIENT_ID: id, DATABRICKS_CLIENT_SECRET: secret };

  test('N018 U006 every request is told with address and status, and without headers and bodies', async () => {
    const events = await logOf({ environment: machine }, false);
    expect(events.map(({ method, path, outcome }) => `${method} ${path} ${String(outcome)}`)).toEqual([
      `GET ${workspace.url}/.well-known/databricks-config 200`,
      expect.stringMatching(/^GET .*oauth-authorization-server 200$/u),
      `POST ${workspace.url}/oidc/v1/token 200`,
    ]);
    expect(events.every(({ exchange }) => exchange === undefined)).toBe(true);
  });

  test('N018 with bodies, what is secret is masked and what explains a failure is shown', async () => {
    const events = await logOf({ environment: machine }, true);
    const exchange = events.at(-1)?.exchange;
    expect(JSON.parse(exchange?.requestBody ?? '')).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'all-apis',
    });
    expect(exchange?.requestHeaders['authorization']).toBe('[redacted]');
    expect(JSON.parse(exchange?.responseBody ?? '')).toMatchObject({
      access_token: '[redacted]',
      token_type: 'Bearer',
    });
  });

  test('N018 the token of a job and its query are not shown', async () => {
    const environment = {
      DATABRICKS_CLIENT_ID: id,
      GITHUB_ACTIONS: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/token?sig=planted-query-signature`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobToken,
    };
    const events = await logOf({ environment }, true);
    expect(JSON.stringify(events)).not.toContain('planted-query-signature');
    expect(events.map(({ path }) => path)).toContain(`${github.url}/token`);
  });

  test('U006 a refused sign-in is told too, with the reason that the service gives', async () => {
    const events: RequestEvent[] = [];
    const environment = {
      DATABRICKS_HOST: workspace.url,
      DATABRICKS_CLIENT_ID: id,
      DATABRICKS_CLIENT_SECRET: 'planted-wrong-secret',
    };
    const attempt = async (): Promise<string> => {
      const more = { exchanges: true, onSignIn: (event: RequestEvent) => events.push(event) };
      return (await connect({ environment, more })).credentials.token();
    };
    await errorOf(attempt());
    expect(events.at(-1)).toMatchObject({ outcome: 401 });
    expect(events.at(-1)?.exchange?.responseBody).toContain('error_description');
    expect(JSON.stringify(events)).not.toContain('planted-wrong-secret');
  });
});
