import { wildcard } from '../realism/call-pattern.ts';
import { isWrite } from './is-write.ts';
import type { LoggedRequest } from './request-log.ts';

export interface RequestFilter {
  readonly method?: string | undefined;
  /** A path, a route or a pattern with `*`. */
  readonly path?: string | undefined;
  /** Only calls after the one with this sequence. */
  readonly since?: number | undefined;
}

export function filterRequests(requests: readonly LoggedRequest[], filter: RequestFilter): readonly LoggedRequest[] {
  const { method, path, since = 0 } = filter;
  return requests.filter(
    (request) =>
      request.sequence > since &&
      (method === undefined || request.method === method.toUpperCase()) &&
      (path === undefined || isAt(request, path)),
  );
}

/** Calls by method and route (`GET /api/2.0/alerts/{id}`); by path where there is no route. */
export function countRequests(requests: readonly LoggedRequest[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const request of requests) {
    const key = `${request.method} ${request.route ?? request.path}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

export function countWrites(requests: readonly LoggedRequest[]): number {
  return requests.filter(isWrite).length;
}

export interface RequestExpectation {
  /** By `METHOD path`, where the path is one, a route or a pattern; `* path` counts every method. */
  readonly counts?: Readonly<Record<string, number>> | undefined;
  readonly writes?: number | undefined;
  readonly since?: number | undefined;
}

/** One line for each number that is not as expected; nothing when all are. */
export function unmetExpectations(
  requests: readonly LoggedRequest[],
  { counts = {}, writes, since = 0 }: RequestExpectation,
): readonly string[] {
  const looked = requests.filter(({ sequence }) => sequence > since);
  const lines = Object.entries(counts).flatMap(([key, expected]) => {
    const [method = '', path = ''] = key.split(' ');
    const found = looked.filter(
      (request) => (method === '*' || method === request.method) && isAt(request, path),
    ).length;
    return found === expected ? [] : [`${key}: expected ${expected}, got ${found}`];
  });
  const written = looked.filter(isWrite);
  if (writes === undefined || written.length === writes) return lines;
  const calls = Object.entries(countRequests(written)).map(([key, count]) => `${key} (${count})`);
  return [...lines, `writes: expected ${writes}, got ${[written.length, ...calls].join(', ')}`];
}

function isAt({ path, route }: LoggedRequest, wanted: string): boolean {
  return route === wanted || wildcard(wanted)(path);
}
