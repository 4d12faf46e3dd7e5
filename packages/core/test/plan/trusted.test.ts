import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { Desired, DesiredResource } from '../../src/desired.ts';
import { trustedObjects } from '../../src/plan/trusted.ts';
import { nothingRecorded, type RecordedResource } from '../../src/recorded.ts';
import { monitor, recordedMonitor, recordedSchema, schema, wantedMonitor, wantedSchema } from './world.ts';

function trusted(
  refresh: 'full' | 'changed' | 'none',
  resources: readonly DesiredResource[],
  entries: Readonly<Record<Address, RecordedResource>>,
): readonly string[] {
  const target = { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' };
  const owner = { project: 'dpo', target: 'test' };
  const desired: Desired = { owner, target, resources, skipped: [], undecided: [], problems: [] };
  const known = new Map(Object.entries(entries) as [Address, RecordedResource][]);
  return [...trustedObjects(desired, { ...nothingRecorded, resources: known }, { refresh }).keys()];
}

const wanted = [wantedSchema(), wantedMonitor()];
const both = { [schema]: recordedSchema(), [monitor]: recordedMonitor() };

describe('what a plan does not read', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['nothing with full', trusted('full', wanted, both), []],
    ['what is as it was sent, with changed', trusted('changed', wanted, both), [schema, monitor]],
    [
      'not what the config changed, with changed',
      trusted('changed', [wantedSchema(), wantedMonitor({ slicing_exprs: ['a'] })], both),
      [schema],
    ],
    [
      'not what the config no longer declares, with changed',
      trusted('changed', wanted, { ...both, [monitor]: recordedMonitor({ slicing_exprs: ['a'] }) }),
      [schema],
    ],
    [
      'also what the config changed, with none',
      trusted('none', [wantedSchema(), wantedMonitor({ slicing_exprs: ['a'] })], both),
      [schema, monitor],
    ],
    ['never what the state does not know', trusted('none', wanted, { [schema]: recordedSchema() }), [schema]],
    ['never what is to be deleted', trusted('none', [], both), []],
    [
      'never what another table is behind',
      trusted('none', [wantedSchema(), wantedMonitor({ object_id: 'table-2' })], both),
      [schema],
    ],
    [
      'never what an interrupted replace left',
      trusted('none', wanted, { ...both, [monitor]: recordedMonitor({}, { status: 'replacing:deleted' }) }),
      [schema],
    ],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected);
  });
});
