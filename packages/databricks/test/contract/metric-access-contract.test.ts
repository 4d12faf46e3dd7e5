import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, kinds, type Lookup, type Provider, type Spec } from '@dpo/core';
import { createProviders, executeStatement } from '../../src/index.ts';
import { readMetricGrants } from '../../src/catalog/read-metric-grants.ts';
import { listOf, problemOf } from '../support/mock-workspace.ts';
import { schemaIdOf, startContractWorkspace, tableIdOf, type ContractWorkspace } from './contract-workspace.ts';
import { marker } from './provider-contract.ts';

const tables = ['churn', 'bare', 'a1', 'a2', 'a3', 'a4'];
const metrics = (table: string): string => `prod.reports.${table}_profile_metrics`;
const permissions = (table: string): string => `/api/2.1/unity-catalog/permissions/table/${metrics(table)}`;
const me = { userName: 'local.user@example.com', groups: [] };
const given = (...names: readonly string[]) => names.map((to) => ({ to, level: 'SELECT' }));
const path = 'profile_metrics_access';

describe('W006 access to metric tables', () => {
  let workspace: ContractWorkspace;
  const specs = new Map<string, Spec>();

  beforeAll(async () => {
    workspace = await startContractWorkspace({
      firstRefresh: 'automatic',
      lifecycle: { deleteDelayMs: 0, activeAfterMs: 0 },
      principals: ['ann', 'bob'].map((name) => ({ userName: `${name}@example.com`, token: name })),
    });
    for (const table of tables) {
      const name = `prod.ml.${table}`;
      // oxlint-disable-next-line no-await-in-loop
      if (table.startsWith('a')) await run(`CREATE TABLE ${name} AS SELECT 1 AS id`);
      const spec = {
        // oxlint-disable-next-line no-await-in-loop
        object_id: await tableIdOf(workspace, name),
        // oxlint-disable-next-line no-await-in-loop
        output_schema_id: await schemaIdOf(workspace, 'prod.reports'),
        assets_dir: `/Workspace/Shared/dpo/churn/prod/monitors/${table}`,
        profile_type: 'SNAPSHOT',
        access: given('ann@example.com'),
      };
      specs.set(table, spec);
      const request = {
        address: addressOf('monitor', name),
        spec: { ...spec, [path]: given('ann@example.com') },
        marker,
      };
      // oxlint-disable-next-line no-await-in-loop
      await provider().create(request, workspace.write);
    }
    await workspace.local.idle();
    await gave('a1', 'ann@example.com');
  });
  afterAll(() => workspace.close());

  const run = async (text: string): Promise<void> => {
    const { warehouseId } = workspace.local;
    await executeStatement(workspace.client, { warehouseId, text, effect: 'create' }, workspace.write);
  };
  const provider = (by: Parameters<typeof createProviders>[0]['me'] = me, warehouseId?: string): Provider =>
    createProviders({ client: workspace.client, warehouseId, me: by }).monitor;
  const lookups = (of: readonly string[], asks = true): readonly Lookup[] =>
    of.map((table) => {
      const { access: _access, ...bare } = specs.get(table) ?? {};
      return kinds.monitor.lookup(addressOf('monitor', `prod.ml.${table}`), asks ? specs.get(table) : bare, undefined);
    });
  const fieldsOf = async (from: Provider, of: readonly string[], asks = true): Promise<readonly Spec[]> => {
    const found = await listOf(from.observe(lookups(of, asks), workspace.read));
    return found
      .toSorted((a, b) => (a.lookup.address < b.lookup.address ? -1 : 1))
      .map((each) => (each.status === 'present' ? each.fields : { status: each.status }));
  };
  const update = async (table: string, wanted: Spec, ...mask: readonly string[]) =>
    provider().update(
      {
        address: addressOf('monitor', `prod.ml.${table}`),
        id: await tableIdOf(workspace, `prod.ml.${table}`),
        spec: { ...specs.get(table), ...wanted },
        mask,
      },
      workspace.write,
    );
  const gave = async (table: string, principal: string): Promise<void> => {
    const body = { changes: [{ principal, add: ['SELECT'] }] };
    await workspace.client.send({ method: 'PATCH', path: permissions(table), body });
  };
  const asked = (): readonly string[] =>
    workspace.local.requests().flatMap(({ method, path: at }) => {
      const told = at.includes('permissions') || at === '/api/2.0/sql/statements';
      return told ? [`${method} ${at.replace(/^.*\/(permissions|sql)/u, '$1')}`] : [];
    });

  test('a create gives nothing, as nothing is there; afterwards it is given, and only ours is taken away', async () => {
    expect((await fieldsOf(provider(), ['churn']))[0]?.[path]).toEqual([]);
    await gave('churn', 'bob@example.com');
    workspace.local.clearRequests();
    await update(
      'churn',
      { [path]: given('ann@example.com') },
      'access[to=ann@example.com].level',
      `${path}[to=ann@example.com].level`,
    );
    const writes = workspace.local.requests().filter(({ method }) => method !== 'GET');
    expect(writes.map(({ path: at }) => at)).toEqual([permissions('churn')]);
    expect((await fieldsOf(provider(), ['churn']))[0]?.[path]).toEqual(
      expect.arrayContaining([...given('ann@example.com', 'bob@example.com')]),
    );
    await update('churn', {}, `${path}[to=ann@example.com].level`);
    expect((await fieldsOf(provider(), ['churn']))[0]?.[path]).toEqual(given('bob@example.com'));
  });

  test('a table that is not there has no list and fails nothing; a principal that there is not does', async () => {
    const [fields] = await fieldsOf(provider(), ['bare']);
    expect(fields).not.toHaveProperty('drift_metrics_access');
    const mask = 'drift_metrics_access[to=ann@example.com].level';
    await update('bare', { drift_metrics_access: given('ann@example.com') }, mask);
    const problem = await problemOf(update('bare', { [path]: given('nobody') }, `${path}[to=nobody].level`));
    expect(problem.message).toContain('nobody');
  });

  test('many are read by one statement, which says what single requests say; without access nobody asks', async () => {
    const single = await fieldsOf(provider(), tables);
    workspace.local.clearRequests();
    const many = await fieldsOf(provider(me, workspace.local.warehouseId), tables);
    expect(asked()).toEqual(['POST sql/statements']);
    expect(many).toEqual(single);
    expect(many.find((fields) => fields['object_id'] === specs.get('a1')?.['object_id'])?.[path]).toEqual(
      given('ann@example.com'),
    );
    workspace.local.clearRequests();
    await fieldsOf(provider(me, workspace.local.warehouseId), tables, false);
    expect(asked()).toEqual([]);
  });

  test('whoever may not see all grants is told so, by a statement too', async () => {
    const { warehouseId } = workspace.local;
    const of = { tables: [metrics('a1'), metrics('a2'), 'prod.reports.none_profile_metrics'], warehouseId };
    // What a stranger is shown: his own, on tables of somebody else.
    const ann = { userName: 'ann@example.com', groups: [] };
    const told = await readMetricGrants(workspace.client, { ...of, me: ann }, workspace.write);
    expect(Object.fromEntries(told)).toEqual({ [metrics('a1')]: 'hidden', [metrics('a2')]: 'hidden' });
    const ours = await readMetricGrants(workspace.client, { ...of, me }, workspace.write);
    expect(Object.fromEntries(ours)).toEqual({ [metrics('a1')]: given('ann@example.com'), [metrics('a2')]: [] });
  });
});
