import type {
  Address,
  Applied,
  CreateRequest,
  DpoError,
  JsonObject,
  Lookup,
  Observation,
  Provider,
  UpdateRequest,
  WriteContext,
} from '@dpo/core';
import { fail, nameOf } from '@dpo/core';
import { createMonitor, deleteMonitor, getMonitor, updateMonitor, type Monitor } from '../api/monitors.ts';
import { getTable } from '../api/tables.ts';
import { mkdirs } from '../api/workspace.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { monitorGrantHint } from '../api/grant-hints.ts';
import { discoverMonitors } from './discover-monitors.ts';
import { presentMonitor } from './monitor-observation.ts';
import { monitorReadiness } from './monitor-readiness.ts';
import { configOf, fieldsOf, isBeingDeleted, outOf, tableIdOf } from './monitor-spec.ts';
import { bodyOf, maskOf, sideEffects, type UpdateParts } from './monitor-update.ts';
import { dropLeftovers } from './drop-leftovers.ts';
import { observeEach } from './observe-each.ts';
import { deleted, finds, written } from './write-outcome.ts';

/** Deletion may go on in the background; a create waits for it this long, or until its own time is over. */
const deletionDeadlineMs = 300_000;
const deletionPollMs = 5000;

const planAgain = 'plan again: dpo plan';

/**
 * Data-profiling monitors, found by the UUID of their table. A monitor that is being deleted is absent: it will be gone,
 * and a create waits for that. Requests: observe 1; ready 1, once it is active 1 more a page of refreshes; create 2
 * (folder, monitor); update 3 (before, write, after); delete 1, 1 more if it is not found, and 1 for each leftover that
 * is purged.
 */
export function createMonitorProvider(client: Client): Provider {
  return {
    kind: 'monitor',
    observe: (lookups, context) =>
      observeEach(lookups, context, {
        read: (lookup, signal) => observeMonitor(client, lookup, signal),
        grantHint: monitorGrantHint,
        parent: async ({ address }, signal) => void (await getTable(client, nameOf(address), signal)),
      }),
    discover: (request, context) => discoverMonitors(client, request, context),
    ready: (id, context) => monitorReadiness(client, known(id), context),
    create: (request, context) => create(client, request, context),
    update: (request, context) => update(client, request, context),
    delete: async ({ id, purge = [] }, { signal }) => {
      await deleted(
        () => deleteMonitor(client, known(id), signal),
        () => finds(async () => isStanding(await getMonitor(client, id, signal))),
      );
      await dropLeftovers(client, purge, signal);
    },
  };
}

async function observeMonitor(client: Client, lookup: Lookup, signal: AbortSignal): Promise<Observation> {
  if (lookup.by !== 'id') throw new TypeError(`a monitor is looked up by id: ${lookup.address}`);
  const monitor = await getMonitor(client, known(lookup.id), signal);
  return presentMonitor(monitor, lookup) ?? { status: 'absent', lookup };
}

function isStanding(monitor: Monitor): boolean {
  return monitor.config !== undefined && !isBeingDeleted(monitor);
}

/** An empty id would read the list of monitors instead of one. */
function known(id: string): string {
  if (id === '') throw new TypeError('a monitor has no id');
  return id;
}

async function create(client: Client, { address, spec }: CreateRequest, context: WriteContext): Promise<Applied> {
  const tableId = tableIdOf(spec);
  const config = configOf(spec);
  const folder = spec['assets_dir'];
  if (typeof folder === 'string') await makeFolder(client, folder, context.signal);
  return written(async () => {
    try {
      return appliedOf(await createAfterDeletion(client, { tableId, config }, context));
    } catch (error) {
      throw apiCodeOf(error) === 'API.NOT_FOUND'
        ? await parentMissing(client, error, { address, tableId, context })
        : error;
    }
  });
}

/** A monitor rests on its table and on its output schema; the service names at most an id. */
async function parentMissing(
  client: Client,
  error: unknown,
  {
    address,
    tableId,
    context,
  }: { readonly address: Address; readonly tableId: string; readonly context: WriteContext },
): Promise<DpoError> {
  const table = nameOf(address);
  const same = await finds(async () => (await getTable(client, table, context.signal)).tableId === tableId);
  const parent = same ? `the output schema of ${address}` : `table ${table}`;
  return restated(error, ({ message }) => ({
    message: `${parent} does not exist any more: ${message}`,
    hint: planAgain,
  }));
}

