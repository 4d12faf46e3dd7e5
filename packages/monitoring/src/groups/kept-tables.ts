import {
  isJsonArray,
  isJsonObject,
  kindOf,
  nameOf,
  viewFamilies,
  type Address,
  type Json,
  type JsonObject,
  type RecordedResource,
  type ViewFamily,
} from '@dpo/core';
import type { KeptTable } from './monitored-table.ts';

interface Found {
  readonly group: string;
  readonly branches: Map<ViewFamily, JsonObject>;
  readonly references: Set<string>;
}

/**
 * Branches that stay as they were written last: nothing leaves a view because something could not be read or decided
 * (U079, ruling 18). `stay` are the addresses of the monitors that stay as they are.
 */
export function keptTables(
  recorded: ReadonlyMap<Address, RecordedResource>,
  stay: ReadonlySet<Address>,
): readonly KeptTable[] {
  const names = new Set([...stay].filter((address) => kindOf(address) === 'monitor').map(nameOf));
  const kept = new Map<string, Found>();
  for (const [address, { applied, references = [] }] of recorded) {
    const family = viewFamilies.find((each) => each === applied['family']);
    if (kindOf(address) !== 'view' || family === undefined) continue;
    for (const { source, branch } of branchesOf(applied['branches'])) {
      if (!names.has(source)) continue;
      const found = kept.get(source) ?? { group: groupOf(branch), branches: new Map(), references: new Set() };
      kept.set(source, found);
      found.branches.set(family, branch);
      const path = `branches[source=${source}]`;
      for (const reference of references) if (reference.startsWith(path)) found.references.add(reference);
    }
  }
  return [...kept].map(([source, { group, branches, references }]) => ({
    source,
    group,
    branches,
    references: [...references],
  }));
}

function branchesOf(branches: Json | undefined): readonly { readonly source: string; readonly branch: JsonObject }[] {
  if (!isJsonArray(branches)) return [];
  return branches.flatMap((branch) => {
    const source = isJsonObject(branch) ? branch['source'] : undefined;
    return isJsonObject(branch) && typeof source === 'string' ? [{ source, branch }] : [];
  });
}

function groupOf({ facts }: JsonObject): string {
  const group = isJsonObject(facts) ? facts['monitor_group'] : undefined;
  return typeof group === 'string' ? group : 'default';
}
