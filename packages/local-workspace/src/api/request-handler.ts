import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultRules } from '../realism/fault-rules.ts';
import { createFormerAnswers } from '../realism/former-answers.ts';
import type { FormerAnswers } from '../realism/former-answers.ts';
import { checkHost } from './check-request.ts';
import { isWrite } from './is-write.ts';
import { loggedBody } from './logged-body.ts';
import { performCall } from './perform-call.ts';
import type { Performed, PerformOptions } from './perform-call.ts';
import { readRequest } from './read-request.ts';
import type { ReceivedRequest } from './read-request.ts';
import { redactBody } from './redact-body.ts';
import type { RequestLog } from './request-log.ts';
import { errorResult, sendResult } from './result.ts';
import type { Result } from './result.ts';
import { matchRoute } from './route.ts';
import { strike } from './strike.ts';

/** A moment in the life of one call; the server waits for the hook before it goes on. */
export interface Exchange {
  /** The same number as in the request log. */
  readonly sequence: number;
  readonly method: string;
  readonly path: string;
  /**
   * `received`: no effect yet; `handled`: effect done, nothing sent; `answered`: the answer was sent; `held`: a fault rule
   * never answers.
   */
  readonly phase: 'received' | 'handled' | 'answered' | 'held';
}

export interface HandlerOptions extends PerformOptions {
  /** Named in the answers to calls without a token. */
  readonly workspaceId: string;
  readonly faults: FaultRules;
  readonly log: RequestLog;
  /** A new id per call, sent as the header X-Request-Id and kept in the log. */
  readonly requestId: () => string;
  readonly onExchange?: (exchange: Exchange) => Promise<void> | void;
}

/** Paths of the workspace's own control calls: never logged, spoiled by faults or shown to the hook. */
const controlPrefix = '/__local/';

/** Answers each HTTP request by the route table; every fault becomes a JSON error. */
export function createRequestHandler(
  options: HandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let lastSequence = 0;
  const former = createFormerAnswers();
  return async (request, response) => {
    const started = performance.now();
    const requestId = options.requestId();
    const send = (result: Result): Promise<void> =>
      sendResult({ request, response }, result, {
        'X-Databricks-Org-Id': result.workspaceId ?? options.workspaceId,
        'X-Request-Id': requestId,
      });
    try {
      checkHost(request.headers.host);
    } catch (fault) {
      return send(errorResult(fault));
    }
    const received = await readRequest(request);
    if (received.path.startsWith(controlPrefix)) {
      return send((await performCall(options, received, false)).result);
    }
    lastSequence += 1;
    const sequence = lastSequence;
    const { method, path } = received;
    const body = loggedBody(received);
    const write = isWrite({ method, path, body });
    const enter = async (phase: Exchange['phase']): Promise<void> => {
      await options.onExchange?.({ sequence, method, path, phase });
    };
    await enter('received');
    const performed = await performStruck({ ...options, received, write, former }, () => enter('handled'));
    const ms = Math.round(performance.now() - started);
    const kept = redactBody(options.routes, path, body);
    await logCall(options, { sequence, requestId, received, body: kept, performed, ms });
    await send(performed.result);
    return enter(performed.result.broken === 'held' ? 'held' : 'answered');
  };
}

/** The call under the fault rules; its caller is known only if it got as far as to be looked at. */
async function performStruck(
  options: HandlerOptions & {
    readonly received: ReceivedRequest;
    readonly write: boolean;
    readonly former: FormerAnswers;
  },
  handled: () => Promise<void>,
): Promise<Performed> {
  const { received, write, former } = options;
  const rules = options.faults.take({ method: received.method, path: received.path, write });
  const behind = rules.map((rule) => former.of(rule)).find((result) => result !== undefined);
  let performed: Performed | undefined;
  const perform = async (): Promise<Result> => {
    performed = await performCall(options, received, write);
    return behind ?? performed.result;
  };
  const read = async (path: string): Promise<Result> => {
    const reading = { ...received, method: 'GET', path, query: {}, content: new Uint8Array() };
    return (await performCall(options, reading, false)).result;
  };
  const stale = options.faults.list().flatMap(({ rule }) => (rule.stale === true ? [rule] : []));
  const kept = write ? () => former.around(stale, read, perform) : perform;
  const call = { perform: kept, pageToken: received.query['page_token'] };
  const result = await strike(rules, call, handled);
  return { ...performed, result };
}

async function logCall(
  { log, routes }: HandlerOptions,
  call: {
    readonly sequence: number;
    readonly requestId: string;
    readonly received: ReceivedRequest;
    readonly body: unknown;
    readonly performed: Performed;
    readonly ms: number;
  },
): Promise<void> {
  const { received, performed, ...facts } = call;
  const { method, path, query, headers } = received;
  await log.add(
    {
      ...facts,
      method,
      path,
      query,
      route: matchRoute(routes, method, path)?.route.path ?? null,
      principal: performed.caller?.userName ?? null,
      status: performed.result.status,
    },
    headers['authorization'],
  );
}
