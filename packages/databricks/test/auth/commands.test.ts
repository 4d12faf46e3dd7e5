import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { Connection } from '../../src/index.ts';
import { errorOf, problemOf } from '../support/mock-workspace.ts';
import { connect, jwtOf, type SignInCase } from '../support/signed-in.ts';
import { createStubCommands, prints, type StubCommands } from '../support/stub-commands.ts';
import { startStubServer, type StubAnswer } from '../support/stub-server.ts';

const application = '2ff814a6-3304-4ab8-85cb-cd0e6f879c1d';
const cliHost = 'https://u2m.cloud.databricks.com';
const azureHost = 'https://adb-1.2.azuredatabricks.net';
const future = new Date(Date.now() + 3_600_000);

let commands: StubCommands;

beforeEach(async () => {
  commands = await createStubCommands();
});

afterEach(async () => {
  await commands.remove();
});

const cliToken = (value: string, expiry = future.toISOString()): string =>
  prints({ access_token: value, token_type: 'Bearer', expiry });
const azToken = (
  value: string,
  more: Readonly<Record<string, unknown>> = { expires_on: future.getTime() / 1000 },
): string => prints({ accessToken: value, tokenType: 'Bearer', ...more });

const start = (environment: Readonly<Record<string, string>>, more: Partial<SignInCase> = {}): Promise<Connection> =>
  connect({ environment: { PATH: commands.path, ...environment }, ...more });

const profiles = `[DEFAULT]\nhost = ${cliHost}\nauth_type = databricks-cli\n[other]\nhost = https://other.cloud.databricks.com\n`;

describe('the Databricks CLI', () => {
  test.each<[string, Readonly<Record<string, string>>, Partial<SignInCase>, string]>([
    ['by host, when there is no profile', { DATABRICKS_HOST: cliHost }, {}, `auth token --host ${cliHost}`],
    ['by profile, when it is of the host', { DATABRICKS_HOST: cliHost }, { profiles }, 'auth token --profile DEFAULT'],
    ['by the profile that is the default', {}, { profiles }, 'auth token --profile DEFAULT'],
    [
      'by host, when the profile is of another one',
      { DATABRICKS_CONFIG_PROFILE: 'other' },
      { profiles, more: { flags: { host: cliHost } } },
      `auth token --host ${cliHost}`,
    ],
  ])('gives the sign-in of a person %s', async (_name, ...[environment, more, call]) => {
    await commands.make('databricks', cliToken('person-token'));
    const connection = await start(environment, more);
    expect(await connection.credentials.token()).toBe('person-token');
    expect(connection.tokenSource).toBe(`databricks-cli (${commands.path}/databricks)`);
    expect(await commands.calls('databricks')).toEqual([call]);
  });

  test('is found where databricks_cli_path says', async () => {
    await commands.make('dbx', cliToken('person-token'));
    const environment = { DATABRICKS_HOST: cliHost, DATABRICKS_CLI_PATH: `${commands.path}/dbx`, PATH: '' };
    expect(await (await start(environment)).credentials.token()).toBe('person-token');
  });

  test('a refused token is asked for anew, by force where the command knows how', async () => {
    await commands.make(
      'databricks',
      `case "$*" in *--force-refresh) ${cliToken('new-token')}\n;; *) ${cliToken('old-token')}\n;; esac`,
    );
    const { credentials } = await start({ DATABRICKS_HOST: cliHost });
    expect(credentials.refused?.(await credentials.token())).toBe(true);
    expect(await credentials.token()).toBe('new-token');
  });

  test('an older command, which does not know force, is asked without it', async () => {
    await commands.make(
      'databricks',
      `case "$*" in *--force-refresh) echo 'Error: unknown flag: --force-refresh' >&2; exit 1;; esac\n${cliToken('old-token')}`,
    );
    const { credentials } = await start({ DATABRICKS_HOST: cliHost });
    credentials.refused?.(await credentials.token());
    expect(await credentials.token()).toBe('old-token');
    expect(await commands.calls('databricks')).toHaveLength(3);
  });

  test('a clock that is ahead does not make a good token an old one', async () => {
    const expiry = new Date(Date.now() - 60_000).toISOString();
    await commands.make('databricks', cliToken('person-token', expiry));
    const server = await startStubServer((): StubAnswer => ({
      headers: { date: new Date(Date.now() - 30 * 60_000).toUTCString() },
    }));
    const { credentials } = await start({ DATABRICKS_HOST: server.url });
    expect(await credentials.token()).toBe('person-token');
    await server.close();
  });

  test('a token that has expired by the clock of the workspace too is said to', async () => {
    await commands.make('databricks', cliToken('person-token', '2020-01-02T03:04:05.123456789Z'));
    const server = await startStubServer(() => ({}));
    const problem = await problemOf(start({ DATABRICKS_HOST: server.url, DATABRICKS_AUTH_TYPE: 'databricks-cli' }));
    expect(problem).toMatchObject({
      code: 'AUTH.EXPIRED',
      message: expect.stringContaining('2020-01-02T03:04:05.123Z'),
      hint: `sign in again with: databricks auth login --host ${server.url}`,
    });
    await server.close();
  });
});

