import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, isDpoError, type SettledColumns, type Spec } from '@dpo/core';
import {
  connectionOf,
  createClient,
  createProviders,
  executeStatement,
  getMe,
  readMetricColumns,
  settleMetricColumns,
  type Client,
} from '../../src/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { schemaIdOf, startContractWorkspace, tableIdOf, type ContractWorkspace } from './contract-workspace.ts';
import { marker } from './provider-contract.ts';
import { branchOf } from './view-branch.ts';

const name = 'prod.views.unified_profile_metrics_ml';
const address = addressOf('view', name);
const churn = 'prod.reports.churn_profile_metrics';
const bare = 'prod.reports.bare_profile_metrics';
const drift = 'prod.reports.bare_drift_metrics';
const bob = 'bob@example.com';

const spec = { name, family: 'profile', branches: ['bare', 'churn'].map(branchOf) } as unknown as Spec;

describe('W023 metric tables of somebody else', () => {
  let workspace: ContractWorkspace;
  let theirs: Client;

  beforeAll(async () => {
    workspace = await startContractWorkspace({
      firstRefresh: 'automatic',
      lifecycle: { deleteDelayMs: 0, activeAfterMs: 0 },
      principals: [{ userName: bob, token: 'bob' }],
    });
    const { local } = workspace;
    theirs = createClient({
      connection: connectionOf({ host: local.url, hostSource: 'test', token: 'bob', tokenSource: 'test' }),
      clock: fakeClock(),
      random: () => 0,
      userAgent: 'dpo/0.1.0 contract',
    });
    const { monitor } = createProviders({ client: workspace.client });
    for (const table of ['churn', 'bare']) {
      const wanted = {
        // oxlint-disable-next-line no-await-in-loop
        object_id: await tableIdOf(workspace, `prod.ml.${table}`),
        // oxlint-disable-next-line no-await-in-loop
        output_schema_id: await schemaIdOf(workspace, 'prod.reports'),
        assets_dir: `/Workspace/Shared/dpo/churn/prod/monitors/${table}`,
        profile_type: 'SNAPSHOT',
      };
      const request = { address: addressOf('monitor', `prod.ml.${table}`), spec: wanted, marker };
      // oxlint-disable-next-line no-await-in-loop
      await monitor.create(request, workspace.write);
    }
    await local.idle();
    await run('CREATE SCHEMA prod.views');
    await run(`GRANT USE CATALOG ON CATALOG prod TO \`${bob}\``);
    await run(`GRANT USE SCHEMA ON SCHEMA prod.reports TO \`${bob}\``);
    await run(`GRANT USE SCHEMA, CREATE TABLE ON SCHEMA prod.views TO \`${bob}\``);
    await run(`GRANT SELECT ON TABLE ${churn} TO \`${bob}\``);
  });
  afterAll(async () => {
    await theirs.close();
    await workspace.close();
  });

  const run = (text: string, client = workspace.client) =>
    executeStatement(client, { warehouseId: workspace.local.warehouseId, text, effect: 'read' }, workspace.write);
  const settle = async (client: Client, tables: readonly string[] = [churn, bare, drift]): Promise<SettledColumns> => {
    const { warehouseId } = workspace.local;
    const { userName, groups } = await getMe(client);
    const columnsOf = await readMetricColumns(client, { tables, warehouseId }, workspace.write);
    workspace.local.clearRequests();
    const request = { tables, columnsOf, warehouseId, runner: { userName, groups } };
    return settleMetricColumns(client, request, workspace.write);
  };
  const answers = ({ columnsOf }: SettledColumns): readonly string[] =>
    [churn, bare, drift].map((table) => {
      const answer = columnsOf(table);
      return typeof answer === 'string' ? answer : 'columns';
    });
  const sent = (): readonly string[] =>
    workspace.local.requests().map(({ method, path }) => `${method} ${path.split('?')[0] ?? ''}`);
  const view = (): ReturnType<typeof createProviders>['view'] =>
    createProviders({ client: theirs, warehouseId: workspace.local.warehouseId, me: { userName: bob, groups: [] } })
      .view;
  const sources = async (): Promise<readonly (readonly (string | null)[])[]> =>
    (await run(`SELECT DISTINCT source_table_name FROM ${name} ORDER BY 1`, theirs)).rows;

  test('W023 one that is hidden is told from one that is not there, with the statement that shows it', async () => {
    const found = await settle(theirs);
    expect(answers(found)).toEqual(['columns', 'denied', 'absent']);
    expect(found.denied).toEqual([
      {
        name: bare,
        hint: `GRANT SELECT ON TABLE \`prod\`.\`reports\`.\`bare_profile_metrics\` TO \`${bob}\`; with USE SCHEMA on prod.reports and USE CATALOG on prod`,
      },
    ]);
    expect(sent().filter((request) => request.startsWith('GET'))).toEqual([
      'GET /api/2.1/unity-catalog/schemas/prod.reports',
      `GET /api/2.1/unity-catalog/tables/${bare}`,
      `GET /api/2.1/unity-catalog/tables/${drift}`,
    ]);
  });

  test('W023 ruling 18: to the owner of their schema a missing one is not there, which one request and one statement tell', async () => {
    expect(answers(await settle(workspace.client))).toEqual(['columns', 'columns', 'absent']);
    expect(sent()).toEqual(['GET /api/2.1/unity-catalog/schemas/prod.reports', 'POST /api/2.0/sql/statements']);
  });

  test('W023 one that can only be browsed is seen and not read', async () => {
    await run(`GRANT BROWSE ON CATALOG prod TO \`${bob}\``);
    const found = await settle(theirs);
    expect([answers(found), found.denied.map((denied) => denied.name)]).toEqual([
      ['columns', 'denied', 'absent'],
      [bare],
    ]);
    // One for both, and one for each half.
    expect(sent().filter((request) => request.startsWith('POST'))).toHaveLength(3);
    await run(`REVOKE BROWSE ON CATALOG prod FROM \`${bob}\``);
  });

  test('W023 the owner of a schema sees what is in it, and may not read it', async () => {
    await run(`ALTER SCHEMA prod.reports OWNER TO \`${bob}\``);
    expect(answers(await settle(theirs))).toEqual(['columns', 'denied', 'absent']);
    await run('ALTER SCHEMA prod.reports OWNER TO `local.user@example.com`');
  });

  test('W023 W020 an answer that says nothing is not taken for either', async () => {
    const fault = { match: `GET /api/2.1/unity-catalog/tables/${bare}*`, status: 400, errorCode: 'BAD' };
    workspace.local.faults.add(fault);
    const found = await settle(theirs);
    expect(answers(found)).toEqual(['columns', 'unknown', 'absent']);
    expect(found.failed.map(({ code }) => code)).toEqual(['API.INVALID']);
    workspace.local.faults.clear();
    workspace.local.faults.add(fault);
    const failure: unknown = await view()
      .create({ address, spec, marker }, workspace.write)
      .catch((error: unknown) => error);
    expect(isDpoError(failure) && failure.problems[0]?.code).toBe('API.INVALID');
    workspace.local.faults.clear();
  });

  test.each(['hidden', 'browsed'])(
    'W023 a view over one that is %s is made without it, says so, and takes it in after the grant',
    async (how) => {
      if (how === 'browsed') await run(`GRANT BROWSE ON CATALOG prod TO \`${bob}\``);
      const made = await view().create({ address, spec, marker }, workspace.write);
      expect(made.note).toBe('without what may not be read: prod.ml.bare');
      expect(await sources()).toEqual([['prod.ml.churn']]);
      const { body } = await theirs.send({ method: 'GET', path: `/api/2.1/unity-catalog/tables/${name}` });
      expect(body['view_definition']).toContain(`-- without prod.ml.bare: ${bare} could not be read by who wrote this`);
      await run(`GRANT SELECT ON TABLE ${bare} TO \`${bob}\``);
      const changed = await view().update({ address, id: made.id, spec, mask: ['branches'] }, workspace.write);
      expect(changed.note).toBeUndefined();
      expect(await sources()).toEqual([['prod.ml.bare'], ['prod.ml.churn']]);
      await view().delete({ address, id: made.id }, workspace.write);
      await run(`REVOKE SELECT ON TABLE ${bare} FROM \`${bob}\``);
      if (how === 'browsed') await run(`REVOKE BROWSE ON CATALOG prod FROM \`${bob}\``);
    },
  );
});
