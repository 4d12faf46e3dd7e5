import type { Applied, CreateRequest, JsonObject, Lookup, Observation, Provider, UpdateRequest } from '@dpo/core';
import { fail, nameOf } from '@dpo/core';
import { anomalyGrantHint } from '../api/grant-hints.ts';
import {
  createSchemaMonitor,
  deleteSchemaMonitor,
  getSchemaMonitor,
  updateSchemaMonitor,
  type SchemaMonitor,
} from '../api/schema-monitors.ts';
import { getSchema } from '../api/schemas.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { bodyOf, configOf, fieldsOf, maskOf, schemaIdOf, sideEffects, type AnomalyUpdate } from './anomaly-spec.ts';
import { observeEach } from './observe-each.ts';
import { deleted, finds, written } from './write-outcome.ts';

const planAgain = 'plan again: dpo plan';

/**
 * Anomaly detection on schemas, found by the UUID of the schema. It has no room for a marker, so that a search for ours
 * finds none. Requests: observe 1; create 1; update 3 (before, write, after); delete 1, and 1 more if it is not found.
 */
export function createAnomalyProvider(client: Client): Provider {
  return {
    kind: 'anomaly',
    observe: (lookups, context) =>
      observeEach(lookups, context, {
        read: (lookup, signal) => observeOne(client, lookup, signal),
        grantHint: anomalyGrantHint,
        parent: async ({ address }, signal) => void (await getSchema(client, nameOf(address), signal)),
      }),
    discover: async function* () {},
    ready: () => Promise.resolve('ready'),
    create: (request, { signal }) => create(client, request, signal),
    update: (request, { signal }) => update(client, request, signal),
    delete: ({ id }, { signal }) =>
      deleted(
        () => deleteSchemaMonitor(client, id, signal),
        () => finds(async () => (await getSchemaMonitor(client, id, signal)).config !== undefined),
      ),
  };
}

async function observeOne(client: Client, lookup: Lookup, signal: AbortSignal): Promise<Observation> {
  if (lookup.by !== 'id') throw new TypeError(`anomaly detection is looked up by id: ${lookup.address}`);
  const { objectId, config } = await getSchemaMonitor(client, lookup.id, signal);
  if (config === undefined) return { status: 'absent', lookup };
  return { status: 'present', lookup, id: objectId, fields: fieldsOf(objectId, config), out: {} };
}

async function create(client: Client, { address, spec }: CreateRequest, signal: AbortSignal): Promise<Applied> {
  return written(async () => {
    try {
      const made = { schemaId: schemaIdOf(spec), config: configOf(spec) };
      return appliedOf(await createSchemaMonitor(client, made, signal));
    } catch (error) {
      if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
      const name = nameOf(address);
      throw restated(error, ({ message }) => ({
        message: `schema ${name} does not exist any more: ${message}`,
        hint: planAgain,
      }));
    }
  });
}

async function update(client: Client, request: UpdateRequest, signal: AbortSignal): Promise<Applied> {
  const { address, id, spec, mask } = request;
  const before = await getSchemaMonitor(client, id, signal).catch((error: unknown) => {
    throw apiCodeOf(error) === 'API.NOT_FOUND' ? restated(error, () => ({ hint: planAgain })) : error;
  });
  if (before.config === undefined) {
    fail({ code: 'API.NOT_FOUND', message: `${nameOf(address)} is not watched any more`, address, hint: planAgain });
  }
  const parts: AnomalyUpdate = { live: before.config, spec, mask };
  const paths = maskOf(parts).map((path) => `anomaly_detection_config.${path}`);
  return written(async () => {
    await updateSchemaMonitor(client, { schemaId: id, config: bodyOf(parts), mask: paths }, signal);
    const after = await readBack(client, id, signal);
    refuseSideEffects(request, sideEffects(parts, configIn(after)));
    return appliedOf(after);
  });
}

async function readBack(client: Client, id: string, signal: AbortSignal): Promise<SchemaMonitor> {
  try {
    return await getSchemaMonitor(client, id, signal);
  } catch (error) {
    throw restated(error, ({ message }) => ({
      code: 'API.OUTCOME_UNKNOWN',
      message: `it was updated and could not be read afterwards: ${message}`,
    }));
  }
}

/** The change is made by now, so that this is no refusal: the next plan starts from what is there. */
function refuseSideEffects({ address }: UpdateRequest, paths: readonly string[]): void {
  if (paths.length === 0) return;
  fail({
    code: 'API.OUTCOME_UNKNOWN',
    message: `the update was accepted and also changed ${paths.join(', ')}, which nobody declared`,
    hint: 'set these fields again in Catalog Explorer, then plan',
    address,
  });
}

function appliedOf(monitor: SchemaMonitor): Applied {
  const { objectId } = monitor;
  return { id: objectId, fields: fieldsOf(objectId, configIn(monitor)), out: {} };
}

function configIn({ objectId, config }: SchemaMonitor): JsonObject {
  if (config === undefined) {
    fail({ code: 'API.MALFORMED', message: `the answer about schema ${objectId} has no anomaly_detection_config` });
  }
  return config;
}
