import { ContainerClient, ContainerSASPermissions } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAzureBlobs } from '../../src/stores/azure-blobs.ts';
import { createAll, monitor, runNumber } from '../examples.ts';
import { startAzurite, type Azurite } from './azurite.ts';
import { objectPlace, type Backend } from './backend.ts';
import { objectConformance } from './object-conformance.ts';
import { storeConformance } from './store-conformance.ts';

let azurite: Azurite;
let places = 0;

async function start(): Promise<void> {
  azurite = await startAzurite();
  await new ContainerClient(azurite.connectionString, 'dpo').create();
}

const blobsIn = (path: string, environment = { AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString }) =>
  createAzureBlobs({ container: 'dpo', path, environment });

const azblob: Backend = {
  name: 'Azure Blob Storage (Azurite)',
  objects: true,
  start,
  stop: () => azurite.stop(),
  place: async () => {
    places += 1;
    return objectPlace(blobsIn(`state/p${places}`));
  },
};

storeConformance(azblob);
objectConformance(azblob, process.env['DPO_STATE_CONFORMANCE'] === 'all' ? 'all' : 'some');

describe('Azure Blob Storage', () => {
  beforeAll(start, 60_000);
  afterAll(() => azurite.stop());

  test('with a signature instead of a key, which stands in no file and no error', async () => {
    const container = new ContainerClient(azurite.connectionString, 'dpo');
    const expiresOn = new Date(Date.now() + 3_600_000);
    const permissions = ContainerSASPermissions.parse('rwdlc');
    const url = new URL(await container.generateSasUrl({ expiresOn, permissions }));
    const token = url.search.slice(1);
    const signed = (environment: Readonly<Record<string, string>>) =>
      createAzureBlobs({ container: 'dpo', path: 'signed', endpoint: azurite.endpoint, environment });
    const place = objectPlace(signed({ AZURE_STORAGE_SAS_TOKEN: `?${token}` }));
    await createAll(place.machine(), runNumber(1), ['a']);
    expect([...(await place.machine().read()).resources.keys()]).toEqual([monitor('a')]);
    const secret = url.searchParams.get('sig') ?? '';
    expect(secret.length).toBeGreaterThan(20);
    expect(JSON.stringify(await place.content())).not.toContain(secret);

    const read = ContainerSASPermissions.parse('rl');
    const reading = new URL(await container.generateSasUrl({ expiresOn, permissions: read })).search;
    const reader = objectPlace(signed({ AZURE_STORAGE_SAS_TOKEN: reading })).machine();
    expect((await reader.read()).serial).toBe(1);
    const refused: unknown = await reader.open(runNumber(2)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ problems: [{ code: 'STATE.UNWRITABLE' }] });
    expect(
      `${JSON.stringify(refused)} ${String((refused as Error).stack)} ${String((refused as Error).cause)}`,
    ).not.toContain('sig=');
  });

  test.each([
    ['no credentials', {}, 'STATE.CREDENTIALS'],
    [
      'a connection string that is none',
      { AZURE_STORAGE_CONNECTION_STRING: 'AccountKey=c2VjcmV0' },
      'STATE.CREDENTIALS',
    ],
    ['a token without an endpoint', { AZURE_STORAGE_SAS_TOKEN: 'sig=secret' }, 'STATE.CREDENTIALS'],
    ['a library that is not installed', { missing: 'yes' }, 'STATE.SDK_MISSING'],
  ])('%s is one diagnostic', async (_what, environment: Readonly<Record<string, string>>, code) => {
    const load = () => Promise.reject(new Error('ERR_MODULE_NOT_FOUND'));
    const missing = 'missing' in environment ? { load } : {};
    const blobs = createAzureBlobs({ container: 'dpo', path: '', environment, ...missing });
    const refused: unknown = await blobs.get('state/1').catch((error: unknown) => error);
    expect(refused).toMatchObject({ problems: [{ code, hint: expect.stringMatching(/AZURE_STORAGE|npm install/) }] });
    expect(JSON.stringify(refused)).not.toMatch(/c2VjcmV0|sig=/);
  });

  test('a container that is not there is no empty state', async () => {
    const environment = { AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString };
    const blobs = createAzureBlobs({ container: 'none', path: '', environment });
    const absent = { problems: [{ code: 'STATE.UNREADABLE', hint: expect.stringContaining('make the container') }] };
    await expect(blobs.list('state')).rejects.toMatchObject(absent);
  });
});
