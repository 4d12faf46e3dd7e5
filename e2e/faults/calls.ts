import type { LoggedRequest } from '@dpo/local-workspace';
import type { Call } from './faults.ts';

/** Every request of an undisturbed run, and of the one after it, which may read what the first has just changed. */
export function callsOf(first: readonly LoggedRequest[], again: readonly LoggedRequest[]): readonly Call[] {
  const seen = new Map<string, number>();
  const changed = new Set<string>();
  const callOf = (request: LoggedRequest, isFirst: boolean): Call => {
    const { method, path } = request;
    const key = `${method} ${path}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    const write = method !== 'GET' && !path.startsWith('/api/2.0/sql/statements');
    const behind = method === 'GET' && changed.has(path);
    if (write) for (const touched of touchedBy(request)) changed.add(touched);
    return { method, path, route: request.route ?? path, before, write, list: isList(request), behind, first: isFirst };
  };
  const calls = [...first.map((request) => callOf(request, true)), ...again.map((request) => callOf(request, false))];
  // A statement that takes long is asked about by an id that no other run has.
  return calls.filter(({ path }) => !path.startsWith('/api/2.0/sql/statements/'));
}

function isList({ method, query }: LoggedRequest): boolean {
  return method === 'GET' && ('max_results' in query || 'page_size' in query);
}

/**
 * Creates that were sent again although the first of them may have taken effect, and nobody looked in between (N019). A
 * rejection is none of those.
 */
export function blindCreates(requests: readonly LoggedRequest[]): readonly string[] {
  const open = new Map<string, boolean>();
  return requests.flatMap((request) => {
    const { method, path, status } = request;
    if (method === 'GET') open.delete(path);
    const object = method === 'POST' ? touchedBy(request).find((touched) => touched !== path) : undefined;
    if (object === undefined) return [];
    const blind = open.get(object) === true;
    open.set(object, status === 0 || status === 200 || (status >= 500 && status !== 503));
    return blind ? [object] : [];
  });
}

/** Paths of the objects that a write makes, changes or removes. */
function touchedBy({ path, body }: LoggedRequest): readonly string[] {
  const fields = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  const [id, catalog, name] = [fields['object_id'], fields['catalog_name'], fields['name']];
  return [
    path,
    ...(typeof id === 'string' ? [`/api/data-quality/v1/monitors/table/${id}`] : []),
    ...(typeof catalog === 'string' && typeof name === 'string'
      ? [`/api/2.1/unity-catalog/schemas/${catalog}.${name}`]
      : []),
  ];
}
