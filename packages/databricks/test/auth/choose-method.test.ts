import { describe, expect, test } from '@jest/globals';
import { problemOf } from '../support/mock-workspace.ts';
import { connect } from '../support/signed-in.ts';

const host = { DATABRICKS_HOST: 'https://x.cloud.databricks.com' };
const pat = { DATABRICKS_TOKEN: 'planted-token' };
const m2m = { DATABRICKS_CLIENT_ID: 'ci', DATABRICKS_CLIENT_SECRET: 'planted-secret' };
const id = { DATABRICKS_CLIENT_ID: 'ci' };
const env = { DATABRICKS_OIDC_TOKEN: 'planted-jwt' };
const file = { DATABRICKS_OIDC_TOKEN_FILEPATH: '/run/token' };
const github = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://tokens.example.com/?v=1',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'planted-job',
};
const azureId = { ARM_CLIENT_ID: 'az-ci', ARM_TENANT_ID: 'tenant' };
const azure = { ...azureId, ARM_CLIENT_SECRET: 'planted-azure' };
const devops = {
  SYSTEM_ACCESSTOKEN: 'planted-pipeline',
  SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: 'https://dev.azure.com/org/',
  SYSTEM_TEAMPROJECTID: 'p',
  SYSTEM_HOSTTYPE: 'build',
  SYSTEM_PLANID: 'plan',
  SYSTEM_JOBID: 'job',
};
const forced = (type: string): Readonly<Record<string, string>> => ({ DATABRICKS_AUTH_TYPE: type });

type Variables = Readonly<Record<string, string>>;

const sourceOf = async (environment: Variables): Promise<string> =>
  (await connect({ environment: { ...host, ...environment } })).tokenSource;

describe('the first way to sign in that applies is taken', () => {
  test.each<[string, Variables, string]>([
    ['a token before the identity of a job', { ...pat, ...github, ...devops }, 'DATABRICKS_TOKEN'],
    ['a client secret before the identity of a job', { ...m2m, ...github, ...env }, 'oauth-m2m'],
    ['a token of a provider in a variable before a job', { ...id, ...env, ...github }, 'env-oidc'],
    ['in a variable before in a file', { ...id, ...env, ...file }, 'env-oidc'],
    ['in a file before a job', { ...id, ...file, ...github }, 'file-oidc'],
    ['a job of GitHub before one of Azure Pipelines', { ...id, ...github, ...devops }, 'github-oidc'],
    ['a client secret of Azure before a job', { ...azure, ...github }, 'azure-client-secret'],
    ['a job of GitHub that Azure trusts', { ...azureId, ...github }, 'github-oidc-azure'],
    ['a job of Azure Pipelines', { ...id, ...devops }, 'azure-devops-oidc'],
    ['the older name of a variable', { DATABRICKS_OIDC_TOKEN_FILE: '/run/token' }, 'file-oidc'],
  ])('%s', async (_name, environment, method) => {
    expect((await sourceOf(environment)).split(' ')[0]).toBe(method);
  });

  test.each<[string, Variables, string]>([
    ['pat', { ...pat, ...m2m, ...azure, ...forced('pat') }, 'DATABRICKS_TOKEN'],
    [
      'oauth-m2m',
      { ...pat, ...m2m, ...forced('oauth-m2m') },
      'oauth-m2m with the client secret of DATABRICKS_CLIENT_SECRET',
    ],
    ['env-oidc', { ...pat, ...id, ...env, ...forced('env-oidc') }, 'env-oidc with the token of DATABRICKS_OIDC_TOKEN'],
    ['file-oidc', { ...pat, ...id, ...file, ...forced('file-oidc') }, 'file-oidc with the token in /run/token'],
    ['github-oidc', { ...m2m, ...github, ...forced('github-oidc') }, 'github-oidc with the identity of this job'],
    [
      'azure-client-secret',
      { ...m2m, ...azure, ...forced('azure-client-secret') },
      'azure-client-secret with the client secret of ARM_CLIENT_SECRET',
    ],
  ])('auth_type %s decides between several', async (_name, environment, source) => {
    expect(await sourceOf(environment)).toBe(source);
  });

  test('auth_type of a profile decides as well', async () => {
    const profiles = `[both]\nhost = https://x.cloud.databricks.com\ntoken = planted\nclient_id = ci\nclient_secret = planted\nauth_type = oauth-m2m\n`;
    const connection = await connect({ environment: { DATABRICKS_CONFIG_PROFILE: 'both' }, profiles });
    expect(connection.tokenSource).toBe('oauth-m2m with the client secret of profile both of /home/ada/.databrickscfg');
  });
});

