// The place of a state that several processes share, as a job names it.
import { connectionOf, createClient, createVolumeBlobs } from '@dpo/databricks';
import { createAzureBlobs } from '@dpo/state';

const clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

export function blobsOf(place) {
  if (place.backend === 'azblob') {
    const environment = { AZURE_STORAGE_CONNECTION_STRING: place.connectionString };
    return { blobs: createAzureBlobs({ container: 'dpo', path: 'locks', environment }), close: async () => {} };
  }
  const { host, token } = place;
  const client = createClient({
    connection: connectionOf({ host, hostSource: 'test', token, tokenSource: 'test' }),
    clock,
    random: Math.random,
    userAgent: 'dpo/0.0.0 contender',
  });
  const blobs = createVolumeBlobs({ client: async () => client, path: '/Volumes/main/ops/dpo/locks' });
  return { blobs, close: () => client.close() };
}
