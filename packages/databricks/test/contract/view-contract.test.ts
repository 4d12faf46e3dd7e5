import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, kinds, withComposed, type Observation, type Spec } from '@dpo/core';
import { createProviders, executeStatement, readMetricColumns } from '../../src/index.ts';
import { listOf, problemOf } from '../support/mock-workspace.ts';
import { startContractWorkspace, tableIdOf, schemaIdOf, type ContractWorkspace } from './contract-workspace.ts';
import { marker } from './provider-contract.ts';
import { branchOf } from './view-branch.ts';

const name = 'prod.reports.unified_profile_metrics_ml';
const address = addressOf('view', name);

const specOf = (...tables: readonly string[]): Spec =>
  ({ name, family: 'profile', branches: tables.map(branchOf) }) as unknown as Spec;

describe('provider of view', () => {
  let workspace: ContractWorkspace;

  beforeAll(async () => {
    workspace = await startContractWorkspace({
      firstRefresh: 'automatic',
      lifecycle: { deleteDelayMs: 0, activeAfterMs: 0 },
    });
    const { monitor } = createProviders({ client: workspace.client });
    const spec = {
      object_id: await tableIdOf(workspace, 'prod.ml.churn'),
      output_schema_id: await schemaIdOf(workspace, 'prod.reports'),
      assets_dir: '/Workspace/Shared/dpo/churn/prod/monitors/churn',
      profile_type: 'SNAPSHOT',
    };
    await monitor.create({ address: addressOf('monitor', 'prod.ml.churn'), spec, marker }, workspace.write);
    await workspace.local.idle();
  });
  afterAll(() => workspace.close());

  const provider = (): ReturnType<typeof createProviders>['view'] =>
    createProviders({ client: workspace.client, warehouseId: workspace.local.warehouseId }).view;
  const lookup = kinds.view.lookup(address, undefined, undefined);
  const observe = async (): Promise<Observation | undefined> =>
    (await listOf(provider().observe([lookup], workspace.read)))[0];
  const run = (text: string) =>
    executeStatement(
      workspace.client,
      { warehouseId: workspace.local.warehouseId, text, effect: 'read' },
      workspace.write,
    );
  /** As the planner foresees it. */
  const composed = async (spec: Spec): Promise<Spec> => {
    const tables = ['churn', 'bare'].map((table) => `prod.reports.${table}_profile_metrics`);
    const request = { tables, warehouseId: workspace.local.warehouseId };
    const columns = await readMetricColumns(workspace.client, request, workspace.write);
    return kinds.view.compose?.(spec, columns) ?? spec;
  };
  const drop = async (): Promise<void> => provider().delete({ address, id: '' }, workspace.write);

  test('U080 a view is made over the real columns, reads back as planned and as ours, and gives rows', async () => {
    const spec = await composed(specOf('churn'));
    const { id, fields } = await provider().create({ address, spec, marker }, workspace.write);
    const { inputs, ...seen } = fields;
    expect(seen).toEqual({ name, definition: spec['definition'], owner: expect.any(String) });
    expect(inputs).toEqual(spec['inputs']);
    expect(await observe()).toEqual({
      status: 'present',
      lookup,
      id,
      fields: seen,
      out: { name },
      marker,
      texts: { definition: expect.any(String) },
    });
    const { rows } = await run(`SELECT column_name, record_count, owner FROM ${name} WHERE column_name = 'id'`);
    expect(rows).toEqual([['id', '3', "it's ours"]]);
    expect((await problemOf(provider().create({ address, spec, marker }, workspace.write))).code).toBe('API.CONFLICT');
    await drop();
    expect(await observe()).toEqual({ status: 'absent', lookup });
    await drop();
  });

  test('N013 U087 a view over tables without metrics is empty, and a change keeps grants, id and marker', async () => {
    const empty = await composed(specOf('bare'));
    const { id } = await provider().create({ address, spec: empty, marker }, workspace.write);
    expect((await run(`SELECT * FROM ${name}`)).rows).toEqual([]);
    await run(`GRANT SELECT ON VIEW ${name} TO \`account users\``);
    const spec = await composed(specOf('churn', 'bare'));
    expect(spec['definition']).not.toBe(empty['definition']);
    const applied = await provider().update({ address, id, spec, mask: ['branches'] }, workspace.write);
    expect(applied).toEqual({
      id,
      fields: { name, definition: spec['definition'], inputs: spec['inputs'], owner: expect.any(String) },
      out: { name },
      note: 'without metrics yet: prod.ml.bare',
    });
    expect(await observe()).toMatchObject({ id, marker });
    expect((await run(`SELECT DISTINCT source_table_name FROM ${name}`)).rows).toEqual([['prod.ml.churn']]);
    expect((await run(`SHOW GRANTS ON VIEW ${name}`)).rows.length).toBeGreaterThan(0);
    await drop();
  });

  test('W003 a hand edit shows in the definition; what the plan did not know is recorded as written', async () => {
    const planned = specOf('churn');
    const applied = await provider().create({ address, spec: planned, marker }, workspace.write);
    const spec = await composed(planned);
    expect(withComposed(kinds.view, planned, applied.fields)).toEqual(spec);
    await run(`ALTER VIEW ${name} AS SELECT 1 AS one`);
    const found = await observe();
    expect(found).toMatchObject({ status: 'present', marker });
    expect(found?.status === 'present' && found.fields['definition']).not.toBe(spec['definition']);
    await drop();
  });

  test('W004 a view is handed over right after it is made and after every change, and an edit of the owner shows', async () => {
    const spec: Spec = { ...(await composed(specOf('churn'))), owner: 'admins' };
    const { id, fields } = await provider().create({ address, spec, marker }, workspace.write);
    expect(fields['owner']).toBe('admins');
    expect(await observe()).toMatchObject({ fields: { owner: 'admins', definition: spec['definition'] } });
    await run(`ALTER VIEW ${name} OWNER TO \`local.user@example.com\``);
    expect(await observe()).toMatchObject({ fields: { owner: 'local.user@example.com' } });
    workspace.local.clearRequests();
    await provider().update({ address, id, spec, mask: ['owner'] }, workspace.write);
    const statements = workspace.local.requests().filter(({ method }) => method === 'POST');
    expect(statements).toHaveLength(1);
    expect(await observe()).toMatchObject({ id, fields: { owner: 'admins' } });
    await drop();
  });

  test('a view without a warehouse is read, and not written', async () => {
    const { view } = createProviders({ client: workspace.client });
    expect(await listOf(view.observe([lookup], workspace.read))).toEqual([{ status: 'absent', lookup }]);
    const problem = await problemOf(view.create({ address, spec: specOf('churn'), marker }, workspace.write));
    expect([problem.code, problem.message]).toEqual([
      'API.INVALID',
      'a view is made by a statement, and no SQL warehouse is set',
    ]);
  });

  test('a view whose schema is missing says so', async () => {
    const lost = 'prod.nowhere.unified';
    const create = provider().create(
      { address: addressOf('view', lost), spec: { ...specOf('churn'), name: lost }, marker },
      workspace.write,
    );
    expect((await problemOf(create)).code).toBe('API.NOT_FOUND');
  });

  test('the views of an owner are found by their marker', async () => {
    await provider().create({ address, spec: specOf('churn'), marker }, workspace.write);
    const request = {
      owner: marker.owner,
      catalogs: ['prod'],
      schemas: ['prod.reports'],
      folders: [],
      known: new Set<never>(),
      explained: new Set<string>(),
    };
    const find = async (owner: string) => listOf(provider().discover({ ...request, owner }, workspace.read));
    expect(await find(marker.owner)).toMatchObject([{ status: 'present', lookup: { address } }]);
    expect(await find('other/prod')).toEqual([]);
    await drop();
  });
});
