import { fail, type BlobStore } from '@dpo/core';
import type * as StorageBlob from '@azure/storage-blob';

/** Version that this dpo was tested with. */
const sdk = '@azure/storage-blob@12.32.0';

export interface AzureBlobsOptions {
  readonly container: string;
  /** Folder inside the container; no slash at either end, may be empty. */
  readonly path: string;
  /** URL of the blob service; not needed with a connection string. */
  readonly endpoint?: string | undefined;
  /** Holds the credentials: `AZURE_STORAGE_CONNECTION_STRING`, or `AZURE_STORAGE_SAS_TOKEN` beside an endpoint. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Loads the SDK; a test leaves it out. */
  readonly load?: () => Promise<typeof StorageBlob>;
}

/**
 * Blobs of Azure Storage. A put that must not overwrite carries `If-None-Match: *`, which the service decides in one step.
 * Needs to read, list, write and delete blobs of the container; reading and listing are enough for a plan.
 */
export function createAzureBlobs(options: AzureBlobsOptions): BlobStore {
  const { container, path } = options;
  const location = `azblob:${container}${path === '' ? '' : `/${path}`}`;
  const prefix = path === '' ? '' : `${path}/`;
  let opened: Promise<StorageBlob.ContainerClient> | undefined;
  const open = (): Promise<StorageBlob.ContainerClient> => (opened ??= openContainer(options));

  async function use<T>(code: Failure['code'], work: (client: StorageBlob.ContainerClient) => Promise<T>): Promise<T> {
    const client = await open();
    try {
      return await work(client);
    } catch (error) {
      return refused(error, { code, location });
    }
  }

  return {
    location,
    get: async (name) =>
      use('STATE.UNREADABLE', (client) =>
        unlessAbsent(async () => (await client.getBlobClient(prefix + name).downloadToBuffer()).toString('utf8')),
      ),
    putIfAbsent: async (name, text) =>
      use('STATE.UNWRITABLE', async (client) => {
        try {
          const conditions = { ifNoneMatch: '*' };
          await client.getBlockBlobClient(prefix + name).upload(text, Buffer.byteLength(text), { conditions });
          return 'made';
        } catch (error) {
          // 409 BlobAlreadyExists, or 412 where the condition failed.
          if (codeOf(error) === 'BlobAlreadyExists' || statusOf(error) === 412) return 'exists';
          throw error;
        }
      }),
    delete: async (name) =>
      use('STATE.UNWRITABLE', async (client) => {
        await unlessAbsent(() => client.getBlobClient(prefix + name).delete());
      }),
    list: async (folder) =>
      use('STATE.UNREADABLE', async (client) => {
        const names: string[] = [];
        const below = `${prefix}${folder}/`;
        for await (const { name } of client.listBlobsFlat({ prefix: below })) {
          const rest = name.slice(below.length);
          if (!rest.includes('/')) names.push(rest);
        }
        return names;
      }),
  };
}

async function openContainer({
  container,
  endpoint,
  environment,
  load,
}: AzureBlobsOptions): Promise<StorageBlob.ContainerClient> {
  const { ContainerClient, StorageRetryPolicyType } = await (load ?? loadSdk)().catch(missingSdk);
  const connectionString = environment['AZURE_STORAGE_CONNECTION_STRING'] ?? '';
  const token = (environment['AZURE_STORAGE_SAS_TOKEN'] ?? '').replace(/^\?/, '');
  const retryOptions = {
    maxTries: 4,
    retryDelayInMs: 500,
    maxRetryDelayInMs: 8000,
    tryTimeoutInMs: 60_000,
    retryPolicyType: StorageRetryPolicyType.EXPONENTIAL,
  };
  try {
    if (connectionString !== '') return new ContainerClient(connectionString, container, { retryOptions });
    if (endpoint !== undefined && token !== '') {
      const url = `${endpoint.replace(/\/$/, '')}/${encodeURIComponent(container)}?${token}`;
      return new ContainerClient(url, undefined, { retryOptions });
    }
  } catch {
    // What the SDK says may repeat the credentials.
    fail({
      code: 'STATE.CREDENTIALS',
      message: 'the credentials for the state in Azure Storage cannot be read',
      hint: `check ${connectionString === '' ? 'the endpoint and AZURE_STORAGE_SAS_TOKEN' : 'AZURE_STORAGE_CONNECTION_STRING'}`,
    });
  }
  return fail({
    code: 'STATE.CREDENTIALS',
    message: `there are no credentials for the state in the container ${container} of Azure Storage`,
    hint: 'set AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_SAS_TOKEN with state.endpoint in the target',
  });
}

function loadSdk(): Promise<typeof StorageBlob> {
  return import('@azure/storage-blob');
}

function missingSdk(): never {
  return fail({
    code: 'STATE.SDK_MISSING',
    message: 'the state is in Azure Storage, and the library for it is not installed',
    hint: `install it beside dpo: npm install ${sdk}`,
  });
}

/** Neither a URL of a request nor its headers are told: they hold signatures. */
interface Failure {
  readonly code: 'STATE.UNREADABLE' | 'STATE.UNWRITABLE';
  readonly location: string;
}

function refused(error: unknown, { code, location }: Failure): never {
  const status = statusOf(error);
  const what = [status === undefined ? undefined : String(status), codeOf(error)].filter((part) => part !== undefined);
  const verb = code === 'STATE.UNREADABLE' ? 'read' : 'written';
  return fail({
    code,
    message: `the state ${location} cannot be ${verb}: Azure Storage ${what.length === 0 ? 'gave no answer' : `answered ${what.join(' ')}`}`,
    hint: hintFor(codeOf(error), status),
  });
}

function hintFor(code: string | undefined, status: number | undefined): string {
  if (code === 'ContainerNotFound') return 'make the container, or check its name; dpo makes none';
  if (status === 403 || status === 401) {
    return 'check that the credentials are those of this storage account and have not expired, and may read, list, write and delete blobs';
  }
  return 'check the endpoint, the network and its proxy';
}

async function unlessAbsent<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    // A container that is not there is no empty state.
    if (statusOf(error) === 404 && codeOf(error) !== 'ContainerNotFound') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}
