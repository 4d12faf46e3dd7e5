import {
  canonical,
  guardedPaths,
  guardOf,
  kindOf,
  kinds,
  type JsonObject,
  type Observation,
  type Op,
  type Plan,
  type Problem,
  type Recorded,
} from '@dpo/core';
import { guardLookups } from './lookups.ts';
import { observe, type ObserveRequest } from './observe.ts';

export type PreflightRequest = Omit<ObserveRequest, 'lookups'> & { readonly plan: Plan; readonly recorded: Recorded };

/** Re-reads what the plan is about to change and compares it with what the plan saw. No problem means: nothing moved. */
export async function preflight(request: PreflightRequest): Promise<readonly Problem[]> {
  const { plan, recorded } = request;
  const stale = checkBase(plan, recorded);
  if (stale !== undefined) return [stale];
  const live = await observe({ ...request, lookups: guardLookups(plan, recorded) });
  return plan.ops.flatMap((op) => {
    const observation = live.get(op.address);
    return observation === undefined ? [] : checkGuard(op, observation, recorded);
  });
}

function checkBase(plan: Plan, recorded: Recorded): Problem | undefined {
  const lineage = recorded.lineage ?? null;
  if (plan.base.lineage === lineage && plan.base.serial === recorded.serial) return undefined;
  const message =
    plan.base.lineage === lineage
      ? `the plan was made at state serial ${String(plan.base.serial)}, the state is at ${String(recorded.serial)}`
      : 'the plan was made for another state';
  return { code: 'PLAN.STALE', severity: 'error', message, hint: 'plan again: dpo plan' };
}

function checkGuard(op: Op, observation: Observation, recorded: Recorded): readonly Problem[] {
  if (op.guard === undefined) return [];
  if (observation.status === 'unreadable') return [{ ...observation.problem, severity: 'error', address: op.address }];
  const kind = kinds[kindOf(op.address)];
  const now = guardOf(kind, observation, guardedPaths(kind, op.spec, recorded.resources.get(op.address)?.applied));
  if (now !== undefined && canonical({ ...now }) === canonical({ ...op.guard })) return [];
  const hint = 'nothing was written; plan again: dpo plan';
  return [
    {
      code: 'PLAN.STALE',
      severity: 'error',
      address: op.address,
      message: `${op.address} ${moved(op, observation)}`,
      hint,
    },
  ];
}

function moved(op: Op, observation: Exclude<Observation, { status: 'unreadable' }>): string {
  if (observation.status === 'absent') return 'is gone since the plan was made';
  if (op.guard !== undefined && 'absent' in op.guard) return 'exists now; it did not when the plan was made';
  return `changed since the plan was made: ${describe(op, observation.fields)}`;
}

/** The values that the plan meant to change, as they are now. */
function describe(op: Op, fields: JsonObject): string {
  const now = op.changes.map(
    (change) => `${change.label ?? change.path} is ${canonical(at(fields, change.path) ?? null)}`,
  );
  return now.length === 0 ? 'its settings differ' : now.join(', ');
}

function at(value: JsonObject, path: string): JsonObject[string] | undefined {
  return path
    .split('.')
    .reduce<JsonObject[string] | undefined>(
      (inner, key) =>
        inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? (inner as JsonObject)[key] : undefined,
      value,
    );
}