describe('the Azure CLI', () => {
  const azure = { DATABRICKS_HOST: azureHost };
  const resourceId = '/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Databricks/workspaces/ws';
  // The tenant is asked for at the host, which must not leave the machine.
  const offline = { more: { dispatcher: { request: () => Promise.reject(new Error('offline')) } as never } };
  const get = `account get-access-token --resource ${application} --output json`;

  test('gives the sign-in of a person for a workspace of Azure', async () => {
    await commands.make('az', azToken('azure-token'));
    const connection = await start(azure, offline);
    expect([await connection.credentials.token(), connection.tokenSource]).toEqual([
      'azure-token',
      `azure-cli (${commands.path}/az)`,
    ]);
    expect(await commands.calls('az')).toEqual([get]);
  });

  test('is asked for the tenant, unless it is a managed identity', async () => {
    const user = prints({ user: { type: 'user', name: 'ada' } });
    await commands.make('az', `case "$2" in show) ${user}\n;; *) ${azToken('azure-token')}\n;; esac`);
    await start({ ...azure, ARM_TENANT_ID: 'tenant-1' }, offline);
    expect(await commands.calls('az')).toEqual(['account show --output json', `${get} --tenant tenant-1`]);
    const managed = prints({ user: { type: 'servicePrincipal', name: 'systemAssignedIdentity' } });
    await commands.make('az', `case "$2" in show) ${managed}\n;; *) ${azToken('azure-token')}\n;; esac`);
    await start({ ...azure, ARM_TENANT_ID: 'tenant-1' }, offline);
    expect((await commands.calls('az')).at(-1)).toBe(get);
  });

  test('without access to the subscription the token is asked for without it', async () => {
    const managementToken = azToken('management-token');
    await commands.make(
      'az',
      `case "$*" in *--subscription*) echo 'no subscription' >&2; exit 1;; *management.core*) ${managementToken}\n;; *) ${azToken('azure-token')}\n;; esac`,
    );
    const { credentials } = await start({ ...azure, DATABRICKS_AZURE_RESOURCE_ID: resourceId }, offline);
    expect(await credentials.token()).toBe('azure-token');
    expect(credentials.headers?.()).toEqual({
      'x-databricks-azure-workspace-resource-id': resourceId,
      'x-databricks-azure-sp-management-token': 'management-token',
    });
    expect((await commands.calls('az'))[0]).toBe(`${get} --subscription sub-1`);
  });

  test('a person shows no second token', async () => {
    await commands.make('az', azToken(jwtOf({ upn: 'ada@x.com' })));
    const { credentials } = await start({ ...azure, DATABRICKS_AZURE_RESOURCE_ID: resourceId }, offline);
    expect(credentials.headers?.()).toEqual({ 'x-databricks-azure-workspace-resource-id': resourceId });
  });

  test('an older one, which says local time, is understood', async () => {
    const local = new Date(future.getTime() - future.getTimezoneOffset() * 60_000).toISOString();
    await commands.make('az', azToken('azure-token', { expiresOn: `${local.slice(0, 19).replace('T', ' ')}.123456` }));
    expect(await (await start(azure, offline)).credentials.token()).toBe('azure-token');
  });

  test('is not asked about a host of another cloud, unless auth_type says so', async () => {
    await commands.make('az', azToken('azure-token'));
    const elsewhere = { DATABRICKS_HOST: cliHost };
    expect((await problemOf(start(elsewhere))).hint).toContain(`azure-cli: ${cliHost} is no host of Azure`);
    const { credentials } = await start({ ...elsewhere, DATABRICKS_AUTH_TYPE: 'azure-cli' }, offline);
    expect(await credentials.token()).toBe('azure-token');
  });

  test('one that nobody is signed in to gives way to the Databricks CLI', async () => {
    await commands.make('az', 'echo "Please run \'az login\' to setup account." >&2; exit 1');
    await commands.make('databricks', cliToken('person-token'));
    const connection = await start(azure, offline);
    expect(connection.tokenSource).toBe(`databricks-cli (${commands.path}/databricks)`);
  });

  test('U015 both failing, the hint has what each of them said', async () => {
    await commands.make('az', 'echo "Please run \'az login\' to setup account." >&2; exit 1');
    await commands.make('databricks', 'echo "Error: cache: no sign-in for this host" >&2; exit 1');
    const { code, hint = '' } = await problemOf(start(azure, offline));
    expect(code).toBe('AUTH.MISSING');
    expect(hint).toContain(
      "azure-cli: az account get-access-token failed (exit status 1): Please run 'az login' to setup account.; sign in again with: az login",
    );
    expect(hint).toContain(
      `databricks-cli: databricks auth token --host ${azureHost} failed (exit status 1): cache: no sign-in for this host; sign in again with: databricks auth login --host ${azureHost}`,
    );
  });
});

