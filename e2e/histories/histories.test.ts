import { afterAll, beforeAll, describe, test } from '@jest/globals';
import fc from 'fast-check';
import { fuzzRuns, report } from '../support/figures.ts';
import { anyAction, type Action } from './action.ts';
import { createHistoryWorld, type HistoryWorld } from './history-world.ts';
import { createModel, type Model } from './model.ts';
import { step } from './replay.ts';
import { reproduction } from './reproduction.ts';

let world: HistoryWorld;
let histories = 0;
let steps = 0;
/** Of the history that runs, and of the last one that failed: shrinking goes from failure to smaller failure. */
let performed: Action[] = [];
let failing: readonly Action[] = [];

class Step implements fc.AsyncCommand<Model, HistoryWorld> {
  readonly action: Action;

  constructor(action: Action) {
    this.action = action;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, real: HistoryWorld): Promise<void> {
    performed.push(this.action);
    steps += 1;
    await step(model, real, this.action);
  }

  toString(): string {
    return JSON.stringify(this.action);
  }
}

beforeAll(async () => {
  world = await createHistoryWorld();
});

afterAll(async () => {
  report(`histories · ${String(histories)} run, ${String(steps)} steps, every property held after each`);
  await world.close();
});

describe('U066 N004 N012 any history of configs, strangers, crashes and lost states', () => {
  test('loses nothing, doubles nothing, touches nothing of others and ends as declared', async () => {
    const commands = fc.commands(
      anyAction.map((action) => action.map((value) => new Step(value))),
      { maxCommands: 30, size: 'max' },
    );
    const property = fc.asyncProperty(commands, async (chosen) => {
      await world.reset();
      histories += 1;
      performed = [];
      await fc
        .asyncModelRun(() => ({ model: createModel(), real: world }), chosen)
        .catch((error: unknown) => {
          failing = performed;
          throw error;
        });
    });
    const details = await fc.check(property, { numRuns: fuzzRuns(30) });
    if (!details.failed) return;
    throw new Error(`${String(details.errorInstance)}\n\n${reproduction(failing, details.seed)}`);
  }, 3_600_000);
});
