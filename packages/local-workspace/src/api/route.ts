import { shape } from './reader.ts';
import type { Reader } from './reader.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** A call whose query and body have the declared shape. Path parameters are decoded. */
export interface Call<Query, Body> {
  readonly parameters: (name: string) => string;
  readonly query: Query;
  readonly body: Body;
  /** userName of the caller. */
  readonly principal: string;
}

/** What is sent back: any JSON value with status 200, unless a handler throws. */
export type Answer = Readonly<Record<string, unknown>>;

export interface Route {
  readonly method: Method;
  /** Segments such as `{full_name}` match one segment. */
  readonly path: string;
  readonly query: Reader<unknown>;
  /** `undefined`: the body is not looked at. */
  readonly body: Reader<unknown> | undefined;
  readonly handle: (call: Call<unknown, unknown>) => Promise<Answer>;
}

interface TypedRoute<Query, Body> {
  readonly query?: Reader<Query>;
  readonly body?: Reader<Body>;
  readonly handle: (call: Call<Query, Body>) => Promise<Answer> | Answer;
}

/** Declares a route: `route('GET /api/2.0/things/{id}', { handle })`. Without a query reader every query parameter is refused. */
export function route<Query = Readonly<Record<never, never>>, Body = undefined>(
  matching: `${Method} /${string}`,
  typed: TypedRoute<Query, Body>,
): Route {
  const [method, path = ''] = matching.split(' ');
  return {
    method: method as Method,
    path,
    query: typed.query ?? shape({}),
    body: typed.body,
    // The server has run both readers before it calls the handler.
    handle: async (call) => typed.handle(call as Call<Query, Body>),
  };
}

export interface MatchedRoute {
  readonly route: Route;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The route of a path, literal segments before parameters. */
export function matchRoute(routes: readonly Route[], method: string, path: string): MatchedRoute | undefined {
  const segments = path.split('/');
  let best: MatchedRoute | undefined;
  for (const candidate of routes) {
    if (candidate.method !== method) continue;
    const parameters = matchSegments(candidate.path.split('/'), segments);
    if (parameters !== undefined && (best === undefined || parameters.size < best.parameters.size)) {
      best = { route: candidate, parameters };
    }
  }
  return best;
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): ReadonlyMap<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) {
      if (segment === '') return undefined;
      parameters.set(part.slice(1, -1), decodeSegment(segment));
    } else if (part !== segment) return undefined;
  }
  return parameters;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
