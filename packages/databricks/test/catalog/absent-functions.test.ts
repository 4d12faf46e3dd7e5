import { describe, expect, test } from '@jest/globals';
import { absentFunctions, executeStatement } from '../../src/index.ts';
import { startContractWorkspace } from '../contract/contract-workspace.ts';
import { mockWorkspace, problemOf } from '../support/mock-workspace.ts';

const path = '/api/2.1/unity-catalog/functions/prod.ml.cost';

describe('U033 functions that do not exist', () => {
  test('on the embedded workspace: in a schema, in none, and one that is there', async () => {
    const workspace = await startContractWorkspace();
    try {
      const text = 'CREATE FUNCTION prod.ml.cost(x DOUBLE) RETURNS DOUBLE RETURN x * 2';
      const { warehouseId } = workspace.local;
      await executeStatement(workspace.client, { warehouseId, text, effect: 'create' }, workspace.write);
      const names = ['Prod.ML.Cost', 'prod.ml.none', 'prod.nowhere.f', 'none.at.all'];
      expect(await absentFunctions(workspace.client, names, workspace.read)).toEqual(
        new Set(['prod.ml.none', 'prod.nowhere.f', 'none.at.all']),
      );
    } finally {
      await workspace.close();
    }
  });

  test('each is asked for once, in whatever capitals it is named', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', path, { body: { full_name: 'prod.ml.cost' } });
    const names = ['prod.ml.cost', 'PROD.ml.cost', 'prod.ml.cost'];
    expect(await absentFunctions(workspace.client, names, workspace.read)).toEqual(new Set());
    await workspace.done();
  });

  test.each([
    [
      403,
      'PERMISSION_DENIED',
      'API.FORBIDDEN',
      'grant EXECUTE on function prod.ml.cost, USE SCHEMA on prod.ml and USE CATALOG on prod',
    ],
    [400, 'INVALID_PARAMETER_VALUE', 'API.INVALID', undefined],
  ])('an answer %i is an error and no finding', async (...[status, code, expected, hint]) => {
    const workspace = mockWorkspace();
    workspace.reply('GET', path, { status, body: { error_code: code, message: 'no' } });
    const problem = await problemOf(absentFunctions(workspace.client, ['prod.ml.cost'], workspace.read));
    expect([problem.code, problem.hint]).toEqual([expected, hint ?? problem.hint]);
    await workspace.done();
  });
});
