import type { Authenticate } from '../principals/authenticate.ts';
import type { Caller } from '../principals/caller.ts';
import type { Disturbance, DisturbedCall } from '../realism/disturbance.ts';
import { ApiError } from './api-error.ts';
import { checkPath } from './check-request.ts';
import { parseBody } from './read-request.ts';
import type { ReceivedRequest } from './read-request.ts';
import { isReply } from './reply.ts';
import type { Reply } from './reply.ts';
import { errorResult } from './result.ts';
import type { Result } from './result.ts';
import { matchRoute } from './route.ts';
import type { Answer, MatchedRoute, Route } from './route.ts';

export interface PerformOptions {
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  readonly disturbances: readonly Disturbance[];
}

/** What came of a call, and who made it. */
export interface Performed {
  readonly result: Result;
  readonly caller?: Caller;
}

/** Finds route and caller, checks query and body, and runs the handler; every fault becomes an error answer. */
export async function performCall(
  options: PerformOptions,
  received: ReceivedRequest,
  write: boolean,
): Promise<Performed> {
  let caller: Caller | undefined;
  let result: Result;
  try {
    checkPath(received.path);
    const matched = matchRoute(options.routes, received.method, received.path);
    if (matched?.route.access !== 'public') caller = options.authenticate(received.headers['authorization']);
    if (matched === undefined) {
      const message = `No API found for '${received.method} ${received.path}'`;
      throw new ApiError(404, 'ENDPOINT_NOT_FOUND', message);
    }
    const answer = await disturbed({ ...options, received, matched, caller, write });
    result = { ...resultOf(answer), ...(caller === undefined ? {} : { workspaceId: caller.workspaceId }) };
  } catch (fault) {
    result = errorResult(fault);
  }
  return { result, ...(caller === undefined ? {} : { caller }) };
}

interface FoundCall extends PerformOptions {
  readonly received: ReceivedRequest;
  readonly matched: MatchedRoute;
  readonly caller: Caller | undefined;
  readonly write: boolean;
}

async function disturbed(found: FoundCall): Promise<Answer | Reply> {
  const { received, matched, disturbances } = found;
  // Control calls are not part of the service and go as they are.
  if (received.path.startsWith('/__local/')) return handle(found);
  const call: DisturbedCall = {
    method: received.method,
    path: received.path,
    route: matched.route.path,
    write: found.write,
    caller: found.caller,
    read: (path) => readNow(found, path),
  };
  for (const { before } of disturbances) await before?.(call);
  let answer: Answer | Reply | undefined = disturbances
    .map(({ instead }) => instead?.(call))
    .find((given) => given !== undefined);
  answer ??= await handle(found);
  if (isReply(answer)) return answer;
  for (const { after } of disturbances) answer = (await after?.(call, answer)) ?? answer;
  return answer;
}

async function handle({ received, matched, caller }: FoundCall): Promise<Answer | Reply> {
  const { route, parameters } = matched;
  return route.handle({
    parameters: (name) => parameters.get(name) ?? '',
    query: route.query(received.query, { path: [] }),
    body: route.body?.(parseBody(received, route.format), { path: [] }),
    header: (name) => received.headers[name],
    // A public route does not know of the caller; see `publicRoute`.
    caller: caller as Caller,
  });
}

async function readNow(found: FoundCall, path: string): Promise<Answer | undefined> {
  const matched = matchRoute(found.routes, 'GET', path);
  if (matched === undefined) return undefined;
  const received = { ...found.received, method: 'GET', path, query: {}, content: new Uint8Array() };
  try {
    const answer = await handle({ ...found, matched, received });
    return isReply(answer) ? undefined : answer;
  } catch {
    return undefined;
  }
}

function resultOf(answer: Answer | Reply): Result {
  if (!isReply(answer)) return { status: 200, body: answer };
  return { status: answer.status, body: answer.content ?? new Uint8Array(), headers: answer.headers };
}
