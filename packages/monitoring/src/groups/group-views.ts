import {
  addressOf,
  compareText,
  ref,
  viewFamilies,
  type Address,
  type DesiredResource,
  type JsonObject,
  type Place,
  type ViewFamily,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { outputCatalog } from '../table-search.ts';
import type { Group } from './monitored-table.ts';
import { branchOf, branchOrigins, type BranchContext } from './view-branch.ts';

/** `catalog.schema` of the unified views. */
export function observabilitySchema(loaded: LoadedConfig): string {
  return `${outputCatalog(loaded)}.${loaded.config.observability_schema ?? 'global_monitoring'}`.toLowerCase();
}

export function viewName(loaded: LoadedConfig, family: ViewFamily, slug: string): string {
  return `${observabilitySchema(loaded)}.unified_${family}_metrics_${slug}`;
}

export function viewAddress(loaded: LoadedConfig, family: ViewFamily, { slug }: Pick<Group, 'slug'>): Address {
  return addressOf('view', viewName(loaded, family, slug));
}

/** The schema of the views, which an existing one may be. */
export function observabilityResource(loaded: LoadedConfig): DesiredResource {
  const name = observabilitySchema(loaded);
  const place = loaded.placeOf(['observability_schema']);
  return { address: addressOf('schema', name), spec: { name }, place, origins: {} };
}

/** The unified views of a group, one for each family; one without tables is an empty view with the same columns (U087). */
export function groupViews(group: Group, context: BranchContext): readonly DesiredResource[] {
  const { loaded } = context;
  const place = placeOfGroup(loaded, group);
  return viewFamilies.map((family): DesiredResource => {
    const branches = [
      ...group.tables.map((table) => branchOf(family, table, context)),
      ...group.kept.map((table) => table.branches.get(family)),
    ]
      .filter((branch): branch is JsonObject => branch !== undefined)
      .toSorted((a, b) => compareText(sourceOf(a), sourceOf(b)));
    const references = group.kept.flatMap((table) => (table.branches.has(family) ? table.references : []));
    const origins = Object.fromEntries(group.tables.flatMap((table) => branchOrigins(table, context)));
    const name = viewName(loaded, family, group.slug);
    return {
      address: addressOf('view', name),
      spec: {
        name,
        family,
        schema_id: ref(addressOf('schema', observabilitySchema(loaded)), 'schema_id'),
        branches,
      },
      place,
      origins,
      ...(references.length === 0 ? {} : { references }),
      facts: { group: group.name, schema: observabilitySchema(loaded) },
    };
  });
}

function sourceOf({ source }: JsonObject): string {
  return typeof source === 'string' ? source : '';
}

/** Where a group is written: its first table's. */
export function placeOfGroup(loaded: LoadedConfig, { tables }: Group): Place {
  return tables[0]?.monitor.place ?? loaded.placeOf(['monitored_tables']);
}
