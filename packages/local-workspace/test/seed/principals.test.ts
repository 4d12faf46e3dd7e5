import { describe, expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccess } from '../../src/access/create-access.ts';
import { grantsOn } from '../../src/access/grants.ts';
import type { Privilege } from '../../src/access/privilege.ts';
import { SeedError } from '../../src/index.ts';
import type { Caller } from '../../src/principals/caller.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { configOf, createMonitor, dailyConfig, monitorsPath, seedText, unityPrefix } from '../workspace-client.ts';
import { inSeededDirectory, rowsOf } from './seeded-directory.ts';

const seed = `
current_user: Ann@example.com
principals:
  ann@example.com: { admin: true, metastore_admin: true, tokens: [ann-token-1, ann-token-2] }
  bob@example.com: { display_name: Bob, groups: [readers], tokens: [bob-token] }
  eve@example.com: { tokens: [eve-token] }
  11111111-2222-3333-4444-555555555555:
    kind: service_principal
    client_secret: machine-secret
    tokens: [machine-token]
    workspace: second
groups:
  team: [Bob@example.com]
  empty:
metastore: { grants: { team: [create catalog] } }
catalogs:
  prod:
    grants: { readers: [USE CATALOG, use_schema], account users: [BROWSE] }
    schemas:
      ml:
        tables:
          open: { sql: SELECT 1 AS n, grants: { team: [select] } }
          closed: { sql: SELECT 1 AS n }
          seen: { view: SELECT n FROM prod.ml.open, grants: { team: [SELECT] } }
`;

