import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
  /** `undefined`: larger than any call may be. */
  readonly bodyText: string | undefined;
}

/** Statements may have 16 MiB; their JSON form is larger. */
const largestBody = 40 * 1024 * 1024;

export async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  const [path = '/', ...search] = (request.url ?? '/').split('?');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size <= largestBody) chunks.push(bytes);
  }
  return {
    method: request.method ?? 'GET',
    path,
    query: Object.fromEntries(new URLSearchParams(search.join('?'))),
    authorization: request.headers.authorization,
    bodyText: size > largestBody ? undefined : Buffer.concat(chunks).toString('utf8'),
  };
}

/** The JSON body; an empty one is an empty object. */
export function parseBody(text: string | undefined): unknown {
  if (text === undefined) throw new ApiError(413, 'REQUEST_TOO_LARGE', 'the request body is too large');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'MALFORMED_REQUEST', 'the request body is not JSON');
  }
}
