import { describe, expect, test } from '@jest/globals';
import { resolveConnection, type ConnectionRequest } from '../../src/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { problemOf } from '../support/mock-workspace.ts';

const file = `
[DEFAULT]
host = https://default.example.com/
token = default-token
warehouse_id = wh-default

[staging]
host = https://staging.example.com
token = staging-token

[team.eu]
host = team.example.com
Token = team-token

[sp]
host = https://sp.example.com
client_id = 1234
client_secret = hidden-secret

[u2m]
host = https://u2m.example.com
auth_type = databricks-cli
`;

interface Case {
  readonly flags?: ConnectionRequest['flags'];
  readonly target?: ConnectionRequest['target'];
  readonly environment?: Readonly<Record<string, string>>;
  readonly text?: string | undefined;
}

const reads: string[] = [];

function request({ flags = {}, target, environment = {}, ...rest }: Case): ConnectionRequest {
  const text = 'text' in rest ? rest.text : file;
  return {
    flags,
    target,
    environment: { HOME: '/home/ada', ...environment },
    clock: fakeClock(),
    userAgent: 'dpo/test',
    readFile: async (path) => {
      reads.push(path);
      return text;
    },
  };
}

const variables = { DATABRICKS_HOST: 'https://env.example.com', DATABRICKS_TOKEN: 'env-token' };

