import type { BlobStore } from '@dpo/core';

export function blobsOf(place: object): { readonly blobs: BlobStore; readonly close: () => Promise<void> };
