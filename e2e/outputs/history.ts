import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Death } from '../support/engine/engine-run.ts';
import { configOf, type FullWorld, type Outputs } from './full-world.ts';

export const tables = ['a', 'b', 'c'] as const;
type Table = (typeof tables)[number];
const groups = ['One', 'Two', 'Third group'] as const;

/** One step of a history in mode full, as plain data. */
export type Step =
  | { readonly do: 'group'; readonly table: Table; readonly group: number | null }
  | { readonly do: 'mode'; readonly bulk: boolean }
  | { readonly do: 'alerting'; readonly thresholds: boolean; readonly dashboards: boolean }
  | { readonly do: 'apply'; readonly parallelism: number; readonly wait: boolean }
  | { readonly do: 'crash'; readonly death: Death; readonly wait: boolean }
  | { readonly do: 'stop in the wait' }
  | { readonly do: 'refresh'; readonly table: Table }
  | { readonly do: 'stranger edits' | 'stranger deletes'; readonly kind: Kind; readonly pick: number }
  | { readonly do: 'stranger moves in'; readonly away: boolean }
  | { readonly do: 'destroy' }
  | { readonly do: 'lose the state' };

type Kind = 'view' | 'alert' | 'dashboard';

const table = fc.constantFrom(...tables);
const kind = fc.constantFrom<Kind>('view', 'alert', 'dashboard');
const named = <T extends Step['do']>(name: T): fc.Arbitrary<T> => fc.constant(name);
const phase = fc.constantFrom('received' as const, 'handled' as const, 'answered' as const);

const weighted: readonly (readonly [number, fc.Arbitrary<Step>])[] = [
  [
    6,
    fc.record({
      do: named('group'),
      table,
      group: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 1 }), fc.constant(null)),
    }),
  ],
  [2, fc.record({ do: named('mode'), bulk: fc.boolean() })],
  [1, fc.record({ do: named('alerting'), thresholds: fc.boolean(), dashboards: fc.boolean() })],
  [6, fc.record({ do: named('apply'), parallelism: fc.constantFrom(1, 10), wait: fc.boolean() })],
  [
    4,
    fc.record({
      do: named('crash'),
      wait: fc.boolean(),
      death: fc.oneof(
        fc.record({ at: at('request'), number: fc.integer({ min: 5, max: 50 }), phase }),
        fc.record({ at: at('write'), number: fc.integer({ min: 1, max: 9 }), phase }),
        fc.record({
          at: at('path'),
          part: fc.constant('/refreshes'),
          number: fc.integer({ min: 1, max: 9 }),
          phase: fc.constant('answered' as const),
        }),
        fc.record({
          at: at('file'),
          operation: fc.integer({ min: 1, max: 45 }),
          phase: fc.constantFrom('before' as const, 'half' as const, 'after' as const),
        }),
      ),
    }),
  ],
  [1, fc.record({ do: named('stop in the wait') })],
  [3, fc.record({ do: named('refresh'), table })],
  [3, fc.record({ do: named('stranger edits'), kind, pick: fc.nat({ max: 20 }) })],
  [2, fc.record({ do: named('stranger deletes'), kind, pick: fc.nat({ max: 20 }) })],
  [1, fc.record({ do: named('stranger moves in'), away: fc.boolean() })],
  [1, fc.record({ do: named('destroy') })],
  [1, fc.record({ do: named('lose the state') })],
];

function at<T extends Death['at']>(name: T): fc.Arbitrary<T> {
  return fc.constant(name);
}

export const anyStep: readonly fc.Arbitrary<Step>[] = weighted.flatMap(([weight, step]) =>
  Array.from({ length: weight }, () => step),
);

/** What the world should be like, by rules of its own. */
export interface Model {
  readonly groups: Map<Table, number>;
  bulk: boolean;
  thresholds: boolean;
  dashboards: boolean;
  /** Names that no state tells of any more: they may stay, or go. */
  readonly orphans: Set<string>;
  /** A table of somebody else is in the schema of the views. */
  stranger: boolean;
  /** That schema was let go of on account of it: no state tells of it any more, and it may stay when the stranger has gone. */
  letGo: boolean;
  readonly counts: Map<string, number>;
}

export function createModel(counts: Map<string, number>): Model {
  return {
    groups: new Map(),
    bulk: false,
    thresholds: false,
    dashboards: true,
    orphans: new Set(),
    stranger: false,
    letGo: false,
    counts,
  };
}

