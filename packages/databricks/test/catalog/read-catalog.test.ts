import { describe, expect, test } from '@jest/globals';
import type { TableSearch } from '@dpo/core';
import { readCatalog } from '../../src/index.ts';
import { mockWorkspace, problemOf, type MockWorkspace, type SeenRequest } from '../support/mock-workspace.ts';

const statements = '/api/2.0/sql/statements';
const tables = '/api/2.1/unity-catalog/tables';

const byTags: TableSearch = {
  catalogs: ['prod'],
  excludeSchemas: ['tmp_*'],
  tags: { on: 'true' },
  inheritTags: false,
  patterns: [],
};

type Rows = readonly (readonly (string | null)[])[];

/** Answers statements by the view that they read, whatever their order, and keeps them. */
function answerStatements(workspace: MockWorkspace, views: Readonly<Record<string, Rows>>): SeenRequest['body'][] {
  const seen: SeenRequest['body'][] = [];
  workspace.pool
    .intercept({ method: 'POST', path: statements })
    .reply((request) => {
      const body = JSON.parse(request.body as string) as { statement: string };
      seen.push(body);
      const view = /`information_schema`\.`(\w+)`/u.exec(body.statement)?.[1] ?? '';
      const catalog = /FROM `(\w+)`/u.exec(body.statement)?.[1] ?? '';
      const rows = views[`${catalog}.${view}`] ?? views[view] ?? [];
      const answer = { statement_id: 's', status: { state: 'SUCCEEDED' }, result: { data_array: rows } };
      return { statusCode: 200, data: JSON.stringify(answer) };
    })
    .persist();
  return seen;
}

function listed(workspace: MockWorkspace, ...names: readonly string[]): void {
  const bodies = names.map((name) => ({ full_name: name, table_id: `id-${name}`, table_type: 'MANAGED' }));
  workspace.reply('GET', tables, { body: { tables: bodies } });
}

function textsOf(seen: readonly unknown[]): readonly string[] {
  return seen.map((body) => (body as { statement: string }).statement).toSorted();
}

const tagRows: Rows = [
  ['ml', 'a', 'on', 'true'],
  ['ml', 'a', 'owner', "O'Neill; DROP TABLE `x` --\n"],
  ['ml', 'b', 'on', 'false'],
  ['tmp_x', 'c', 'on', 'true'],
];
const columnRows: Rows = [
  ['ml', 'a', 'second', '1', 'STRING'],
  ['ml', 'a', 'first', '0', 'BIGINT'],
  ['ml', 'b', 'x', '0', 'INT'],
];
const request = { tables: [], warehouseId: 'wh', tagPrefixNeeded: true } as const;

