import {
  kindNames,
  nameOf,
  type Discovered,
  type DiscoverRequest,
  type KindName,
  type Live,
  type PresentObject,
  type Problem,
  type Providers,
  type ReadContext,
} from '@dpo/core';

/** Where to look, before anything has been read. */
export type DiscoverPlaces = Omit<DiscoverRequest, 'known' | 'explained'>;

export interface DiscoverWork {
  readonly places: DiscoverPlaces;
  /** What has been read already. */
  readonly live: Live;
  readonly providers: Providers;
  readonly context: ReadContext;
  /** All unless given. */
  readonly kinds?: readonly KindName[];
}

/**
 * Everything that carries the owner's marker and has not been read yet. Kind by kind, and a schema that is found is a
 * place to look in.
 */
export async function discover({
  places,
  live,
  providers,
  context,
  kinds = kindNames,
}: DiscoverWork): Promise<Discovered> {
  const found: PresentObject[] = [];
  const failed: Problem[] = [];
  const known = new Set(live.keys());
  const explained = new Set(
    [...live.values()].flatMap((seen) => (seen.status === 'present' ? metricTables(seen) : [])),
  );
  for (const kind of kinds) {
    const names = found
      .filter(({ lookup }) => lookup.address.startsWith('schema:'))
      .map(({ lookup }) => nameOf(lookup.address));
    const request = { ...places, schemas: [...new Set([...places.schemas, ...names])], known, explained };
    // oxlint-disable-next-line no-await-in-loop
    for await (const each of providers[kind].discover(request, context)) {
      if (each.status === 'present') found.push(each);
      else failed.push(each.problem);
    }
  }
  return { found, failed };
}

function metricTables({ out }: PresentObject): readonly string[] {
  const name = out['profile_metrics_table_name'];
  return typeof name === 'string' ? [name.toLowerCase()] : [];
}
