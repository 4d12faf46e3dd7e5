import { compareText, nameOf, type Address, type DesiredResource, type Problem, type Skip } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';

/** What Databricks allows for a metastore unless it is asked for more (corrections, 6). */
const usualLimit = 100;
const mostNames = 5;

export interface LimitRequest {
  readonly loaded: LoadedConfig;
  /** Monitors that the config asks for. */
  readonly monitors: readonly DesiredResource[];
  /** Full names of the tables that the state has a monitor of. */
  readonly managed: ReadonlyMap<string, string> | undefined;
}

export interface WithinLimit {
  readonly monitors: readonly DesiredResource[];
  readonly skipped: readonly Skip[];
  readonly problems: readonly Problem[];
}

/**
 * The budget of the project (W011): what has a monitor keeps it, and of the new tables those with the lowest priority are left
 * out. The service does not tell how many monitors there are; those of other projects are not counted.
 */
export function withinLimit({ loaded, monitors, managed = new Map() }: LimitRequest): WithinLimit {
  const { monitor_limit: limit = usualLimit } = loaded.config;
  const isNew = ({ address }: DesiredResource): boolean => !managed.has(nameOf(address));
  const added = monitors.filter(isNew);
  const room = limit === null ? added.length : Math.max(0, limit - managed.size);
  if (limit === null || added.length <= room) return { monitors, skipped: [], problems: [] };
  const late = added.toSorted(byPriority).slice(room);
  const left = new Set<Address>(late.map(({ address }) => address));
  const place = loaded.placeOf(['monitor_limit']);
  const skipped = late.map((monitor): Skip => ({
    address: monitor.address,
    code: 'PLAN.MONITOR_LIMIT',
    reason: `beyond the limit of ${String(limit)} monitors, with priority ${String(priorityOf(monitor))}`,
    place: monitor.place,
  }));
  const names = late.slice(0, mostNames).map(({ address }) => nameOf(address));
  const more = late.length - names.length;
  const listed = `${names.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
  const problem: Problem = {
    code: 'PLAN.MONITOR_LIMIT',
    severity: 'warning',
    message: `the project may have ${String(limit)} monitors, and at least ${String(managed.size + added.length)} are there or asked for; left out: ${listed}`,
    hint: 'set priority for what matters most, or raise monitor_limit once Databricks allows more (null is no limit)',
    place,
  };
  return { monitors: monitors.filter(({ address }) => !left.has(address)), skipped, problems: [problem] };
}

/** The lowest number first; among equals by name, so that the same tables are chosen every time. */
function byPriority(a: DesiredResource, b: DesiredResource): number {
  return priorityOf(a) - priorityOf(b) || compareText(a.address, b.address);
}

function priorityOf({ facts }: DesiredResource): number {
  return facts?.priority ?? 99;
}
