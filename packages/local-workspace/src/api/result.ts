import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultMessage } from '../fault-message.ts';
import { KillRefusedError } from '../realism/kill-caller.ts';
import { UnityError } from '../unity/unity-error.ts';
import { ApiError, invalidParameter } from './api-error.ts';
import { ShapeFault, pathText } from './reader.ts';

/** What will be sent. */
export interface Result {
  readonly status: number;
  /** JSON value or bytes. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly workspaceId?: string;
  /** Nothing is sent, or only half of it, and the connection is closed; `held`: nothing is sent and it stays open. */
  readonly broken?: 'dropped' | 'truncated' | 'held';
}

export function errorResult(fault: unknown): Result {
  const { status, code, message, details, headers } = apiErrorOf(fault);
  return { status, body: { error_code: code, message, details }, headers };
}

function apiErrorOf(fault: unknown): ApiError {
  if (fault instanceof ApiError) return fault;
  if (fault instanceof UnityError) return new ApiError(fault.status, fault.code, fault.message);
  if (fault instanceof KillRefusedError) return invalidParameter(fault.message);
  if (fault instanceof ShapeFault) return invalidParameter([...placeOf(fault), fault.message].join(': '));
  return new ApiError(500, 'INTERNAL_ERROR', faultMessage(fault));
}

function placeOf({ path }: ShapeFault): readonly string[] {
  return path.length === 0 ? [] : [pathText(path)];
}

/** How long the rest of a refused body may still come in, so that the client gets to read the answer. */
const patienceMilliseconds = 2_000;

export async function sendResult(
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse },
  result: Result,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { request, response } = exchange;
  if (result.broken === 'dropped') {
    request.socket.destroy();
    return;
  }
  if (result.broken === 'held') return;
  // A caller that is gone closed the response before there was an answer; nothing would tell of its end again.
  if (response.destroyed) return;
  const isBytes = result.body instanceof Uint8Array;
  const content = isBytes ? (result.body as Uint8Array) : Buffer.from(JSON.stringify(result.body));
  response.writeHead(result.status, {
    ...(isBytes ? {} : { 'Content-Type': 'application/json' }),
    'Content-Length': content.byteLength,
    ...headers,
    ...result.headers,
  });
  if (result.broken === 'truncated') {
    await new Promise<void>((resolve) => response.write(content.subarray(0, content.byteLength / 2), () => resolve()));
    request.socket.destroy();
    return;
  }
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.end(content, resolve);
  });
  if (!request.complete) await discardRest(request);
}

/** What is left of the body is read and thrown away for a while; then the connection goes. */
async function discardRest(request: IncomingMessage): Promise<void> {
  const timer = new AbortController();
  const ended = new Promise<void>((resolve) => request.once('close', resolve));
  request.resume();
  const { signal } = timer;
  await Promise.race([ended, sleep(patienceMilliseconds, undefined, { signal }).catch(() => undefined)]);
  timer.abort();
  if (!request.complete) request.socket.destroy();
}
