import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Connection } from '../../src/index.ts';
import { problemOf } from '../support/mock-workspace.ts';
import { connect, reroute } from '../support/signed-in.ts';
import { startStubServer, type SeenCall, type StubAnswer, type StubServer } from '../support/stub-server.ts';

const host = 'https://adb-1.2.azuredatabricks.net';
const login = 'https://login.microsoftonline.com';
const secret = 'planted-azure-secret';
const jobToken = 'planted-job-token';
const resourceId = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Databricks/workspaces/ws';
const application = '2ff814a6-3304-4ab8-85cb-cd0e6f879c1d';
const client = { ARM_CLIENT_ID: 'az-ci', ARM_CLIENT_SECRET: secret };

let answer: (call: SeenCall) => StubAnswer;
let stub: StubServer;

const token = ({ form }: SeenCall): StubAnswer => ({
  body: { token_type: 'Bearer', expires_in: '3599', access_token: `token-for-${form['resource'] ?? ''}` },
});

beforeEach(async () => {
  answer = (call) => {
    if (call.path === '/aad/auth')
      return { status: 302, headers: { location: `${login}/found-tenant/oauth2/authorize` } };
    return token(call);
  };
  stub = await startStubServer((call) => answer(call));
});

afterEach(async () => {
  await stub.close();
});

const start = (environment: Readonly<Record<string, string>>, to = host): Promise<Connection> =>
  connect({
    environment: { DATABRICKS_HOST: to, ...environment },
    more: {
      dispatcher: reroute({
        [to]: stub.url,
        [login]: stub.url,
        'https://login.microsoftonline.us': stub.url,
        'https://job.example.com': stub.url,
      }),
    },
  });
const paths = (): readonly string[] => stub.calls.map(({ method, path }) => `${method} ${path}`);

describe('a service principal of Azure', () => {
  test('gets its token for the application that Azure Databricks is', async () => {
    const { credentials, tokenSource } = await start({ ...client, ARM_TENANT_ID: 'tenant-1' });
    expect(await credentials.token()).toBe(`token-for-${application}`);
    expect(tokenSource).toBe('azure-client-secret with the client secret of ARM_CLIENT_SECRET');
    expect(paths()).toEqual(['POST /tenant-1/oauth2/token']);
    expect(stub.calls[0]?.form).toEqual({
      grant_type: 'client_credentials',
      client_id: 'az-ci',
      client_secret: secret,
      resource: application,
    });
  });

  test('finds the tenant at the workspace', async () => {
    await (await start(client)).credentials.token();
    expect(paths()).toEqual(['GET /aad/auth', 'POST /found-tenant/oauth2/token']);
  });

  test('shows a second token where the workspace is named by its resource id', async () => {
    const { credentials } = await start({ ...client, ARM_TENANT_ID: 't', DATABRICKS_AZURE_RESOURCE_ID: resourceId });
    await credentials.token();
    expect(credentials.headers?.()).toEqual({
      'x-databricks-azure-workspace-resource-id': resourceId,
      'x-databricks-azure-sp-management-token': 'token-for-https://management.core.windows.net/',
    });
  });

  test('signs in to the cloud that the host belongs to', async () => {
    const { credentials } = await start({ ...client, ARM_TENANT_ID: 't' }, 'https://adb-1.databricks.azure.us');
    await credentials.token();
    expect(stub.calls[0]?.headers['x-meant-for']).toBe('https://login.microsoftonline.us');
  });

  test('a cloud that does not exist, and a tenant that is none', async () => {
    const environment = { ...client, ARM_TENANT_ID: 't', ARM_ENVIRONMENT: 'mars' };
    const elsewhere = await start(environment, 'https://db.example.com');
    expect(await problemOf(elsewhere.credentials.token())).toMatchObject({
      code: 'AUTH.INCOMPLETE',
      message: 'there is no cloud of Azure called mars (from ARM_ENVIRONMENT)',
    });
    const odd = await start({ ...client, ARM_TENANT_ID: '../evil' });
    expect(await problemOf(odd.credentials.token())).toMatchObject({ code: 'AUTH.INCOMPLETE' });
    expect(paths()).toEqual([]);
  });

  test('a host that does not say its tenant', async () => {
    answer = () => ({ status: 404 });
    expect(await problemOf((await start(client)).credentials.token())).toMatchObject({
      code: 'AUTH.INCOMPLETE',
      hint: expect.stringContaining('ARM_TENANT_ID'),
    });
  });

  test.each([
    ['AADSTS7000215: Invalid client secret provided.', 'its value, not its id'],
    ['AADSTS7000222: The provided client secret keys are expired.', 'has expired'],
    ['AADSTS700016: Application not found in the directory.', 'no such application'],
    ['AADSTS90002: Tenant not found.', 'no such tenant'],
    ['AADSTS99999: Something else.', 'Microsoft Entra ID'],
  ])('U015 N018 %s is explained', async (text, words) => {
    answer = () => ({ status: 401, body: { error: 'invalid_client', error_description: `${text} Trace: ${secret}` } });
    const { credentials } = await start({ ...client, ARM_TENANT_ID: 't' });
    const problem = await problemOf(credentials.token());
    expect(problem).toMatchObject({ code: 'AUTH.REFUSED', hint: expect.stringContaining(words) });
    expect(problem.message).toContain(text);
    expect(JSON.stringify(problem)).not.toContain('planted');
  });
});

test('a job of GitHub Actions that an application of Azure trusts', async () => {
  answer = (call) => (call.path === '/job' ? { body: { value: 'planted-jwt-of-the-job' } } : token(call));
  const { credentials } = await start({
    ARM_CLIENT_ID: 'az-ci',
    ARM_TENANT_ID: 't',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://job.example.com/job?v=1',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobToken,
  });
  expect(await credentials.token()).toBe(`token-for-${application}`);
  const [asked, signedIn] = stub.calls;
  expect([asked?.query, asked?.headers.authorization]).toEqual([
    { v: '1', audience: 'api://AzureADTokenExchange' },
    `Bearer ${jobToken}`,
  ]);
  expect(signedIn?.form).toEqual({
    grant_type: 'client_credentials',
    client_id: 'az-ci',
    resource: application,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'planted-jwt-of-the-job',
  });
});

test('a job of Azure Pipelines', async () => {
  answer = ({ path, form }) => {
    if (path.endsWith('/oidctoken')) return { body: { oidcToken: 'planted-jwt-of-the-job' } };
    if (path.startsWith('/.well-known') || path.startsWith('/oidc/.well')) {
      return { body: { token_endpoint: `${host}/oidc/v1/token`, workspace_id: '1' } };
    }
    return { body: { access_token: `token-for-${form['subject_token'] ?? ''}`, expires_in: 60 } };
  };
  const { credentials } = await start({
    DATABRICKS_CLIENT_ID: 'ci',
    SYSTEM_ACCESSTOKEN: jobToken,
    SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: 'https://job.example.com/org/',
    SYSTEM_TEAMPROJECTID: 'project',
    SYSTEM_HOSTTYPE: 'build',
    SYSTEM_PLANID: 'plan',
    SYSTEM_JOBID: 'job',
  });
  expect(await credentials.token()).toBe('token-for-planted-jwt-of-the-job');
  expect(stub.calls.find(({ path }) => path.endsWith('/oidctoken'))).toMatchObject({
    method: 'POST',
    path: '/org/project/_apis/distributedtask/hubs/build/plans/plan/jobs/job/oidctoken',
    query: { 'api-version': '7.2-preview.1' },
    headers: { authorization: `Bearer ${jobToken}` },
  });
});
