import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, type Json, type JsonObject, type Spec } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { getSchemaMonitor, updateSchemaMonitor } from '../../src/api/schema-monitors.ts';
import { overlaid, without } from '../../src/providers/json-path.ts';
import { listOf, problemOf } from '../support/mock-workspace.ts';
import { schemaIdOf, startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';
import { fieldContract, type FieldContract } from './field-contract.ts';
import { marker, providerContract } from './provider-contract.ts';

const name = 'prod.ml';
const address = addressOf('anomaly', name);
const monitors = '/api/data-quality/v1/monitors';
const destination = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
const other = '3f2504e0-4f89-11d3-9a0c-0305e82c3302';

async function fullSpec(workspace: ContractWorkspace): Promise<Spec> {
  return {
    object_id: await schemaIdOf(workspace, name),
    excluded_table_full_names: ['prod.ml.Churn', 'prod.ml.bare'],
    notification_settings: {
      on_unhealthy_table: { destination_ids: [destination], destination_user_ids: ['4711'] },
    },
  };
}

providerContract({
  kind: 'anomaly',
  name,
  create: `POST ${monitors}`,
  object: `${monitors}/schema/*`,
  spec: fullSpec,
});

const fields: FieldContract = {
  kind: 'anomaly',
  name,
  cases: async (workspace) => {
    const spec = await fullSpec(workspace);
    const bare = { object_id: await schemaIdOf(workspace, name) };
    return {
      object_id: { spec: bare, edited: await schemaIdOf(workspace, 'prod.reports'), stranger: 'x' },
      excluded_table_full_names: { spec, edited: ['prod.ml.churn_baseline'], stranger: [] },
      'notification_settings.on_unhealthy_table.destination_ids': { spec, edited: [other], stranger: [other] },
      'notification_settings.on_unhealthy_table.destination_user_ids': { spec, edited: ['12', '13'], stranger: ['14'] },
    };
  },
  editByHand,
  further: [],
  exemptions: {
    'object_id stranger': 'it is found by the id of its schema',
    'object_id unset': 'the service requires a value',
  },
};

fieldContract(fields);
fieldContract(fields, { behaviour: { monitor_mask: 'whole', int64: 'text' } });
fieldContract(fields, { realism: { normalise: true, seed: 5 } });

async function editByHand(workspace: ContractWorkspace, path: string, value: Json): Promise<void> {
  const schemaId = await schemaIdOf(workspace, name);
  const { config = {} } = await getSchemaMonitor(workspace.client, schemaId);
  const change = path.split('.').reduceRight<Json>((inner, key) => ({ [key]: inner }), value) as JsonObject;
  const shown = without(config, 'anomaly_detection_workflow_id');
  const mask = ['anomaly_detection_config'];
  await updateSchemaMonitor(workspace.client, { schemaId, config: overlaid(shown, change), mask });
}

describe('provider of anomaly', () => {
  let workspace: ContractWorkspace;

  beforeAll(async () => {
    workspace = await startContractWorkspace();
  });
  afterAll(() => workspace.close());

  const provider = (): ReturnType<typeof createProviders>['anomaly'] =>
    createProviders({ client: workspace.client }).anomaly;

  test.each(['leaf', 'whole'] as const)(
    'W010 W018 an update says the smallest mask and leaves what nobody declared, read as %s',
    async (mode) => {
      const own = await startContractWorkspace({ behaviour: { monitor_mask: mode } });
      const { anomaly } = createProviders({ client: own.client });
      const spec = await fullSpec(own);
      const { id } = await anomaly.create({ address, spec, marker }, own.write);
      const checks = [{ name: 'ids', uniqueness_validity_check: { column_names: ['id'] } }];
      const { config = {} } = await getSchemaMonitor(own.client, id);
      await updateSchemaMonitor(own.client, {
        schemaId: id,
        config: { ...without(config, 'anomaly_detection_workflow_id'), validity_check_configurations: checks },
        mask: ['anomaly_detection_config'],
      });
      own.local.clearRequests();
      const changed = { object_id: spec['object_id'] ?? '', excluded_table_full_names: ['prod.ml.bare'] };
      const mask = ['excluded_table_full_names', 'notification_settings.on_unhealthy_table.destination_ids'];
      await anomaly.update({ address, id, spec: changed, mask }, own.write);
      const patch = own.local.requests().find(({ method }) => method === 'PATCH');
      expect(patch?.query).toMatchObject({
        update_mask:
          'anomaly_detection_config.excluded_table_full_names,anomaly_detection_config.notification_settings',
      });
      const after = (await getSchemaMonitor(own.client, id)).config ?? {};
      expect(after).toMatchObject({
        excluded_table_full_names: ['prod.ml.bare'],
        validity_check_configurations: checks,
      });
      expect(JSON.stringify(after['notification_settings'])).not.toContain(destination);
      expect(JSON.stringify(after['notification_settings'])).toContain('4711');
      await own.close();
    },
  );

  test('W010 a schema that is gone is told by its name', async () => {
    const spec = { object_id: other };
    expect(await problemOf(provider().create({ address, spec, marker }, workspace.write))).toMatchObject({
      code: 'API.NOT_FOUND',
      message: expect.stringContaining('schema prod.ml does not exist any more'),
      hint: 'plan again: dpo plan',
    });
  });

  test('W010 a search for our marker finds none: there is no room for one', async () => {
    const { id } = await provider().create({ address, spec: await fullSpec(workspace), marker }, workspace.write);
    const places = { owner: marker.owner, catalogs: ['prod'], schemas: [name], folders: [] };
    const request = { ...places, known: new Set<never>(), explained: new Set<string>() };
    expect(await listOf(provider().discover(request, workspace.read))).toEqual([]);
    await provider().delete({ address, id }, workspace.write);
  });
});