export async function perform(model: Model, world: FullWorld, step: Step): Promise<void> {
  model.counts.set(step.do, (model.counts.get(step.do) ?? 0) + 1);
  switch (step.do) {
    case 'group':
      if (step.group === null) model.groups.delete(step.table);
      else model.groups.set(step.table, step.group);
      return;
    case 'mode':
      model.bulk = step.bulk;
      return;
    case 'alerting':
      model.thresholds = step.thresholds;
      model.dashboards = step.dashboards;
      return;
    case 'apply':
      return apply(model, world, step);
    case 'crash': {
      const end = await world.attempt(configIn(model), {
        parallelism: 1,
        wait: step.wait,
        waitMs: 5000,
        death: step.death,
      });
      assert.ok(end.status !== 'refused', JSON.stringify(end));
      model.counts.set(end.status, (model.counts.get(end.status) ?? 0) + 1);
      return;
    }
    case 'stop in the wait': {
      const stop = new AbortController();
      const emit = ({ type }: { readonly type: string }): void => {
        if (type === 'waiting') stop.abort();
      };
      const end = await world.attempt(configIn(model), { stop: stop.signal, emit, waitMs: 5000 });
      assert.equal(end.status, 'ended', JSON.stringify(end));
      return;
    }
    case 'refresh':
      return refresh(world, step.table);
    case 'stranger edits':
      return edit(world, step);
    case 'stranger deletes':
      return remove(world, step);
    case 'stranger moves in':
      return moveIn(model, world, step.away);
    case 'destroy':
      return destroy(model, world);
    case 'lose the state':
      for (const name of flat(await world.outputs())) model.orphans.add(name);
      world.disk.replace(new Map());
  }
}

function configIn(model: Model): string {
  const named = Object.fromEntries([...model.groups].map(([name, group]) => [name, groups[group] ?? '']));
  const text = configOf(named, model.bulk ? 'mode: bulk_provision_only\n' : '');
  const alerting = model.thresholds ? text.replace('alerting: {', 'alerting: { null_rate_threshold: 0.5,') : text;
  return model.dashboards ? alerting : `${alerting}deploy_aggregated_dashboard: false\n`;
}

/** What the config asks for. */
function expected(model: Model): ReadonlySet<string> {
  const used = [...new Set(model.groups.values())].map((group) => groups[group] ?? '');
  const schema = model.groups.size === 0 ? [] : ['prod.out'];
  if (model.bulk || used.length === 0) return new Set(schema);
  const views = used.flatMap((group) =>
    ['drift', 'profile', 'performance'].map(
      (family) => `prod.global_monitoring.unified_${family}_metrics_${group.toLowerCase().replaceAll(' ', '_')}`,
    ),
  );
  const alerts = used.flatMap((group) => [
    `[DPO] Drift Alert - prod - ${group}`,
    ...(model.thresholds ? [`[DPO] Data Quality Alert - prod - ${group}`] : []),
  ]);
  const dashboards = [
    ...(model.dashboards ? used.map((group) => `DPO Health - ${group}`) : []),
    ...(used.length > 1 ? ['DPO Executive Roll-up'] : []),
  ];
  return new Set([...schema, 'prod.global_monitoring', ...views, ...alerts, ...dashboards]);
}

function flat({ schemas, views, alerts, dashboards }: Outputs): readonly string[] {
  // An alert in the trash keeps its name, so that the next one of that name gets a number.
  const plain = alerts.map(({ name }) => name.replace(/ \(\d+\)$/u, ''));
  return [...schemas, ...views, ...plain, ...dashboards.map(({ name }) => name)];
}

async function apply(
  model: Model,
  world: FullWorld,
  { parallelism, wait }: Extract<Step, { do: 'apply' }>,
): Promise<void> {
  // Where nothing is monitored in mode full the outputs stay as they are.
  const kept = !model.bulk && model.groups.size === 0 ? flat(await world.outputs()) : [];
  const config = configIn(model);
  const { plan, result } = await world.apply(config, { parallelism, wait, waitMs: 3000 });
  assert.ok(!plan.errored, JSON.stringify(plan.problems));
  const not = result.outcomes.filter(({ status }) => status !== 'done');
  const waited = not.every((each) => each.status === 'skipped' && each.because.includes('not ready after'));
  assert.ok(wait ? waited : not.length === 0, JSON.stringify(not));
  await noDoubles(world);
  if (not.length > 0) return;
  const found = flat(await world.outputs());
  const wanted = expected(model);
  if (model.stranger && !wanted.has('prod.global_monitoring')) model.letGo = true;
  const missing = [...wanted].filter((name) => !found.includes(name));
  assert.deepEqual(missing, [], 'everything is there');
  const more = found.filter((name) => !wanted.has(name) && !kept.includes(name) && !mayStay(model, name));
  assert.deepEqual(more, [], 'nothing else is there');
  let { ops } = await world.plan(config);
  // Over metric tables that an earlier monitor left behind an alert may go on although its monitor is not ready yet.
  const resumes = ops.every(({ changes }) => changes.every(({ path }) => path === 'schedule.pause_status'));
  if (!wait && ops.length > 0 && resumes) {
    await world.apply(config, { wait });
    ({ ops } = await world.plan(config));
  }
  assert.deepEqual(
    ops.map(({ address, action, changes }) => ({ address, action, changes })),
    [],
    'the plan after an apply is empty',
  );
}

