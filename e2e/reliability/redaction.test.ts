import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startEchoingRelay, type Echo, type EchoingRelay } from '../support/echoing-relay.ts';
import type { Ran } from '../support/run-dpo.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

/** Each is a different word, so that a finding says which one it was. */
const planted = {
  token: 'dapi-planted-token-0123456789',
  clientSecret: 'planted-client-secret/+="x"',
  azureSecret: 'planted~azure~secret',
  jobToken: 'planted-job-token',
  proxyPassword: 'planted@proxy password',
  oidc: 'planted.oidc.jwt',
} as const;

const environment = {
  // Several ways to sign in are set up, and all their secrets stay secret whichever counts.
  DATABRICKS_AUTH_TYPE: 'pat',
  DATABRICKS_CLIENT_SECRET: planted.clientSecret,
  ARM_CLIENT_SECRET: planted.azureSecret,
  CI_JOB_TOKEN: planted.jobToken,
  MY_TOKEN: planted.oidc,
  DATABRICKS_OIDC_TOKEN_ENV: 'MY_TOKEN',
  HTTPS_PROXY: `http://user:${encodeURIComponent(planted.proxyPassword)}@127.0.0.1:9`,
};

const config = `catalog_name: prod
project: shop
warehouse_id: WAREHOUSE
mode: bulk_provision_only
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: monitoring_results }
monitored_tables: { prod.ml.orders: {}, prod.ml.churn: {} }
`;

const json = (value: unknown): string => JSON.stringify(value);
const page = (text: string): string => `<html><head><title>${text}</title></head><pre>${text}</pre></html>`;

/** How a careless service, or a proxy, repeats what it was given. */
const echoes: readonly (readonly [string, Echo])[] = [
  ['a message', (all) => ({ status: 403, body: json({ error_code: 'PERMISSION_DENIED', message: all }) })],
  ['details', (all) => ({ status: 400, body: json({ error: { status: 'BAD', message: all, details: [] } }) })],
  ['plain text', (all) => ({ status: 400, body: `BAD_REQUEST: ${all}` })],
  ['a page', (all) => ({ status: 403, body: page(all) })],
  ['a page in place of an answer', (all) => ({ status: 200, body: page(all) })],
  ['a broken answer', (all) => ({ status: 200, body: `{"a": "${all}` })],
  ['a refusal of the token', (all) => ({ status: 401, body: json({ message: `bad token: ${all}` }) })],
  [
    'a redirect',
    (all) => ({
      status: 302,
      body: '',
      headers: { location: `https://other.example/${encodeURIComponent(all)}?t=${encodeURIComponent(all)}` },
    }),
  ],
  [
    'a link to a result',
    (all) => ({
      status: 200,
      body: json({
        statement_id: '01ef',
        status: { state: 'SUCCEEDED' },
        manifest: { schema: { columns: [{ name: 'catalog_name' }] } },
        result: {
          external_links: [
            {
              chunk_index: 0,
              external_link: `https://127.0.0.1:9/planted-path?X-Amz-Signature=planted-signature-0123&note=${encodeURIComponent(all)}`,
              http_headers: { 'x-key': 'planted-header-key' },
              expiration: '2999-01-01T00:00:00Z',
            },
          ],
        },
      }),
    }),
  ],
];

/** Any of the words, as it is or as a URL spells it; what a careless service adds to it is not asked for. */
const words = [...Object.values(planted), 'planted-signature-0123', 'planted-header-key', 'planted-path'];
const spelled = (word: string): readonly string[] => [
  word,
  encodeURIComponent(word),
  json(word).slice(1, -1),
  json(json(word)).slice(3, -3),
  Buffer.from(word).toString('base64'),
];

let world: SmallWorld;
let relay: EchoingRelay;

beforeAll(async () => {
  world = await createSmallWorld();
  relay = await startEchoingRelay({
    workspace: world.workspace,
    token: planted.token,
    secrets: Object.values(planted),
  });
  await world.write('dpo.yaml', config.replace('WAREHOUSE', world.workspace.warehouseId));
});

afterAll(async () => {
  await relay.close();
  await world.close();
});

/** Every file below the folder of the run but the data of the workspace itself. */
async function files(): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(world.home, { recursive: true, withFileTypes: true });
  const found = names
    .filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('/.dpo/'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(found.map(async (path) => [path, await readFile(path, 'utf8')] as const)));
}

async function leaks(ran: Ran): Promise<readonly string[]> {
  const texts = [['stdout', ran.stdout], ['stderr', ran.stderr], ...(await files())] as const;
  return texts.flatMap(([place, text]) =>
    words
      .filter((word) => spelled(word).some((spelling) => text.includes(spelling)))
      .map((word) => `${place}: ${word}`),
  );
}

function run(...args: readonly string[]): Promise<Ran> {
  const host = { DATABRICKS_HOST: relay.url, DATABRICKS_TOKEN: planted.token };
  return world.dpoWith({ ...environment, ...host }, ...args);
}

const logged = ['--log-file', 'dpo.log', '--debug-http', '--events', 'events.ndjson'];

/** Calls that the relay spoils, and how the plan is then run. */
const places = [
  [/tables\/prod\.ml\.orders/u, [...logged, '--json'], ['--debug-http', '--full']],
  [/POST .*\/sql\/statements$/u, logged],
  [/scim\/v2\/Me/u, ['--debug-http', '--json']],
] as const;

describe('N018 planted secrets', () => {
  beforeEach(() => relay.echo(/^NOTHING/u, () => ({ status: 200, body: '' })));

  test('show in nothing that a run prints or writes when all goes well', async () => {
    for (const args of [
      ['plan', '--out', 'plan.json', '--json', ...logged],
      ['apply', 'plan.json', ...logged],
      ['plan', '--debug-http', '--full'],
      ['destroy', '--confirm', 'default', '--debug-http', '--json'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop
      const ran = await run(...args);
      // oxlint-disable-next-line no-await-in-loop
      expect([args[0], ran.code, await leaks(ran)]).toEqual([args[0], 0, []]);
    }
    const all = await files();
    const names = [...all.keys()].map((path) => path.slice(world.home.length + 1));
    expect(names).toEqual(expect.arrayContaining(['dpo.log', 'events.ndjson', 'plan.json', 'state/default.json']));
    const log = all.get(join(world.home, 'dpo.log')) ?? '';
    // The log did see them: the relay repeats them in every answer.
    expect(log).toContain('"x-echo":"[redacted]');
  });

  test.each(echoes)('show in nothing when the service repeats them in %s', async (_name, echo) => {
    for (const [place, ...ways] of places) {
      relay.echo(place, echo);
      const before = relay.given();
      for (const way of ways) {
        // oxlint-disable-next-line no-await-in-loop
        const ran = await run('plan', ...way);
        // oxlint-disable-next-line no-await-in-loop
        expect([place.source, ran.code !== null, await leaks(ran)]).toEqual([place.source, true, []]);
      }
      expect(relay.given()).toBeGreaterThan(before);
    }
  });
});