describe('seeded principals', () => {
  test('each token stands for its principal, with groups and admin flags', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      const workspace = await start({ seed: await write('workspace.yaml', seed) });
      expect(await whoIs(workspace, workspace.token)).toEqual(['ann@example.com', ['users', 'admins']]);
      expect(await whoIs(workspace, 'ann-token-2')).toEqual(['ann@example.com', ['users', 'admins']]);
      expect(await whoIs(workspace, 'bob-token')).toEqual(['bob@example.com', ['users', 'readers', 'team']]);
      expect(await whoIs(workspace, 'eve-token')).toEqual(['eve@example.com', ['users']]);
      expect(await whoIs(workspace, 'nobody')).toBeUndefined();
    });
  });

  test('grants count, on containers, tables and views, and nobody else has them', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      const workspace = await start({ seed: await write('workspace.yaml', seed) });
      const { documents } = await workspace.snapshot();
      const access = createAccess({ get: (kind, id) => documents[kind]?.get(id) });
      const can = (user: string, privilege: Privilege, name: string): boolean => {
        const principal = documents['principal']?.get(user) as unknown as Caller;
        const type = name.includes('.') ? 'table' : 'catalog';
        return access.can({ ...principal, workspaceId: workspace.workspaceId }, privilege, { type, name });
      };
      expect(can('bob@example.com', 'SELECT', 'prod.ml.open')).toBe(true);
      expect(can('bob@example.com', 'SELECT', 'prod.ml.seen')).toBe(true);
      expect(can('bob@example.com', 'SELECT', 'prod.ml.closed')).toBe(false);
      expect(can('eve@example.com', 'SELECT', 'prod.ml.open')).toBe(false);
      expect(can('eve@example.com', 'BROWSE', 'prod')).toBe(true);
      const metastore = { type: 'metastore', name: workspace.metastoreId } as const;
      expect(grantsOn({ get: (kind, id) => documents[kind]?.get(id) }, metastore)).toEqual({
        team: ['CREATE_CATALOG'],
      });
    });
  });

  test('a token of another workspace of the metastore answers with the id of that workspace', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      const workspace = await start({ seed: await write('workspace.yaml', seed) });
      const headers = { Authorization: 'Bearer machine-token' };
      const response = await fetch(`${workspace.url}/api/2.0/preview/scim/v2/Me`, { headers });
      const id = response.headers.get('x-databricks-org-id');
      expect([response.status, id !== workspace.workspaceId, /^\d+$/.test(id ?? '')]).toEqual([200, true, true]);
    });
  });

  test('no token or secret is kept in plain text, in any file of the workspace', async () => {
    await inSeededDirectory(async ({ directory, write, start }) => {
      const workspace = await start({ keep: true, seed: await write('workspace.yaml', seed) });
      await workspace.close();
      const files = await readdir(join(directory, 'data'));
      expect(files).toContain('workspace.duckdb');
      for (const name of files) {
        const content = (await readFile(join(directory, 'data', name))).toString('latin1');
        for (const secret of ['ann-token-1', 'bob-token', 'machine-secret', 'machine-token']) {
          expect(content).not.toContain(secret);
        }
      }
    });
  });

  test('the current user is kept for later starts, and an option of the start goes before it', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      const file = await write('workspace.yaml', seed);
      await (await start({ keep: true, seed: file })).close();
      const again = await start({ keep: true });
      expect(await whoIs(again, again.token)).toEqual(['ann@example.com', ['users', 'admins']]);
      await again.close();
      const other = await start({ keep: true, principal: 'zoe@example.com' });
      expect(await whoIs(other, other.token)).toEqual(['zoe@example.com', ['users', 'admins']]);
    });
  });

  test('a current user who administers nothing runs the workspace as that', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      const text = seed.replace('Ann@example.com', 'bob@example.com');
      const workspace = await start({ seed: await write('workspace.yaml', text) });
      expect(await whoIs(workspace, workspace.token)).toEqual(['bob@example.com', ['users', 'readers', 'team']]);
    });
  });

  test('the behaviour of a seed counts from the start on and is kept; one that is given goes before it', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      await write('behaviour.json', JSON.stringify({ switches: { monitor_mask: 'whole' } }));
      const file = await write('workspace.yaml', `behaviour: behaviour.json\n${seedText}`);
      const mode = async (options: Parameters<typeof start>[0]): Promise<string> => {
        const workspace = await start({ keep: true, firstRefresh: 'held', ...options });
        const found = await maskMode(workspace);
        await workspace.close();
        return found;
      };
      expect(await mode({ seed: file })).toBe('whole');
      expect(await mode({})).toBe('whole');
      expect(await mode({ behaviour: { monitor_mask: 'leaf' } })).toBe('leaf');
    });
  });

  test('loading again leaves principals and their grants as they are', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      const workspace = await start({ seed: await write('workspace.yaml', seed) });
      const changed = seed.replace('groups: [readers]', 'groups: [others]').replace('{ team: [select] }', '{}');
      await workspace.seed(await write('workspace.yaml', changed));
      expect(await whoIs(workspace, 'bob-token')).toEqual(['bob@example.com', ['users', 'readers', 'team']]);
      expect(await rowsOf(workspace, 'SELECT n FROM prod.ml.open', 'bob-token')).toEqual([['1']]);
      expect((await workspace.call('GET', `${unityPrefix}/catalogs`)).body['catalogs']).toHaveLength(1);
    });
  });

  test.each<readonly [string, string, number, string]>([
    ['a member that is missing', 'groups:\n  team:\n    - zoe@example.com\n', 3, "no principal 'zoe@example.com'"],
    ['a grant to nobody', 'catalogs:\n  c:\n    grants:\n      redaers: [SELECT]\n', 4, "'redaers'"],
    ['a privilege that is none', 'catalogs:\n  c:\n    grants:\n      users: [SELEKT]\n', 4, "'SELEKT' is not one of"],
    ['a secret of a user', 'principals:\n  ann:\n    client_secret: s3cr3t\n', 3, 'only a service_principal'],
    ['a behaviour that is none', 'current_user: a\nbehaviour: strange\n', 2, 'neither one of documented'],
  ])('%s is an error with file and line', async (_name, text, ...[line, message]) => {
    await inSeededDirectory(async ({ write, start }) => {
      const file = await write('workspace.yaml', text);
      const fault: unknown = await start({ seed: file }).catch((caught: unknown) => caught);
      expect(fault).toBeInstanceOf(SeedError);
      expect(fault).toMatchObject({ file, line, message: expect.stringContaining(message) });
      expect(String(fault)).not.toContain('s3cr3t');
    });
  });

  test('a workspace that runs refuses a seed for another user', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      const workspace = await start();
      const file = await write('workspace.yaml', 'catalogs: {}\ncurrent_user: ann@example.com\n');
      await expect(workspace.seed(file)).rejects.toMatchObject({
        line: 2,
        message: expect.stringContaining('the workspace runs as local.user@example.com'),
      });
    });
  });
});

/** How the workspace reads a mask of one leaf: `whole` also replaces what the mask does not name. */
async function maskMode(workspace: TestWorkspace): Promise<string> {
  const { tableId } = await createMonitor(workspace, { slicing_exprs: ['id > 1'] });
  const path = `${monitorsPath}/table/${tableId}`;
  const config = await dailyConfig(workspace);
  const reply = await workspace.call('PATCH', `${path}?update_mask=data_profiling_config.output_schema_id`, {
    object_type: 'table',
    object_id: tableId,
    data_profiling_config: config,
  });
  await workspace.call('DELETE', path);
  return configOf(reply)['slicing_exprs'] === undefined ? 'whole' : 'leaf';
}

async function whoIs({ url }: TestWorkspace, token: string): Promise<unknown> {
  const response = await fetch(`${url}/api/2.0/preview/scim/v2/Me`, { headers: { Authorization: `Bearer ${token}` } });
  if (!response.ok) return undefined;
  const { userName, groups } = (await response.json()) as {
    readonly userName: string;
    readonly groups: readonly { readonly display: string }[];
  };
  return [userName, groups.map(({ display }) => display)];
}
