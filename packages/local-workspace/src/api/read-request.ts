import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';
import { parseJson } from './parse-json.ts';

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
export const largestBody = 40 * 1024 * 1024;

/** Reads the request. Of a body that is too large no more is read than shows that, and nothing of it is kept. */
export async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  const [path = '/', ...search] = (request.url ?? '/').split('?');
  return {
    method: request.method ?? 'GET',
    path,
    query: Object.fromEntries(new URLSearchParams(search.join('?'))),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    content: await readContent(request),
  };
}

async function readContent(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) return undefined;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve(undefined);
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('the connection was closed within the request')));
  });
}

/** Content types under which clients send JSON: `curl --data` and `fetch` name others than they mean. */
const jsonTypes =
  /^(application\/([\w.-]+\+)?json|text\/plain|application\/x-www-form-urlencoded|application\/octet-stream)$/;

/** The body as the route declares it: JSON (an empty one is an empty object), a form as an object of text, or bytes. */
export function parseBody(received: ReceivedRequest, format: 'json' | 'form' | 'bytes'): unknown {
  const { content } = received;
  if (content === undefined) {
    const message = `the request body is larger than ${largestBody} bytes`;
    throw new ApiError(413, 'REQUEST_TOO_LARGE', message);
  }
  if (format === 'bytes' || content.length === 0) return format === 'bytes' ? content : {};
  checkType(received.headers['content-type'], format);
  if (format === 'json') return parseJson(content);
  return Object.fromEntries(new URLSearchParams(Buffer.from(content).toString('utf8')));
}

function checkType(contentType: string | undefined, format: 'json' | 'form'): void {
  if (contentType === undefined) return;
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((part) => part.startsWith('charset='))?.slice('charset='.length);
  const isKnown = format === 'json' ? jsonTypes.test(type) : type === 'application/x-www-form-urlencoded';
  const isUnicode = charset === undefined || /^"?utf-?8"?$/.test(charset);
  if (isKnown && isUnicode) return;
  // The code for this is not recorded anywhere; the status is that of HTTP.
  throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', `a body of type '${contentType}' is not read here`);
}