describe('commands that do not do their part', () => {
  const forced = { DATABRICKS_HOST: cliHost, DATABRICKS_AUTH_TYPE: 'databricks-cli' };
  const secretLike = 'dapi0123456789abcdef0123456789abcdef';

  test.each<[string, string, string, string]>([
    ['prints no JSON', 'echo hello', 'AUTH.COMMAND_FAILED', 'printed something other than a token'],
    ['prints nothing', ':', 'AUTH.COMMAND_FAILED', 'printed something other than a token'],
    ['prints no token', prints({ token_type: 'Bearer', expiry: future }), 'AUTH.COMMAND_FAILED', 'other than a token'],
    ['prints no time', prints({ access_token: 'x'.repeat(20) }), 'AUTH.COMMAND_FAILED', 'other than a token'],
    [
      'prints a token that would add a header',
      prints({ access_token: 'a\r\nb', expiry: future }),
      'AUTH.COMMAND_FAILED',
      'other than a token',
    ],
    ['fails silently', 'exit 3', 'AUTH.COMMAND_FAILED', 'failed (exit status 3)'],
    ['is ended', 'kill -9 $$', 'AUTH.COMMAND_FAILED', 'it was ended by SIGKILL'],
    [
      'writes without end',
      'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done',
      'AUTH.COMMAND_FAILED',
      'more than a token',
    ],
    ['hangs, with what it started', 'sleep 60 & sleep 60', 'AUTH.COMMAND_FAILED', 'did not end in time'],
    [
      'is the old one',
      'echo "Error: No such command \'auth\'." >&2; exit 2',
      'AUTH.COMMAND_FAILED',
      "No such command 'auth'",
    ],
  ])('U015 one that %s is explained', async (_name, ...[script, code, words]) => {
    await commands.make('databricks', script);
    const problem = await problemOf(start(forced, { more: { patienceMs: 1500 } }));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(problem.hint).toMatch(/databricks auth login --host|install version 0\.205/);
  });

  test('U015 one that is not installed is named, with how to install it', async () => {
    expect(await problemOf(start(forced))).toMatchObject({
      code: 'AUTH.INCOMPLETE',
      message: expect.stringMatching(/databricks-cli \(from DATABRICKS_AUTH_TYPE\).*not installed; https:/),
    });
    expect(await problemOf(start({ ...forced, DATABRICKS_AUTH_TYPE: 'azure-cli' }))).toMatchObject({
      message: expect.stringMatching(/\(az\) is not installed; https:/),
    });
  });

  test('programs are not taken from the working directory', async () => {
    await commands.make('databricks', cliToken('person-token'));
    const before = process.cwd();
    process.chdir(commands.path);
    try {
      expect((await problemOf(start({ ...forced, PATH: ':.:' }))).code).toBe('AUTH.INCOMPLETE');
    } finally {
      process.chdir(before);
    }
  });

  test('N018 what a command says is shown without secrets, and what it printed is not shown', async () => {
    await commands.make(
      'databricks',
      `echo 'printed-secret'; echo 'cannot use ${secretLike} or ${jwtOf({})}' >&2; exit 1`,
    );
    const error = await errorOf(start(forced));
    const shown = inspect(error, { depth: Infinity, showHidden: true });
    expect(shown).toContain('cannot use [redacted] or [redacted]');
    expect(shown).not.toMatch(/dapi0|eyJ|printed-secret/);
  });

  test('N018 nothing is left of a secret where what a command says is cut', async () => {
    await commands.make('databricks', `echo '${'x'.repeat(390)} ${secretLike}' >&2; exit 1`);
    expect((await problemOf(start(forced))).message).not.toContain('dapi');
  });

  test('what a command started ends with it', async () => {
    await commands.make('databricks', 'sleep 60 & echo $! > "$0.pid"; wait');
    await problemOf(start(forced, { more: { patienceMs: 500 } }));
    const pid = Number(await readFile(join(commands.path, 'databricks.pid'), 'utf8'));
    expect(pid).toBeGreaterThan(0);
    await expectGone(pid);
  });

  test('an abort ends the command', async () => {
    await commands.make('databricks', 'sleep 60');
    const control = new AbortController();
    const failed = errorOf(start(forced, { more: { signal: control.signal, life: control.signal } }));
    setTimeout(() => control.abort(new Error('stopped')), 100);
    expect(await failed).toMatchObject({ message: 'stopped' });
  });
});

/** A process that has ended may stay a zombie until its parent looks. */
async function expectGone(pid: number): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    // oxlint-disable-next-line no-await-in-loop
    const state = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => 'gone');
    if (state === 'gone' || state.includes(') Z ')) return;
    // oxlint-disable-next-line no-await-in-loop
    await sleep(50);
  }
  throw new Error(`process ${String(pid)} still runs`);
}
