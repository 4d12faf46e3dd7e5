import type { SmallWorld } from './small-world.ts';

export interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Calls of the API beside dpo: what strangers do, and what is really there. */
export interface WorkspaceCalls {
  readonly call: (method: string, path: string, body?: object) => Promise<Answered>;
  /** Id of a table of `prod.ml`. */
  readonly idOf: (table: string) => Promise<string>;
  /** Status of the answer about the monitor of a table id. */
  readonly monitorOf: (id: string) => Promise<number>;
}

/** With the token of the workspace unless another one is given. */
export function callsOf({ workspace }: SmallWorld, token = workspace.token): WorkspaceCalls {
  const call = async (method: string, path: string, body?: object): Promise<Answered> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${workspace.url}${path}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    call,
    idOf: async (table) =>
      String((await call('GET', `/api/2.1/unity-catalog/tables/prod.ml.${table}`)).body['table_id']),
    monitorOf: async (id) => (await call('GET', `/api/data-quality/v1/monitors/table/${id}`)).status,
  };
}