describe('U015 what does not fit together is refused', () => {
  test.each<[string, Variables, string, readonly string[]]>([
    [
      'a token and a client secret',
      { ...pat, ...m2m },
      'AUTH.CONFLICT',
      ['pat by DATABRICKS_TOKEN', 'oauth-m2m by DATABRICKS_CLIENT_ID', 'DATABRICKS_AUTH_TYPE'],
    ],
    [
      'a token and Azure',
      { ...pat, ...azure },
      'AUTH.CONFLICT',
      ['pat by DATABRICKS_TOKEN', 'azure by ARM_CLIENT_ID', 'azure-client-secret'],
    ],
    ['a client secret and Azure', { ...m2m, ...azure }, 'AUTH.CONFLICT', ['oauth-m2m by', 'azure by']],
    ['a token and a file', { ...pat, ...file }, 'AUTH.CONFLICT', ['file-oidc by DATABRICKS_OIDC_TOKEN_FILEPATH']],
    [
      'a password',
      { DATABRICKS_USERNAME: 'ada', DATABRICKS_PASSWORD: 'planted' },
      'AUTH.UNSUPPORTED',
      ['DATABRICKS_USERNAME', 'oauth-m2m'],
    ],
    ['Google', { GOOGLE_CREDENTIALS: 'planted' }, 'AUTH.UNSUPPORTED', ['GOOGLE_CREDENTIALS']],
    [
      'an auth_type that nobody knows',
      forced('oauth'),
      'AUTH.UNSUPPORTED',
      ['auth_type oauth from DATABRICKS_AUTH_TYPE', 'oauth-m2m'],
    ],
    [
      'an auth_type without its settings',
      { ...id, ...forced('oauth-m2m') },
      'AUTH.INCOMPLETE',
      ['no client_secret (DATABRICKS_CLIENT_SECRET)'],
    ],
    [
      'an auth_type without any',
      forced('azure-client-secret'),
      'AUTH.INCOMPLETE',
      ['ARM_CLIENT_ID', 'ARM_CLIENT_SECRET'],
    ],
    [
      'a variable that is named and not set',
      { ...id, DATABRICKS_OIDC_TOKEN_ENV: 'CI_JWT', ...forced('env-oidc') },
      'AUTH.INCOMPLETE',
      ['the variable CI_JWT, which DATABRICKS_OIDC_TOKEN_ENV names, is not set'],
    ],
    [
      'a job without the permission',
      { ...id, GITHUB_ACTIONS: 'true', ...forced('github-oidc') },
      'AUTH.INCOMPLETE',
      ['lacks the permission id-token: write'],
    ],
    [
      'a job of Azure Pipelines without its token',
      { ...id, TF_BUILD: 'True', ...forced('azure-devops-oidc') },
      'AUTH.INCOMPLETE',
      ['SYSTEM_ACCESSTOKEN: $(System.AccessToken)'],
    ],
  ])('%s', async (_name, ...[environment, code, words]) => {
    const problem = await problemOf(sourceOf(environment));
    expect(problem.code).toBe(code);
    const text = `${problem.message}\n${problem.hint ?? ''}`;
    for (const word of words) expect(text).toContain(word);
    expect(text).not.toContain('planted');
  });

  test('a token of the environment and a client secret of the profile, both named', async () => {
    const profiles = '[sp]\nhost = https://x.cloud.databricks.com\nclient_id = ci\nclient_secret = planted\n';
    const environment = { ...pat, DATABRICKS_CONFIG_PROFILE: 'sp' };
    expect(await problemOf(connect({ environment, profiles }))).toMatchObject({
      code: 'AUTH.CONFLICT',
      message:
        'more than one way to sign in is set up: pat by DATABRICKS_TOKEN, oauth-m2m by client_id in profile sp of /home/ada/.databrickscfg',
    });
  });
});
