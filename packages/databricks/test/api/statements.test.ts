import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@dpo/core';
import { executeStatement, type Statement } from '../../src/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { errorOf, mockWorkspace, problemOf, type Answer, type SeenRequest } from '../support/mock-workspace.ts';

const statements = '/api/2.0/sql/statements';
const statement: Statement = { warehouseId: 'wh', text: 'SELECT :a', parameters: { a: "it's" }, effect: 'read' };
const manifest = { schema: { columns: [{ name: 'n' }, { name: 's' }] }, total_chunk_count: 1 };

function inState(state: string, more: JsonObject = {}): JsonObject {
  return { statement_id: '01ef', status: { state }, ...more };
}

describe('a statement', () => {
  test('R110 T36: runs on the warehouse that is configured, and is polled to its end', async () => {
    const workspace = mockWorkspace();
    const seen: SeenRequest[] = [];
    workspace.reply('POST', statements, { body: inState('PENDING'), seen: (request) => seen.push(request) });
    workspace.reply('GET', `${statements}/01ef`, { body: inState('PENDING') });
    workspace.reply('GET', `${statements}/01ef`, { body: inState('RUNNING') });
    workspace.reply('GET', `${statements}/01ef`, {
      body: inState('SUCCEEDED', { manifest, result: { data_array: [['12', null]] } }),
    });
    expect(await executeStatement(workspace.client, statement, workspace.write)).toEqual({
      statementId: '01ef',
      columns: ['n', 's'],
      rows: [['12', null]],
    });
    expect(seen[0]?.body).toEqual({
      warehouse_id: 'wh',
      statement: 'SELECT :a',
      wait_timeout: '5s',
      on_wait_timeout: 'CONTINUE',
      parameters: [{ name: 'a', value: "it's" }],
    });
    expect(workspace.clock.waits).toEqual([500, 750, 1125]);
    expect(workspace.client.counts()).toEqual({ total: 4, writes: 0 });
    await workspace.done();
  });

  test('T36: follows all chunks', async () => {
    const workspace = mockWorkspace();
    const result = { data_array: [['1', 'a']], next_chunk_index: 1 };
    workspace.reply('POST', statements, { body: inState('SUCCEEDED', { manifest, result }) });
    workspace.reply('GET', `${statements}/01ef/result/chunks/1`, {
      body: { data_array: [['2', 'b']], next_chunk_index: 2 },
    });
    workspace.reply('GET', `${statements}/01ef/result/chunks/2`, { body: { data_array: [['3', 'c']] } });
    const { rows } = await executeStatement(workspace.client, statement, workspace.write);
    expect(rows).toEqual([
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'c'],
    ]);
    await workspace.done();
  });

  test('ruling 27: more than fits is asked for again as links, which are fetched without credentials', async () => {
    const workspace = mockWorkspace();
    const seen: SeenRequest[] = [];
    const keep = (request: SeenRequest): number => seen.push(request);
    const message = 'Inline byte limit exceeded. Please execute the statement with disposition=EXTERNAL_LINKS.';
    const link = (part: number, next?: number): JsonObject => ({
      external_link: `https://storage.example/part${part}?signature=planted`,
      ...(next === undefined ? {} : { next_chunk_index: next }),
    });
    workspace.reply('POST', statements, {
      body: inState('CLOSED', { status: { state: 'FAILED', error: { message } } }),
    });
    workspace.reply('POST', statements, {
      body: inState('SUCCEEDED', { manifest, result: { external_links: [link(0, 1)] } }),
      seen: keep,
    });
    workspace.reply('GET', `${statements}/01ef/result/chunks/1`, { body: { external_links: [link(1)] } });
    const storage = workspace.other('https://storage.example');
    const headers: unknown[] = [];
    for (const part of [0, 1]) {
      storage.intercept({ path: `/part${part}?signature=planted` }).reply((request) => {
        headers.push(request.headers);
        return { statusCode: 200, data: JSON.stringify([[String(part), null]]) };
      });
    }
    const { rows } = await executeStatement(workspace.client, statement, workspace.write);
    expect(rows).toEqual([
      ['0', null],
      ['1', null],
    ]);
    expect(seen[0]?.body).toMatchObject({ disposition: 'EXTERNAL_LINKS', format: 'JSON_ARRAY' });
    expect(JSON.stringify(headers)).not.toContain('authorization');
    await workspace.done();
  });

  test('N018 a link that fails is never named', async () => {
    const workspace = mockWorkspace();
    const external_link = 'https://storage.example/part?signature=planted';
    workspace.reply('POST', statements, {
      body: inState('SUCCEEDED', { manifest, result: { external_links: [{ external_link }] } }),
    });
    workspace.reply('GET', `${statements}/01ef/result/chunks/0`, { body: { external_links: [{ external_link }] } });
    const storage = workspace.other('https://storage.example').intercept({ path: '/part?signature=planted' });
    storage.reply(403, 'expired: signature=planted').times(2);
    const problem = await problemOf(executeStatement(workspace.client, statement, workspace.write));
    expect(problem.code).toBe('API.FORBIDDEN');
    expect(JSON.stringify(problem)).not.toContain('planted');
    await workspace.done();
  });

  test('without rows has none', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', statements, { body: inState('SUCCEEDED', { manifest, result: {} }) });
    expect((await executeStatement(workspace.client, statement, workspace.write)).rows).toEqual([]);
    await workspace.done();
  });

  test.each<[string, JsonObject, string]>([
    [
      'the class in the message',
      {
        state: 'FAILED',
        sql_state: '42P01',
        error: { error_code: 'BAD_REQUEST', message: '[TABLE_OR_VIEW_NOT_FOUND] The table `a` cannot be found.' },
      },
      'a statement failed (TABLE_OR_VIEW_NOT_FOUND, SQLSTATE 42P01): [TABLE_OR_VIEW_NOT_FOUND] The table `a` cannot be found.',
    ],
    [
      'the code of the service',
      { state: 'FAILED', error: { error_code: 'RESOURCE_EXHAUSTED', message: 'too much' } },
      'a statement failed (RESOURCE_EXHAUSTED): too much',
    ],
    ['only the state', { state: 'CANCELED' }, 'a statement failed: it ended as CANCELED'],
    ['a state that is not known', { state: 'CLOSED' }, 'a statement failed: it ended as CLOSED'],
  ])('T36: that fails is an error with %s', async (_name, status, message) => {
    const workspace = mockWorkspace();
    workspace.reply('POST', statements, { body: { statement_id: '01ef', status } });
    const problem = await problemOf(executeStatement(workspace.client, statement, workspace.write));
    expect([problem.code, problem.message]).toEqual(['API.STATEMENT', message]);
    await workspace.done();
  });

  test('T36: is cancelled when it takes too long', async () => {
    const workspace = mockWorkspace();
    const body = inState('RUNNING');
    workspace.reply('POST', statements, { body });
    workspace.pool
      .intercept({ method: 'GET', path: `${statements}/01ef` })
      .reply(200, JSON.stringify(body))
      .times(2);
    workspace.reply('POST', `${statements}/01ef/cancel`, {});
    const call = executeStatement(workspace.client, { ...statement, timeoutMs: 1000 }, workspace.write);
    const problem = await problemOf(call);
    expect(problem.code).toBe('API.STATEMENT');
    expect(problem.message).toContain('did not end within 1 s and was cancelled');
    await workspace.done();
  });

  test('T36: is cancelled on abort, and the abort is what is thrown even if that fails', async () => {
    const controller = new AbortController();
    const workspace = mockWorkspace({ signal: controller.signal });
    workspace.reply('POST', statements, { body: inState('RUNNING') });
    workspace.reply('POST', `${statements}/01ef/cancel`, { status: 500 });
    const clock = fakeClock(() => controller.abort(new Error('stopped')));
    const call = executeStatement(workspace.client, statement, { clock, signal: controller.signal });
    expect(await errorOf(call)).toMatchObject({ message: 'stopped' });
    await workspace.done();
  });

  test('T36: is explained by its warehouse when that does not come up', async () => {
    const workspace = mockWorkspace();
    const body = inState('PENDING');
    workspace.reply('POST', statements, { body });
    workspace.pool
      .intercept({ method: 'GET', path: `${statements}/01ef` })
      .reply(200, JSON.stringify(body))
      .times(2);
    const health = { status: 'FAILED', message: 'no capacity' };
    workspace.reply('GET', '/api/2.0/sql/warehouses/wh', { body: { id: 'wh', state: 'STARTING', health } });
    workspace.reply('POST', `${statements}/01ef/cancel`, {});
    const call = executeStatement(workspace.client, { ...statement, timeoutMs: 1000 }, workspace.write);
    expect(await problemOf(call)).toMatchObject({
      code: 'API.WAREHOUSE',
      message:
        'a statement on warehouse wh did not end within 1 s and was cancelled: the warehouse is STARTING (no capacity)',
    });
    await workspace.done();
  });

  test.each<[string, number, Answer, string, string]>([
    ['was deleted', 400, { status: 200, body: { id: 'wh', state: 'DELETED' } }, 'API.WAREHOUSE', 'warehouse_id'],
    ['is not there', 404, { status: 404, body: { message: 'no' } }, 'API.WAREHOUSE', 'databricks warehouses list'],
    [
      'may not be used',
      403,
      { status: 403, body: { message: 'no' } },
      'API.FORBIDDEN',
      'grant CAN USE on warehouse wh',
    ],
    ['is well, so that the statement is at fault', 400, { body: { id: 'wh', state: 'RUNNING' } }, 'API.INVALID', ''],
  ])('is refused for a warehouse that %s', async (_name, status, ...[answer, code, hint]) => {
    const workspace = mockWorkspace();
    workspace.reply('POST', statements, { status, body: { message: 'wh is not a valid endpoint id' } });
    workspace.reply('GET', '/api/2.0/sql/warehouses/wh', answer);
    const problem = await problemOf(executeStatement(workspace.client, statement, workspace.write));
    expect(problem.code).toBe(code);
    expect(problem.hint ?? '').toContain(hint);
    await workspace.done();
  });

  test('T36: asks again for a link that has ended, by its time or by the storage', async () => {
    const link = (index: number, sign: string, seconds: number) => ({
      chunk_index: index,
      external_link: `https://storage.example.com/${index}?sig=${sign}`,
      expiration: new Date(1_000_000 + seconds * 1000).toISOString(),
      http_headers: { 'x-goog-meta': 'a' },
      ...(index === 1 ? {} : { next_chunk_index: 1 }),
    });
    const workspace = mockWorkspace();
    const agent = workspace.other('https://storage.example.com');
    const headers: Record<string, string>[] = [];
    const served = (path: string, status: number, body: string): void => {
      agent.intercept({ method: 'GET', path }).reply((request) => {
        headers.push(request.headers as Record<string, string>);
        return { statusCode: status, data: body };
      });
    };
    const tooLarge = { state: 'FAILED', error: { message: 'Inline byte limit exceeded. Use EXTERNAL_LINKS.' } };
    const seen: SeenRequest[] = [];
    workspace.reply('POST', statements, { body: { statement_id: '01ee', status: tooLarge } });
    workspace.reply('POST', statements, {
      body: inState('SUCCEEDED', { manifest, result: { external_links: [link(0, 'old', 10)] } }),
      seen: (request) => seen.push(request),
    });
    workspace.reply('GET', `${statements}/01ef/result/chunks/0`, { body: { external_links: [link(0, 'new', 900)] } });
    served('/0?sig=new', 200, '[["1","a"]]');
    workspace.reply('GET', `${statements}/01ef/result/chunks/1`, { body: { external_links: [link(1, 'bad', 900)] } });
    served('/1?sig=bad', 403, '<Error><Code>AccessDenied</Code></Error>');
    workspace.reply('GET', `${statements}/01ef/result/chunks/1`, { body: { external_links: [link(1, 'good', 900)] } });
    served('/1?sig=good', 200, '[["2",null]]');
    const { rows } = await executeStatement(workspace.client, statement, workspace.write);
    expect(rows).toEqual([
      ['1', 'a'],
      ['2', null],
    ]);
    expect(seen[0]?.body).toMatchObject({ disposition: 'EXTERNAL_LINKS', format: 'JSON_ARRAY' });
    expect(headers).toEqual(Array.from({ length: 3 }, () => expect.objectContaining({ 'x-goog-meta': 'a' })));
    expect(JSON.stringify(headers)).not.toMatch(/authorization/i);
    await workspace.done();
  });

  test('that writes is not run again for a large result', async () => {
    const workspace = mockWorkspace();
    const status = { state: 'FAILED', error: { message: 'Inline byte limit exceeded.' } };
    workspace.reply('POST', statements, { body: { statement_id: '01ef', status } });
    const call = executeStatement(workspace.client, { ...statement, effect: 'create' }, workspace.write);
    expect((await problemOf(call)).code).toBe('API.STATEMENT');
    await workspace.done();
  });

  test('that writes is not sent again when its answer is lost', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', statements, { status: 500 });
    const call = executeStatement(workspace.client, { ...statement, effect: 'create' }, workspace.write);
    expect((await problemOf(call)).code).toBe('API.OUTCOME_UNKNOWN');
    await workspace.done();
  });
});
