import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ContainerClient } from '@azure/storage-blob';
import { startLocalWorkspace } from '@dpo/local-workspace';
import { createObjectStore, nodeFiles } from '@dpo/state';
import type { BlobStore, ManagedStateStore } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { startAzurite } from '../../packages/state/test/conformance/azurite.ts';
import { runContention } from './contention.ts';
import { blobsOf } from './object-place.js';

const seed = Number(process.env['DPO_LOCK_SEED'] ?? Date.now() % 1_000_000);
const all = process.env['DPO_STATE_CONFORMANCE'] === 'all';
const kills = Number(process.env['DPO_LOCK_KILLS'] ?? (all ? 100 : 4));

interface Place {
  readonly place: object;
  stop(): Promise<void>;
}

const places: Readonly<Record<string, () => Promise<Place>>> = {
  volume: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-seed-'));
    const file = join(directory, 'workspace.yaml');
    await writeFile(file, 'catalogs: { main: { schemas: { ops: { volumes: { dpo: {} } } } } }\n');
    const local = await startLocalWorkspace({ directory: ':memory:' });
    await local.seed(file);
    await rm(directory, { recursive: true });
    return { place: { backend: 'volume', host: local.url, token: local.token }, stop: () => local.close() };
  },
  azblob: async () => {
    const azurite = await startAzurite();
    await new ContainerClient(azurite.connectionString, 'dpo').create();
    return { place: { backend: 'azblob', connectionString: azurite.connectionString }, stop: () => azurite.stop() };
  },
};

function storeIn(blobs: BlobStore): ManagedStateStore {
  return createObjectStore({
    blobs,
    clock: {
      now: () => Date.now(),
      sleep: async (milliseconds, signal) => {
        await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
      },
    },
    randomId: () => 'last',
    writer: '0.0.0',
    rescue: { files: nodeFiles, path: join(tmpdir(), `dpo-last-${String(process.pid)}.json`) },
  });
}

describe('N016 the lock of a state in objects, between processes that are killed while they hold it', () => {
  // The second place takes its time: it is tried with everything else.
  test.each(Object.keys(places).filter((name) => all || name === 'volume'))(
    'W009 %s: it is held by one at a time, loses no update and leaves a readable state',
    async (name) => {
      const startedAt = Date.now();
      const open = await places[name]?.();
      if (open === undefined) throw new Error(name);
      const { blobs, close } = blobsOf(open.place);
      const told = await runContention({
        width: all ? 8 : 4,
        seed,
        holds: 2,
        weak: false,
        enough: ({ killed }) => killed > kills,
        objects: { place: open.place, store: storeIn(blobs) },
      });
      await close();
      await open.stop();
      const { verdict } = told;
      process.stderr.write(
        `locks · ${name} · seed ${String(seed)}: ${String(told.processes)} processes, ${String(verdict.holds)} holds, ` +
          `${String(verdict.killed)} killed while holding, ${String(told.killed - verdict.killed)} at other moments; ` +
          `${String(verdict.overlaps)} overlaps, ${String(verdict.lostUpdates)} lost updates of ${String(told.count)}, ` +
          `${String(told.failures.length)} failures in ${String(told.reads)} reads; ` +
          `${String(Math.round((Date.now() - startedAt) / 1000))} s\n`,
      );
      expect(told.failures).toEqual([]);
      expect(verdict).toMatchObject({ overlaps: 0, lostUpdates: 0 });
      expect(verdict.killed).toBeGreaterThanOrEqual(kills);
      expect(told.count).toBeGreaterThanOrEqual(verdict.counts[0]);
      expect(told.count).toBeLessThanOrEqual(verdict.counts[1]);
      expect(told.serial).toBeGreaterThanOrEqual(told.count);
    },
    1_200_000,
  );
});