describe('a search of the catalogs', () => {
  test('ruling 27: two statements a catalog and the pages of schemas with a match, none a table', async () => {
    const workspace = mockWorkspace();
    const seen = answerStatements(workspace, { table_tags: tagRows, columns: columnRows });
    workspace.reply('GET', tables, { body: { next_page_token: 'p2' } });
    listed(workspace, 'prod.ml.a', 'prod.ml.b');
    const catalog = await readCatalog(workspace.client, { ...request, search: byTags }, workspace.read);
    expect(catalog.found).toEqual([
      { name: 'prod.ml.a', catalog: 'prod', schema: 'ml', table: 'a', match: { byTags: true, patterns: [] } },
    ]);
    expect([...catalog.findings]).toEqual([
      [
        'prod.ml.a',
        {
          status: 'present',
          table: {
            fullName: 'prod.ml.a',
            tableId: 'id-prod.ml.a',
            tableType: 'MANAGED',
            columns: [
              { name: 'first', type: 'bigint' },
              { name: 'second', type: 'string' },
            ],
            tags: { on: 'true', owner: "O'Neill; DROP TABLE `x` --\n" },
          },
        },
      ],
    ]);
    expect(textsOf(seen)).toEqual([
      'SELECT schema_name, table_name, tag_name, tag_value FROM `prod`.`information_schema`.`table_tags`',
      'SELECT table_schema, table_name, column_name, ordinal_position, full_data_type FROM `prod`.`information_schema`.`columns` WHERE table_schema IN (:schema_0)',
    ]);
    expect(workspace.client.counts()).toEqual({ total: 4, writes: 0 });
  });

  test('C17 a pattern takes one statement more, and its catalogs only', async () => {
    const workspace = mockWorkspace();
    const seen = answerStatements(workspace, { tables: [['ml', 'b']], table_tags: tagRows, columns: columnRows });
    listed(workspace, 'prod.ml.b');
    const { tags: _tags, ...untagged } = byTags;
    const search = { ...untagged, catalogs: ['prod', 'dev'], patterns: ['prod.ml.b*'] };
    const catalog = await readCatalog(workspace.client, { ...request, search }, workspace.read);
    expect(catalog.found.map(({ name, match }) => [name, match])).toEqual([
      ['prod.ml.b', { byTags: false, patterns: ['prod.ml.b*'] }],
    ]);
    expect(catalog.catalogs).toEqual(['prod']);
    expect(seen).toHaveLength(3);
  });

  test('C09 the nearest tag wins, and an inherited one says where it comes from', async () => {
    const workspace = mockWorkspace();
    answerStatements(workspace, {
      tables: [
        ['ml', 'a'],
        ['ml', 'b'],
        ['x', 'c'],
      ],
      table_tags: [['ml', 'b', 'on', 'false']],
      schema_tags: [['ml', 'on', 'true']],
      catalog_tags: [
        ['on', 'no'],
        ['team', 'core'],
      ],
      columns: [['ml', 'a', 'id', '0', 'INT']],
    });
    listed(workspace, 'prod.ml.a');
    const search = { ...byTags, inheritTags: true };
    const catalog = await readCatalog(workspace.client, { ...request, search }, workspace.read);
    expect(catalog.found.map(({ name }) => name)).toEqual(['prod.ml.a']);
    expect(catalog.findings.get('prod.ml.a')).toMatchObject({
      table: { tags: { on: 'true', team: 'core' }, inherited: { on: 'prod.ml', team: 'prod' } },
    });
  });

  test('W001 a glob is looked up once; catalogs of the service are never meant by one', async () => {
    const workspace = mockWorkspace();
    const named = ['eu_1', 'EU_2', 'system', 'us'].map((name) => ({ name }));
    workspace.reply('GET', '/api/2.1/unity-catalog/catalogs', {
      body: { catalogs: [...named, { name: 'eu_3', catalog_type: 'SYSTEM_CATALOG' }] },
    });
    const rows: Rows = [['ml', 'a', 'off', 'true']];
    const seen = answerStatements(workspace, { table_tags: rows });
    const search = { ...byTags, catalogs: ['eu_*', 'us', '*stem'] };
    const catalog = await readCatalog(workspace.client, { ...request, search }, workspace.read);
    expect(catalog.catalogs).toEqual(['eu_1', 'eu_2', 'us']);
    expect(seen).toHaveLength(3);
    await workspace.done();
  });

  test('W020 what lists and statements disagree about is asked for by name: gone, hidden and refused are told apart', async () => {
    const workspace = mockWorkspace();
    const tagged = ['a', 'gone', 'hidden', 'bare'].map((name) => ['ml', name, 'on', 'true']);
    answerStatements(workspace, { table_tags: tagged, columns: columnRows });
    listed(workspace, 'prod.ml.a', 'prod.ml.bare');
    workspace.reply('GET', `${tables}/prod.ml.gone`, { status: 404, body: { error_code: 'TABLE_DOES_NOT_EXIST' } });
    workspace.reply('GET', `${tables}/prod.ml.hidden`, { status: 403, body: { error_code: 'PERMISSION_DENIED' } });
    workspace.reply('GET', `${tables}/prod.ml.bare`, {
      body: { full_name: 'prod.ml.bare', table_id: 'b', table_type: 'MANAGED', browse_only: true },
    });
    workspace.reply('GET', `${tables}/prod.ml.managed`, { status: 404, body: { error_code: 'TABLE_DOES_NOT_EXIST' } });
    const managed = ['prod.ml.managed', 'prod.ml.a'];
    const catalog = await readCatalog(workspace.client, { ...request, search: byTags, managed }, workspace.read);
    expect([...catalog.findings].map(([name, { status }]) => `${name} ${status}`).toSorted()).toEqual([
      'prod.ml.a present',
      'prod.ml.bare unreadable',
      'prod.ml.gone absent',
      'prod.ml.hidden unreadable',
      'prod.ml.managed absent',
    ]);
    expect(catalog.findings.get('prod.ml.hidden')).toMatchObject({
      problem: { code: 'API.FORBIDDEN', hint: expect.stringContaining('grant SELECT on table prod.ml.hidden') },
    });
  });

  test('names with dots are found, and nothing is asked about them; names are compared without case', async () => {
    const workspace = mockWorkspace();
    answerStatements(workspace, {
      table_tags: [
        ['ml', 'a.b', 'on', 'true'],
        ['ML', 'Größe', 'on', 'true'],
      ],
      columns: [['ML', 'Größe', 'id', '0', 'INT']],
    });
    listed(workspace, 'prod.ML.Größe');
    const catalog = await readCatalog(workspace.client, { ...request, search: byTags }, workspace.read);
    expect(catalog.found.map(({ name }) => name)).toEqual(['prod.ml.a.b', 'prod.ml.größe']);
    expect([...catalog.findings.keys()]).toEqual(['prod.ml.größe']);
    expect(catalog.findings.get('prod.ml.größe')).toMatchObject({ status: 'present', table: { tags: { on: 'true' } } });
  });

  test('T26 U144 a statement that fails fails the read, with the grant that is missing', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', statements, {
      body: { statement_id: 's', status: { state: 'FAILED', error: { message: '[INSUFFICIENT_PERMISSIONS] no' } } },
    });
    const problem = await problemOf(readCatalog(workspace.client, { ...request, search: byTags }, workspace.read));
    expect(problem).toMatchObject({
      code: 'CATALOG.UNREADABLE',
      message: expect.stringContaining('catalog prod cannot be searched'),
      hint: expect.stringContaining('grant USE CATALOG and BROWSE on catalog prod'),
    });
  });

  test('a catalog that shows nothing is asked for by name: refused is no empty one', async () => {
    const workspace = mockWorkspace();
    answerStatements(workspace, {});
    workspace.reply('GET', '/api/2.1/unity-catalog/catalogs/prod', {
      status: 403,
      body: { error_code: 'PERMISSION_DENIED' },
    });
    const problem = await problemOf(readCatalog(workspace.client, { ...request, search: byTags }, workspace.read));
    expect(problem.code).toBe('CATALOG.UNREADABLE');
  });

  test('without a warehouse a search is refused before any request', async () => {
    const workspace = mockWorkspace();
    const wanted = { ...request, warehouseId: undefined, search: byTags };
    const problem = await problemOf(readCatalog(workspace.client, wanted, workspace.read));
    expect([problem.code, workspace.client.counts().total]).toEqual(['CATALOG.WAREHOUSE_NEEDED', 0]);
  });
});

