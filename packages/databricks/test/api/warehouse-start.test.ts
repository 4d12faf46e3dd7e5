import { describe, expect, test } from '@jest/globals';
import { executeStatement, type WarehouseStart } from '../../src/index.ts';
import { mockWorkspace } from '../support/mock-workspace.ts';

const statements = '/api/2.0/sql/statements';
const statement = { warehouseId: 'wh', text: 'SELECT 1', effect: 'read' } as const;

async function told(state: string, polls: number): Promise<readonly WarehouseStart[]> {
  const starts: WarehouseStart[] = [];
  const workspace = mockWorkspace({ onWarehouseStarting: (start) => starts.push(start) });
  const pending = JSON.stringify({ statement_id: '01ef', status: { state: 'PENDING' } });
  workspace.reply('POST', statements, { body: pending });
  const path = `${statements}/01ef`;
  workspace.pool.intercept({ method: 'GET', path }).reply(200, pending).times(polls);
  workspace.pool
    .intercept({ method: 'GET', path: '/api/2.0/sql/warehouses/wh' })
    .reply(200, JSON.stringify({ id: 'wh', state }))
    .persist();
  workspace.reply('GET', path, {
    body: { statement_id: '01ef', status: { state: 'SUCCEEDED' }, manifest: {}, result: { data_array: [['1']] } },
  });
  await executeStatement(workspace.client, statement, workspace.write);
  return starts;
}

describe('a statement that waits for its warehouse', () => {
  test('T36 says that the warehouse is starting, at first and every 15 seconds', async () => {
    const starts = await told('STARTING', 12);
    expect(starts.map(({ warehouse }) => warehouse)).toEqual(starts.map(() => 'wh'));
    const times = starts.map(({ milliseconds }) => milliseconds);
    expect(times.length).toBeGreaterThan(1);
    expect(times[0]).toBeLessThan(8000);
    for (const [index, time] of times.entries())
      if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(15_000);
  });

  test('T36 says nothing where the warehouse runs and the statement only waits for its turn', async () => {
    expect(await told('RUNNING', 12)).toEqual([]);
  });

  test('T36 says nothing about a short wait', async () => {
    expect(await told('STARTING', 2)).toEqual([]);
  });
});
