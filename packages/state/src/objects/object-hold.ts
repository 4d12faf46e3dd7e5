import type { BlobStore, JsonObject, StateHold } from '@dpo/core';
import { folders, historyName, snapshotName } from './names.ts';
import { newest } from './newest.ts';
import type { ObjectLock } from './object-lock.ts';
import { putOwn } from './put-own.ts';
import { saveObject } from './save-object.ts';
import { noteIn } from '../moved.ts';
import { parseJson } from '../located-json.ts';
import { integerAt, members, objectAt, textAt } from '../shape.ts';

/** A state in objects while it is moved. Notes take the next number, as a state would. */
export async function createObjectHold(blobs: BlobStore, lock: ObjectLock): Promise<StateHold> {
  const state = { folder: folders.state, nameOf: snapshotName };
  const { number, text } = await newest(blobs, state);
  let before = number;
  return {
    text,
    leastSerial: number + 1,
    put: async (next) => {
      const serial = noteIn(next) === undefined ? serialIn(next) : before + 1;
      await lock.assertHeld();
      await saveObject(blobs, { serial, text: next, before });
      before = serial;
    },
    current: async () => (await newest(blobs, state)).text,
    addHistory: async (entries) => addHistory(blobs, entries),
    release: () => lock.release(),
  };
}

function serialIn(text: string): number {
  const value = objectAt({ value: parseJson(text), path: [] });
  return integerAt(members({ value, path: [] }, Object.keys(value))('serial'), 1);
}

async function addHistory(blobs: BlobStore, entries: readonly JsonObject[]): Promise<void> {
  const runs = new Map<string, string>();
  for (const entry of entries) {
    const run = textAt({ value: entry['run'], path: ['run'] });
    runs.set(run, `${runs.get(run) ?? ''}${JSON.stringify(entry)}\n`);
  }
  for (const [run, lines] of runs) await putOwn(blobs, historyName(run), lines);
}
