import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fuzzRuns, report } from '../support/figures.ts';
import { createFullWorld, type FullWorld } from './full-world.ts';
import { anyStep, createModel, perform, type Model, type Step } from './history.ts';

let world: FullWorld;
let reset: () => Promise<void>;

beforeAll(async () => {
  world = await createFullWorld({ firstRefresh: 'held' });
  const start = await world.workspace.snapshot();
  reset = async () => {
    await world.sql('DROP SCHEMA IF EXISTS prod.out CASCADE');
    await world.sql('DROP SCHEMA IF EXISTS prod.global_monitoring CASCADE');
    await world.workspace.restore(start);
    world.workspace.clearRequests();
    world.disk.replace(new Map());
  };
});

afterAll(() => world.close());

const beginning: readonly Step[] = [
  { do: 'group', table: 'a', group: 0 },
  { do: 'group', table: 'b', group: 1 },
  { do: 'apply', parallelism: 10, wait: false },
];

describe('C18 C20 U089 U090 U116 N004 any history of groups, modes, strangers, waits, crashes and lost states', () => {
  test('makes nothing twice, leaves nothing over and ends as declared', async () => {
    const counts = new Map<string, number>();
    let histories = 0;
    let steps = 0;
    let performed: Step[] = [];
    let failing: readonly Step[] = [];
    const command = (step: Step): fc.AsyncCommand<Model, FullWorld> => ({
      check: () => true,
      run: async (model, real) => {
        performed.push(step);
        steps += 1;
        await perform(model, real, step);
      },
      toString: () => JSON.stringify(step),
    });
    const commands = fc.commands(
      anyStep.map((step) => step.map(command)),
      { maxCommands: 25, size: 'max' },
    );
    const property = fc.asyncProperty(fc.constantFrom([], beginning, beginning), commands, async (first, chosen) => {
      await reset();
      histories += 1;
      performed = [];
      const model = createModel(counts);
      try {
        for (const step of first) await command(step).run(model, world);
        await fc.asyncModelRun(() => ({ model, real: world }), chosen);
        await perform(model, world, { do: 'apply', parallelism: 10, wait: false });
      } catch (error) {
        failing = performed;
        throw error;
      }
    });
    const seed = process.env['DPO_FUZZ_SEED'];
    const details = await fc.check(property, {
      numRuns: fuzzRuns(8),
      ...(seed === undefined ? {} : { seed: Number(seed) }),
    });
    if (details.failed) {
      const { errorInstance: error } = details;
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw new Error(
        `seed ${String(details.seed)}: ${why}\n${failing.map((step) => JSON.stringify(step)).join('\n')}`,
      );
    }
    const told = [...counts].toSorted(([, a], [, b]) => b - a).map(([what, times]) => `${what} ${String(times)}`);
    report(`histories in mode full · ${String(histories)} run, ${String(steps)} steps: ${told.join(', ')}`);
    expect(steps).toBeGreaterThan(histories);
  }, 3_600_000);
});
