import { invalidParameter } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import type { Page, Paging } from '../api/paging.ts';

/** A page holds at least so many privileges, which is more than one principal can have (SDK `GrantsAPI.get`). */
const smallestPage = 150;

export interface PageRequest<T> {
  /** `undefined`: everything at once. */
  readonly limit: number | undefined;
  readonly name: 'max_results' | 'page_size';
  readonly pageToken: string | undefined;
  /** How much of the limit an item takes. */
  readonly weigh: (item: T) => number;
}

/** Cuts a list of principals into pages by weight. One principal is never on two pages. */
export function pageOfPrincipals<T>(items: readonly T[], request: PageRequest<T>, paging: Paging): Page<T> {
  const { limit, name, pageToken, weigh } = request;
  if (limit !== undefined && limit !== 0 && limit < smallestPage) {
    throw invalidParameter(`${name}: must be 0 or at least ${smallestPage}`);
  }
  // Without a size and a token the older form answers, which has no pages.
  if (limit === undefined && pageToken === undefined) return { items };
  const limits = [limit, paging.pageSize].filter((size) => size !== undefined && size > 0).map(Number);
  const chunks = chunksOf(items, Math.min(...limits), weigh);
  const page = pageOf(chunks, { maxResults: 1, pageToken }, { emptyPages: paging.emptyPages ?? false });
  return { ...page, items: page.items.flat() };
}

function chunksOf<T>(items: readonly T[], limit: number, weigh: (item: T) => number): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  let weight = 0;
  for (const item of items) {
    const last = chunks.at(-1);
    if (last !== undefined && weight + weigh(item) <= limit) {
      last.push(item);
      weight += weigh(item);
    } else {
      chunks.push([item]);
      weight = weigh(item);
    }
  }
  return chunks;
}
