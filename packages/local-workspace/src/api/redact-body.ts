import type { Route } from './route.ts';

const redacted = '[redacted]';

/**
 * A body as the request log may hold it. The fields that a route names as secret are hidden in every call at or below the
 * place of that route, so that neither a mistaken path nor an answer by a fault lets them through.
 */
export function redactBody(routes: readonly Route[], path: string, body: unknown): unknown {
  const places = routes.filter((route) => route.secrets.length > 0 && path.startsWith(fixedPart(route.path)));
  if (places.length === 0 || body === null || typeof body !== 'object') return body;
  if (Array.isArray(body)) return redacted;
  const secrets = new Set(places.flatMap((route) => route.secrets));
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, secrets.has(name) ? redacted : value]));
}

function fixedPart(path: string): string {
  return path.replace(/\/\{.*$/, '');
}
