import {
  encodePlan,
  isPath,
  kindOf,
  kinds,
  operationsOf,
  type Announcement,
  type Intent,
  type JsonObject,
  type Op,
  type Plan,
} from '@dpo/core';

/** What the state is told before an operation sends anything. */
export function intentOf(op: Op, deadlineMs: number): Intent {
  const id = op.id ?? futureId(op);
  return {
    address: op.address,
    action: op.action,
    ...(op.renamed_from === undefined ? {} : { formerly: op.renamed_from }),
    ...(id === undefined ? {} : { id }),
    deadlineMs,
  };
}

/** What the state is told before the first operation, where each by itself would be told too slowly. */
export function announcementOf(plan: Plan, deadlineMs: number): Announcement {
  return {
    plan: JSON.parse(encodePlan(plan)) as JsonObject,
    intents: operationsOf(plan).map((op) => intentOf(op, deadlineMs)),
  };
}

/** What a create will be found by, where the config settles it: all that is left of it if the run is killed. */
function futureId({ address, spec }: Op): string | undefined {
  const kind = kinds[kindOf(address)];
  const { identity } = kind;
  const value = identity === undefined ? undefined : spec?.[identity];
  if (typeof value === 'string') return value;
  const found = kind.lookup(address, spec, undefined);
  return found.by === 'name' && isPath(found.name) ? found.name : undefined;
}
