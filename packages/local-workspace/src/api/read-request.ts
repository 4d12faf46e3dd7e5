import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined`: larger than any call may be. */
  readonly content: Uint8Array | undefined;
}

/** Statements may have 16 MiB and imported files 10 MB; their JSON form is larger. Volume uploads get the same room. */
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
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    content: size > largestBody ? undefined : Buffer.concat(chunks),
  };
}

/** The body as the route declares it: JSON (an empty one is an empty object), a form as an object of text, or bytes. */
export function parseBody(received: ReceivedRequest, format: 'json' | 'form' | 'bytes'): unknown {
  const { content } = received;
  if (content === undefined) throw new ApiError(413, 'REQUEST_TOO_LARGE', 'the request body is too large');
  if (format === 'bytes') return content;
  const text = Buffer.from(content).toString('utf8');
  if (format === 'form') return Object.fromEntries(new URLSearchParams(text));
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'MALFORMED_REQUEST', 'the request body is not JSON');
  }
}

/** The body for the request log: JSON where it is JSON, else text or the number of bytes; nothing for a call without a body. */
export function loggedBody({ content, headers }: ReceivedRequest): unknown {
  if (content === undefined || content.length === 0) return null;
  if (headers['content-type']?.startsWith('application/octet-stream') === true) return `${content.length} bytes`;
  // A form of the token endpoint holds credentials.
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) return 'form';
  const text = Buffer.from(content).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
