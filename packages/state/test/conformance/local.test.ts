import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalStore } from '../../src/local-store.ts';
import { closingFiles } from '../closing-files.ts';
import { testClock, type Backend } from './backend.ts';
import { storeConformance } from './store-conformance.ts';

const local: Backend = {
  name: 'a local disk',
  objects: false,
  start: async () => undefined,
  stop: async () => undefined,
  place: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-conformance-'));
    const clock = testClock();
    const files = closingFiles();
    const dead = new Set<string>();
    let born = 0;
    let ids = 0;
    return {
      clock,
      machine: () =>
        createLocalStore({
          path: join(directory, 'state', 'prod.json'),
          files,
          clock,
          randomId: () => `id-${(ids += 1)}`,
          processes: {
            startMark: async () => `mark-${(born += 1)}`,
            isAlive: async (_pid, mark) => !dead.has(mark),
          },
          writer: '1.0.0',
        }),
      content: async () => {
        const names = await readdir(join(directory, 'state')).catch(() => []);
        return Promise.all(
          names.map(async (name) => [name, await readFile(join(directory, 'state', name), 'utf8')] as const),
        );
      },
      killAll: async () => {
        for (let mark = 1; mark <= born; mark += 1) dead.add(`mark-${mark}`);
        await clock.move(600_000);
      },
      remove: async () => {
        await files.closeAll();
        await rm(directory, { recursive: true });
      },
    };
  },
};

storeConformance(local);
