import type { WorkspaceSnapshot } from '@dpo/local-workspace';

/** Everything in a workspace, comparable between runs: without what every run makes anew (ids, times, counters). */
export type WorldImage = readonly string[];

/** Refreshes and permissions only follow from the objects they belong to. */
const derived = ['refresh', 'permission', 'credential'];

export function imageOf(snapshot: WorkspaceSnapshot): WorldImage {
  return Object.entries(snapshot.documents)
    .filter(([kind]) => !derived.includes(kind))
    .flatMap(([kind, documents]) => [...documents.values()].map((document) => `${kind} ${steady(document)}`))
    .toSorted();
}

/** Keys of what the run under test has no business with, with their content. */
export function strangersOf(start: WorkspaceSnapshot, end: WorkspaceSnapshot): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(start.documents).flatMap(([kind, documents]) =>
      [...documents].flatMap(([id, document]): [string, string][] =>
        end.documents[kind]?.get(id) === document ? [[`${kind} ${id}`, JSON.stringify(document)]] : [],
      ),
    ),
  );
}

/** Those of them that are not what they were. */
export function changedStrangers(strangers: ReadonlyMap<string, string>, now: WorkspaceSnapshot): readonly string[] {
  return [...strangers].flatMap(([key, content]) => {
    const [kind = '', ...id] = key.split(' ');
    return JSON.stringify(now.documents[kind]?.get(id.join(' '))) === content ? [] : [key];
  });
}

export function steady(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => (key === 'version' || key === 'activeAt' ? undefined : inner))
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '<uuid>')
    .replace(/\b[0-9a-f]{32}\b/gu, '<id>')
    .replace(/\b\d{13,19}(?:\.\d+)?\b/gu, '<number>');
}

/** What one has and the other has not, by count. */
export function differences(expected: WorldImage, found: WorldImage): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of expected) counts.set(line, (counts.get(line) ?? 0) - 1);
  for (const line of found) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].flatMap(([line, count]) =>
    count === 0 ? [] : [`${count > 0 ? 'too many' : 'missing'}: ${line.slice(0, 300)}`],
  );
}
