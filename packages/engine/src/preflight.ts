import {
  canonical,
  fieldRule,
  guardedPaths,
  guardOf,
  kindOf,
  kinds,
  listPathOf,
  operationsOf,
  ownershipProblem,
  valueAtPath,
  type Guard,
  type Live,
  type Observation,
  type Op,
  type Plan,
  type Principal,
  type Problem,
  type Recorded,
  type Spec,
} from '@dpo/core';
import { guardLookups, previousGuardLookups } from './lookups.ts';
import { observe, type ObserveRequest } from './observe.ts';

/** Who applies a plan, as far as it matters to what is owned. */
export interface Applier extends Pick<Principal, 'userName' | 'groups'> {
  /** A request; asked only where it makes a difference. */
  administersMetastore(signal: AbortSignal): Promise<boolean>;
}

export interface PreflightRequest extends Omit<ObserveRequest, 'lookups'> {
  readonly plan: Plan;
  readonly recorded: Recorded;
  /** Without it nobody looks whether what is owned may be altered. */
  readonly applier?: Applier;
}

/**
 * Re-reads what the plan is about to change and compares it with what the plan saw, and with what only its owner may do.
 * No problem means: nothing moved, and nothing is known to be refused.
 */
export async function preflight(request: PreflightRequest): Promise<readonly Problem[]> {
  const { plan, recorded } = request;
  const stale = checkBase(plan, recorded);
  if (stale !== undefined) return [stale];
  const live = await observe({ ...request, lookups: guardLookups(plan, recorded) });
  const previous = await observe({ ...request, lookups: previousGuardLookups(plan) });
  const moved = operationsOf(plan).flatMap((op) => [
    ...checkGuard(op, recorded, { guard: op.guard, spec: op.spec, now: live.get(op.address) }),
    ...checkGuard(op, recorded, { guard: op.previous_guard, spec: undefined, now: previous.get(op.address) }),
  ]);
  return moved.length > 0 ? moved : checkOwners(request, live);
}

/** What is in doubt by name and groups alone is looked at again as a metastore admin, if it is one. */
async function checkOwners({ plan, applier, context }: PreflightRequest, live: Live): Promise<readonly Problem[]> {
  if (applier === undefined) return [];
  const problemsOf = (me: Principal): readonly Problem[] =>
    operationsOf(plan).flatMap((op) => ownershipProblem({ op, now: live.get(op.address), me }) ?? []);
  const { userName, groups } = applier;
  const doubts = problemsOf({ userName, groups });
  if (doubts.length === 0 || !(await applier.administersMetastore(context.signal))) return doubts;
  return problemsOf({ userName, groups, metastoreAdmin: 'yes' });
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
