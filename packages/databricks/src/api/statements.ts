import { fail, isJsonArray, type Clock, type Json, type JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectField, objectsField, requiredText, textField } from './fields.ts';

const path = '/api/2.0/sql/statements';

export interface Statement {
  readonly warehouseId: string;
  readonly text: string;
  /** Bound as strings to `:name`; values never become part of the text. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** `read` may be sent again when its answer is lost. */
  readonly effect: 'read' | 'create';
  /** Includes the start of a stopped warehouse. Ten minutes when not given. */
  readonly timeoutMs?: number;
}

export interface StatementContext {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** Every cell is text or null, whatever the type of its column. */
export interface StatementResult {
  readonly statementId: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const defaultTimeoutMs = 600_000;

/** The service waits this long in the first call; short, so that an abort is soon followed by the cancellation. */
const firstWait = '5s';

const unfinished = new Set(['PENDING', 'RUNNING']);

type Disposition = 'INLINE' | 'EXTERNAL_LINKS';

/**
 * Runs one statement to its end (T36): polls while it is pending or running, cancels it on timeout or abort, follows all
 * chunks. A statement that fails is answered with HTTP 200; it becomes `API.STATEMENT`. Answers of more than 25 MiB come
 * through links to another host, so that a query is sent again for them only when the service says that it must be.
 */
export async function executeStatement(
  client: Client,
  statement: Statement,
  context: StatementContext,
): Promise<StatementResult> {
  let answer = await ended(client, { ...statement, disposition: 'INLINE' }, context);
  if (isTooLargeInline(answer) && statement.effect === 'read') {
    answer = await ended(client, { ...statement, disposition: 'EXTERNAL_LINKS' }, context);
  }
  if (stateOf(answer) !== 'SUCCEEDED') failStatement(client, answer);
  const statementId = requiredText(answer, 'statement_id', path);
  return { statementId, columns: columnsOf(answer), rows: await rowsOf(client, answer, context) };
}

type Submission = Statement & { readonly disposition: Disposition };

/** The answer about a statement that has come to its end. */
async function ended(client: Client, statement: Submission, context: StatementContext): Promise<JsonObject> {
  const startedAt = context.clock.now();
  const submitted = await submit(client, statement, context);
  const statementId = requiredText(submitted, 'statement_id', `POST ${path}`);
  let answer = submitted;
  try {
    for (let wait = 500; unfinished.has(stateOf(answer)); wait = Math.min(wait * 1.5, 5000)) {
      context.signal?.throwIfAborted();
      refuseOverdue(statement, context.clock.now() - startedAt);
      await context.clock.sleep(wait, context.signal);
      answer = await poll(client, statementId, context);
    }
  } catch (error) {
    await cancel(client, statementId);
    throw error;
  }
  return answer;
}

/** The service says it in words only: "Inline byte limit exceeded … execute the statement with disposition=EXTERNAL_LINKS". */
function isTooLargeInline(answer: JsonObject): boolean {
  const error = objectField(objectField(answer, 'status') ?? {}, 'error') ?? {};
  return (
    stateOf(answer) !== 'SUCCEEDED' &&
    /inline byte limit|INLINE_RESULT_TOO_LARGE/iu.test(textField(error, 'message') ?? '')
  );
}

/** An abort lets the first call end, else the statement would go on without anybody knowing its id. */
async function submit(client: Client, statement: Submission, context: StatementContext): Promise<JsonObject> {
  const parameters = Object.entries(statement.parameters ?? {}).map(([name, value]) => ({ name, value }));
  const { body } = await client.send({
    method: 'POST',
    path,
    body: {
      warehouse_id: statement.warehouseId,
      statement: statement.text,
      wait_timeout: firstWait,
      on_wait_timeout: 'CONTINUE',
      ...(statement.disposition === 'INLINE' ? {} : { disposition: statement.disposition, format: 'JSON_ARRAY' }),
      ...(parameters.length === 0 ? {} : { parameters }),
    },
    effect: statement.effect,
    abort: 'between-attempts',
    signal: context.signal,
  });
  return body;
}

async function poll(client: Client, statementId: string, context: StatementContext): Promise<JsonObject> {
  return (await client.send({ method: 'GET', path: `${path}/${segment(statementId)}`, signal: context.signal })).body;
}

/** Best effort: what ended the statement is the error that counts, not that the cancellation failed as well. */
async function cancel(client: Client, statementId: string): Promise<void> {
  try {
    await client.send({
      method: 'POST',
      path: `${path}/${segment(statementId)}/cancel`,
      body: {},
      effect: 'read',
      abort: 'never',
    });
  } catch {
    return;
  }
}

function refuseOverdue(statement: Statement, elapsedMs: number): void {
  const timeoutMs = statement.timeoutMs ?? defaultTimeoutMs;
  if (elapsedMs < timeoutMs) return;
  fail({
    code: 'API.STATEMENT',
    message: `a statement on warehouse ${statement.warehouseId} did not end within ${timeoutMs / 1000} s and was cancelled`,
    hint: 'check that the warehouse can start and is not overloaded',
  });
}

function stateOf(answer: JsonObject): string {
  return textField(objectField(answer, 'status') ?? {}, 'state') ?? '';
}

function failStatement(client: Client, answer: JsonObject): never {
  const status = objectField(answer, 'status') ?? {};
  const error = objectField(status, 'error') ?? {};
  const message = textField(error, 'message') ?? `it ended as ${stateOf(answer)}`;
  const errorClass = /^\[([A-Z0-9_.]+)\]/.exec(message)?.[1] ?? textField(error, 'error_code');
  const sqlState = textField(status, 'sql_state') ?? /SQLSTATE: ?([0-9A-Z]{5})/.exec(message)?.[1];
  const details = [
    ...(errorClass === undefined ? [] : [errorClass]),
    ...(sqlState === undefined ? [] : [`SQLSTATE ${sqlState}`]),
  ];
  fail({
    code: 'API.STATEMENT',
    message: `a statement failed${details.length === 0 ? '' : ` (${details.join(', ')})`}: ${client.redact(message.replace(/\s+/g, ' ').trim())}`,
  });
}

function columnsOf(answer: JsonObject): readonly string[] {
  const schema = objectField(objectField(answer, 'manifest') ?? {}, 'schema') ?? {};
  return objectsField(schema, 'columns').map((column) => textField(column, 'name') ?? '');
}

/** The first chunk comes with the answer; of an empty result there is none. Each chunk, or the last of its links, names the next. */
async function rowsOf(client: Client, answer: JsonObject, context: StatementContext): Promise<StatementResult['rows']> {
  const rows: (readonly (string | null)[])[] = [];
  const statementPath = `${path}/${segment(requiredText(answer, 'statement_id', path))}`;
  let chunk = objectField(answer, 'result');
  while (chunk !== undefined) {
    const links = objectsField(chunk, 'external_links');
    addRows(rows, chunk['data_array']);
    for (const link of links) {
      const from = requiredText(link, 'external_link', statementPath);
      // One after the other: they are presigned for minutes only, and a result is as large as it is.
      // oxlint-disable-next-line no-await-in-loop
      addRows(rows, await client.download(from, context.signal));
    }
    const next = textField(links.at(-1) ?? chunk, 'next_chunk_index');
    chunk =
      next === undefined
        ? undefined
        : (await client.send({ method: 'GET', path: `${statementPath}/result/chunks/${next}`, signal: context.signal }))
            .body;
  }
  return rows;
}

function addRows(rows: (readonly (string | null)[])[], data: Json | undefined): void {
  if (isJsonArray(data)) for (const row of data) rows.push(cellsOf(row));
}

function cellsOf(row: Json): readonly (string | null)[] {
  return isJsonArray(row) ? row.map((cell) => (typeof cell === 'string' ? cell : null)) : [];
}
