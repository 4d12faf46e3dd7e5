import { compareText, groupSlug, type Place, type Problem } from '@dpo/core';
import type { Group, MonitoredTable } from './monitored-table.ts';

/** Groups in the order of their slugs, and what is wrong with their names. */
export function groupsOf(tables: readonly MonitoredTable[]): {
  readonly groups: readonly Group[];
  readonly problems: readonly Problem[];
} {
  const byName = new Map<string, MonitoredTable[]>();
  for (const table of tables) {
    const name = table.monitor.facts?.group ?? 'default';
    byName.set(name, [...(byName.get(name) ?? []), table]);
  }
  const bySlug = new Map<string, Group>();
  const problems: Problem[] = [];
  for (const [name, members] of [...byName].toSorted(([a], [b]) => compareText(a, b))) {
    const slug = groupSlug(name);
    const taken = bySlug.get(slug);
    if (taken === undefined) bySlug.set(slug, { name, slug, tables: members.toSorted(byTable) });
    else problems.push(sameSlug(name, taken, members[0]?.monitor.place));
  }
  return { groups: [...bySlug.values()].toSorted((a, b) => compareText(a.slug, b.slug)), problems };
}

function byTable(a: MonitoredTable, b: MonitoredTable): number {
  return compareText(a.table.fullName.toLowerCase(), b.table.fullName.toLowerCase());
}

/** Their views would have one name (U050). */
function sameSlug(name: string, { name: other, slug }: Group, place: Place | undefined): Problem {
  return {
    code: 'CONFIG.GROUP',
    severity: 'error',
    message: `the groups '${name}' and '${other}' would both be called '${slug}'`,
    hint: 'rename one of them, in monitor_group or in the tag of its tables',
    ...(place === undefined ? {} : { place }),
  };
}
