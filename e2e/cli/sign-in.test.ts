import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Ran } from '../support/run-dpo.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { prod: { mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT }
monitored_tables:
  prod.ml.orders: {}
`;
const id = '11111111-2222-3333-4444-555555555555';
const secret = 'planted-client-secret';
const issuer = 'https://token.actions.githubusercontent.com';
const subject = 'repo:org/repo:environment:prod';
const principals = `
principals:
  ${id}:
    kind: service_principal
    admin: true
    metastore_admin: true
    client_secret: ${secret}
    federation_policies: [{ issuer: "${issuer}", subject: "${subject}" }]
  ada@example.com: { admin: true, metastore_admin: true, tokens: [planted-token-of-ada] }
`;
const inAnHour = new Date(Date.now() + 3_600_000);

describe('dpo signs in to a workspace', () => {
  let world: SmallWorld;
  let github: Server;
  let bin: string;

  beforeAll(async () => {
    world = await createSmallWorld();
    await world.write('principals.yaml', principals);
    await world.workspace.seed(join(world.home, 'principals.yaml'));
    for (const who of [id, 'ada@example.com']) {
      // oxlint-disable-next-line no-await-in-loop
      await world.workspace.grant({ type: 'catalog', name: 'prod' }, who, 'ALL_PRIVILEGES');
    }
    await world.write('dpo.yaml', config);
    bin = join(world.home, 'bin');
    await mkdir(bin);
    await program('az', { accessToken: 'planted-token-of-ada', expires_on: inAnHour.getTime() / 1000 });
    await program('databricks', { access_token: 'planted-token-of-ada', expiry: inAnHour.toISOString() });
    github = createServer((request, response) => {
      const audience = new URL(request.url ?? '', 'http://github').searchParams.get('audience');
      response.end(JSON.stringify({ value: jwtOf({ iss: issuer, sub: subject, aud: audience }) }));
    });
    await new Promise<void>((resolve) => {
      github.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(async () => {
    github.close();
    await world.close();
  });

  async function program(name: string, printed: unknown): Promise<void> {
    const file = join(bin, name);
    await writeFile(file, `#!/bin/sh\ncat <<'END'\n${JSON.stringify(printed)}\nEND\n`);
    await chmod(file, 0o755);
  }

  const plan = async (env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ran> => {
    const ran = await world.dpoWith({ PATH: `${bin}:/usr/bin:/bin`, ...env }, 'plan', '--target', 'prod', ...args);
    expect(ran.stdout + ran.stderr).not.toContain('planted');
    return ran;
  };
  const host = (): NodeJS.ProcessEnv => ({ DATABRICKS_HOST: world.workspace.url });
  const m2m = { DATABRICKS_CLIENT_ID: id, DATABRICKS_CLIENT_SECRET: secret };

  test.each<[string, () => Promise<Ran>]>([
    ['a client secret', async () => plan({ ...host(), ...m2m })],
    [
      'the identity of a job of GitHub Actions',
      async () =>
        plan({
          ...host(),
          DATABRICKS_CLIENT_ID: id,
          ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${String((github.address() as AddressInfo).port)}/?v=2`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'planted-job-token',
        }),
    ],
    ['the Databricks CLI', async () => plan(host())],
    ['the Azure CLI', async () => plan({ ...host(), DATABRICKS_AUTH_TYPE: 'azure-cli' })],
    [
      'a profile',
      async () => {
        const profile = `[DEFAULT]\n[ci]\nhost = ${world.workspace.url}/\nclient_id = ${id}\nclient_secret = ${secret}\n`;
        await world.write('profiles', profile);
        return plan({ DATABRICKS_CONFIG_FILE: join(world.home, 'profiles') }, '--profile', 'ci');
      },
    ],
    [
      'the default profile of the settings',
      async () => {
        const profile = `[u2m]\nhost = ${world.workspace.url}\nauth_type = databricks-cli\n[__settings__]\ndefault_profile = u2m\n`;
        await world.write('.databrickscfg', profile);
        return plan({});
      },
    ],
  ])('U015 with %s', async (_name, run) => {
    const ran = await run();
    expect(ran.stderr).toMatch(/^planned with \d+ requests, of them no SQL statement\n$/u);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/monitor +prod\.ml\.orders/u) });
  });

  test('U015 without any, one error says each way and why it does not apply', async () => {
    const ran = await plan({ ...host(), PATH: '/nowhere', DATABRICKS_CONFIG_FILE: '/nowhere/cfg' });
    expect(ran.code).toBe(1);
    expect(ran.stderr.match(/error AUTH/gu)).toHaveLength(1);
    expect(ran.stderr).toContain('AUTH.MISSING');
    expect(ran.stderr).toMatch(/\n {8}oauth-m2m: no client_id \(DATABRICKS_CLIENT_ID\), no client_secret/u);
    expect(ran.stderr).toMatch(/\n {8}databricks-cli: the Databricks CLI \(databricks\) is not installed/u);
  });

  test('U015 Ctrl-C ends a sign-in that nobody answers', async () => {
    let arrive = (): void => {};
    const came = new Promise<void>((resolve) => (arrive = resolve));
    const silent = createServer(() => arrive());
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
    const started = world.start({ DATABRICKS_HOST: url, ...m2m }, 'plan', '--target', 'prod');
    await came;
    const since = Date.now();
    started.signal('SIGINT');
    expect(await started.ended).toMatchObject({ code: 130, stdout: '' });
    // Its time would be up after a minute.
    expect(Date.now() - since).toBeLessThan(20_000);
    silent.closeAllConnections();
    silent.close();
  });

  test.each<[string, () => NodeJS.ProcessEnv, readonly string[]]>([
    [
      'a wrong client secret',
      () => ({ ...host(), ...m2m, DATABRICKS_CLIENT_SECRET: 'planted-wrong' }),
      ['AUTH.REFUSED', 'invalid_client', 'DATABRICKS_CLIENT_SECRET'],
    ],
    [
      'a token and a client secret',
      () => ({ ...host(), ...m2m, DATABRICKS_TOKEN: 'planted-token-of-ada' }),
      ['AUTH.CONFLICT', 'DATABRICKS_TOKEN', 'DATABRICKS_CLIENT_ID', 'DATABRICKS_AUTH_TYPE'],
    ],
    [
      'a token that nobody knows',
      () => ({ ...host(), DATABRICKS_TOKEN: 'planted-unknown' }),
      ['API.UNAUTHENTICATED', 'DATABRICKS_TOKEN'],
    ],
    [
      'a host that is not there',
      () => ({ ...m2m, DATABRICKS_HOST: 'http://127.0.0.1:9' }),
      ['AUTH.UNREACHABLE', '127.0.0.1:9'],
    ],
  ])('U015 N018 %s ends the plan with one error', async (_name, ...[environment, words]) => {
    const ran = await plan(environment());
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    for (const word of words) expect(ran.stderr).toContain(word);
  });
});

function jwtOf(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ exp: Math.floor(inAnHour.getTime() / 1000), ...claims })}.signature`;
}
