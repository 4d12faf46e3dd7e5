import { nameOf, type Catalog, type Desired, type UncoveredReason } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { searchOf } from '../table-search.ts';
import { declared, listedKeys } from '../table-source.ts';

export interface Uncovered {
  readonly reason: UncoveredReason;
  readonly detail: string;
}

export interface ReasonRequest {
  readonly loaded: LoadedConfig;
  readonly catalog: Pick<Catalog, 'found' | 'contrary'>;
  readonly desired: Desired;
}

/** Tells of a table without a monitor why it has none, going by the same decisions as a plan. */
export function uncoveredReasons({ loaded, catalog, desired }: ReasonRequest): (table: string) => Uncovered {
  const wanted = new Set(desired.resources.map(({ address }) => nameOf(address)));
  const skipped = new Map(desired.skipped.map((skip) => [nameOf(skip.address), skip]));
  const undecided = new Map(desired.undecided.map(({ address, problem }) => [nameOf(address), problem]));
  const disabled = new Set(disabledTables(loaded));
  const found = new Set(catalog.found.map(({ name }) => name));
  const contrary = new Map((catalog.contrary ?? []).map((table) => [table.name, table]));
  const unfound = ofUnfound(loaded);
  return (table) => {
    const skip = skipped.get(table);
    if (skip !== undefined)
      return { reason: skip.code === 'PLAN.MONITOR_LIMIT' ? 'over_limit' : 'skipped', detail: skip.reason };
    const fault = undecided.get(table);
    if (fault !== undefined) return { reason: 'faulty', detail: fault.message };
    if (wanted.has(table)) return { reason: 'not_applied', detail: 'the next apply makes its monitor' };
    // A pattern disables what it is about: such a table is found, and not wanted.
    if (disabled.has(table) || found.has(table)) return { reason: 'disabled', detail: 'enabled: false in the config' };
    const other = contrary.get(table);
    if (other !== undefined) return { reason: 'excluded', detail: `its tag says ${other.tag} = '${other.value}'` };
    return unfound;
  };
}

function disabledTables(loaded: LoadedConfig): readonly string[] {
  return listedKeys(loaded)
    .filter((key) => declared(loaded, { keys: [key] }, 'enabled')?.value === false)
    .map((key) => key.toLowerCase());
}

function ofUnfound(loaded: LoadedConfig): Uncovered {
  const tags = searchOf(loaded)?.tags;
  if (tags === undefined) return { reason: 'not_listed', detail: 'the config does not name it' };
  const wanted = Object.entries(tags).map(([tag, value]) => `${tag} = '${value}'`);
  return { reason: 'not_tagged', detail: `not tagged ${wanted.join(' and ')}` };
}
