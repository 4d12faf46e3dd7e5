import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { listObjects } from '../../src/api/workspace.ts';
import { mkdirs, removeEmptyFolders } from '../../src/index.ts';
import { startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';

const parent = '/Workspace/Shared/DPO/shop';

describe('T32 the folder of an owner (ruling 84)', () => {
  let workspace: ContractWorkspace;
  beforeAll(async () => {
    workspace = await startContractWorkspace();
  });
  afterAll(() => workspace.close());

  let root = '';
  beforeEach(() => {
    root = `${parent}/${randomUUID()}`;
  });
  afterEach(() => {
    workspace.local.faults.clear();
  });

  const remove = (path = root): ReturnType<typeof removeEmptyFolders> =>
    removeEmptyFolders(workspace.client, { path, inside: ['monitors', 'locked'], limit: workspace.read.limit });
  const make = async (...paths: readonly string[]): Promise<void> => {
    for (const path of paths) await mkdirs(workspace.client, `${root}/${path}`);
  };
  /** A file of somebody. */
  const put = async (path: string): Promise<void> => {
    const body = { path: `${root}/${path}`, format: 'SOURCE', language: 'SQL', content: btoa('SELECT 1') };
    await workspace.client.send({ method: 'POST', path: '/api/2.0/workspace/import', body, effect: 'idempotent' });
  };
  const deletes = (): number => workspace.local.requests().filter(({ path }) => path.endsWith('/delete')).length;

  test('goes with the empty folders in it, the innermost first, and not with the one above', async () => {
    await make('monitors/prod.ml.a', 'monitors/prod.ml.b/deep');
    workspace.local.clearRequests();
    expect(await remove()).toEqual({ status: 'deleted' });
    expect(deletes()).toBe(5);
    expect(await remove()).toEqual({ status: 'absent' });
    expect(await listObjects(workspace.client, '/Workspace/Shared/DPO')).toMatchObject([{ path: parent }]);
  });

  test('stays with all that leads to what is left in it', async () => {
    await make('monitors/prod.ml.a', 'monitors/prod.ml.b');
    await put('monitors/prod.ml.b/notes');
    await put('board');
    const left = [`${root}/board`, `${root}/monitors/prod.ml.b/notes`];
    const found = await remove();
    expect(found.status === 'kept' && found.left.toSorted()).toEqual(left);
    workspace.local.clearRequests();
    await remove();
    expect(deletes()).toBe(0);
  });

  test('an empty folder of somebody else in it stays', async () => {
    await make('monitors/prod.ml.a', 'theirs');
    expect(await remove()).toEqual({ status: 'kept', left: [`${root}/theirs`] });
    expect(await listObjects(workspace.client, root)).toMatchObject([{ path: `${root}/theirs` }]);
  });

  test('what cannot be deleted stays and is told with its code', async () => {
    await make('locked/inner');
    workspace.local.faults.add({
      match: 'POST /api/2.0/workspace/delete',
      status: 403,
      errorCode: 'PERMISSION_DENIED',
    });
    const end = await remove();
    expect(end).toMatchObject({ status: 'kept', because: 'API.FORBIDDEN' });
    expect(end.status === 'kept' && end.left.some((path) => path.endsWith('/locked/inner'))).toBe(true);
  });
});
