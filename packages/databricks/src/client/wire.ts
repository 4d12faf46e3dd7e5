import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { errors, type Dispatcher } from 'undici';
import { wasNotSent } from './network-error.ts';
import type { Answer, Attempt } from './request.ts';

/** One request as it goes out. */
export interface Outgoing {
  readonly origin: string;
  /** With its query. */
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  /** Every header field belongs to a signature. */
  readonly signed?: true;
  readonly body?: string | undefined;
  /** For the first byte of the answer, and between any two of its parts. */
  readonly silenceMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Until the first byte of an answer, and between any two parts of it, as in the official SDKs. */
export const silenceMs = 60_000;

/** However steadily an answer drips, it ends. */
const wholeAnswerMs = 300_000;

/** Larger answers are none of an API; a short body may unpack to more than there is memory. */
const largestBytes = 512 * 1024 * 1024;

const unpackers = {
  gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
  br: promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress),
} as const;

export const acceptedEncodings = 'gzip, deflate, br';

/** Sends once, follows no redirect, and never rejects. */
export async function sendOnce(dispatcher: Dispatcher, outgoing: Outgoing): Promise<Attempt> {
  const { origin, path, method, headers, body, silenceMs, signal } = outgoing;
  try {
    const response = await dispatcher.request({
      origin,
      path,
      method,
      headers,
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    const answerHeaders = flat(response.headers);
    const text = await readBody(response, answerHeaders['content-encoding']);
    const answer: Answer = { status: response.statusCode, headers: answerHeaders, text };
    return { status: 'answered', answer };
  } catch (error) {
    return { status: wasNotSent(error) ? 'unsent' : 'lost', error };
  }
}

async function readBody({ body }: Dispatcher.ResponseData, encoding = 'identity'): Promise<string> {
  const late = setTimeout(() => body.destroy(new errors.BodyTimeoutError()), wholeAnswerMs);
  late.unref();
  try {
    if (encoding === 'identity') return await body.text();
    const unpack = unpackerOf(encoding);
    // Not understood: what the error says is told as it came.
    if (unpack === undefined) return await body.text();
    const packed = Buffer.from(await body.arrayBuffer());
    return packed.length === 0 ? '' : (await unpack(packed, { maxOutputLength: largestBytes })).toString('utf8');
  } finally {
    clearTimeout(late);
  }
}

function unpackerOf(encoding: string): (typeof unpackers)['gzip'] | undefined {
  return Object.entries(unpackers).find(([name]) => name === encoding.trim().toLowerCase())?.[1];
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = Array.isArray(value) ? value[0] : value;
      return text === undefined ? [] : [[name.toLowerCase(), text]];
    }),
  );
}
