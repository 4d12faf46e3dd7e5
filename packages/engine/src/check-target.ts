import type { Plan, Problem, Run } from '@dpo/core';

/**
 * Whether a plan was made for the project, target and workspace of this run. Asked before anything else: a first plan
 * fits every empty state, so nothing else would notice that it is carried out in the wrong place.
 */
export function checkTarget(plan: Plan, run: Run): readonly Problem[] {
  const pairs: readonly (readonly [string, string, string])[] = [
    ['owner', plan.owner, run.owner],
    ['target', plan.target.name, run.target.name],
    ['workspace', plan.target.workspace_id, run.target.workspaceId],
    ['metastore', plan.target.metastore_id, run.target.metastoreId],
  ];
  const other = pairs.filter(([, planned, here]) => planned !== here);
  if (other.length === 0) return [];
  const told = other.map(([noun, planned, here]) => `${noun} ${planned}, not ${here}`).join('; ');
  return [
    {
      code: 'PLAN.OTHER_TARGET',
      severity: 'error',
      message: `the plan was made for ${told}`,
      hint: 'choose the config, target and workspace it was made for, or plan again: dpo plan',
    },
  ];
}
