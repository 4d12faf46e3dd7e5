import { fail, type JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import type { ApiRequest } from '../client/request.ts';
import { objectsField, textField } from './fields.ts';

export interface PagedRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Member of the answer that holds the elements. */
  readonly key: string;
  readonly signal?: AbortSignal | undefined;
  readonly abort?: ApiRequest['abort'];
}

/**
 * Page after page until no token follows. A page may be empty and still carry one, so that emptiness ends nothing. A token
 * that came before would turn in a circle: `API.MALFORMED`.
 */
export async function* pages(client: Client, request: PagedRequest): AsyncGenerator<readonly JsonObject[], void, void> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const { body } = await client.send({
      method: 'GET',
      path: request.path,
      query: token === undefined ? request.query : { ...request.query, page_token: token },
      signal: request.signal,
      ...(request.abort === undefined ? {} : { abort: request.abort }),
    });
    yield objectsField(body, request.key);
    token = textField(body, 'next_page_token');
    if (token !== undefined && seen.has(token)) {
      fail({
        code: 'API.MALFORMED',
        message: `GET ${request.path}: the pages of the list lead back to one that came before`,
        hint: 'run the command again; if it stays, ask Databricks',
      });
    }
    seen.add(token ?? '');
  } while (token !== undefined);
}

export async function allPages(client: Client, request: PagedRequest): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for await (const page of pages(client, request)) for (const item of page) found.push(item);
  return found;
}
