import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { executeStatement } from '../../src/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { errorOf, problemOf } from '../support/mock-workspace.ts';
import { startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';

let workspace: ContractWorkspace;
let statement: Parameters<typeof executeStatement>[1];

beforeAll(async () => {
  workspace = await startContractWorkspace({ lifecycle: { warehouseStartMs: 600_000 } });
  statement = { warehouseId: workspace.local.warehouseId, text: 'SELECT 1', effect: 'read', timeoutMs: 5000 };
  const path = `/api/2.0/sql/warehouses/${statement.warehouseId}/stop`;
  await workspace.client.send({ method: 'POST', path, body: {} });
});

afterAll(() => workspace.close());

const cancelled = (): number =>
  workspace.local.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/cancel')).length;

/** The first call is answered after 5 s in real time: the warehouse does not come up. */
test('T36: a warehouse that does not come up is named, and the statement is cancelled', async () => {
  const before = cancelled();
  expect(await problemOf(executeStatement(workspace.client, statement, workspace.write))).toMatchObject({
    code: 'API.WAREHOUSE',
    message: `a statement on warehouse ${statement.warehouseId} did not end within 5 s and was cancelled: the warehouse is STARTING`,
  });
  expect(cancelled()).toBe(before + 1);
}, 30_000);

test('T36: an abort while the warehouse starts cancels the statement', async () => {
  const before = cancelled();
  const controller = new AbortController();
  const clock = fakeClock(() => controller.abort(new Error('stopped')));
  const call = executeStatement(workspace.client, statement, { clock, signal: controller.signal });
  expect(await errorOf(call)).toMatchObject({ message: 'stopped' });
  expect(cancelled()).toBe(before + 1);
}, 30_000);
