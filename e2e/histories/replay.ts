import type { Action } from './action.ts';
import { checkAlways } from './checks.ts';
import { createHistoryWorld, type HistoryWorld } from './history-world.ts';
import { createModel, type Model } from './model.ts';
import { perform } from './perform.ts';

/** One step and everything that has to hold after it. */
export async function step(model: Model, world: HistoryWorld, action: Action): Promise<void> {
  await perform(model, world, action);
  await checkAlways(model, world);
}

/** Carries a whole history out in a new world; rejects with what does not hold. */
export async function replay(actions: readonly Action[]): Promise<void> {
  const world = await createHistoryWorld();
  try {
    const model = createModel();
    for (const action of actions) await step(model, world, action);
  } finally {
    await world.close();
  }
}
