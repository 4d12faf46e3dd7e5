import { describe, expect, test } from '@jest/globals';
import type { RecordedResource, Spec } from '@dpo/core';
import { doneWith } from '../src/entry-after.ts';
import { entryOf, monitor, opOf } from './doubles.ts';

const spec: Spec = { object_id: 't-1', schedule: { timezone_id: 'UTC' }, baseline_table_name: 'b' };
const path = 'schedule.timezone_id';
const notice = 'the service does not return schedule.timezone: changes outside dpo cannot be seen there';

function done(fields: Spec | undefined, before: RecordedResource | undefined, note?: string) {
  const made = {
    id: 't-1',
    out: {},
    ...(fields === undefined ? {} : { fields }),
    ...(note === undefined ? {} : { note }),
  };
  const { entry, note: told } = doneWith(opOf('update', monitor), spec, { made, before });
  return { unreturned: entry?.unreturned, note: told };
}

const known = entryOf({ unreturned: [path] });
const partial = { object_id: 't-1', baseline_table_name: 'b' };

describe('W019 what the state keeps of a write', () => {
  test.each([
    ['nothing about a write that came back whole', done(spec, undefined), { unreturned: undefined, note: undefined }],
    ['a path that did not come back, told once', done(partial, undefined), { unreturned: [path], note: notice }],
    ['the same path again, without a word', done(partial, known), { unreturned: [path], note: undefined }],
    ['no longer a path that came back', done(spec, known), { unreturned: undefined, note: undefined }],
    ['what it knew, when nothing was sent', done(undefined, known), { unreturned: [path], note: undefined }],
    ['both notes', done(partial, undefined, 'made before'), { unreturned: [path], note: `made before; ${notice}` }],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected);
  });
});
