import { operationsOf, type ApplyResult, type Plan } from '@dpo/core';
import { startRun, type RunEnd } from '../support/engine/engine-run.ts';
import type { EngineWorld } from '../support/engine/engine-world.ts';

export interface Applied {
  readonly plan: Plan;
  readonly result: ApplyResult;
  readonly writes: number;
}

/** Plans and applies; throws unless the plan holds no error and every operation is done. */
export async function applyAll(world: EngineWorld, config: string): Promise<Applied> {
  const end = await startRun(world, async (run) => {
    const plan = await run.plan({ config });
    const errors = plan.problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return { plan, result: await run.apply(plan) };
  });
  const { plan, result } = valueOf(end);
  const failed = result.outcomes.filter(({ status }) => status !== 'done');
  if (failed.length > 0) throw new Error(JSON.stringify({ failed, ops: changesOf(plan) }));
  return { plan, result, writes: end.writes };
}

export async function planOf(world: EngineWorld, config: string): Promise<Plan> {
  return valueOf(await startRun(world, (run) => run.plan({ config })));
}

export function valueOf<T>(end: RunEnd<T>): T {
  if (end.status !== 'ended') throw new Error(JSON.stringify(end));
  return end.value;
}

/** Everything that a plan would change or shows as changed outside. */
export function changesOf(plan: Plan): readonly unknown[] {
  const { drift } = plan;
  return [
    ...operationsOf(plan).map(({ address, action, changes, notes }) => ({ address, action, changes, notes })),
    ...drift,
  ];
}
