import {
  alterView,
  branchesIn,
  createView,
  definitionOf,
  inputsIn,
  dropView,
  fail,
  handOverView,
  nameOf,
  queryOf,
  renameView,
  setViewProperties,
  type Applied,
  type Json,
  type Lookup,
  type Marker,
  type MetricColumns,
  type Provider,
  type Spec,
  type UpdateRequest,
  type WriteContext,
} from '@dpo/core';
import { viewGrantHint } from '../api/grant-hints.ts';
import { executeStatement } from '../api/statements.ts';
import { getView, type View } from '../api/views.ts';
import { readMetricColumns } from '../catalog/read-metric-columns.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { discoverViews } from './discover-views.ts';
import { observeEach } from './observe-each.ts';
import { propertiesOf } from './marker-properties.ts';
import { echoProperty, fieldsOf, hashProperty, outOf, presentView } from './view-observation.ts';
import { deleted, finds, written } from './write-outcome.ts';

export interface ViewProviderOptions {
  readonly client: Client;
  /** Views are made by statements; without a warehouse they can only be read. */
  readonly warehouseId: string | undefined;
}

/**
 * Unified views. Out: `name`. A view is read by REST, which needs no warehouse, and written by statements: the columns of
 * the metric tables are read right before (one statement a catalog), so that a table that got its first metrics since the plan
 * was made is in it.
 * Requests: observe 1; discover a page of tables a schema; create 2 statements and a read; update 3 and a read, one more each where the owner changes; delete 1.
 */
export function createViewProvider({ client, warehouseId }: ViewProviderOptions): Provider {
  const run = async (text: string, { clock, signal }: WriteContext, effect: 'read' | 'create'): Promise<void> => {
    await executeStatement(client, { warehouseId: needed(warehouseId), text, effect }, { clock, signal });
  };

  async function queryFor(spec: Spec, { clock, signal }: WriteContext): Promise<ComposedQuery> {
    const tables = (branchesIn(spec['branches']) ?? []).map(({ metrics }) => metrics);
    const request = { tables, warehouseId: needed(warehouseId) };
    const columnsOf = await readMetricColumns(client, request, { clock, signal });
    const query = queryOf(spec, columnsOf);
    if (query === undefined) throw new TypeError('a view whose metric tables are not known');
    return { query, inputs: inputsIn(spec, columnsOf), ...missingNote(spec, columnsOf) };
  }

  /** The service returns the text as it was sent; where it does not, what it made of it is remembered beside the hash. */
  async function settled(name: string, context: WriteContext): Promise<Applied> {
    const view = await getView(client, name, context.signal);
    const { definition, properties } = view;
    const told = definition === undefined ? undefined : definitionOf(definition);
    if (told !== undefined && told !== properties[hashProperty]) {
      await run(setViewProperties({ name, properties: { [echoProperty]: told } }), context, 'create');
      return appliedOf({ ...view, properties: { ...properties, [echoProperty]: told } });
    }
    return appliedOf(view);
  }

  async function make(name: string, spec: Spec, at: { marker: Marker; context: WriteContext }): Promise<Applied> {
    const composed = await queryFor(spec, at.context);
    const { query } = composed;
    const properties = { ...propertiesOf(at.marker), [hashProperty]: definitionOf(query) };
    await explained(name, () => run(createView({ name, query, properties }), at.context, 'create'));
    const applied = withInputs(await settled(name, at.context), composed);
    return handedOver(name, spec, { applied, context: at.context });
  }

  async function change({ address, formerly, spec, mask }: UpdateRequest, context: WriteContext): Promise<Applied> {
    const name = nameOf(address);
    if (formerly !== undefined && mask.includes('name'))
      await run(renameView(nameOf(formerly), name), context, 'create');
    if (mask.every((path) => path === 'owner')) {
      const applied = appliedOf(await getView(client, name, context.signal));
      return handedOver(name, spec, { applied, context });
    }
    const composed = await queryFor(spec, context);
    const { query } = composed;
    await explained(name, async () => {
      await run(alterView({ name, query }), context, 'create');
      await run(setViewProperties({ name, properties: { [hashProperty]: definitionOf(query) } }), context, 'create');
    });
    return handedOver(name, spec, { applied: withInputs(await settled(name, context), composed), context });
  }

  /** The last that is done: from then on it may be somebody else's to alter, and its text somebody else's to read. */
  async function handedOver(
    name: string,
    spec: Spec,
    { applied, context }: { readonly applied: Applied; readonly context: WriteContext },
  ): Promise<Applied> {
    const { owner } = spec;
    if (typeof owner !== 'string' || owner === applied.fields['owner']) return applied;
    await run(handOverView({ name, owner }), context, 'create');
    return { ...applied, fields: { ...applied.fields, owner } };
  }

  return {
    kind: 'view',
    observe: (lookups, context) =>
      observeEach(lookups, context, {
        read: async (lookup, signal) => presentView(await getView(client, nameIn(lookup), signal), lookup),
        grantHint: viewGrantHint,
      }),
    discover: (request, context) => discoverViews(client, request, context),
    ready: () => Promise.resolve('ready'),
    create: ({ address, spec, marker }, context) => written(() => make(nameOf(address), spec, { marker, context })),
    update: (request, context) => written(() => change(request, context)),
    delete: ({ address }, context) =>
      deleted(
        () => missingAs404(() => run(dropView(nameOf(address)), context, 'create')),
        () => finds(async () => (await getView(client, nameOf(address), context.signal)).tableId !== ''),
      ),
  };
}

