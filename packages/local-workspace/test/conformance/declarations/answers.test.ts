import { describe, expect, test } from '@jest/globals';
import { createMonitor, monitorsPath, unityPrefix, withWorkspace } from '../../workspace-client.ts';
import type { TestWorkspace } from '../../workspace-client.ts';
import { compareAnswer } from './compare-answer.ts';
import { readDeclarations, readService } from './read-declarations.ts';

/** A call of each kind with the type that the client reads from its answer. `{…}` stands for an id. */
const answers: readonly {
  readonly service: string;
  readonly type: string;
  readonly call: string;
  readonly body?: Readonly<Record<string, unknown>>;
}[] = [
  { service: 'iam', type: 'User', call: 'GET /api/2.0/preview/scim/v2/Me' },
  { service: 'catalog', type: 'GetMetastoreSummaryResponse', call: `GET ${unityPrefix}/metastore_summary` },
  { service: 'catalog', type: 'MetastoreAssignment', call: `GET ${unityPrefix}/current-metastore-assignment` },
  { service: 'catalog', type: 'ListCatalogsResponse', call: `GET ${unityPrefix}/catalogs` },
  { service: 'catalog', type: 'CatalogInfo', call: `GET ${unityPrefix}/catalogs/prod` },
  { service: 'catalog', type: 'ListSchemasResponse', call: `GET ${unityPrefix}/schemas?catalog_name=prod` },
  { service: 'catalog', type: 'SchemaInfo', call: `GET ${unityPrefix}/schemas/prod.ml` },
  {
    service: 'catalog',
    type: 'ListTablesResponse',
    call: `GET ${unityPrefix}/tables?catalog_name=prod&schema_name=ml`,
  },
  { service: 'catalog', type: 'TableInfo', call: `GET ${unityPrefix}/tables/prod.ml.churn` },
  { service: 'catalog', type: 'TableInfo', call: `GET ${unityPrefix}/tables/prod.ml.recent` },
  { service: 'catalog', type: 'TableExistsResponse', call: `GET ${unityPrefix}/tables/prod.ml.recent/exists` },
  {
    service: 'catalog',
    type: 'ListEntityTagAssignmentsResponse',
    call: `GET ${unityPrefix}/entity-tag-assignments/tables/prod.ml.churn/tags`,
  },
  { service: 'sql', type: 'ListWarehousesResponse', call: 'GET /api/2.0/sql/warehouses' },
  { service: 'sql', type: 'GetWarehouseResponse', call: 'GET /api/2.0/sql/warehouses/{warehouse}' },
  {
    service: 'sql',
    type: 'StatementResponse',
    call: 'POST /api/2.0/sql/statements',
    body: { statement: 'SELECT * FROM prod.ml.churn', warehouse_id: '{warehouse}' },
  },
  {
    service: 'sql',
    type: 'StatementResponse',
    call: 'POST /api/2.0/sql/statements',
    body: { statement: 'SELECT 1', warehouse_id: '{warehouse}', disposition: 'EXTERNAL_LINKS' },
  },
  {
    service: 'sql',
    type: 'StatementResponse',
    call: 'POST /api/2.0/sql/statements',
    body: { statement: 'SELECT none', warehouse_id: '{warehouse}' },
  },
  { service: 'dataquality', type: 'Monitor', call: `GET ${monitorsPath}/table/{table}` },
  { service: 'dataquality', type: 'ListRefreshResponse', call: `GET ${monitorsPath}/table/{table}/refreshes` },
  { service: 'catalog', type: 'MonitorInfo', call: `GET ${unityPrefix}/tables/prod.ml.churn/monitor` },
  {
    service: 'catalog',
    type: 'MonitorRefreshListResponse',
    call: `GET ${unityPrefix}/tables/prod.ml.churn/monitor/refreshes`,
  },
  {
    service: 'sql',
    type: 'AlertV2',
    call: 'POST /api/2.0/alerts',
    body: {
      display_name: 'answer',
      query_text: 'SELECT 1 AS v',
      warehouse_id: '{warehouse}',
      evaluation: { source: { name: 'v' }, comparison_operator: 'IS_NULL', empty_result_state: 'OK' },
      schedule: { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC' },
    },
  },
  { service: 'sql', type: 'ListAlertsV2Response', call: 'GET /api/2.0/alerts' },
  {
    service: 'settings',
    type: 'NotificationDestination',
    call: 'POST /api/2.0/notification-destinations',
    body: { display_name: 'answer', config: { slack: { url: 'https://hooks.example.com/secret' } } },
  },
  {
    service: 'settings',
    type: 'ListNotificationDestinationsResponse',
    call: 'GET /api/2.0/notification-destinations',
  },
  { service: 'workspace', type: 'ObjectInfo', call: 'GET /api/2.0/workspace/get-status?path=/Shared' },
  { service: 'workspace', type: 'ListResponse', call: 'GET /api/2.0/workspace/list?path=/' },
];

/** What answers hold beyond the types, and why. */
const allowed: Readonly<Record<string, string>> = {
  'StatementStatus.sql_state: unknown': 'in the Python client',
  'AlertV2.effective_parent_path: unknown': 'in the Python client',
  'CronSchedule.effective_pause_status: unknown': 'in the Python client',
};

describe('answers to the official TypeScript client', () => {
  test('hold what its types declare and nothing else', async () => {
    await withWorkspace({}, async (workspace) => {
      const { tableId } = await createMonitor(workspace, {
        schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' },
        slicing_exprs: ['model_id'],
      });
      await workspace.idle();
      const fill = (text: string): string =>
        text.replaceAll('{table}', tableId).replaceAll('{warehouse}', workspace.warehouseId);
      const found = new Set<string>();
      for (const { service, type, call, body } of answers) {
        const reply = await send(workspace, fill(call), body === undefined ? undefined : fill(JSON.stringify(body)));
        const declarations = await readService(service);
        expect([type, declarations.has(type)]).toEqual([type, true]);
        for (const line of compareAnswer(declarations, type, reply)) found.add(line);
      }
      expect([...found].toSorted()).toEqual(Object.keys(allowed).toSorted());
    });
  });

  test.each([
    [{ colour: 'RED', parts: [{ size: 1 }] }, []],
    [{ parts: [{ size: 1, weight: 2 }] }, ['Whole.colour: missing', 'Part.weight: unknown']],
    [{ colour: 'TEAL' }, ['Colour: "TEAL" is no member']],
  ])('%j differs in %j', async (value, expected) => {
    const declarations = await readDeclarations(`type Colour = "RED" | "BLUE"; interface Part { size?: number }
      interface Whole { colour: Colour; parts?: Array<Part> }`);
    expect(compareAnswer(declarations, 'Whole', value)).toEqual(expected);
  });
});

async function send({ call }: TestWorkspace, request: string, body: string | undefined): Promise<unknown> {
  const [method = '', path = ''] = request.split(' ');
  const reply = await call(method, path, body === undefined ? undefined : JSON.parse(body));
  expect([request, reply.status]).toEqual([request, 200]);
  return reply.body;
}
