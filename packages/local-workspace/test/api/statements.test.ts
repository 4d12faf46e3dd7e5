import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { withWorkspace } from '../workspace-client.ts';
import type { Reply, TestWorkspace } from '../workspace-client.ts';

const statements = '/api/2.0/sql/statements';
const warehouses = '/api/2.0/sql/warehouses';

describe('statements and warehouses', () => {
  test('a finished statement carries its manifest and every cell as text', async () => {
    await withWorkspace({}, async (workspace) => {
      const reply = await submit(workspace, "SELECT 12 AS n, true AS b, NULL AS x, 'a' AS s");
      expect(reply.body).toMatchObject({
        status: { state: 'SUCCEEDED' },
        manifest: {
          schema: { column_count: 4, columns: [{ name: 'n', position: 0, type_name: 'INT' }, {}, {}, {}] },
          total_row_count: 1,
          truncated: false,
        },
        result: { chunk_index: 0, row_count: 1, data_array: [['12', 'true', null, 'a']] },
      });
    });
  });

  test('no rows are an empty result without chunks', async () => {
    await withWorkspace({}, async (workspace) => {
      const { body } = await submit(workspace, 'SELECT 1 AS n WHERE false');
      expect(body).toMatchObject({ result: {}, manifest: { total_chunk_count: 0, total_row_count: 0 } });
      expect(body['result']).toEqual({});
    });
  });

  test('a faulty statement is FAILED with status 200 and its error class in brackets', async () => {
    await withWorkspace({}, async (workspace) => {
      const { status, body } = await submit(workspace, 'SELECT * FROM prod.ml.none');
      expect(status).toBe(200);
      expect(body['status']).toMatchObject({
        state: 'FAILED',
        error: { error_code: 'BAD_REQUEST', message: expect.stringMatching(/^\[TABLE_OR_VIEW_NOT_FOUND\]/) },
        sql_state: '42P01',
      });
    });
  });

  test('with wait_timeout 0s the answer is PENDING and polling finds the end', async () => {
    await withWorkspace({}, async (workspace) => {
      const { body } = await submit(workspace, 'SELECT 1 AS n', { wait_timeout: '0s' });
      expect(body).toEqual({ statement_id: expect.any(String), status: { state: 'PENDING' } });
      expect((await finished(workspace, body)).body).toMatchObject({ result: { data_array: [['1']] } });
    });
  });

  test('chunks lead to each other by index and link', async () => {
    await withWorkspace({ chunkRows: 25 }, async (workspace) => {
      const { body } = await submit(workspace, 'SELECT id FROM prod.ml.churn ORDER BY id');
      expect(body['manifest']).toMatchObject({ total_chunk_count: 3, total_row_count: 60 });
      let chunk = body['result'] as { next_chunk_internal_link?: string; data_array: unknown[] };
      let rows = chunk.data_array.length;
      while (chunk.next_chunk_internal_link !== undefined) {
        chunk = (await workspace.call('GET', chunk.next_chunk_internal_link)).body as typeof chunk;
        rows += chunk.data_array.length;
      }
      expect(rows).toBe(60);
      expect(chunk).toMatchObject({ chunk_index: 2, row_offset: 50, row_count: 10 });
      const missing = await workspace.call('GET', `${statements}/${String(body['statement_id'])}/result/chunks/3`);
      expect(missing.status).toBe(400);
    });
  });

  test('parameters are bound and a row limit cuts the result', async () => {
    await withWorkspace({}, async (workspace) => {
      const { body } = await submit(workspace, 'SELECT id FROM prod.ml.churn WHERE id >= :low ORDER BY id', {
        parameters: [{ name: 'low', value: '40', type: 'INT' }],
        row_limit: 2,
      });
      expect(body).toMatchObject({ manifest: { truncated: true }, result: { data_array: [['40'], ['41']] } });
    });
  });

  test.each([
    ['JSON_ARRAY', 'application/json', '[["40"],["41"]]'],
    ['CSV', 'text/csv', 'id\n40\n41\n'],
  ])('external links give each chunk as %s to whoever has the link', async (format, type, first) => {
    await withWorkspace({ chunkRows: 2 }, async (workspace) => {
      const { body } = await submit(workspace, 'SELECT id FROM prod.ml.churn WHERE id BETWEEN 40 AND 42 ORDER BY id', {
        disposition: 'EXTERNAL_LINKS',
        format,
      });
      expect(body).toMatchObject({ manifest: { format, total_chunk_count: 2 } });
      const [link] = linksOf(body['result']);
      expect(link).toMatchObject({ chunk_index: 0, row_count: 2, next_chunk_index: 1, byte_count: first.length });
      const fetched = await fetch(String(link?.['external_link']));
      expect([fetched.headers.get('content-type'), await fetched.text()]).toEqual([type, first]);
      const next = await workspace.call('GET', String(link?.['next_chunk_internal_link']));
      expect(linksOf(next.body)).toMatchObject([{ chunk_index: 1, row_offset: 2, row_count: 1 }]);
    });
  });

  test('a link is refused together with a token, and without its secret', async () => {
    await withWorkspace({}, async (workspace) => {
      const { body } = await submit(workspace, 'SELECT 1 AS n', { disposition: 'EXTERNAL_LINKS' });
      const link = String(linksOf(body['result'])[0]?.['external_link']);
      const withToken = await fetch(link, { headers: { Authorization: `Bearer ${workspace.token}` } });
      expect([withToken.status, (await fetch(`${link}0`)).status]).toEqual([400, 403]);
    });
  });

  test('a result over 25 MiB fails INLINE and is given by links', async () => {
    await withWorkspace({}, async (workspace) => {
      const statement = "SELECT repeat('x', 1000000) AS s FROM explode(sequence(1, 27)) AS t(n)";
      const inline = await submit(workspace, statement);
      expect(inline.body['status']).toMatchObject({
        state: 'FAILED',
        error: { message: expect.stringContaining('Inline byte limit exceeded') },
      });
      const linked = await submit(workspace, statement, { disposition: 'EXTERNAL_LINKS' });
      expect(linked.body).toMatchObject({ status: { state: 'SUCCEEDED' }, manifest: { total_row_count: 27 } });
    });
  });

  test.each([
    ['ARROW_STREAM with links', { disposition: 'EXTERNAL_LINKS', format: 'ARROW_STREAM' }],
    ['CSV without links', { format: 'CSV' }],
  ])('%s is refused', async (_name, more) => {
    await withWorkspace({}, async (workspace) => {
      expect(await submit(workspace, 'SELECT 1', more)).toMatchObject({
        status: 400,
        body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringMatching(/^format: /) },
      });
    });
  });

  test('requests that cannot be taken are HTTP errors', async () => {
    await withWorkspace({}, async (workspace) => {
      const replies = [
        await submit(workspace, 'SELECT 1', { warehouse_id: 'other' }),
        await submit(workspace, 'SELECT 1', { wait_timeout: '3s' }),
        await submit(workspace, 'SELECT 1', { wait_timeout: '0s', on_wait_timeout: 'CANCEL' }),
        await workspace.call('GET', `${statements}/none`),
        await workspace.call('GET', `${warehouses}/none`),
      ];
      expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 404, 404]);
    });
  });

  test('a statement on a stopped warehouse is PENDING first and starts it', async () => {
    await withWorkspace({ lifecycle: { warehouseStartMs: 600_000 } }, async (workspace) => {
      const path = `${warehouses}/${workspace.warehouseId}`;
      expect(await workspace.field(path, 'state')).toBe('RUNNING');
      await workspace.call('POST', `${path}/stop`, {});
      expect(await workspace.field(path, 'state')).toBe('STOPPED');
      const { body } = await submit(workspace, 'SELECT 1 AS n', { wait_timeout: '0s' });
      // It is taken up a moment later, on a busy machine after a long one.
      for (let looks = 0; looks < 400 && (await workspace.field(path, 'state')) !== 'STARTING'; looks += 1)
        await sleep(25);
      const early = await workspace.call('GET', `${statements}/${String(body['statement_id'])}`);
      expect(early.body['status']).toEqual({ state: 'PENDING' });
      expect(await workspace.field(path, 'state')).toBe('STARTING');
      await workspace.clock.change({ advanceMs: 600_000 });
      expect((await finished(workspace, body)).body['status']).toEqual({ state: 'SUCCEEDED' });
      expect(await workspace.field(path, 'state')).toBe('RUNNING');
    });
  });

  test('a pending statement can be canceled and stays canceled', async () => {
    await withWorkspace({ lifecycle: { warehouseStartMs: 30 } }, async (workspace) => {
      await workspace.call('POST', `${warehouses}/${workspace.warehouseId}/stop`);
      const { body } = await submit(workspace, 'CREATE TABLE prod.ml.made AS SELECT 1 AS n', { wait_timeout: '0s' });
      const path = `${statements}/${String(body['statement_id'])}`;
      expect((await workspace.call('POST', `${path}/cancel`)).body).toEqual({});
      await sleep(60);
      expect((await workspace.call('GET', path)).body['status']).toEqual({ state: 'CANCELED' });
      expect((await workspace.call('GET', '/api/2.1/unity-catalog/tables/prod.ml.made')).status).toBe(404);
    });
  });
});

function linksOf(result: unknown): readonly Record<string, unknown>[] {
  return (result as { external_links?: readonly Record<string, unknown>[] }).external_links ?? [];
}

async function submit(workspace: TestWorkspace, statement: string, more: object = {}): Promise<Reply> {
  return workspace.call('POST', statements, { statement, warehouse_id: workspace.warehouseId, ...more });
}

async function finished(workspace: TestWorkspace, submitted: Reply['body']): Promise<Reply> {
  for (;;) {
    const reply = await workspace.call('GET', `${statements}/${String(submitted['statement_id'])}`);
    const { state } = reply.body['status'] as { state: string };
    if (state !== 'PENDING' && state !== 'RUNNING') return reply;
    await sleep(10);
  }
}
