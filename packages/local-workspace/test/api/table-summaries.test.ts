import { describe, expect, test } from '@jest/globals';
import { isLike } from '../../src/api/like-pattern.ts';
import { as, others } from '../access/principals.ts';
import { unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const summaries = `${unityPrefix}/table-summaries`;

describe('table summaries', () => {
  test('hold name and type alone, for the patterns asked for', async () => {
    await withWorkspace({}, async (workspace) => {
      expect((await workspace.call('GET', `${summaries}?catalog_name=prod`)).body['tables']).toEqual([
        { full_name: 'prod.ml.churn', table_type: 'MANAGED' },
        { full_name: 'prod.ml.orders', table_type: 'MANAGED' },
        { full_name: 'prod.ml.recent', table_type: 'VIEW' },
      ]);
      expect(await names(workspace, '&table_name_pattern=%25R%25')).toEqual(['churn', 'orders', 'recent']);
      expect(await names(workspace, '&table_name_pattern=_rder_')).toEqual(['orders']);
      expect(await names(workspace, '&schema_name_pattern=m_&table_name_pattern=c%25')).toEqual(['churn']);
      expect(await names(workspace, '&schema_name_pattern=x%25')).toEqual([]);
      expect(await names(workspace, '&table_name_pattern=')).toEqual(['churn', 'orders', 'recent']);
      expect((await workspace.call('GET', `${summaries}?catalog_name=none`)).status).toBe(404);
      expect((await workspace.call('GET', summaries)).status).toBe(400);
    });
  });

  test('hold what the caller may read', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const bo = as(owner, 'bo-token');
      await owner.grant({ type: 'catalog', name: 'prod' }, 'bo@x.com', 'USE_CATALOG');
      await owner.grant({ type: 'catalog', name: 'prod' }, 'bo@x.com', 'BROWSE');
      await owner.grant({ type: 'table', name: 'prod.ml.orders' }, 'bo@x.com', 'SELECT');
      expect(await names(bo, '')).toEqual([]);
      await owner.grant({ type: 'schema', name: 'prod.ml' }, 'bo@x.com', 'USE_SCHEMA');
      expect(await names(bo, '')).toEqual(['orders']);
    });
  });

  test('come in pages', async () => {
    await withWorkspace({}, async (workspace) => {
      const first = await workspace.call('GET', `${summaries}?catalog_name=prod&max_results=2`);
      expect(first.body['tables']).toHaveLength(2);
      expect(await names(workspace, `&page_token=${String(first.body['next_page_token'])}`)).toEqual(['recent']);
    });
  });
});

describe('patterns of LIKE', () => {
  test.each([
    ['abc', '%', true],
    ['', '%', true],
    ['', '', true],
    ['a', '', false],
    ['abc', 'a_c', true],
    ['abc', 'a%', true],
    ['abc', '%b', false],
    ['a_c', 'a\\_c', true],
    ['abc', 'a\\_c', false],
    ['a%', 'a\\%', true],
    ['aab', '%ab', true],
    ['abcabd', '%ab_', true],
    ['x', '%%%', true],
    ['.*', '._', true],
    ['ab', '.*', false],
    ['ABC', 'abc', true],
  ])('%s is like %s: %p', (name, pattern, wanted) => {
    expect(isLike(name, pattern)).toBe(wanted);
  });

  test('take no long time, whatever the pattern', () => {
    const started = performance.now();
    expect(isLike('a'.repeat(2_000), `${'%a'.repeat(200)}%b`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

async function names(workspace: TestWorkspace, suffix: string): Promise<readonly string[]> {
  const { body } = await workspace.call('GET', `${summaries}?catalog_name=prod${suffix}`);
  return (body['tables'] as { full_name: string }[]).map(({ full_name: name }) => name.split('.')[2] ?? '');
}
