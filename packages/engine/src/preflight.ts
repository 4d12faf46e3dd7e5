import {
  canonical,
  fieldRule,
  guardedPaths,
  guardOf,
  kindOf,
  kinds,
  listPathOf,
  operationsOf,
  valueAtPath,
  type Guard,
  type Observation,
  type Op,
  type Plan,
  type Problem,
  type Recorded,
  type Spec,
} from '@dpo/core';
import { guardLookups, previousGuardLookups } from './lookups.ts';
import { observe, type ObserveRequest } from './observe.ts';

export type PreflightRequest = Omit<ObserveRequest, 'lookups'> & { readonly plan: Plan; readonly recorded: Recorded };

/** Re-reads what the plan is about to change and compares it with what the plan saw. No problem means: nothing moved. */
export async function preflight(request: PreflightRequest): Promise<readonly Problem[]> {
  const { plan, recorded } = request;
  const stale = checkBase(plan, recorded);
  if (stale !== undefined) return [stale];
  const live = await observe({ ...request, lookups: guardLookups(plan, recorded) });
  const previous = await observe({ ...request, lookups: previousGuardLookups(plan) });
  return operationsOf(plan).flatMap((op) => [
    ...checkGuard(op, recorded, { guard: op.guard, spec: op.spec, now: live.get(op.address) }),
    ...checkGuard(op, recorded, { guard: op.previous_guard, spec: undefined, now: previous.get(op.address) }),
  ]);
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

interface Seen {
  readonly guard: Guard | undefined;
  readonly spec: Spec | undefined;
  readonly now: Observation | undefined;
}

function checkGuard(op: Op, recorded: Recorded, { guard, spec, now }: Seen): readonly Problem[] {
  if (guard === undefined || now === undefined) return [];
  if (now.status === 'unreadable') return [{ ...now.problem, severity: 'error', address: op.address }];
  const kind = kinds[kindOf(op.address)];
  const { applied, references = [] } = recorded.resources.get(op.renamed_from ?? op.address) ?? {};
  const kept = [...(op.references ?? []), ...references];
  const paths = guardedPaths({ kind, ignored: op.ignored ?? [], references: kept }, spec, applied);
  const found = guardOf(kind, now, paths);
  if (found !== undefined && canonical({ ...found }) === canonical({ ...guard })) return [];
  const hint = 'nothing was written; plan again: dpo plan';
  return [
    {
      code: 'PLAN.STALE',
      severity: 'error',
      address: op.address,
      message: `${op.address} ${moved(guard, now, changesOf(op, now, paths))}`,
      hint,
    },
  ];
}

function moved(guard: Guard, observation: Observation, changes: readonly string[]): string {
  if (observation.status !== 'present') return 'is gone since the plan was made';
  if ('absent' in guard) return 'exists now; it did not when the plan was made';
  if (observation.id !== guard.id) return 'is another object since the plan was made';
  return `changed since the plan was made: ${changes.length === 0 ? 'its settings differ' : changes.join(', ')}`;
}

/** The values that the plan meant to change and that are no longer what it saw, as they are now. */
function changesOf(op: Op, observation: Observation, paths: readonly string[]): readonly string[] {
  if (observation.status !== 'present') return [];
  const guarded = new Set(paths);
  const kind = kinds[kindOf(op.address)];
  const fields = kind.normalise(observation.fields);
  return op.changes.flatMap((change) => {
    const value = valueAtPath(fields, change.path);
    const { compare } = fieldRule(kind.rules, change.path);
    if (!guarded.has(listPathOf(change.path)) || compare(value) === compare(change.live)) return [];
    return [`${change.label ?? change.path} is ${canonical(value ?? null)}`];
  });
}
