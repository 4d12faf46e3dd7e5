import {
  encodePlan,
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
  const { identity } = kinds[kindOf(address)];
  const value = identity === undefined ? undefined : spec?.[identity];
  return typeof value === 'string' ? value : undefined;
}
