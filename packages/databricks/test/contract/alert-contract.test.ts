import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, kinds, type JsonObject, type Spec } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { listOf, problemOf } from '../support/mock-workspace.ts';
import { startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';
import { marker, providerContract } from './provider-contract.ts';

const folder = '/Workspace/Shared/DPO/churn/prod';
const address = addressOf('alert', 'ml/drift');

const specOf = (workspace: ContractWorkspace, more: JsonObject = {}): Spec => ({
  display_name: '[DPO] Drift Alert - prod - ml',
  parent_path: folder,
  query_text: 'SELECT 1 AS alert_trigger, id FROM prod.ml.churn',
  warehouse_id: workspace.local.warehouseId,
  custom_summary: 'Drift in {{QUERY_RESULT_VALUE}}',
  custom_description: 'Look at\nthe table',
  evaluation: {
    source: { name: 'alert_trigger' },
    comparison_operator: 'GREATER_THAN_OR_EQUAL',
    threshold: { value: { double_value: 1 } },
    empty_result_state: 'OK',
    notification: { notify_on_ok: false, retrigger_seconds: 3600, subscriptions: [{ user_email: 'a@example.com' }] },
  },
  schedule: { quartz_cron_schedule: '0 0 * * * ?', timezone_id: 'UTC', pause_status: 'UNPAUSED' },
  ...more,
});

providerContract({
  kind: 'alert',
  name: 'ml/drift',
  create: 'POST /api/2.0/alerts',
  object: '/api/2.0/alerts*',
  spec: async (workspace) => specOf(workspace),
});

describe('provider of alert', () => {
  let workspace: ContractWorkspace;

  beforeAll(async () => {
    workspace = await startContractWorkspace();
  });
  afterAll(() => workspace.close());

  const provider = (): ReturnType<typeof createProviders>['alert'] =>
    createProviders({ client: workspace.client }).alert;
  const make = async (spec: Spec) => provider().create({ address, spec, marker }, workspace.write);
  const liveOf = async (id: string): Promise<JsonObject> =>
    (await workspace.client.send({ method: 'GET', path: `/api/2.0/alerts/${id}` })).body;
  const remove = async (id: string): Promise<void> => provider().delete({ address, id }, workspace.write);

  test('W013 an alert is made paused after its query ran once, and resumed then', async () => {
    workspace.local.clearRequests();
    const { id } = await make(specOf(workspace));
    const sent = workspace.local.requests().map(({ method, path }) => `${method} ${path}`);
    expect(sent).toEqual([
      'POST /api/2.0/workspace/mkdirs',
      'POST /api/2.0/sql/statements',
      'POST /api/2.0/alerts',
      `PATCH /api/2.0/alerts/${id}`,
    ]);
    expect(await liveOf(id)).toMatchObject({ schedule: { pause_status: 'UNPAUSED' } });
    await remove(id);
  });

  test('W013 an alert whose query fails is not made', async () => {
    const spec = specOf(workspace, { query_text: 'SELECT nothing FROM prod.ml.churn' });
    expect((await problemOf(make(spec))).code).toBe('API.STATEMENT');
    const lookup = kinds.alert.lookup(address, spec, undefined);
    expect(await listOf(provider().observe([lookup], workspace.read))).toEqual([{ status: 'absent', lookup }]);
  });

  test('U100 an alert that tells nobody is made without a block of notifications, and reads the same', async () => {
    const spec = specOf(workspace);
    const quiet = {
      ...spec,
      evaluation: { ...(spec['evaluation'] as JsonObject), notification: { subscriptions: [] } },
    };
    const { id, fields } = await make(quiet);
    expect(kinds.alert.normalise(fields)['evaluation']).toEqual(kinds.alert.normalise(quiet)['evaluation']);
    await remove(id);
  });

  test.each<[string, JsonObject, string]>([
    ['query_text', { query_text: 'SELECT 2 AS alert_trigger' }, 'query_text'],
    [
      'schedule.quartz_cron_schedule',
      { schedule: { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' } },
      'schedule',
    ],
    ['custom_description', { custom_description: 'Other' }, 'custom_description'],
  ])('U102 T30 a change of %s names it in its mask and leaves the rest', async (path, change, mask) => {
    const { id } = await make(specOf(workspace));
    const before = await liveOf(id);
    workspace.local.clearRequests();
    const spec = specOf(workspace, change);
    const { fields } = await provider().update({ address, id, spec, mask: [path] }, workspace.write);
    const patch = workspace.local.requests().find(({ method }) => method === 'PATCH');
    expect(patch?.query).toMatchObject({ update_mask: mask });
    expect(fields).toMatchObject(change);
    const after = await liveOf(id);
    expect({ ...after, [mask]: 0, update_time: 0 }).toEqual({ ...before, [mask]: 0, update_time: 0 });
    await remove(id);
  });

  test('the lineage is the last line of the description, no part of it, and survives a change', async () => {
    const { id } = await make(specOf(workspace));
    expect(await liveOf(id)).toMatchObject({ custom_description: `Look at\nthe table\ndpo-lineage:${marker.lineage}` });
    const spec = specOf(workspace, { custom_description: 'Other' });
    await provider().update({ address, id, spec, mask: ['custom_description'] }, workspace.write);
    expect(await liveOf(id)).toMatchObject({ custom_description: `Other\ndpo-lineage:${marker.lineage}` });
    await remove(id);
  });

  test('U117 the link to the dashboard stands in the description, reads as the id, and goes with it', async () => {
    const { host } = workspace.client;
    const spec = specOf(workspace, { dashboard: 'd-1' });
    const { id, fields } = await make(spec);
    expect(fields).toMatchObject({ custom_description: 'Look at\nthe table', dashboard: 'd-1' });
    const link = (dashboard: string): string => `Dashboard: ${host}/dashboardsv3/${dashboard}/published`;
    const lineage = `dpo-lineage:${marker.lineage}`;
    expect((await liveOf(id))['custom_description']).toBe(`Look at\nthe table\n${link('d-1')}\n${lineage}`);
    const change = async (more: JsonObject, mask: string): Promise<void> => {
      const applied = await provider().update(
        { address, id, spec: specOf(workspace, more), mask: [mask] },
        workspace.write,
      );
      expect(applied.fields['dashboard']).toBe(more['dashboard']);
    };
    await change({ dashboard: 'd-2' }, 'dashboard');
    expect((await liveOf(id))['custom_description']).toBe(`Look at\nthe table\n${link('d-2')}\n${lineage}`);
    await change({ dashboard: 'd-2', custom_summary: 'other' }, 'custom_summary');
    await change({}, 'dashboard');
    expect((await liveOf(id))['custom_description']).toBe(`Look at\nthe table\n${lineage}`);
    await remove(id);
  });

  test('T25 T30 of two alerts of one name only ours is found, and one in the trash is absent', async () => {
    const stranger = { ...specOf(workspace), parent_path: '/Workspace/Shared' };
    const { id: theirs } = await make(stranger);
    const lookup = kinds.alert.lookup(address, specOf(workspace), undefined);
    expect(await listOf(provider().observe([lookup], workspace.read))).toEqual([{ status: 'absent', lookup }]);
    const { id } = await make(specOf(workspace));
    expect(await listOf(provider().observe([lookup], workspace.read))).toMatchObject([
      { status: 'present', id, marker },
    ]);
    await workspace.client.send({ method: 'DELETE', path: `/api/2.0/alerts/${id}` });
    const byId = { by: 'id', address, id } as const;
    expect(await listOf(provider().observe([byId], workspace.read))).toEqual([{ status: 'absent', lookup: byId }]);
    const again = await make(specOf(workspace));
    expect(await listOf(provider().observe([lookup], workspace.read))).toMatchObject([
      { status: 'present', id: again.id },
    ]);
    expect(kinds.alert.rules['display_name']?.rules).toEqual([{ same: 'name-suffix' }]);
    await remove(again.id);
    await remove(id);
    await remove(theirs);
  });

  test('the alerts of an owner are found by their folder', async () => {
    const { id } = await make(specOf(workspace));
    const request = {
      owner: marker.owner,
      catalogs: [],
      schemas: [],
      folders: [],
      known: new Set<never>(),
      explained: new Set<string>(),
    };
    const found = await listOf(provider().discover(request, workspace.read));
    expect(found).toMatchObject([{ status: 'present', id, lookup: { address } }]);
    expect(await listOf(provider().discover({ ...request, owner: 'x/y' }, workspace.read))).toEqual([]);
    await remove(id);
  });
});
