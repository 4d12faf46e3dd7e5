import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { DesiredResource } from '../../src/desired.ts';
import { resourceGraph } from '../../src/inspect/resource-graph.ts';
import { withNeeds } from '../../src/inspect/with-needs.ts';
import { nothingRecorded, type RecordedResource } from '../../src/recorded.ts';
import { monitor, schema, wantedMonitor, wantedSchema } from '../plan/world.ts';

const view: DesiredResource = {
  ...wantedSchema(),
  address: 'view:prod.obs.drift',
  spec: { name: 'prod.obs.drift', branches: [{ source: 'prod.ml.churn', metrics: { $ref: monitor, path: 'x' } }] },
};
const other: Address = 'monitor:prod.ml.other';
const resources = [view, { ...wantedMonitor({}, other), facts: { group: 'x' } }, wantedMonitor(), wantedSchema()];

describe('what rests on what', () => {
  test('edges say what is needed and how; nodes are in the order of their addresses', () => {
    expect(resourceGraph({ resources }, () => true)).toEqual({
      nodes: [
        { address: schema, kind: 'schema' },
        { address: monitor, kind: 'monitor' },
        { address: other, kind: 'monitor', group: 'x' },
        { address: view.address, kind: 'view' },
      ],
      edges: [
        { from: monitor, to: schema, need: 'exists' },
        { from: other, to: schema, need: 'exists' },
        { from: view.address, to: monitor, need: 'ready' },
      ],
    });
  });

  test('N003 what is selected brings along what it needs, however far', () => {
    const graph = resourceGraph({ resources }, ({ address }) => address === view.address);
    expect(graph.nodes).toEqual([
      { address: schema, kind: 'schema', needed: true },
      { address: monitor, kind: 'monitor', needed: true },
      { address: view.address, kind: 'view' },
    ]);
  });

  test('the part about one resource holds what it needs directly, and nothing that nobody asked for', () => {
    const entry: RecordedResource = { version: 1, id: '1', status: 'ok', applied: {}, out: {}, needs: [] };
    const recorded = { ...nothingRecorded, resources: new Map([monitor, other, schema].map((each) => [each, entry])) };
    const desired = {
      owner: { project: 'dpo', target: 't' },
      target: { name: 't', host: '', workspaceId: '1', metastoreId: 'm' },
      resources,
      skipped: [],
      undecided: [],
      problems: [],
    };
    const part = withNeeds(monitor, { desired, recorded });
    expect(part.desired.resources.map(({ address }) => address)).toEqual([monitor, schema]);
    expect([...part.recorded.resources.keys()]).toEqual([monitor, schema]);
  });
});
