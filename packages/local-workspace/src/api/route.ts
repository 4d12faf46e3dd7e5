import type { Caller } from '../principals/caller.ts';
import { shape } from './reader.ts';
import type { Reader } from './reader.ts';
import type { Reply } from './reply.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** A call whose query and body have the declared shape. Path parameters are decoded. */
export interface Call<Query, Body> {
  readonly parameters: (name: string) => string;
  readonly query: Query;
  readonly body: Body;
  /** A request header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  readonly caller: Caller;
}

/** A call before anybody has shown who he is. */
export type PublicCall<Query, Body> = Omit<Call<Query, Body>, 'caller'>;

/** What is sent back: a JSON object with status 200, or a reply with status, headers and bytes of its own. */
export type Answer = Readonly<Record<string, unknown>>;

export interface Route {
  readonly method: Method;
  /** A segment `{full_name}` matches one segment, `{path*}` at the end all that are left, with their slashes. */
  readonly path: string;
  readonly query: Reader<unknown>;
  /** `undefined`: the body is not looked at. */
  readonly body: Reader<unknown> | undefined;
  readonly format: 'json' | 'form' | 'bytes';
  /** `public`: answered without a token. */
  readonly access: 'token' | 'public';
  /** Fields of the body whose content the request log must not hold. */
  readonly secrets: readonly string[];
  readonly handle: (call: Call<unknown, unknown>) => Promise<Answer | Reply>;
}

interface TypedRoute<Query, Body> {
  readonly query?: Reader<Query>;
  readonly body?: Reader<Body>;
  readonly format?: Route['format'];
  readonly secrets?: Route['secrets'];
  readonly handle: (call: Call<Query, Body>) => Promise<Answer | Reply> | Answer | Reply;
}

type Matching = `${Method} /${string}`;

/** Declares a route: `route('GET /api/2.0/things/{id}', { handle })`. Without a query reader every query parameter is refused. */
export function route<Query = Readonly<Record<never, never>>, Body = undefined>(
  matching: Matching,
  typed: TypedRoute<Query, Body>,
): Route {
  const [method, path = ''] = matching.split(' ');
  return {
    method: method as Method,
    path,
    query: typed.query ?? shape({}),
    body: typed.body,
    format: typed.format ?? 'json',
    access: 'token',
    secrets: typed.secrets ?? [],
    // The server has run both readers before it calls the handler.
    handle: async (call) => typed.handle(call as Call<Query, Body>),
  };
}

/** A route that needs no token: discovery and the token endpoint. */
export function publicRoute<Query = Readonly<Record<never, never>>, Body = undefined>(
  matching: Matching,
  typed: Omit<TypedRoute<Query, Body>, 'handle'> & {
    readonly handle: (call: PublicCall<Query, Body>) => Promise<Answer | Reply> | Answer | Reply;
  },
): Route {
  return { ...route(matching, typed), access: 'public' };
}

export interface MatchedRoute {
  readonly route: Route;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The route of a path: literal segments win over parameters, these over the rest of a path. */
export function matchRoute(routes: readonly Route[], method: string, path: string): MatchedRoute | undefined {
  const segments = path.split('/');
  let best: (MatchedRoute & { readonly weight: number }) | undefined;
  for (const candidate of routes) {
    if (candidate.method !== method) continue;
    const pattern = candidate.path.split('/');
    const parameters = matchSegments(pattern, segments);
    if (parameters === undefined) continue;
    const weight = parameters.size + (pattern.at(-1)?.endsWith('*}') === true ? segments.length : 0);
    if (best === undefined || weight < best.weight) best = { route: candidate, parameters, weight };
  }
  return best;
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const hasRest = pattern.at(-1)?.endsWith('*}') === true;
  if (hasRest ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.endsWith('*}')) {
      parameters.set(part.slice(1, -2), segments.slice(index).map(decodeSegment).join('/'));
    } else if (part.startsWith('{')) {
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
