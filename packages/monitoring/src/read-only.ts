import {
  addressOf,
  kindOf,
  nameOf,
  type Address,
  type Catalog,
  type Desired,
  type Live,
  type Lookup,
  type Skip,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { outputCatalog } from './table-search.ts';
import { listedKeys } from './table-source.ts';

/** Why nothing is done about a monitor, or about anomaly detection, that is only read (W017). */
export const readOnlyReason = {
  code: 'PLAN.READ_ONLY',
  reason: 'read only: monitors of this target are read, not managed',
  untouched: true,
} as const satisfies Partial<Skip>;

/**
 * Which tables and schemas, by their full names, have monitors that this target only reads (W017): all of them where it
 * says so, and in a development target, unless it says otherwise, those outside of its own catalogs.
 */
export function readOnlyScope(loaded: LoadedConfig): (fullName: string) => boolean {
  const { development = false, read_only_monitors: declared } = loaded.target;
  if (declared !== undefined) return () => declared;
  if (!development) return () => false;
  const own = new Set([loaded.config.catalog_name, outputCatalog(loaded)].map((name) => name.toLowerCase()));
  return (fullName) => !own.has(fullName.split('.')[0]?.toLowerCase() ?? '');
}

/** How to find the monitors that are only read, of the tables that the config lists or finds. */
export function readOnlyLookups(
  loaded: LoadedConfig,
  { found, findings }: Pick<Catalog, 'found' | 'findings'>,
): ReadonlyMap<Address, Lookup> {
  const isReadOnly = readOnlyScope(loaded);
  const names = [...listedKeys(loaded).map((key) => key.toLowerCase()), ...found.map(({ name }) => name)];
  const lookups = [...new Set(names)].filter(isReadOnly).flatMap((name): readonly [Address, Lookup][] => {
    const finding = findings.get(name);
    const address = addressOf('monitor', name);
    return finding?.status === 'present' ? [[address, { by: 'id', address, id: finding.table.tableId }]] : [];
  });
  return new Map(lookups);
}

/** What is told of a table whose monitor is only read. */
export function readOnlySkip(
  address: Address,
  existing: Live | undefined,
): Pick<Skip, 'code' | 'reason' | 'untouched'> {
  const live = existing?.get(address);
  const more = live?.status === 'absent' ? '; it has none' : live?.status === 'unreadable' ? '; it cannot be read' : '';
  return { ...readOnlyReason, reason: `${readOnlyReason.reason}${more}` };
}

/** True for the kinds that a target may only read. */
function isMonitor(address: Address): boolean {
  return kindOf(address) === 'monitor' || kindOf(address) === 'anomaly';
}

/** Whether an address is one that this target only reads, whoever asks. */
export function isReadOnlyAddress(loaded: LoadedConfig): (address: Address) => boolean {
  const isReadOnly = readOnlyScope(loaded);
  return (address) => isMonitor(address) && isReadOnly(nameOf(address));
}

/**
 * The same, with nothing to be done about what is only read: also what the state knows is kept, whatever the config says of
 * it by now, and in a destroy too.
 */
export function keepReadOnly(loaded: LoadedConfig, desired: Desired, recorded: Iterable<Address>): Desired {
  const isReadOnly = isReadOnlyAddress(loaded);
  const known = new Set(desired.skipped.map(({ address }) => address));
  const wanted = desired.resources.map(({ address }) => address);
  const kept = [...new Set([...wanted, ...recorded])].filter((address) => isReadOnly(address) && !known.has(address));
  return {
    ...desired,
    resources: desired.resources.filter(({ address }) => !isReadOnly(address)),
    undecided: desired.undecided.filter(({ address }) => !isReadOnly(address)),
    skipped: [...desired.skipped, ...kept.map((address) => ({ address, ...readOnlyReason }))],
  };
}
