import { compareText, groupSlug, kindOf, type Desired, type GroupRow } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';

/** Groups of the tables that get a monitor, by name. */
export function groupRows(loaded: LoadedConfig, { resources }: Pick<Desired, 'resources'>): readonly GroupRow[] {
  const groups = new Map<string, { tables: number; readonly owners: Map<string, number> }>();
  for (const { address, facts } of resources) {
    if (kindOf(address) !== 'monitor' || facts?.group === undefined) continue;
    const group = groups.get(facts.group) ?? { tables: 0, owners: new Map<string, number>() };
    group.tables += 1;
    if (facts.owner !== undefined) group.owners.set(facts.owner, (group.owners.get(facts.owner) ?? 0) + 1);
    groups.set(facts.group, group);
  }
  return [...groups]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([group, { tables, owners }]) => {
      const description = loaded.config.groups?.[group]?.description;
      return {
        group,
        slug: groupSlug(group),
        tables,
        owners: [...owners].toSorted(([a, m], [b, n]) => n - m || compareText(a, b)).map(([owner]) => owner),
        ...(description === undefined ? {} : { description }),
      };
    });
}
