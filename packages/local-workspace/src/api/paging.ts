import { invalidParameter } from './api-error.ts';

export interface Paging {
  /** Largest page the server gives, whatever the client asks for; `undefined`: everything at once unless asked otherwise. */
  readonly pageSize?: number;
  /** Every second page is empty and still carries a token, as pages of the service may be. */
  readonly emptyPages?: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken?: string;
}

/**
 * Cuts a list whose order does not change. `maxResults` 0 means "the server decides". The token is opaque to clients.
 */
export function pageOf<T>(
  items: readonly T[],
  request: { readonly maxResults?: number | undefined; readonly pageToken?: string | undefined },
  paging: Paging = {},
): Page<T> {
  const { offset, empty } = readToken(request.pageToken, paging);
  if (empty) return { items: [], nextPageToken: writeToken({ offset, empty: false }) };
  const limits = [request.maxResults, paging.pageSize].filter((limit) => limit !== undefined && limit > 0);
  const size = Math.min(items.length, ...limits.map(Number));
  const end = offset + size;
  const page = items.slice(offset, end);
  if (end >= items.length) return { items: page };
  return { items: page, nextPageToken: writeToken({ offset: end, empty: paging.emptyPages === true }) };
}

interface Position {
  readonly offset: number;
  readonly empty: boolean;
}

function readToken(token: string | undefined, paging: Paging): Position {
  if (token === undefined || token === '') return { offset: 0, empty: paging.emptyPages === true };
  const match = /^(\d+)(e?)$/.exec(Buffer.from(token, 'base64url').toString());
  if (match === null) throw invalidParameter(`page_token: '${token}' is not a token of this list`);
  return { offset: Number(match[1]), empty: match[2] === 'e' };
}

function writeToken({ offset, empty }: Position): string {
  return Buffer.from(`${offset}${empty ? 'e' : ''}`).toString('base64url');
}
