import {
  addressOf,
  kindOf,
  nameOf,
  type Address,
  type Catalog,
  type Desired,
  type Recorded,
  type ResourceStatus,
  type TableRow,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { groupOf, priorityOf } from '../table-context.ts';
import { tableSettings } from '../table-settings.ts';
import { knownTables, type KnownTable } from './known-tables.ts';

/** What is wanted and recorded, and what it was made of. */
export interface ReadWorld {
  readonly loaded: LoadedConfig;
  readonly catalog: Pick<Catalog, 'found' | 'findings'>;
  readonly desired: Desired;
  readonly recorded: Recorded;
}

export interface Standing {
  readonly status: ResourceStatus;
  readonly because?: { readonly code: string; readonly reason: string };
}

/** What becomes of an address, and why if that is nothing. */
export function standingOf(world: Pick<ReadWorld, 'desired' | 'recorded' | 'catalog'>): (address: Address) => Standing {
  const { desired, recorded, catalog } = world;
  const wanted = new Set(desired.resources.map(({ address }) => address));
  const skipped = new Map(desired.skipped.map((skip) => [skip.address, skip]));
  const undecided = new Map(desired.undecided.map(({ address, problem }) => [address, problem]));
  return (address) => {
    if (wanted.has(address)) {
      const managed = kindOf(address) === 'monitor' ? 'monitored' : 'managed';
      return { status: recorded.resources.has(address) ? managed : 'planned' };
    }
    const skip = skipped.get(address);
    if (skip !== undefined) return { status: 'skipped', because: { code: skip.code, reason: skip.reason } };
    const problem = undecided.get(address);
    if (problem !== undefined) {
      const unreadable = catalog.findings.get(nameOf(address))?.status === 'unreadable';
      const because = { code: problem.code, reason: problem.message };
      return { status: unreadable ? 'unreadable' : 'undecided', because };
    }
    return { status: recorded.resources.has(address) ? 'removed' : 'unmanaged' };
  };
}

/** Every table that the config asks for, leaves out, or once asked for, by name. */
export function tableRows(world: ReadWorld): readonly TableRow[] {
  const standing = standingOf(world);
  const known = knownTables(world.loaded, world.catalog);
  const names = new Set(known.map(({ name }) => name));
  const former = [...world.recorded.resources.keys()]
    .filter((address) => kindOf(address) === 'monitor' && !names.has(nameOf(address)))
    .map((address): TableRow => ({ table: nameOf(address), ...standing(address) }));
  const rows = known.map((table) => rowOf(world.loaded, table, standing(addressOf('monitor', table.name))));
  return [...rows, ...former].toSorted((a, b) => (a.table < b.table ? -1 : 1));
}

function rowOf(loaded: LoadedConfig, known: KnownTable, standing: Standing): TableRow {
  const { name, how, source, disabled, table } = known;
  const head = {
    table: name,
    how,
    ...standing,
    ...(disabled ? { status: 'disabled' as const } : {}),
    from: source.place,
  };
  if (table === undefined) return head;
  const request = { loaded, source, table };
  const type = tableSettings(loaded, source, table).text('profile_type')?.value;
  return {
    ...head,
    group: groupOf(request).value,
    ...(type === undefined ? {} : { profile_type: type }),
    priority: priorityOf(request),
  };
}
