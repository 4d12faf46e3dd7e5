import assert from 'node:assert/strict';
import type { JsonObject } from '@dpo/core';
import type { Table } from './action.ts';
import { recordedOf } from './checks.ts';
import type { HistoryWorld, Kept } from './history-world.ts';
import { isMarked, type Model } from './model.ts';
import { edits, strangers } from './variants.ts';

const monitors = '/api/data-quality/v1/monitors';

/** What happens to tables and monitors without us. A step that is not possible does nothing. */
export async function strangerEdits(
  model: Model,
  world: HistoryWorld,
  step: { table: Table; edit: number },
): Promise<void> {
  const id = (await world.tableIds()).get(step.table) ?? '';
  const edit = edits[step.edit];
  if (edit === undefined || !(await world.monitors()).has(id)) return;
  const [field = ''] = Object.keys(edit);
  const { documents } = await world.workspace.snapshot();
  const config = documents['monitor']?.get(id)?.['config'] as JsonObject;
  // A monitor whose output schema is gone cannot be edited.
  const schemas = [...(documents['schema']?.values() ?? [])].map((schema) => schema['schemaId']);
  if (!schemas.includes(config['output_schema_id'])) return;
  await mustSucceed(
    world.call('PATCH', `${monitors}/table/${id}?update_mask=data_profiling_config.${field}`, {
      object_type: 'table',
      object_id: id,
      data_profiling_config: { ...config, ...edit },
    }),
  );
  await keep(model, world, id);
}

export async function strangerDeletes(model: Model, world: HistoryWorld, table: Table): Promise<void> {
  const id = (await world.tableIds()).get(table) ?? '';
  if (!(await world.monitors()).has(id)) return;
  await mustSucceed(world.call('DELETE', `${monitors}/table/${id}`));
  model.foreign.delete(id);
  model.orphans.delete(id);
}

/** Where there is a monitor already, he makes his own in its place. */
export async function strangerCreates(
  model: Model,
  world: HistoryWorld,
  step: { table: Table; as: keyof typeof strangers },
): Promise<void> {
  const id = (await world.tableIds()).get(step.table);
  if (id === undefined) return;
  await strangerDeletes(model, world, step.table);
  // A deletion may take a moment, in which a create conflicts.
  await new Promise((resolve) => setTimeout(resolve, 10));
  await mustSucceed(world.call('POST', '/api/2.0/workspace/mkdirs', { path: strangers[step.as] }));
  await mustSucceed(
    world.call('POST', monitors, {
      object_type: 'table',
      object_id: id,
      data_profiling_config: {
        output_schema_id: await world.schemaId('prod.theirs'),
        assets_dir: strangers[step.as],
        slicing_exprs: ['id'],
        snapshot: {},
      },
    }),
  );
  const made = (await world.monitors()).get(id);
  assert.ok(made);
  model.foreign.set(id, made);
}

export async function dropTable(model: Model, world: HistoryWorld, table: Table): Promise<void> {
  const id = (await world.tableIds()).get(table);
  if (id === undefined) return;
  await world.sql(`DROP TABLE prod.ml.${table}`);
  const kept = (await world.monitors()).get(id);
  // Some services show the monitor on; one that no state knew yet is found by nobody any more.
  if (kept !== undefined) return lost(model, world, kept);
  model.foreign.delete(id);
  model.orphans.delete(id);
}

async function lost(model: Model, world: HistoryWorld, kept: Kept): Promise<void> {
  const { resources } = await recordedOf(world);
  const isKnown = [...resources.values()].some(({ id }) => id === kept.objectId);
  if (!isKnown && isMarked(kept)) model.orphans.add(kept.objectId);
}

export async function createTableAgain(world: HistoryWorld, table: Table): Promise<void> {
  if ((await world.tableIds()).has(table)) await world.sql(`DROP TABLE prod.ml.${table}`);
  await world.recreate(table);
}

/** A lost grant: every read of it answers 403. */
export async function setRevoked(model: Model, world: HistoryWorld, revoked: readonly string[]): Promise<void> {
  const { faults } = world.workspace;
  model.revoked.clear();
  faults.clear();
  const ids = await world.tableIds();
  for (const each of revoked) {
    model.revoked.add(each);
    const [of, table = ''] = each.split(' ');
    const path =
      of === 'table'
        ? `/api/2.1/unity-catalog/tables/prod.ml.${table}`
        : `${monitors}/table/${ids.get(table as Table) ?? 'none'}`;
    faults.add({ match: `GET ${path}`, status: 403, errorCode: 'PERMISSION_DENIED', times: 'unlimited' });
  }
}

async function keep(model: Model, world: HistoryWorld, id: string): Promise<void> {
  const now = (await world.monitors()).get(id);
  if (model.foreign.has(id) && now !== undefined) model.foreign.set(id, now);
}

async function mustSucceed(call: Promise<{ status: number; body: JsonObject }>): Promise<void> {
  const { status, body } = await call;
  assert.equal(status, 200, JSON.stringify(body));
}