/** Metric tables of former monitors, and somebody's table, keep a schema; what no state knows may be left. */
function mayStay(model: Model, name: string): boolean {
  if (name === 'prod.out') return true;
  if (model.orphans.has(name)) return true;
  return name === 'prod.global_monitoring' && (model.stranger || model.letGo || model.orphans.size > 0);
}

async function noDoubles(world: FullWorld): Promise<void> {
  const names = flat(await world.outputs());
  assert.deepEqual(names.toSorted(), [...new Set(names)].toSorted(), 'nothing is there twice');
}

async function destroy(model: Model, world: FullWorld): Promise<void> {
  const { plan, result } = await world.apply(configIn(model), { mode: 'destroy' });
  assert.ok(!plan.errored, JSON.stringify(plan.problems));
  assert.deepEqual(
    result.outcomes.filter(({ status }) => status !== 'done'),
    [],
  );
  const left = flat(await world.outputs()).filter((name) => !mayStay(model, name));
  assert.deepEqual(left, [], 'nothing of ours is left after a destroy');
  assert.deepEqual(await world.known(), []);
  if (model.stranger) model.letGo = true;
  if (model.stranger) assert.ok(flat(await world.outputs()).includes('prod.global_monitoring'));
}

async function refresh(world: FullWorld, name: Table): Promise<void> {
  const { body } = await world.call('GET', `/api/2.1/unity-catalog/tables/prod.ml.${name}`);
  const id = JSON.stringify(body['table_id']).slice(1, -1);
  const refreshed = { object_type: 'table', object_id: id };
  await world.call('POST', `/api/data-quality/v1/monitors/table/${id}/refreshes`, refreshed);
  await world.workspace.idle();
}

type Strange = Extract<Step, { do: 'stranger edits' | 'stranger deletes' }>;

async function edit(world: FullWorld, { kind: what, pick }: Strange): Promise<void> {
  const { views, alerts, dashboards } = await world.outputs();
  if (what === 'view' && views.length > 0)
    return world.sql(`ALTER VIEW ${String(views[pick % views.length])} AS SELECT ${String(pick)} AS edited`);
  const list = what === 'alert' ? alerts : dashboards;
  const { id, name } = list[pick % Math.max(1, list.length)] ?? {};
  if (id === undefined || name === undefined) return;
  if (what === 'alert') {
    const body = { custom_summary: `edited ${String(pick)}` };
    await world.call('PATCH', `/api/2.0/alerts/${id}?update_mask=custom_summary`, body);
  } else {
    const body = { display_name: name, serialized_dashboard: '{"pages":[]}' };
    await world.call('PATCH', `/api/2.0/lakeview/dashboards/${id}`, body);
  }
}

async function remove(world: FullWorld, { kind: what, pick }: Strange): Promise<void> {
  const { views, alerts, dashboards } = await world.outputs();
  if (what === 'view' && views.length > 0) return world.sql(`DROP VIEW ${String(views[pick % views.length])}`);
  const list = what === 'alert' ? alerts : dashboards;
  const id = list[pick % Math.max(1, list.length)]?.id;
  if (id === undefined) return;
  await world.call('DELETE', what === 'alert' ? `/api/2.0/alerts/${id}` : `/api/2.0/lakeview/dashboards/${id}`);
}

async function moveIn(model: Model, world: FullWorld, away: boolean): Promise<void> {
  if (!(await world.outputs()).schemas.includes('prod.global_monitoring')) return;
  const theirs = 'prod.global_monitoring.theirs';
  await world.sql(away ? `DROP TABLE IF EXISTS ${theirs}` : `CREATE TABLE IF NOT EXISTS ${theirs} AS SELECT 1 AS id`);
  model.stranger = !away;
}
