import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { operationsOf } from '@dpo/core';
import { report } from '../support/figures.ts';
import type { Death } from '../support/engine/engine-run.ts';
import { configOf, createFullWorld, type FullWorld, type Outputs } from './full-world.ts';

const groups = { a: 'One', b: 'Two' };
const full = configOf(groups);
const bulk = configOf(groups, 'mode: bulk_provision_only\n');

interface Story {
  readonly name: string;
  /** Applied before, one after the other. */
  readonly before: readonly string[];
  readonly config: string;
  readonly mode: 'apply' | 'destroy';
}

const stories: readonly Story[] = [
  { name: 'the apply that makes views, alerts and dashboards', before: [bulk], config: full, mode: 'apply' },
  { name: 'the apply that takes them away', before: [bulk, full], config: bulk, mode: 'apply' },
  { name: 'a destroy', before: [bulk, full], config: full, mode: 'destroy' },
];

describe('C11 C18 C20 D008 a run in mode full that is killed', () => {
  let world: FullWorld;
  beforeAll(async () => {
    world = await createFullWorld();
  });
  afterAll(async () => world.close());

  test.each(stories)(
    'loses nothing, doubles nothing and is finished by the next one: $name',
    async ({ before, config, mode }) => {
      world.disk.replace(new Map());
      await world.apply(config, { mode: 'destroy' });
      for (const each of before) await world.apply(each);
      const start = await world.workspace.snapshot();
      const state = new Map(world.disk.texts);
      const reset = async (): Promise<void> => {
        await world.workspace.restore(start);
        world.disk.replace(state);
        world.workspace.clearRequests();
      };
      await reset();
      await world.apply(config, { mode, parallelism: 1 });
      const expected = namesOf(await world.outputs());
      const known = await world.known();
      const points = deaths(world);
      let died = 0;
      for (const death of points) {
        await reset();
        const end = await world.attempt(config, { mode, parallelism: 1, death });
        if (end.status === 'died') died += 1;
        const { result } = await world.apply(config, { mode });
        const at = JSON.stringify(death);
        expect([at, result.outcomes.filter(({ status }) => status !== 'done')]).toEqual([at, []]);
        expect([at, namesOf(await world.outputs())]).toEqual([at, expected]);
        expect([at, operationsOf(await world.plan(config, mode))]).toEqual([at, []]);
        expect([at, await world.known()]).toEqual([at, known]);
      }
      report(`killed in mode full · ${String(points.length)} points, ${String(died)} killed the run`);
      expect(died).toBe(points.length);
    },
    600_000,
  );
});

describe('C18 C20 N012 what a killed run was making and nobody wants any more', () => {
  test('is looked for by its path and taken away, and holds no other delete up: an alert', async () => {
    const world = await createFullWorld({ firstRefresh: 'held' });
    try {
      // Alerts are listed by the plan and by the look before the first write; the third request makes one.
      const death = { at: 'path', part: '/api/2.0/alerts', number: 3, phase: 'answered' } as const;
      const end = await world.attempt(full, { parallelism: 1, wait: false, death });
      expect(end.status).toBe('died');
      const { plan, result } = await world.apply(bulk);
      expect(plan.scope.complete).toBe(true);
      expect(plan.ops.find(({ address }) => address === 'alert:one/drift')).toMatchObject({ action: 'delete' });
      expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
      expect(namesOf(await world.outputs())).toEqual({ schemas: ['prod.out'], views: [], alerts: [], dashboards: [] });
      expect(operationsOf(await world.plan(bulk))).toEqual([]);
    } finally {
      await world.close();
    }
  }, 60_000);
});

/** `npm run crash:all` tries each of them before, after and behind its effect, `npm run check` in one way after the other. */
const everything = process.env['DPO_CRASH_POINTS'] === 'all';
const phases = ['received', 'handled', 'answered'] as const;

/** In the middle of each request that changes something. */
function deaths({ workspace }: FullWorld): readonly Death[] {
  let writes = 0;
  const sent = workspace.requests().filter(({ method }) => method !== 'GET');
  return sent.flatMap(({ path, body }, index): Death[] => {
    const text = JSON.stringify(body ?? '');
    if (path.startsWith('/api/2.0/sql/') && !/CREATE|ALTER|DROP/u.test(text)) return [];
    writes += 1;
    const chosen = everything ? phases : phases.slice(writes % 3, (writes % 3) + 1);
    return chosen.map((phase) => ({ at: 'sent', number: index + 1, phase }));
  });
}

function namesOf({ schemas, views, alerts, dashboards }: Outputs): Readonly<Record<string, readonly string[]>> {
  const names = (list: Outputs['alerts']): readonly string[] => list.map(({ name }) => name).toSorted();
  return { schemas, views, alerts: names(alerts), dashboards: names(dashboards) };
}
