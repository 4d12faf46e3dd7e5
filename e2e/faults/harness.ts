import { documentedCodes } from '../support/documented-codes.ts';
import { deletesOf, mustEnd, operationsOf, type Attempt } from './attempt.ts';
import { callsOf } from './calls.ts';
import type { CellResult } from './cell-result.ts';
import { check, type Clean } from './checks.ts';
import { ruleOf, type Call, type Cell } from './faults.ts';
import type { History } from './histories.ts';
import type { Mode } from './run-engine.ts';
import { createScene, type Scene } from './scene.ts';
import { imageOf, strangersOf } from './world-image.ts';

/** One history with its world, to be run under any fault. */
export interface FaultHarness {
  /** Every request of an undisturbed run, and of the one after it. */
  readonly calls: readonly Call[];
  tryCell(cell: Cell): Promise<CellResult>;
  close(): Promise<void>;
}

/** The run of a history, and the one that shows afterwards that nothing is left to do. */
interface Runs {
  during(): Promise<Attempt>;
  after(): Promise<Attempt>;
}

export async function createFaultHarness(history: History): Promise<FaultHarness> {
  const scene = await createScene();
  const { warehouse } = history;
  for (const stage of history.before) {
    // One stage builds on the other.
    // oxlint-disable-next-line no-await-in-loop
    mustEnd(await scene.run(stage, { mode: 'apply', warehouse }));
  }
  const { stage, mode } = history.during;
  const afterwards: Mode = mode === 'apply' ? 'plan' : mode;
  const runs: Runs = {
    during: () => scene.run(stage, { mode, warehouse }),
    after: () => scene.run(stage, { mode: afterwards, warehouse }),
  };
  const start = await scene.save();
  const first = mustEnd(await runs.during());
  const again = await runs.after();
  const clean: Clean = {
    mode,
    image: imageOf(first.snapshot),
    state: await scene.state(),
    strangers: strangersOf(start.snapshot, first.snapshot),
    deletes: deletesOf(first),
    operations: operationsOf(first),
    again: again.end,
    token: scene.workspace.token,
    documented: documentedCodes(),
  };
  return {
    calls: callsOf(first.requests, again.requests),
    tryCell: async (cell) => {
      await scene.restore(start);
      return tryIn(scene, runs, { cell, clean });
    },
    close: () => scene.close(),
  };
}

async function tryIn(
  scene: Scene,
  runs: Runs,
  { cell, clean }: { readonly cell: Cell; readonly clean: Clean },
): Promise<CellResult> {
  const { faults } = scene.workspace;
  const from = scene.now();
  faults.add(ruleOf(cell));
  const first = await runs.during();
  // A stale read may also be the first one of the next run.
  const spoiled = cell.call.first ? [first] : [first, await runs.during()];
  const struck = (faults.list()[0]?.seen ?? 0) > cell.call.before;
  faults.clear();
  const elapsed = scene.now() - from;
  const [readable, told] = [await scene.state(), scene.bytes()];
  const healed = await runs.during();
  const settled = await runs.after();
  const state = await scene.state();
  return check(clean, { cell, struck, elapsed, spoiled, healed, settled, readable, state, told });
}
