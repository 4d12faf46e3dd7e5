import { resourceDoesNotExist } from './api-error.ts';
import { pageOf } from './paging.ts';
import { integer, shape, text } from './reader.ts';
import { route } from './route.ts';
import type { Answer, Route } from './route.ts';
import type { Warehouse, Warehouses } from './warehouses.ts';

const listQuery = shape({ optional: { page_size: integer({ min: 0 }), page_token: text, run_as_user_id: text } });
const emptyBody = shape({ optional: { id: text } });
const prefix = '/api/2.0/sql/warehouses';

export function warehouseRoutes(warehouses: Warehouses, principal: string): readonly Route[] {
  const answer = (warehouse: Warehouse): Answer => warehouseAnswer(warehouse, { warehouses, principal });
  return [
    route(`GET ${prefix}`, {
      query: listQuery,
      handle({ query }) {
        const page = pageOf(warehouses.list(), { maxResults: query.page_size, pageToken: query.page_token });
        return { warehouses: page.items.map(answer), next_page_token: page.nextPageToken };
      },
    }),
    route(`GET ${prefix}/{id}`, { handle: ({ parameters }) => answer(existing(warehouses, parameters('id'))) }),
    route(`POST ${prefix}/{id}/start`, {
      body: emptyBody,
      async handle({ parameters }) {
        await warehouses.start(existing(warehouses, parameters('id')));
        return {};
      },
    }),
    route(`POST ${prefix}/{id}/stop`, {
      body: emptyBody,
      async handle({ parameters }) {
        await warehouses.stop(existing(warehouses, parameters('id')));
        return {};
      },
    }),
  ];
}

function existing(warehouses: Warehouses, id: string): Warehouse {
  const warehouse = warehouses.find(id);
  if (warehouse === undefined) throw resourceDoesNotExist(`SQL warehouse ${id} does not exist.`);
  return warehouse;
}

function warehouseAnswer(
  warehouse: Warehouse,
  options: { readonly warehouses: Warehouses; readonly principal: string },
): Answer {
  const state = options.warehouses.state(warehouse);
  return {
    id: warehouse.id,
    name: warehouse.name,
    state,
    cluster_size: '2X-Small',
    warehouse_type: 'PRO',
    enable_serverless_compute: warehouse.serverless ?? true,
    enable_photon: true,
    min_num_clusters: 1,
    max_num_clusters: 1,
    auto_stop_mins: 10,
    creator_name: options.principal,
    num_clusters: state === 'RUNNING' ? 1 : 0,
    num_active_sessions: 0,
    spot_instance_policy: 'COST_OPTIMIZED',
    channel: {},
    health: { status: 'HEALTHY' },
  };
}
