import {
  hiddenGrants,
  isDpoError,
  isJsonArray,
  isJsonObject,
  listPathOf,
  metricAccess,
  metricAccessPaths,
  type JsonObject,
  type MetricAccessPath,
  type PresentObject,
  type Principal,
  type Provider,
  type ReadContext,
  type Spec,
  type UpdateRequest,
  type WriteContext,
} from '@dpo/core';
import { readMetricGrants, type TableGrants } from '../catalog/read-metric-grants.ts';
import { getTable } from '../api/tables.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { grantJson, tableAccess, type Access } from './access.ts';
import { standing, withoutAsked } from './beside.ts';
import { throughLimit } from './through-limit.ts';
import { written } from './write-outcome.ts';

/** So many tables are asked about one by one: less than a statement costs, and who manages a table is told more so. */
const fewTables = 8;

export interface MetricAccessOptions {
  readonly client: Client;
  readonly warehouseId: string | undefined;
  readonly me: Principal | undefined;
}

/**
 * Monitors with `access` to their metric tables (W006). Nothing is asked and nothing sent where no spec has it. Requests, of
 * what has it: observe one statement a catalog, or one for each metric table, three where nobody else has it, if these are few or no warehouse is known;
 * an update of it 1 for each table that changes, and 1 for the monitor where nothing else changes.
 */
export function withMetricAccess(base: Provider, options: MetricAccessOptions): Provider {
  const access = tableAccess(options.client, options.me);

  return {
    ...base,
    async *observe(lookups, context) {
      const later: PresentObject[] = [];
      yield* withoutAsked(base.observe(lookups, context), lookups, later);
      if (later.length === 0) return;
      const grants = await grantsOn(tablesOf(later), { ...options, access }, context);
      for (const found of later) yield { ...found, fields: { ...found.fields, ...listsOf(found, grants) } };
    },
    create: (request, context) => base.create({ ...request, spec: without(request.spec) }, context),
    update: async (request, context) => {
      const rest = request.mask.filter((path) => !isAccess(path));
      const sent = { ...request, spec: without(request.spec), mask: rest };
      if (rest.length === request.mask.length) return base.update(sent, context);
      const made =
        rest.length === 0 ? await standing({ base, without }, request, context) : await base.update(sent, context);
      return written(async () => {
        for (const path of metricAccessPaths) {
          // oxlint-disable-next-line no-await-in-loop
          await give({ path, table: made.out[metricAccess[path]], request, access }, context);
        }
        return made;
      });
    },
  };
}

interface Giving {
  readonly path: MetricAccessPath;
  readonly table: JsonObject[string] | undefined;
  readonly request: UpdateRequest;
  readonly access: Access;
}

/** A table that went since it was seen keeps nothing from being done. */
async function give({ path, table, request: { spec, mask }, access }: Giving, context: WriteContext): Promise<void> {
  if (typeof table !== 'string') return;
  const changed = mask.flatMap((each) => new RegExp(`^${path}\\[to=(.*)\\]\\.[^.]*$`, 'u').exec(each)?.[1] ?? []);
  const wanted = new Set(namesIn(spec[path]).map((name) => name.toLowerCase()));
  const isWanted = (name: string): boolean => wanted.has(name.toLowerCase());
  const add = changed.filter(isWanted).map((to) => ({ to, level: 'SELECT' }));
  const remove = changed.filter((name) => !isWanted(name));
  if (add.length + remove.length === 0) return;
  try {
    await access.change({ id: table }, { add, remove }, context.signal);
  } catch (error) {
    if (apiCodeOf(error) !== 'API.NOT_FOUND' || (await exists(table, access, context))) throw error;
  }
}

/** A principal that there is not is a 404 too. */
async function exists(table: string, access: Access, { signal }: WriteContext): Promise<boolean> {
  try {
    await access.read({ id: table }, signal);
    return true;
  } catch (error) {
    if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
    return false;
  }
}

async function grantsOn(
  tables: readonly string[],
  { client, warehouseId, me, access }: MetricAccessOptions & { readonly access: Access },
  context: ReadContext,
): Promise<ReadonlyMap<string, TableGrants>> {
  if (warehouseId !== undefined && tables.length > fewTables) {
    try {
      return await readMetricGrants(client, { tables, warehouseId, me }, context);
    } catch (error) {
      // Whatever keeps statements from being run, the tables themselves can be asked about.
      if (!isDpoError(error) || context.signal.aborted) throw error;
    }
  }
  const found = new Map<string, TableGrants>();
  const read = async (table: string, signal: AbortSignal): Promise<readonly [string, TableGrants] | undefined> => {
    try {
      const shown = await access.read({ id: table }, signal);
      if (shown !== undefined) return [table.toLowerCase(), shown];
      // Nobody else is shown: all that there is to its owner, perhaps not all to anybody else.
      const { owner } = await getTable(client, table, signal);
      return [table.toLowerCase(), (await access.read({ id: table, owner }, signal)) ?? 'hidden'];
    } catch (error) {
      if (apiCodeOf(error) === 'API.NOT_FOUND') return undefined;
      // What could not be read stands as it is recorded.
      if (apiCodeOf(error) === 'API.SERVER') return [table.toLowerCase(), 'hidden'];
      throw error;
    }
  };
  for await (const one of throughLimit(tables, context, read)) if (one !== undefined) found.set(...one);
  return found;
}

function tablesOf(monitors: readonly PresentObject[]): readonly string[] {
  const names = monitors.flatMap(({ out }) => metricAccessPaths.map((path) => out[metricAccess[path]]));
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

function listsOf({ out }: PresentObject, grants: ReadonlyMap<string, TableGrants>): Spec {
  return Object.fromEntries(
    metricAccessPaths.flatMap((path) => {
      const table = out[metricAccess[path]];
      const found = typeof table === 'string' ? grants.get(table.toLowerCase()) : undefined;
      if (found === undefined) return [];
      return [[path, found === 'hidden' ? hiddenGrants : found.map(grantJson)]];
    }),
  );
}

function isAccess(path: string): boolean {
  return ['access', ...metricAccessPaths].includes(listPathOf(path));
}

/** The spec that the provider of the monitor itself knows. */
function without({
  access: _access,
  profile_metrics_access: _profile,
  drift_metrics_access: _drift,
  ...spec
}: Spec): Spec {
  return spec;
}

function namesIn(list: JsonObject[string] | undefined): readonly string[] {
  if (!isJsonArray(list)) return [];
  return list.flatMap((each) => (isJsonObject(each) && typeof each['to'] === 'string' ? [each['to']] : []));
}
