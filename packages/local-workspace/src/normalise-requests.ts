import type { LoggedRequest } from './api/request-log.ts';

/** A call without anything that differs from run to run. */
export interface NormalRequest {
  readonly method: string;
  readonly path: string;
  readonly query: unknown;
  readonly body: unknown;
  readonly status: number;
}

/** What changes from run to run, the longest forms first. */
const changing: readonly (readonly [name: string, pattern: string])[] = [
  ['uuid', String.raw`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`],
  ['hex', String.raw`\b[0-9a-f]{32}\b`],
  ['time', String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})`],
  ['id', String.raw`\b\d{16}\b`],
  ['time', String.raw`\b1[5-9]\d{11}\b`],
];

const pattern = new RegExp(changing.map(([, source]) => `(${source})`).join('|'), 'gi');

/**
 * Calls as they can be compared with those of another run: ids and times become `<uuid-1>`, `<hex-1>`, `<id-1>` and
 * `<time>`, numbered by their first appearance, so that the same id stays the same; properties come in the order of their
 * names.
 */
export function normaliseRequests(requests: readonly LoggedRequest[]): readonly NormalRequest[] {
  const names = new Map<string, string>();
  const steady = (text: string): string => text.replaceAll(pattern, (found) => nameOf(found, names));
  const normal = (value: unknown): unknown => {
    if (typeof value === 'string') return steady(value);
    if (typeof value === 'number') {
      const text = steady(String(value));
      return text === String(value) ? value : text;
    }
    if (Array.isArray(value)) return value.map(normal);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
    return Object.fromEntries(entries.map(([key, item]) => [steady(key), normal(item)]));
  };
  return requests.map(({ method, path, query, body, status }) => ({
    method,
    path: steady(path),
    query: normal(query),
    body: normal(body),
    status,
  }));
}

function nameOf(found: string, names: Map<string, string>): string {
  const kind = changing.find(([, source]) => new RegExp(`^(?:${source})$`, 'i').test(found))?.[0] ?? 'id';
  if (kind === 'time') return '<time>';
  const key = found.toLowerCase();
  const known = names.get(key);
  if (known !== undefined) return known;
  const count = [...names.values()].filter((name) => name.startsWith(`<${kind}-`)).length + 1;
  const name = `<${kind}-${count}>`;
  names.set(key, name);
  return name;
}
