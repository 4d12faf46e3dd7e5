import { objectPlace, type Backend } from './backend.ts';
import { memoryBlobs } from './memory-blobs.ts';
import { objectConformance } from './object-conformance.ts';
import { storeConformance } from './store-conformance.ts';

const memory: Backend = {
  name: 'objects in memory',
  objects: true,
  start: async () => undefined,
  stop: async () => undefined,
  place: async () => objectPlace(memoryBlobs()),
};

storeConformance(memory);
objectConformance(memory, 'all');
