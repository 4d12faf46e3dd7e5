import fc from 'fast-check';
import type { Action } from './action.ts';
import type { HistoryWorld } from './history-world.ts';
import { createModel, type Model } from './model.ts';
import { step } from './replay.ts';
import { reproduction } from './reproduction.ts';

export interface Exploration {
  readonly actions: readonly fc.Arbitrary<Action>[];
  readonly runs: number;
  readonly longest: number;
  readonly seed?: number;
  /** Some histories begin with one of these. */
  readonly beginnings?: readonly (readonly Action[])[];
}

export interface Explored {
  readonly histories: number;
  readonly steps: number;
  readonly counts: ReadonlyMap<string, number>;
  /** Of the smallest history that does not hold: what is wrong, and the text of a test that shows it. */
  readonly failure?: { readonly message: string; readonly test: string };
}

/** Lives random histories, each from the same beginning; a failure is made as small as it goes. */
export async function explore(world: HistoryWorld, request: Exploration): Promise<Explored> {
  const { actions, runs, longest, seed, beginnings = [] } = request;
  let histories = 0;
  let steps = 0;
  const counts = new Map<string, number>();
  // Shrinking goes from failure to smaller failure: the last one is the smallest.
  let failing: readonly Action[] = [];
  let performed: Action[] = [];
  const command = (action: Action): fc.AsyncCommand<Model, HistoryWorld> => ({
    check: () => true,
    run: async (model, real) => {
      performed.push(action);
      steps += 1;
      await step(model, real, action);
    },
    toString: () => JSON.stringify(action),
  });
  const commands = fc.commands(
    actions.map((action) => action.map(command)),
    { maxCommands: longest, size: 'max' },
  );
  const property = fc.asyncProperty(fc.constantFrom([], ...beginnings), commands, async (beginning, chosen) => {
    await world.reset();
    histories += 1;
    performed = [];
    const model = createModel(counts);
    try {
      for (const action of beginning) await command(action).run(model, world);
      await fc.asyncModelRun(() => ({ model, real: world }), chosen);
    } catch (error) {
      failing = performed;
      throw error;
    }
  });
  const details = await fc.check(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
  if (!details.failed) return { histories, steps, counts };
  const message =
    details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  return { histories, steps, counts, failure: { message, test: reproduction(failing, details.seed) } };
}
