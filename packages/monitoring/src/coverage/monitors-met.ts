import {
  addressOf,
  nameOf,
  ownerText,
  type Address,
  type Desired,
  type Live,
  type PresentObject,
  type Recorded,
} from '@dpo/core';

export interface MetRequest {
  readonly desired: Desired;
  readonly recorded: Recorded;
  /** What was read of the tables in question. */
  readonly live: Live;
  /** What else carries our marker. */
  readonly discovered: readonly PresentObject[];
}

/** Every monitor that was met, by whose it is. By name. */
export interface MetMonitors {
  /** Of this project, and the config still asks for them or leaves them as they are. */
  readonly wanted: readonly PresentObject[];
  /** Of this project, and not in the config (U129): never a stranger's (T27). */
  readonly orphans: readonly PresentObject[];
  readonly others: readonly PresentObject[];
}

/**
 * Ours is what carries our marker, and what the state knows by this id: an adopted monitor keeps the folder of whoever made
 * it, and another workspace shows none.
 */
export function monitorsMet({ desired, recorded, live, discovered }: MetRequest): MetMonitors {
  const owner = ownerText(desired.owner);
  const met = new Map<Address, PresentObject>();
  for (const seen of [...discovered, ...live.values()])
    if (seen.status === 'present' && seen.lookup.address.startsWith('monitor:')) met.set(seen.lookup.address, seen);
  const kept = new Set([
    ...desired.resources.map(({ address }) => address),
    ...desired.skipped.map(({ address }) => address),
    ...desired.undecided.map(({ address }) => address),
  ]);
  const all = [...met].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const isOurs = ([address, { id, marker }]: readonly [Address, PresentObject]): boolean =>
    marker?.owner === owner || recorded.resources.get(address)?.id === id;
  const ours = all.filter(isOurs);
  const objects = (pairs: readonly (readonly [Address, PresentObject])[]): readonly PresentObject[] =>
    pairs.map(([, object]) => object);
  return {
    wanted: objects(ours.filter(([address]) => kept.has(address))),
    orphans: objects(ours.filter(([address]) => !kept.has(address))),
    others: objects(all.filter((pair) => !isOurs(pair))),
  };
}

/** Full name of the table that a monitor is about. */
export function tableOf({ lookup }: PresentObject): string {
  return nameOf(lookup.address);
}

export function monitorOf(table: string): Address {
  return addressOf('monitor', table);
}
