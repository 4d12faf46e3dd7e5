import assert from 'node:assert/strict';
import { fails, until } from './world.js';

export const checks = {
  'answers rows as text, with the types in the manifest': async ({ client, warehouseId }) => {
    const answer = await client.statementExecution.executeStatement({
      statement: "SELECT 12 AS n, 1.5D AS d, true AS yes, 'x' AS s, CAST(NULL AS STRING) AS nothing",
      warehouse_id: warehouseId,
    });
    assert.deepEqual(answer.result.data_array, [['12', '1.5', 'true', 'x', null]]);
    assert.deepEqual(
      answer.manifest.schema.columns.map(({ name, type_name: type }) => [name, type]),
      [
        ['n', 'INT'],
        ['d', 'DOUBLE'],
        ['yes', 'BOOLEAN'],
        ['s', 'STRING'],
        ['nothing', 'STRING'],
      ],
    );
    assert.deepEqual([answer.manifest.total_row_count, answer.manifest.total_chunk_count], [1, 1]);
  },

  'is polled to its end': async ({ client, warehouseId }) => {
    const statement = { statement: 'SELECT count(*) FROM conf.data.events', warehouse_id: warehouseId };
    const submitted = await client.statementExecution.executeStatement({ ...statement, wait_timeout: '0s' });
    assert.equal(submitted.status.state, 'PENDING');
    assert.equal(submitted.result, undefined);
    const { statement_id: id } = submitted;
    const done = await until(
      () => client.statementExecution.getStatement({ statement_id: id }),
      ({ status }) => !['PENDING', 'RUNNING'].includes(status.state),
    );
    assert.deepEqual([done.status.state, done.result.data_array], ['SUCCEEDED', [['60']]]);
  },

  'comes in chunks that lead to each other': async ({ client, warehouseId }) => {
    const first = await client.statementExecution.executeStatement({
      statement: 'SELECT events.id FROM conf.data.events CROSS JOIN conf.data.orders',
      warehouse_id: warehouseId,
    });
    const { statement_id: id, manifest } = first;
    assert.deepEqual([manifest.total_chunk_count, manifest.total_row_count, manifest.chunks.length], [3, 300, 3]);
    let { result } = first;
    let rows = result.data_array.length;
    while (result.next_chunk_index !== undefined) {
      result = await client.statementExecution.getStatementResultChunkN({
        statement_id: id,
        chunk_index: result.next_chunk_index,
      });
      assert.equal(result.row_offset, rows);
      rows += result.data_array.length;
    }
    assert.equal(rows, 300);
  },

  'without rows has an empty result': async ({ client, warehouseId }) => {
    const answer = await client.statementExecution.executeStatement({
      statement: 'SELECT id FROM conf.data.events WHERE id < 0',
      warehouse_id: warehouseId,
    });
    assert.deepEqual([answer.result, answer.manifest.total_chunk_count], [{}, 0]);
  },

  'takes named parameters, one of them NULL': async ({ sql }) => {
    const rows = await sql('SELECT :n + 1, upper(:s), :missing IS NULL', {
      parameters: [{ name: 'n', value: '41', type: 'INT' }, { name: 's', value: "it's" }, { name: 'missing' }],
    });
    assert.deepEqual(rows, [['42', "IT'S", 'true']]);
  },

  'takes unqualified names from catalog and schema': async ({ sql }) => {
    assert.deepEqual(await sql('SELECT count(*) FROM orders', { catalog: 'conf', schema: 'data' }), [['5']]);
  },

  'that fails is an answer and no error': async ({ client, warehouseId }) => {
    const answer = await client.statementExecution.executeStatement({
      statement: 'SELECT * FROM conf.data.none',
      warehouse_id: warehouseId,
    });
    const { state, error, sql_state: sqlState } = answer.status;
    assert.deepEqual([state, error.error_code, sqlState], ['FAILED', 'BAD_REQUEST', '42P01']);
    assert.match(error.message, /^\[TABLE_OR_VIEW_NOT_FOUND\]/);
  },

  'is cut at a row limit and says so': async ({ client, warehouseId }) => {
    const answer = await client.statementExecution.executeStatement({
      statement: 'SELECT id FROM conf.data.events',
      warehouse_id: warehouseId,
      row_limit: 7,
    });
    assert.deepEqual([answer.result.data_array.length, answer.manifest.truncated], [7, true]);
  },

  'can be canceled': async ({ client, warehouseId }) => {
    const submitted = await client.statementExecution.executeStatement({
      statement: 'SELECT count(*) FROM range(100000000) AS a CROSS JOIN range(100) AS b',
      warehouse_id: warehouseId,
      wait_timeout: '0s',
    });
    await client.statementExecution.cancelExecution({ statement_id: submitted.statement_id });
    const ended = await until(
      () => client.statementExecution.getStatement({ statement_id: submitted.statement_id }),
      ({ status }) => !['PENDING', 'RUNNING'].includes(status.state),
    );
    assert.equal(ended.status.state, 'CANCELED');
  },

  'has its rows behind links that want no token': async ({ client, warehouseId }) => {
    const answer = await client.statementExecution.executeStatement({
      statement: 'SELECT id FROM conf.data.orders ORDER BY id',
      warehouse_id: warehouseId,
      disposition: 'EXTERNAL_LINKS',
    });
    const [{ external_link: link, expiration, row_count: count }] = answer.result.external_links;
    assert.equal(count, 5);
    assert.ok(Date.parse(expiration) > Date.now());
    assert.deepEqual(await (await fetch(link)).json(), [['0'], ['1'], ['2'], ['3'], ['4']]);
  },

  'is refused as Arrow, which the embedded workspace does not make': async ({ client, warehouseId }) => {
    const call = client.statementExecution.executeStatement({
      statement: 'SELECT 1',
      warehouse_id: warehouseId,
      disposition: 'EXTERNAL_LINKS',
      format: 'ARROW_STREAM',
    });
    await fails(call, { status: 400, code: 'INVALID_PARAMETER_VALUE', message: /ARROW_STREAM/ });
  },

  'needs a warehouse that exists and a wait of 5 to 50 seconds': async ({ client, warehouseId }) => {
    const run = (more) => client.statementExecution.executeStatement({ statement: 'SELECT 1', ...more });
    await fails(run({ warehouse_id: 'none' }), { status: 400, code: 'INVALID_PARAMETER_VALUE' });
    await fails(run({ warehouse_id: warehouseId, wait_timeout: '60s' }), {
      status: 400,
      code: 'INVALID_PARAMETER_VALUE',
    });
  },

  'that nobody submitted is missing': async ({ client }) => {
    const call = client.statementExecution.getStatement({ statement_id: '01ef0000-0000-0000-0000-000000000000' });
    await fails(call, { status: 404, code: 'RESOURCE_DOES_NOT_EXIST' });
  },
};
