import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultMessage } from '../fault-message.ts';
import type { Authenticate } from '../principals/authenticate.ts';
import type { Caller } from '../principals/caller.ts';
import { UnityError } from '../unity/unity-error.ts';
import { ApiError, invalidParameter } from './api-error.ts';
import type { FaultRule, FaultRules } from './fault-rules.ts';
import { parseBody, readRequest } from './read-request.ts';
import type { ReceivedRequest } from './read-request.ts';
import { ShapeFault, pathText } from './reader.ts';
import { redactBody } from './redact-body.ts';
import { isReply } from './reply.ts';
import type { RequestLog } from './request-log.ts';
import { matchRoute } from './route.ts';
import type { Route } from './route.ts';

/** A moment in the life of one call; the server waits for the hook before it goes on. */
export interface Exchange {
  /** The same number as in the request log. */
  readonly sequence: number;
  readonly method: string;
  readonly path: string;
  /** `received`: no effect yet; `handled`: effect done, nothing sent; `answered`: the answer was sent. */
  readonly phase: 'received' | 'handled' | 'answered';
}

export interface HandlerOptions {
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  /** Named in the answers to calls without a token. */
  readonly workspaceId: string;
  readonly faults: FaultRules;
  readonly log: RequestLog;
  readonly onExchange?: (exchange: Exchange) => Promise<void> | void;
}

interface Result {
  readonly status: number;
  /** JSON value or bytes. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly workspaceId?: string;
  readonly dropped?: boolean;
}

/** Paths of the workspace's own control calls: never logged, spoiled by faults or shown to the hook. */
const controlPrefix = '/__local/';

/** Answers each HTTP request by the route table; every fault becomes a JSON error. */
export function createRequestHandler(
  options: HandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let lastSequence = 0;
  return async (request, response) => {
    const started = performance.now();
    const received = await readRequest(request);
    if (received.path.startsWith(controlPrefix)) {
      await send(response, await perform(options, received), options.workspaceId);
      return;
    }
    lastSequence += 1;
    const sequence = lastSequence;
    const { method, path, query } = received;
    const enter = async (phase: Exchange['phase']): Promise<void> => {
      await options.onExchange?.({ sequence, method, path, phase });
    };
    await enter('received');
    const result = await performWithFaults(options, received, () => enter('handled'));
    const ms = Math.round(performance.now() - started);
    const status = result.dropped === true ? 0 : result.status;
    await options.log.add({ sequence, method, path, query, body: redactBody(options.routes, received), status, ms });
    if (result.dropped === true) request.socket.destroy();
    else await send(response, result, options.workspaceId);
    await enter('answered');
  };
}

async function performWithFaults(
  options: HandlerOptions,
  received: ReceivedRequest,
  handled: () => Promise<void>,
): Promise<Result> {
  const rules = options.faults.take(received.method, received.path);
  const latency = rules.reduce((sum, rule) => sum + (rule.latencyMs ?? 0), 0);
  if (latency > 0) await sleep(latency);
  const before = rules.map((rule) => faultResult(rule, 'before')).find((result) => result !== undefined);
  if (before !== undefined) return before;
  const result = await perform(options, received);
  await handled();
  return rules.map((rule) => faultResult(rule, 'after')).find((replaced) => replaced !== undefined) ?? result;
}

function faultResult(rule: FaultRule, moment: 'before' | 'after'): Result | undefined {
  if (rule.dropConnection === moment) return { status: 0, body: undefined, dropped: true };
  if (rule.status === undefined || (rule.after === true ? 'after' : 'before') !== moment) return undefined;
  return {
    status: rule.status,
    body: { error_code: rule.errorCode ?? 'INTERNAL_ERROR', message: rule.message ?? 'injected fault', details: [] },
    ...(rule.retryAfter === undefined ? {} : { headers: { 'Retry-After': String(rule.retryAfter) } }),
  };
}

async function perform(options: HandlerOptions, received: ReceivedRequest): Promise<Result> {
  let caller: Caller | undefined;
  try {
    const matched = matchRoute(options.routes, received.method, received.path);
    if (matched?.route.access !== 'public') caller = options.authenticate(received.headers['authorization']);
    if (matched === undefined) {
      const message = `No API found for '${received.method} ${received.path}'`;
      throw new ApiError(404, 'ENDPOINT_NOT_FOUND', message);
    }
    const { route, parameters } = matched;
    const answer = await route.handle({
      parameters: (name) => parameters.get(name) ?? '',
      query: route.query(received.query, { path: [] }),
      body: route.body?.(parseBody(received, route.format), { path: [] }),
      header: (name) => received.headers[name],
      // A public route does not know of the caller; see `publicRoute`.
      caller: caller as Caller,
    });
    const workspaceId = caller?.workspaceId ?? options.workspaceId;
    if (!isReply(answer)) return { status: 200, body: answer, workspaceId };
    return { status: answer.status, body: answer.content ?? new Uint8Array(), headers: answer.headers, workspaceId };
  } catch (fault) {
    const error = apiErrorOf(fault);
    return { status: error.status, body: { error_code: error.code, message: error.message, details: error.details } };
  }
}

function apiErrorOf(fault: unknown): ApiError {
  if (fault instanceof ApiError) return fault;
  if (fault instanceof UnityError) return new ApiError(fault.status, fault.code, fault.message);
  if (fault instanceof ShapeFault) return invalidParameter(`${pathText(fault.path)}: ${fault.message}`);
  return new ApiError(500, 'INTERNAL_ERROR', faultMessage(fault));
}

async function send(response: ServerResponse, result: Result, workspaceId: string): Promise<void> {
  // A caller that is gone closed the response before there was an answer; nothing would tell of its end again.
  if (response.destroyed) return;
  const isBytes = result.body instanceof Uint8Array;
  const content = isBytes ? (result.body as Uint8Array) : JSON.stringify(result.body);
  response.writeHead(result.status, {
    ...(isBytes ? {} : { 'Content-Type': 'application/json' }),
    'Content-Length': Buffer.byteLength(content),
    'X-Databricks-Org-Id': result.workspaceId ?? workspaceId,
    ...result.headers,
  });
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.end(content, resolve);
  });
}
