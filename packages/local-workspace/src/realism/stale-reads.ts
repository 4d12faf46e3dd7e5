import { resourceDoesNotExist } from '../api/api-error.ts';
import type { Answer } from '../api/route.ts';
import type { Disturbance } from './disturbance.ts';

/** A kind of resource whose reads are behind its writes. */
export interface EventualResource {
  /** Path that creates and lists it. */
  readonly collection: string;
  /** Field of its answers that names it in the path. */
  readonly id: string;
}

/** Dashboards are read again by the official CLI until they are there (databricks/cli `libs/testserver`, dashboards). */
export const eventualResources: readonly EventualResource[] = [
  { collection: '/api/2.0/lakeview/dashboards', id: 'dashboard_id' },
];

/**
 * The first GET after a create does not find the resource, and the first GET after a change shows it as it was before.
 * Only reads of one resource by its own path; lists, and what the write itself answers, are up to date.
 */
export function createStaleReads(resources: readonly EventualResource[]): Disturbance {
  /** What the next GET of a path shows; `undefined` as value: nothing yet. */
  const behind = new Map<string, Answer | undefined>();
  const ownPath = (path: string): boolean =>
    resources.some(
      ({ collection }) => path.startsWith(`${collection}/`) && !path.slice(collection.length + 1).includes('/'),
    );
  const former = new WeakMap<object, Answer>();
  return {
    async before(call) {
      if (!call.write || !ownPath(call.path)) return;
      const answer = await call.read(call.path);
      if (answer !== undefined) former.set(call, answer);
    },
    instead({ method, path }) {
      if (method !== 'GET' || !behind.has(path)) return undefined;
      const shown = behind.get(path);
      behind.delete(path);
      if (shown === undefined) throw resourceDoesNotExist(`Unable to find the resource at ${path}.`);
      return shown;
    },
    after(call, answer) {
      const { method, path } = call;
      const created = method === 'POST' ? resources.find(({ collection }) => collection === path) : undefined;
      if (created !== undefined) behind.set(`${created.collection}/${String(answer[created.id])}`, undefined);
      // What is deleted stays readable for one more read, as any other former state.
      if (former.has(call)) behind.set(path, former.get(call));
      return answer;
    },
  };
}
