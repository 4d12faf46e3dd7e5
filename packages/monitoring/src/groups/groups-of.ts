import { compareText, groupSlug, type Problem } from '@dpo/core';
import type { Group, KeptTable, MonitoredTable } from './monitored-table.ts';

interface Members {
  readonly tables: MonitoredTable[];
  readonly kept: KeptTable[];
}

/** Groups in the order of their slugs, and what is wrong with their names. */
export function groupsOf(
  tables: readonly MonitoredTable[],
  kept: readonly KeptTable[] = [],
): {
  readonly groups: readonly Group[];
  readonly problems: readonly Problem[];
} {
  const byName = new Map<string, Members>();
  const membersOf = (name: string): Members => {
    const members = byName.get(name) ?? { tables: [], kept: [] };
    byName.set(name, members);
    return members;
  };
  for (const table of tables) membersOf(table.monitor.facts?.group ?? 'default').tables.push(table);
  for (const table of kept) membersOf(table.group).kept.push(table);
  const bySlug = new Map<string, Group>();
  const problems: Problem[] = [];
  for (const [name, members] of [...byName].toSorted(([a], [b]) => compareText(a, b))) {
    const slug = groupSlug(name);
    const taken = bySlug.get(slug);
    const group = { name, slug, tables: members.tables.toSorted(byTable), kept: members.kept };
    if (taken === undefined) bySlug.set(slug, group);
    else problems.push(sameSlug(taken, group));
  }
  return { groups: [...bySlug.values()].toSorted((a, b) => compareText(a.slug, b.slug)), problems };
}

function byTable(a: MonitoredTable, b: MonitoredTable): number {
  return compareText(a.table.fullName.toLowerCase(), b.table.fullName.toLowerCase());
}

/** Their views would have one name (U050). A table of each is named: where groups come from tags, no file does. */
function sameSlug(one: Group, other: Group): Problem {
  const place = other.tables[0]?.monitor.place;
  return {
    code: 'CONFIG.GROUP',
    severity: 'error',
    message: `the groups ${nameWithTable(one)} and ${nameWithTable(other)} would both be called '${one.slug}'`,
    hint: 'rename one of them, in monitor_group or in the tag of its tables',
    ...(place === undefined ? {} : { place }),
  };
}

function nameWithTable({ name, tables, kept }: Group): string {
  const first = tables[0]?.table.fullName ?? kept[0]?.source;
  return first === undefined ? `'${name}'` : `'${name}' (${first})`;
}
