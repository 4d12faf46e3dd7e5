import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { examineNeeds, type Need, type Principal } from '@dpo/core';
import {
  completeRights,
  connectionOf,
  createClient,
  examineCatalogs,
  examineDestinations,
  examineFolder,
  examineIdentity,
  examineMetastore,
  examineSystemSchemas,
  examineWarehouse,
  readRights,
  type Client,
} from '../../src/index.ts';
import { startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';

const seed = `
principals:
  bob@example.com: { tokens: [bob-token], groups: [readers] }
groups: { readers: [bob@example.com] }
destinations: { Ops: { email: { addresses: [ops@example.com] } } }
catalogs:
  shop:
    grants: { readers: [USE CATALOG, USE SCHEMA] }
    schemas:
      ml:
        tables:
          churn: { sql: "SELECT 1 AS id", grants: { readers: [SELECT] } }
          orders: { sql: "SELECT 1 AS id", grants: { bob@example.com: [ALL PRIVILEGES, MANAGE] } }
`;

/** What the doctor reads, as an administrator and as somebody with few grants. */
describe('doctor', () => {
  let workspace: ContractWorkspace;
  let bob: Client;
  let folder: string;
  const me: Principal = { userName: 'bob@example.com', groups: ['users', 'readers'] };
  beforeAll(async () => {
    workspace = await startContractWorkspace();
    folder = await mkdtemp(join(tmpdir(), 'dpo-doctor-'));
    await writeFile(join(folder, 'seed.yaml'), seed);
    await workspace.local.seed(join(folder, 'seed.yaml'));
    bob = createClient({
      connection: connectionOf({
        host: workspace.local.url,
        hostSource: 'test',
        token: 'bob-token',
        tokenSource: 'test',
      }),
      clock: workspace.read.clock,
      random: () => 0,
      userAgent: 'dpo/0.1.0 contract',
    });
    workspace.local.clearRequests();
  });
  afterAll(async () => {
    const writes = workspace.local.requests().filter(({ method }) => !['GET', 'HEAD'].includes(method));
    await bob.close();
    await workspace.close();
    await rm(folder, { recursive: true, force: true });
    // N020: nothing but a query was sent.
    expect(writes.map(({ path }) => path).filter((path) => !path.startsWith('/api/2.0/sql/statements'))).toEqual([]);
  });

  test('N020 identity, groups and metastore are told', async () => {
    const { me: found, examinations } = await examineIdentity(bob, {
      ...workspace.read,
      clock: { ...workspace.read.clock, now: Date.now },
    });
    expect(found).toMatchObject({ userName: 'bob@example.com', groups: expect.arrayContaining(['readers']) });
    expect(examinations.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['identity', 'pass'],
      ['clock', 'pass'],
    ]);
    const metastore = await examineMetastore(bob, me, workspace.read);
    expect(metastore).toMatchObject({ metastoreId: workspace.local.metastoreId, examinations: [{ verdict: 'pass' }] });
  });

  test('N020 a clock that is off is a warning that says by how much', async () => {
    const clock = { ...workspace.read.clock, now: () => Date.now() + 600_000 };
    const { examinations } = await examineIdentity(bob, { ...workspace.read, clock });
    expect(examinations[1]).toMatchObject({ check: 'clock', verdict: 'warn' });
    expect(examinations[1]?.message).toMatch(/^this machine is (59\d|60\d) s ahead of the workspace$/u);
  });

  test('W029 grants of the identity and of its groups count; what nobody granted lacks, with the statement', async () => {
    const needs: readonly Need[] = ['churn', 'orders'].map((name) => ({
      securable: { type: 'table', name: `shop.ml.${name}` },
      privileges: ['SELECT', 'MANAGE'],
      purpose: 'is profiled',
    }));
    const securables = needs.map(({ securable }) => securable);
    const first = await readRights(bob, { securables, me }, workspace.read);
    const rights = await completeRights(bob, { rights: first, securables, me }, workspace.read);
    expect(examineNeeds({ needs, rights, me })).toMatchObject([
      {
        subject: 'table shop.ml.churn',
        verdict: 'fail',
        mend: ['GRANT MANAGE ON TABLE `shop`.`ml`.`churn` TO `bob@example.com`;'],
        grants: [{ standing: 'has' }, { standing: 'lacks' }],
      },
      { subject: 'table shop.ml.orders', verdict: 'pass' },
    ]);
  });

  test('W029 without a look at each group what seems to lack is unknown', async () => {
    const securable = { type: 'table', name: 'shop.ml.churn' } as const;
    const rights = await readRights(bob, { securables: [securable], me }, workspace.read);
    const needs = [{ securable, privileges: ['MANAGE'], purpose: 'is profiled' }];
    expect(examineNeeds({ needs, rights, me })[0]).toMatchObject({ verdict: 'unknown' });
  });

  test('N020 system schemas are for admins to list, which is no failure', async () => {
    const { metastoreId } = workspace.local;
    const asBob = await examineSystemSchemas(bob, metastoreId, workspace.read);
    const asAdmin = await examineSystemSchemas(workspace.client, metastoreId, workspace.read);
    expect([asBob.listed, asBob.examinations[0]?.verdict]).toEqual([false, 'unknown']);
    expect([asAdmin.listed, asAdmin.examinations[0]?.verdict]).toEqual([true, 'warn']);
  });

  test('N020 the warehouse runs SELECT 1, or is only looked at', async () => {
    const request = { warehouseId: workspace.local.warehouseId, neededFor: undefined, starts: () => {} };
    expect(await examineWarehouse(bob, { ...request, run: true }, workspace.read)).toMatchObject([{ verdict: 'pass' }]);
    const before = workspace.local.requests().length;
    expect(await examineWarehouse(bob, { ...request, run: false }, workspace.read)).toMatchObject([
      { verdict: 'skipped' },
    ]);
    expect(
      workspace.local
        .requests()
        .slice(before)
        .map(({ method }) => method),
    ).toEqual(['GET']);
    const gone = await examineWarehouse(bob, { ...request, warehouseId: 'gone', run: true }, workspace.read);
    expect(gone).toMatchObject([{ verdict: 'fail', code: 'API.WAREHOUSE' }]);
    const none = await examineWarehouse(
      bob,
      { ...request, warehouseId: undefined, neededFor: 'views', run: true },
      workspace.read,
    );
    expect(none).toMatchObject([{ verdict: 'fail' }]);
  });

  test('N020 catalogs, folders and destinations', async () => {
    const catalogs = await examineCatalogs(bob, ['shop', 'prod', 'none'], workspace.read);
    expect(catalogs.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'fail']);
    const own = { folder: '/Users/bob@example.com/dpo', me };
    expect(await examineFolder(bob, own, workspace.read)).toMatchObject([{ verdict: 'pass' }]);
    const foreign = { folder: '/Users/other@example.com/dpo', me };
    expect((await examineFolder(bob, foreign, workspace.read))[0]?.verdict).not.toBe('pass');
    const names = await examineDestinations(bob, ['Ops', 'Oops'], workspace.read);
    expect(names.map(({ subject, verdict }) => [subject, verdict])).toEqual([
      ["'Ops'", 'pass'],
      ["'Oops'", 'fail'],
    ]);
  });
});
