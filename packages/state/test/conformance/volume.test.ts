import { connectionOf, createClient, createVolumeBlobs, type Client } from '@dpo/databricks';
import { readBehaviour, startLocalWorkspace, type LocalWorkspace } from '@dpo/local-workspace';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAll, monitor, runNumber } from '../examples.ts';
import { objectPlace, type Backend } from './backend.ts';
import { objectConformance } from './object-conformance.ts';
import { storeConformance } from './store-conformance.ts';

let local: LocalWorkspace;
let client: Client;
let places = 0;
const everything = process.env['DPO_STATE_CONFORMANCE'] === 'all';

const seed = `
catalogs:
  main:
    grants: { reader@example.com: [USE CATALOG] }
    schemas:
      ops:
        grants: { reader@example.com: [USE SCHEMA] }
        volumes:
          dpo: { grants: { reader@example.com: [READ VOLUME] } }
`;

/** Waits take no time; that of a test is another one. */
const hasty = {
  now: () => Date.now(),
  sleep: async (_milliseconds: number, signal?: AbortSignal) => signal?.throwIfAborted(),
};

function clientAs(token: string): Client {
  const connection = connectionOf({ host: local.url, hostSource: 'test', token, tokenSource: 'test' });
  return createClient({ connection, clock: hasty, random: () => 0, userAgent: 'dpo/0.1.0 conformance' });
}

async function start(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'dpo-seed-'));
  await writeFile(join(directory, 'workspace.yaml'), seed);
  local = await startLocalWorkspace({
    directory: ':memory:',
    behaviour: await readBehaviour(process.env['DPO_LOCAL_BEHAVIOUR'] ?? 'documented'),
    principals: [
      { userName: 'reader@example.com', token: 'reader' },
      { userName: 'nobody@example.com', token: 'nobody' },
    ],
  });
  await local.seed(join(directory, 'workspace.yaml'));
  await rm(directory, { recursive: true });
  client = clientAs(local.token);
}

async function stop(): Promise<void> {
  await client.close();
  await local.close();
}

const volume: Backend = {
  name: 'a volume of the embedded workspace',
  objects: true,
  start,
  stop,
  place: async () => {
    places += 1;
    return objectPlace(createVolumeBlobs({ client: async () => client, path: `/Volumes/main/ops/dpo/p${places}` }));
  },
};

storeConformance(volume);
objectConformance(volume, everything ? 'all' : 'some');

describe('a volume', () => {
  beforeAll(start, 60_000);
  afterAll(stop);
  const path = (name: string): string => `/Volumes/main/ops/dpo/${name}`;
  const storeIn = (folder: string, as = client) =>
    objectPlace(createVolumeBlobs({ client: async () => as, path: path(folder) })).machine();

  test('W009 a plan reads the state with READ VOLUME alone, and sends nothing that writes', async () => {
    await createAll(storeIn('w009'), runNumber(1), ['a']);
    const reader = clientAs('reader');
    local.clearRequests();
    const store = storeIn('w009', reader);
    expect([...(await store.read()).resources.keys()]).toEqual([monitor('a')]);
    await store.document();
    await store.holder();
    await store.history();
    expect(local.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
    await expect(store.open(runNumber(2))).rejects.toMatchObject({
      problems: [
        { code: 'STATE.UNWRITABLE', hint: expect.stringContaining('GRANT WRITE VOLUME ON VOLUME main.ops.dpo') },
      ],
    });
    await reader.close();
  });

  test('a state that may not be read, or whose volume is not there, is never taken for none', async () => {
    const nobody = clientAs('nobody');
    await expect(storeIn('w009', nobody).read()).rejects.toMatchObject({ problems: [{ code: 'STATE.UNREADABLE' }] });
    const elsewhere = createVolumeBlobs({ client: async () => client, path: '/Volumes/main/ops/none/x' });
    await expect(objectPlace(elsewhere).machine().read()).rejects.toMatchObject({
      problems: [{ code: 'STATE.UNREADABLE', message: expect.stringContaining('main.ops.none') }],
    });
    await nobody.close();
  });

  test.each([
    ['the answer is lost', { dropConnection: 'after' as const }],
    ['the answer breaks off', { truncateBody: true }],
    ['the service fails after the effect', { status: 500, after: true }],
    ['a page of HTML comes after the effect', { garble: 'html' as const, after: true }],
  ])(
    'of each upload %s: the run is saved once, as its own',
    async (what, fault) => {
      const folder = `lost-${what.replaceAll(/\W/g, '-')}`;
      await createAll(storeIn(folder), runNumber(1), ['a']);
      local.clearRequests();
      await createAll(storeIn(folder), runNumber(2), ['b']);
      const uploads = local
        .requests()
        .filter(({ method, path: to }) => method === 'PUT' && to.includes('/fs/files/')).length;
      expect(uploads).toBeGreaterThan(3);
      for (let offset = 0; offset < uploads; offset += 1) {
        local.faults.clear();
        local.faults.add({ match: 'PUT /api/2.0/fs/files/*', offset, times: 1, ...fault });
        const name = `n${offset}`;
        await createAll(storeIn(folder), runNumber(10 + offset), [name]);
        local.faults.clear();
        const { resources, unfinished, serial } = await storeIn(folder).read();
        expect({ offset, there: resources.has(monitor(name)), unfinished, serial }).toEqual({
          offset,
          there: true,
          unfinished: false,
          serial: 3 + offset,
        });
      }
    },
    60_000,
  );

  test('a page of HTML instead of an upload is no success', async () => {
    local.faults.add({ match: 'PUT /api/2.0/fs/files/*', garble: 'html' });
    await expect(storeIn('page').open(runNumber(1))).rejects.toMatchObject({
      problems: [{ code: 'API.OUTCOME_UNKNOWN' }],
    });
    local.faults.clear();
    expect(await storeIn('page').holder()).toBeUndefined();
    local.faults.add({ match: 'GET /api/2.0/fs/files/*', garble: 'html', times: 'unlimited' });
    await expect(storeIn('w009').read()).rejects.toMatchObject({ problems: [{ code: 'API.MALFORMED' }] });
    local.faults.clear();
  });

  test('no file of a state holds the credentials', async () => {
    await createAll(storeIn('secrets'), runNumber(1), ['a']);
    const place = objectPlace(createVolumeBlobs({ client: async () => client, path: path('secrets') }));
    expect(JSON.stringify(await place.content())).not.toContain(local.token);
  });
});
