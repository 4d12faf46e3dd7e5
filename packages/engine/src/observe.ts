import {
  kindNames,
  type Address,
  type Emit,
  type Live,
  type Lookup,
  type Observation,
  type Providers,
  type ReadContext,
} from '@dpo/core';

export interface ObserveRequest {
  readonly lookups: ReadonlyMap<Address, Lookup>;
  readonly providers: Providers;
  readonly context: ReadContext;
  readonly emit: Emit;
}

/** One observation for every lookup. What cannot be read is `unreadable`; only a refused identity rejects the whole read. */
export async function observe(request: ObserveRequest): Promise<Live> {
  const live = new Map<Address, Observation>();
  const total = request.lookups.size;
  const readKind = async (lookups: readonly Lookup[], kind: keyof Providers): Promise<void> => {
    for await (const observation of request.providers[kind].observe(lookups, request.context)) {
      live.set(observation.lookup.address, observation);
      request.emit({ type: 'reading', done: live.size, total });
    }
  };
  for (const kind of kindNames) {
    const lookups = [...request.lookups.values()].filter((lookup) => lookup.address.startsWith(`${kind}:`));
    if (lookups.length > 0) await readKind(lookups, kind);
  }
  const missing = [...request.lookups.keys()].filter((address) => !live.has(address));
  if (missing.length > 0) throw new TypeError(`no observation of ${missing.join(', ')}`);
  return live;
}
