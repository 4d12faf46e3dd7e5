import type { Deferred, Op, Plan } from '../plan-file.ts';
import type { Problem } from '../problem.ts';
import { isSamePlan, standingsOf, type Approval, type Standing } from './approval.ts';
import { narrowTo, type Narrowed } from './narrow.ts';

/** How much of a plan an approval covers; `unknown` when nobody can tell. */
export type Cover =
  | { readonly covers: 'all' }
  | { readonly covers: 'some'; readonly ops: readonly Op[]; readonly deferred: readonly Deferred[] }
  | { readonly covers: 'unknown'; readonly problem: Problem };

/** Never an operation that was not approved, also not where an approved one needs it (W007). */
export function coverOf(plan: Plan, approval: Approval): Cover {
  if (isSamePlan(approval, plan)) return { covers: 'all' };
  const standing = standingsOf(approval, plan);
  if (standing === undefined) return { covers: 'unknown', problem: changedPlan(approval) };
  const part = narrowTo(plan.ops, {
    wanted: (op) => standing(op) === 'approved',
    excluded: (op) => standing(op) !== 'approved',
    word: 'approved',
  });
  return { covers: 'some', ops: part.ops, deferred: deferredOf(plan.ops, part, standing) };
}

function deferredOf(ops: readonly Op[], part: Narrowed, standing: (op: Op) => Standing): readonly Deferred[] {
  const kept = new Set(part.ops.map((op) => op.address));
  const held = new Map(part.held.map(({ address, because }) => [address, because]));
  return ops
    .filter((op) => !kept.has(op.address))
    .map((op): Deferred => {
      const { address, action } = op;
      const stands = standing(op);
      if (stands === 'new') return { address, action, why: 'new', because: 'new since the approval' };
      if (stands === 'changed') {
        return { address, action, why: 'changed', because: 'no longer what was approved' };
      }
      return { address, action, why: 'held', because: held.get(address) ?? 'needs what was not approved' };
    });
}

function changedPlan({ ops }: Approval): Problem {
  const hint =
    ops === undefined
      ? 'see what it is now: dpo plan; an approval (dpo plan --json) or a plan file runs what is still as it was approved'
      : 'plan and approve with the same config, target and selection';
  const message =
    ops === undefined
      ? 'the plan is no longer the one that was approved'
      : 'the approval was given for another project, target, mode or selection';
  return { code: 'PLAN.CHANGED', severity: 'error', message, hint };
}