describe('tables that are listed by their names', () => {
  const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `prod.ml.t${index}`);

  test('up to 20 take a request each, more the list of their schema and one statement', async () => {
    const few = mockWorkspace();
    for (const name of names(20)) {
      few.reply('GET', `${tables}/${name}`, {
        body: { full_name: name, table_id: 'i', table_type: 'MANAGED', columns: [{ name: 'id', type_text: 'int' }] },
      });
    }
    answerStatements(few, {});
    await readCatalog(few.client, { ...request, tables: names(20) }, few.read);
    expect(few.client.counts().total).toBe(21);

    const many = mockWorkspace();
    const seen = answerStatements(many, {
      table_tags: [['prod', 'ml', 't3', 'owner', 'ana'] as never],
      columns: names(21).map((name) => ['ml', name.slice('prod.ml.'.length), 'id', '0', 'INT']),
    });
    listed(many, ...names(21));
    const { findings } = await readCatalog(many.client, { ...request, tables: names(21) }, many.read);
    expect(many.client.counts().total).toBe(3);
    expect(textsOf(seen)).toHaveLength(2);
    expect([...findings.values()].every(({ status }) => status === 'present')).toBe(true);
    expect(findings.get('prod.ml.t3')).toMatchObject({ table: { tags: { owner: 'ana' } } });
  });
});
