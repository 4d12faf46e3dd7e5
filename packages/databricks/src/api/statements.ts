import type { Clock, JsonObject } from '@dpo/core';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectField, objectsField, requiredText, textField } from './fields.ts';
import { failStatement, isTooLargeInline, stateOf } from './statement-failure.ts';
import { rowsOf } from './statement-rows.ts';
import { explainRefusal, isComingUp, overdue } from './warehouse-problem.ts';

const path = '/api/2.0/sql/statements';

/** Text is bound as STRING unless a type says otherwise; null as NULL. */
export type StatementParameter = string | null | { readonly value: string | null; readonly type: string };

export interface Statement {
  readonly warehouseId: string;
  readonly text: string;
  /** Bound to `:name`; values never become part of the text. */
  readonly parameters?: Readonly<Record<string, StatementParameter>>;
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

/** A warehouse is looked at when a statement has waited for it that long, and then again and again. */
const firstLookMs = 4000;
const lookMs = 15_000;

/** The service waits this long in the first call; short, so that an abort is soon followed by the cancellation. */
const firstWait = '5s';

const unfinished = new Set(['PENDING', 'RUNNING']);

type Disposition = 'INLINE' | 'EXTERNAL_LINKS';

/**
 * Runs one statement to its end (T36): polls while it is pending or running, cancels it on timeout or abort, follows all
 * chunks. A statement that fails is answered with HTTP 200; it becomes `API.STATEMENT`. A warehouse that is not there, or
 * does not come up, becomes `API.WAREHOUSE`. A read whose result is too large for an answer is run once more for links.
 */
export async function executeStatement(
  client: Client,
  statement: Statement,
  context: StatementContext,
): Promise<StatementResult> {
  const answer = await finished(client, { statement, context, disposition: 'INLINE' });
  if (statement.effect !== 'read' || !isTooLargeInline(answer)) return resultOf(client, answer, context);
  const linked = await finished(client, { statement, context, disposition: 'EXTERNAL_LINKS' });
  return resultOf(client, linked, context);
}

interface Run {
  readonly statement: Statement;
  readonly context: StatementContext;
  readonly disposition: Disposition;
}

/** The answer about a statement that has ended, however it did. */
async function finished(client: Client, run: Run): Promise<JsonObject> {
  const { statement, context } = run;
  const { clock, signal } = context;
  const startedAt = clock.now();
  const timeoutMs = statement.timeoutMs ?? defaultTimeoutMs;
  let answer = await submit(client, run);
  let lookAt = firstLookMs;
  const statementId = requiredText(answer, 'statement_id', `POST ${path}`);
  try {
    for (let wait = 500; unfinished.has(stateOf(answer)); wait = Math.min(wait * 1.5, 5000)) {
      signal?.throwIfAborted();
      if (clock.now() - startedAt >= timeoutMs) {
        const { warehouseId } = statement;
        throw await overdue(client, { warehouseId, timeoutMs, state: stateOf(answer), signal });
      }
      const waited = clock.now() - startedAt;
      if (stateOf(answer) === 'PENDING' && waited >= lookAt) {
        lookAt = waited + lookMs;
        const { warehouseId } = statement;
        const comingUp = await isComingUp(client, warehouseId, signal);
        if (comingUp) client.warehouseStarting({ warehouse: warehouseId, milliseconds: waited });
      }
      await clock.sleep(wait, signal);
      answer = await poll(client, statementId, context);
    }
    return answer;
  } catch (error) {
    await cancel(client, statementId);
    throw error;
  }
}

async function resultOf(client: Client, answer: JsonObject, context: StatementContext): Promise<StatementResult> {
  if (stateOf(answer) !== 'SUCCEEDED') failStatement(client, answer);
  const statementId = requiredText(answer, 'statement_id', path);
  const rows = await rowsOf(client, answer, { statementPath: `${path}/${segment(statementId)}`, ...context });
  return { statementId, columns: columnsOf(answer), rows };
}

/** An abort lets the first call end, else the statement would go on without anybody knowing its id. */
async function submit(client: Client, { statement, context, disposition }: Run): Promise<JsonObject> {
  const parameters = Object.entries(statement.parameters ?? {}).map(([name, value]) => parameterOf(name, value));
  try {
    const { body } = await client.send({
      method: 'POST',
      path,
      body: {
        warehouse_id: statement.warehouseId,
        statement: statement.text,
        wait_timeout: firstWait,
        on_wait_timeout: 'CONTINUE',
        ...(disposition === 'INLINE' ? {} : { disposition, format: 'JSON_ARRAY' }),
        ...(parameters.length === 0 ? {} : { parameters }),
      },
      effect: statement.effect,
      abort: 'between-attempts',
      signal: context.signal,
    });
    return body;
  } catch (error) {
    const refused = ['API.INVALID', 'API.NOT_FOUND', 'API.FORBIDDEN'].includes(apiCodeOf(error) ?? '');
    throw refused
      ? await explainRefusal(client, error, { warehouseId: statement.warehouseId, signal: context.signal })
      : error;
  }
}

/** A parameter without a value is NULL. */
function parameterOf(name: string, given: StatementParameter): JsonObject {
  const { value, type } = typeof given === 'object' && given !== null ? given : { value: given, type: undefined };
  return { name, ...(value === null ? {} : { value }), ...(type === undefined ? {} : { type }) };
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

function columnsOf(answer: JsonObject): readonly string[] {
  const schema = objectField(objectField(answer, 'manifest') ?? {}, 'schema') ?? {};
  return objectsField(schema, 'columns').map((column) => textField(column, 'name') ?? '');
}