describe('which workspace (C25)', () => {
  test.each<[string, Case, readonly [string, string, string?]]>([
    ['the profile DEFAULT when nothing is said', {}, ['https://default.example.com', 'default-token', 'wh-default']],
    ['the environment before the profile', { environment: variables }, ['https://env.example.com', 'env-token']],
    [
      'the target before the profile, with the token of the environment',
      { target: { host: 'https://target.example.com' }, environment: { DATABRICKS_TOKEN: 'env-token' } },
      ['https://target.example.com', 'env-token'],
    ],
    [
      'a flag before target and environment',
      { flags: { host: 'flag.example.com' }, target: { host: 'https://target.example.com' }, environment: variables },
      ['https://flag.example.com', 'env-token'],
    ],
    ['a profile by flag', { flags: { profile: 'staging' } }, ['https://staging.example.com', 'staging-token']],
    [
      'a profile by flag before that of the target',
      { flags: { profile: 'staging' }, target: { profile: 'sp' } },
      ['https://staging.example.com', 'staging-token'],
    ],
    [
      'a profile by the target before that of the environment',
      { target: { profile: 'staging' }, environment: { DATABRICKS_CONFIG_PROFILE: 'sp' } },
      ['https://staging.example.com', 'staging-token'],
    ],
    [
      'a profile by the environment, with a dot in its name',
      { environment: { DATABRICKS_CONFIG_PROFILE: 'team.eu' } },
      ['https://team.example.com', 'team-token'],
    ],
    [
      'default_profile before DEFAULT',
      { text: `${file}\n[__settings__]\ndefault_profile = staging\n` },
      ['https://staging.example.com', 'staging-token'],
    ],
    [
      'each attribute on its own: token of the environment, host of the profile',
      { flags: { profile: 'staging' }, environment: { DATABRICKS_TOKEN: 'env-token' } },
      ['https://staging.example.com', 'env-token'],
    ],
    [
      'a warehouse of the environment before that of the profile',
      { environment: { DATABRICKS_WAREHOUSE_ID: 'wh-env' } },
      ['https://default.example.com', 'default-token', 'wh-env'],
    ],
    [
      'an empty variable as none',
      { environment: { DATABRICKS_HOST: '', DATABRICKS_TOKEN: ' ' } },
      ['https://default.example.com', 'default-token', 'wh-default'],
    ],
    [
      'the same host twice',
      { target: { host: 'https://env.example.com/' }, environment: variables },
      ['https://env.example.com', 'env-token'],
    ],
    [
      'a token stored for another host, when flags say so',
      { flags: { host: 'https://vanity.example.com', profile: 'DEFAULT' } },
      ['https://vanity.example.com', 'default-token', 'wh-default'],
    ],
    [
      'the profile of the host that the target names, when nobody names a profile',
      { target: { host: 'https://staging.example.com/' } },
      ['https://staging.example.com', 'staging-token'],
    ],
    [
      'the default profile of several for one host',
      {
        target: { host: 'https://staging.example.com' },
        text: `${file}\n[twin]\nhost=staging.example.com\ntoken=twin-token\n[__settings__]\ndefault_profile = twin\n`,
      },
      ['https://staging.example.com', 'twin-token'],
    ],
    [
      'the host of the default profile with credentials of the environment, which do not conflict with its own',
      {
        environment: { DATABRICKS_TOKEN: 'env-token' },
        text: '[DEFAULT]\nhost = https://default.example.com\nclient_id = 1\nclient_secret = hidden-secret\n',
      },
      ['https://default.example.com', 'env-token'],
    ],
    [
      'a file with a mark of its encoding, Windows line ends and comments',
      { text: '\uFEFF; mine\r\n[DEFAULT]\r\nhost = https://default.example.com\r\n# old\r\ntoken = default-token\r\n' },
      ['https://default.example.com', 'default-token'],
    ],
    [
      'a host without a scheme, or with a path, as a browser shows it',
      { flags: { host: ' Flag.example.com/browse/folders?o=123#a ' }, environment: variables },
      ['https://flag.example.com', 'env-token'],
    ],
    [
      'the same machine without encryption',
      { flags: { host: 'http://127.0.0.1:8080' }, environment: variables },
      ['http://127.0.0.1:8080', 'env-token'],
    ],
  ])('C25: %s', async (_name, given, [host, token, warehouseId]) => {
    const connection = await resolveConnection(request(given));
    expect([connection.host, await connection.credentials.token(), connection.warehouseId]).toEqual([
      host,
      token,
      warehouseId,
    ]);
  });

  test.each<[string, Case, string, string]>([
    [
      'two hosts',
      { target: { host: 'https://target.example.com' }, environment: variables },
      'AUTH.HOST_CONFLICT',
      'https://target.example.com by workspace.host of the target, https://env.example.com by DATABRICKS_HOST',
    ],
    [
      'a token that was stored for another host than the target names',
      { target: { host: 'https://evil.example.com', profile: 'staging' } },
      'AUTH.HOST_CONFLICT',
      'https://staging.example.com by profile staging of /home/ada/.databrickscfg',
    ],
    [
      'a client secret that was stored for another host than a variable names',
      { environment: { DATABRICKS_HOST: 'https://evil.example.com', DATABRICKS_CONFIG_PROFILE: 'sp' } },
      'AUTH.HOST_CONFLICT',
      'https://sp.example.com by profile sp of /home/ada/.databrickscfg',
    ],
    [
      'several profiles of one host',
      {
        target: { host: 'https://staging.example.com' },
        text: `${file}\n[twin]\nhost=staging.example.com\ntoken=twin-token\n`,
      },
      'AUTH.PROFILE_AMBIGUOUS',
      'staging, twin',
    ],
    ['no host', { text: undefined }, 'AUTH.MISSING', 'profile DEFAULT of /home/ada/.databrickscfg (not there)'],
    [
      'a host without credentials',
      { environment: { DATABRICKS_HOST: 'x.example.com' }, text: undefined },
      'AUTH.MISSING',
      'https://x.example.com (from DATABRICKS_HOST)',
    ],
    [
      'a token of the default profile for another host',
      { environment: { DATABRICKS_HOST: 'x.example.com' } },
      'AUTH.MISSING',
      'https://x.example.com (from DATABRICKS_HOST)',
    ],
    ['a profile that is not there', { flags: { profile: 'nope' } }, 'AUTH.PROFILE_NOT_FOUND', 'nope (from --profile)'],
    [
      'the section of settings as a profile',
      { flags: { profile: '__settings__' }, text: `${file}\n[__settings__]\ntoken = default-token\n` },
      'AUTH.PROFILE_NOT_FOUND',
      '__settings__ (from --profile)',
    ],
    [
      'a default profile that is not there',
      { text: `${file}\n[__settings__]\ndefault_profile = nope\n` },
      'AUTH.PROFILE_NOT_FOUND',
      'nope (from default_profile of /home/ada/.databrickscfg)',
    ],
    ['what is no host', { flags: { host: 'http://' }, environment: variables }, 'AUTH.HOST_INVALID', '--host'],
    [
      'a token in the clear',
      { flags: { host: 'http://x.example.com' }, environment: variables },
      'AUTH.HOST_INVALID',
      'not encrypted',
    ],
    [
      'a token with a line break',
      { environment: { ...variables, DATABRICKS_TOKEN: 'env-\ntoken' } },
      'AUTH.TOKEN_INVALID',
      'DATABRICKS_TOKEN',
    ],
  ])('C25: refuses %s', async (_name, ...[given, code, words]) => {
    const problem = await problemOf(resolveConnection(request(given)));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(problem.hint).toBeTruthy();
    expect(JSON.stringify(problem)).not.toMatch(/(default|staging|team|twin|env)-(\\n)?token|hidden-secret/);
  });

  test('U015 a host without credentials: the hint says each way, what was looked at and why it does not apply', async () => {
    const given = request({ environment: { DATABRICKS_HOST: 'x.example.com', DATABRICKS_CLIENT_ID: 'ci' } });
    const { hint } = await problemOf(resolveConnection(given));
    expect(hint?.split('\n')).toEqual([
      'set one of these up (docs/authentication.md), or name a profile with --profile; looked at: the environment; no profile, as the environment says host and credentials',
      'pat: no token (DATABRICKS_TOKEN)',
      'oauth-m2m: no client_secret (DATABRICKS_CLIENT_SECRET)',
      'env-oidc: the variable DATABRICKS_OIDC_TOKEN is not set',
      'file-oidc: no oidc_token_filepath (DATABRICKS_OIDC_TOKEN_FILEPATH)',
      'github-oidc: not in a job of GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN)',
      'azure-client-secret: no azure_client_id (ARM_CLIENT_ID), no azure_client_secret (ARM_CLIENT_SECRET)',
      'github-oidc-azure: not in a job of GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN)',
      'azure-cli: https://x.example.com is no host of Azure',
      'azure-devops-oidc: not in a job of Azure Pipelines (SYSTEM_ACCESSTOKEN)',
      'databricks-cli: the Databricks CLI (databricks) is not installed; https://docs.databricks.com/dev-tools/cli/install says how',
    ]);
  });

  test('C25: the file is not read when host and token are known and no profile is named', async () => {
    reads.length = 0;
    await resolveConnection(request({ environment: variables }));
    expect(reads).toEqual([]);
    await resolveConnection(request({ environment: { ...variables, DATABRICKS_CONFIG_PROFILE: 'staging' } }));
    expect(reads).toEqual(['/home/ada/.databrickscfg']);
  });

  test('the path of the file can be set', async () => {
    reads.length = 0;
    await resolveConnection(request({ environment: { DATABRICKS_CONFIG_FILE: '~/other.cfg' } }));
    expect(reads).toEqual(['/home/ada/other.cfg']);
  });

  test('a file that cannot be read is said', async () => {
    const failing = { ...request({}), readFile: () => Promise.reject(new Error('EACCES')) };
    const problem = await problemOf(resolveConnection(failing));
    expect(problem.code).toBe('AUTH.PROFILE_UNREADABLE');
  });

  test('the source of host and token is known', async () => {
    const connection = await resolveConnection(request({ flags: { host: 'https://default.example.com' } }));
    expect([connection.hostSource, connection.tokenSource]).toEqual([
      '--host',
      'profile DEFAULT of /home/ada/.databrickscfg',
    ]);
  });
});