/** The monitor is not touched yet: whatever happens here, it is a refusal, and no conflict about the monitor. */
async function makeFolder(client: Client, folder: string, signal: AbortSignal): Promise<void> {
  try {
    await mkdirs(client, folder, signal);
  } catch (error) {
    throw restated(error, ({ code, message }) => {
      const about = { message: `the folder ${folder} cannot be made: ${message}` };
      if (code === 'API.CONFLICT' || code === 'API.NOT_FOUND') return { ...about, code: 'API.INVALID' };
      return code === 'API.OUTCOME_UNKNOWN' ? { ...about, code: 'API.SERVER' } : about;
    });
  }
}

async function createAfterDeletion(
  client: Client,
  monitor: { readonly tableId: string; readonly config: JsonObject },
  context: WriteContext,
): Promise<Monitor> {
  const { clock, signal } = context;
  const deadline = clock.now() + deletionDeadlineMs;
  for (let gone = false; ;) {
    try {
      return await createMonitor(client, monitor, signal);
    } catch (error) {
      const state = apiCodeOf(error) === 'API.CONFLICT' ? await stateOfOther(client, monitor.tableId, signal) : 'there';
      if (state === 'there' || (state === 'gone' && gone) || clock.now() >= deadline) throw error;
      gone = state === 'gone';
      // Whatever ends the waiting, no request is under way: the conflict is what is known, and nothing is in doubt.
      await clock.sleep(deletionPollMs, signal).catch(() => {
        throw restated(error, ({ message }) => ({
          message: `the monitor before it is still being deleted: ${message}`,
          hint: 'run the command again when it is gone',
        }));
      });
    }
  }
}

/** What stands in the way of a create; when that cannot be read, the conflict itself is the answer. */
async function stateOfOther(
  client: Client,
  tableId: string,
  signal: AbortSignal,
): Promise<'there' | 'leaving' | 'gone'> {
  try {
    return isBeingDeleted(await getMonitor(client, tableId, signal)) ? 'leaving' : 'there';
  } catch (error) {
    return apiCodeOf(error) === 'API.NOT_FOUND' ? 'gone' : 'there';
  }
}

async function update(client: Client, request: UpdateRequest, { signal }: WriteContext): Promise<Applied> {
  const tableId = known(request.id);
  const before = await getMonitor(client, tableId, signal).catch((error: unknown) => {
    throw apiCodeOf(error) === 'API.NOT_FOUND' ? restated(error, () => ({ hint: planAgain })) : error;
  });
  const { config: live } = before;
  if (live === undefined || isBeingDeleted(before)) {
    const message = `table ${tableId} has no monitor any more`;
    fail({ code: 'API.NOT_FOUND', message, address: request.address, hint: planAgain });
  }
  const parts: UpdateParts = { live, spec: request.spec, mask: request.mask };
  const mask = maskOf(parts);
  const paths = mask.map((path) => `data_profiling_config.${path}`);
  return written(async () => {
    try {
      await updateMonitor(client, { tableId, config: bodyOf(parts, mask), mask: paths }, signal);
    } catch (error) {
      throw refusedUpdate(error, request, mask);
    }
    const after = await readBack(client, tableId, signal);
    refuseSideEffects(request, sideEffects(parts, mask, after.config ?? {}));
    return appliedOf(after);
  });
}

/** Whether v1 changes the output schema in place is not documented; the legacy API does. */
function refusedUpdate(error: unknown, { address }: UpdateRequest, mask: readonly string[]): unknown {
  if (apiCodeOf(error) !== 'API.INVALID' || !mask.includes('output_schema_id')) return error;
  const replace = `dpo apply --replace ${address} --allow-replace`;
  return restated(error, () => ({
    hint: `if its output schema cannot be changed in place, replace the monitor: ${replace}`,
  }));
}

async function readBack(client: Client, tableId: string, signal: AbortSignal): Promise<Monitor> {
  try {
    return await getMonitor(client, tableId, signal);
  } catch (error) {
    throw restated(error, ({ message }) => ({
      code: 'API.OUTCOME_UNKNOWN',
      message: `the monitor was updated and could not be read afterwards: ${message}`,
    }));
  }
}

/** The change is made by now, so that this is no refusal: the next plan starts from what is there. */
function refuseSideEffects(request: UpdateRequest, paths: readonly string[]): void {
  if (paths.length === 0) return;
  fail({
    code: 'API.OUTCOME_UNKNOWN',
    message: `the update was accepted and also changed ${paths.join(', ')}, which nobody declared`,
    hint: 'compare the monitor with what it is meant to be, set these fields again, then plan',
    address: request.address,
  });
}

function appliedOf(monitor: Monitor): Applied {
  const { config } = monitor;
  if (config === undefined) {
    fail({ code: 'API.MALFORMED', message: `the answer about table ${monitor.objectId} has no data_profiling_config` });
  }
  return { id: monitor.objectId, fields: fieldsOf(monitor.objectId, config), out: outOf(config) };
}