interface ComposedQuery {
  readonly query: string;
  /** What it was made from; no view tells. */
  readonly inputs: Json;
  readonly note?: string;
}

function withInputs({ fields, ...applied }: Applied, { inputs, note }: ComposedQuery): Applied {
  return { ...applied, fields: { ...fields, inputs }, ...(note === undefined ? {} : { note }) };
}

/** A drift table comes with the second window, so that only a missing profile says something (ruling 18, U079). */
function missingNote(spec: Spec, columnsOf: MetricColumns): { readonly note?: string } {
  if (spec['family'] !== 'profile') return {};
  const without = (branchesIn(spec['branches']) ?? []).filter(({ metrics }) => columnsOf(metrics) === 'absent');
  const [first, ...others] = without.map(({ source }) => source);
  if (first === undefined) return {};
  return { note: `without metrics yet: ${first}${others.length === 0 ? '' : ` and ${String(others.length)} more`}` };
}

function needed(warehouseId: string | undefined): string {
  return (
    warehouseId ??
    fail({
      code: 'API.INVALID',
      message: 'a view is made by a statement, and no SQL warehouse is set',
      hint: "set 'warehouse_id', or export DATABRICKS_WAREHOUSE_ID",
    })
  );
}

function appliedOf(view: View): Applied {
  return { id: view.tableId, fields: fieldsOf(view), out: outOf(view) };
}

function nameIn(lookup: Lookup): string {
  if (lookup.by !== 'name' || lookup.name === '') throw new TypeError(`a view is looked up by name: ${lookup.address}`);
  return lookup.name;
}

/** Statements tell what went wrong by their error class. */
function classOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return /\b(TABLE_OR_VIEW_ALREADY_EXISTS|TABLE_OR_VIEW_NOT_FOUND|SCHEMA_NOT_FOUND)\b/u.exec(message)?.[1] ?? '';
}

async function explained(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (apiCodeOf(error) !== 'API.STATEMENT') throw error;
    if (classOf(error) === 'TABLE_OR_VIEW_ALREADY_EXISTS') throw restated(error, () => ({ code: 'API.CONFLICT' }));
    if (classOf(error) === '') throw error;
    throw restated(error, () => ({ code: 'API.NOT_FOUND', hint: `check that the schema of ${name} is there` }));
  }
}

async function missingAs404(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (classOf(error) !== 'TABLE_OR_VIEW_NOT_FOUND') throw error;
    throw restated(error, () => ({ code: 'API.NOT_FOUND' }));
  }
}
