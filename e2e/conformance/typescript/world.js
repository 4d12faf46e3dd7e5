import assert from 'node:assert/strict';
import { createClient } from './client.js';

/** What a check works with: the client, where it is connected to, and makers of objects that no other check uses. */
export function createWorld(connection) {
  const { url, token, warehouseId } = connection;
  const client = createClient({ host: url, token });
  let made = 0;
  const unique = (prefix) => {
    made += 1;
    return `${prefix}_${made}`;
  };

  async function sql(statement, more = {}) {
    const answer = await client.statementExecution.executeStatement({
      statement,
      warehouse_id: warehouseId,
      wait_timeout: '50s',
      ...more,
    });
    assert.equal(answer.status.state, 'SUCCEEDED', answer.status.error?.message);
    return answer.result.data_array ?? [];
  }

  const schema = () => client.schemas.create({ catalog_name: 'conf', name: unique('made') });

  /** A copy of the events in a schema of its own. */
  async function table() {
    const home = await schema();
    await sql(`CREATE TABLE ${home.full_name}.events AS SELECT * FROM conf.data.events`);
    return client.tables.get({ full_name: `${home.full_name}.events` });
  }

  /** Sends a control call of the embedded workspace itself. */
  const control = (method, path, body) =>
    fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  return { ...connection, client, unique, sql, schema, table, control };
}

export async function collect(iterable) {
  const items = [];
  for await (const item of iterable) items.push(item);
  return items;
}

/** The call fails with the client's own error type, this status and this code. */
export async function fails(promise, { status, code, message }) {
  const error = await promise.then(
    () => assert.fail('the call succeeded'),
    (fault) => fault,
  );
  if (error.statusCode === undefined) throw error;
  assert.deepEqual([error.statusCode, error.errorCode], [status, code], error.message);
  if (message instanceof RegExp) assert.match(error.message, message);
  else if (message !== undefined) assert.equal(error.message, message);
  return error;
}

/** Asks again until the answer satisfies, for at most twenty seconds. */
export async function until(read, isDone) {
  const end = Date.now() + 20_000;
  for (;;) {
    const answer = await read();
    if (isDone(answer)) return answer;
    if (Date.now() > end) assert.fail(`still ${JSON.stringify(answer)} after twenty seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** In the order of their JSON text. */
export function sorted(items) {
  const text = (item) => JSON.stringify(item);
  return [...items].sort((left, right) => (text(left) < text(right) ? -1 : 1));
}
