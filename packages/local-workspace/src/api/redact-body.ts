import { loggedBody } from './read-request.ts';
import type { ReceivedRequest } from './read-request.ts';
import type { Route } from './route.ts';

const redacted = '[redacted]';

/**
 * The body of a call as the request log may hold it. The fields that a route names as secret are hidden in every call at or
 * below the place of that route, so that neither a mistaken path nor an answer by a fault lets them through.
 */
export function redactBody(routes: readonly Route[], received: ReceivedRequest): unknown {
  const body = loggedBody(received);
  const places = routes.filter(({ secrets, path }) => secrets.length > 0 && received.path.startsWith(fixedPart(path)));
  if (places.length === 0 || body === null) return body;
  if (typeof body !== 'object' || Array.isArray(body)) return redacted;
  const secrets = new Set(places.flatMap((route) => route.secrets));
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, secrets.has(name) ? redacted : value]));
}

function fixedPart(path: string): string {
  return path.replace(/\/\{.*$/, '');
}
