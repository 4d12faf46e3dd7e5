import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { RecordedResource } from '../../src/recorded.ts';
import type { Spec } from '../../src/spec.ts';
import { ref } from '../../src/value.ts';
import { absent, planOf } from './world.ts';

const place = { file: 'dpo.yaml', start: { line: 1, column: 1 } };
const view: Address = 'view:prod.out.unified_drift_metrics_ml';
const alert: Address = 'alert:ml/drift';
const name = 'prod.out.unified_drift_metrics_ml';
const viewSpec: Spec = { name, family: 'drift', branches: [] };
const alertSpec: Spec = { display_name: 'a', parent_path: '/x/dpo/test', query_text: 'SELECT 1 AS level' };

const recordedAs = (applied: Spec, out: Spec, needs: readonly Address[] = []): RecordedResource => ({
  version: 1,
  id: 'i',
  status: 'ok',
  applied,
  out,
  needs,
});

const story = (recordedName: string): readonly string[] =>
  planOf({
    desired: [
      { address: view, spec: viewSpec, place, origins: {} },
      { address: alert, spec: { ...alertSpec, view: ref(view, 'name') }, place, origins: {} },
    ],
    recorded: {
      [view]: recordedAs({ ...viewSpec, name: recordedName }, { name: recordedName }),
      [alert]: recordedAs({ ...alertSpec, view: recordedName }, { id: 'i' }, [view]),
    },
    live: {
      [view]: absent(view),
      [alert]: {
        status: 'present',
        lookup: { by: 'id', address: alert, id: 'i' },
        id: 'i',
        fields: alertSpec,
        out: { id: 'i' },
        marker: { owner: 'dpo/test', lineage: 'L1' },
      },
    },
  })
    .ops.map(({ action, address }) => `${action} ${address}`)
    .toSorted();

describe('what reads a view that is made again', () => {
  test('W003 N013 has nothing to do if the view gets the name that it had', () => {
    expect(story(name)).toEqual([`create ${view}`]);
  });

  test('is changed if the view gets another name', () => {
    expect(story('prod.out.other')).toEqual([`create ${view}`, `update ${alert}`]);
  });
});
