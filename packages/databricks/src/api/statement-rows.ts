import { fail, isJsonArray, type Clock, type Json, type JsonObject } from '@dpo/core';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { objectsField, objectField, requiredText, textField, textMap } from './fields.ts';

export interface RowsContext {
  /** Of the statement; its chunks are below it. */
  readonly statementPath: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

export type Row = readonly (string | null)[];

/** A link is not begun so shortly before its end. */
const marginMs = 30_000;

/** Answers of cloud storage to a link that is not valid any more. */
const expiredCodes = new Set([
  'API.FORBIDDEN',
  'API.NOT_FOUND',
  'API.INVALID',
  'API.UNAUTHENTICATED',
  'API.UNREACHABLE',
]);

/** The first chunk comes with the answer; of an empty result there is none. Each chunk names the next. */
export async function rowsOf(client: Client, answer: JsonObject, context: RowsContext): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let chunk = objectField(answer, 'result');
  while (chunk !== undefined) {
    addRows(rows, chunk['data_array']);
    let next = textField(chunk, 'next_chunk_index');
    for (const link of objectsField(chunk, 'external_links')) {
      addRows(rows, await linkedRows(client, link, context));
      next = textField(link, 'next_chunk_index');
    }
    chunk = next === undefined ? undefined : await chunkAt(client, next, context);
  }
  return rows;
}

async function chunkAt(client: Client, index: string, { statementPath, signal }: RowsContext): Promise<JsonObject> {
  return (await client.send({ method: 'GET', path: `${statementPath}/result/chunks/${index}`, signal })).body;
}

/** Links live for a quarter of an hour at most: one that has ended is asked for again, once. */
async function linkedRows(client: Client, link: JsonObject, context: RowsContext): Promise<Json> {
  if (isOver(link, context.clock.now())) return fetched(client, await renewed(client, link, context), context);
  try {
    return await fetched(client, link, context);
  } catch (error) {
    if (!expiredCodes.has(apiCodeOf(error) ?? '')) throw error;
    return fetched(client, await renewed(client, link, context), context);
  }
}

async function fetched(client: Client, link: JsonObject, { signal }: RowsContext): Promise<Json> {
  const url = requiredText(link, 'external_link', 'the result of a statement');
  const headers = textMap(objectField(link, 'http_headers'));
  return parsed(await client.download({ url, headers }, signal));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const message = 'the result of a statement is no JSON';
    return fail(
      { code: 'API.MALFORMED', message, hint: 'check that no proxy answers in place of the storage' },
      { cause: error },
    );
  }
}

async function renewed(client: Client, link: JsonObject, context: RowsContext): Promise<JsonObject> {
  const index = textField(link, 'chunk_index') ?? '0';
  const chunk = await chunkAt(client, index, context);
  const same = objectsField(chunk, 'external_links').find(
    (other) => (textField(other, 'chunk_index') ?? '0') === index,
  );
  return same ?? link;
}

function isOver(link: JsonObject, now: number): boolean {
  const end = Date.parse(textField(link, 'expiration') ?? '');
  return !Number.isNaN(end) && end - marginMs <= now;
}

function addRows(rows: Row[], data: Json | undefined): void {
  if (data !== undefined && isJsonArray(data)) for (const row of data) rows.push(cellsOf(row));
}

function cellsOf(row: Json): Row {
  return isJsonArray(row) ? row.map((cell) => (typeof cell === 'string' ? cell : null)) : [];
}
