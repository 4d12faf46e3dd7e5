import { fail } from '@dpo/core';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import type { ApiResponse } from '../client/request.ts';
import { objectsField, requiredText, textField } from './fields.ts';

export interface Me {
  readonly id: string;
  /** A person's e-mail, or the application id of a service principal. */
  readonly userName: string;
  readonly groups: readonly string[];
  /** From the header that every answer of a workspace carries; missing behind some proxies. */
  readonly workspaceId?: string;
}

/** One request. https://github.com/databricks/databricks-sdk-py, `WorkspaceClient.get_workspace_id`. */
export async function getMe(client: Client, signal?: AbortSignal): Promise<Me> {
  return meIn(await client.send({ method: 'GET', path: mePath, signal }));
}

export const mePath = '/api/2.0/preview/scim/v2/Me';

export function meIn({ body, headers }: Pick<ApiResponse, 'body' | 'headers'>): Me {
  const workspaceId = headers['x-databricks-org-id'];
  return {
    id: requiredText(body, 'id', `GET ${mePath}`),
    userName: requiredText(body, 'userName', `GET ${mePath}`),
    groups: objectsField(body, 'groups').flatMap((group) => textField(group, 'display') ?? []),
    ...(workspaceId === undefined || workspaceId === '' ? {} : { workspaceId }),
  };
}

export interface MetastoreAssignment {
  readonly metastoreId: string;
  readonly workspaceId?: string;
  readonly defaultCatalog?: string;
}

/** Throws `CATALOG.NO_METASTORE` for a workspace without Unity Catalog (R108). */
export async function getMetastoreAssignment(client: Client, signal?: AbortSignal): Promise<MetastoreAssignment> {
  const path = '/api/2.1/unity-catalog/current-metastore-assignment';
  const { body } = await client.send({ method: 'GET', path, signal }).catch((error: unknown) => {
    const code = apiCodeOf(error) ?? '';
    throw ['API.NOT_FOUND', 'API.NOT_IMPLEMENTED'].includes(code)
      ? restated(error, () => noMetastore(client.host))
      : error;
  });
  // The API omits what is unset, so an empty answer says the same.
  if (Object.keys(body).length === 0) fail(noMetastore(client.host));
  const workspaceId = textField(body, 'workspace_id');
  const defaultCatalog = textField(body, 'default_catalog_name');
  return {
    metastoreId: requiredText(body, 'metastore_id', `GET ${path}`),
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(defaultCatalog === undefined ? {} : { defaultCatalog }),
  };
}

function noMetastore(host: string): { readonly code: string; readonly message: string; readonly hint: string } {
  return {
    code: 'CATALOG.NO_METASTORE',
    message: `the workspace ${host} has no Unity Catalog: no metastore is assigned to it`,
    hint: 'let an account admin assign a metastore to it, or use a workspace that has one; data profiling needs Unity Catalog',
  };
}

export interface MetastoreSummary {
  readonly metastoreId: string;
  readonly name?: string;
  readonly region?: string;
  /** The metastore admin: a person or a group. */
  readonly owner?: string;
}

export async function getMetastoreSummary(client: Client, signal?: AbortSignal): Promise<MetastoreSummary> {
  const path = '/api/2.1/unity-catalog/metastore_summary';
  const { body } = await client.send({ method: 'GET', path, signal });
  const name = textField(body, 'name');
  const region = textField(body, 'region');
  const owner = textField(body, 'owner');
  return {
    metastoreId: requiredText(body, 'metastore_id', `GET ${path}`),
    ...(name === undefined ? {} : { name }),
    ...(region === undefined ? {} : { region }),
    ...(owner === undefined ? {} : { owner }),
  };
}

/** Which workspace a connection leads to, whatever its URL; a state belongs to these ids. */
export interface WorkspaceIdentity {
  readonly host: string;
  readonly workspaceId: string;
  readonly metastoreId: string;
  readonly userName: string;
  /** Names of the groups that it is in, as far as the workspace tells. */
  readonly groups: readonly string[];
}

/** Two requests. */
export async function getWorkspaceIdentity(client: Client, signal?: AbortSignal): Promise<WorkspaceIdentity> {
  const me = await getMe(client, signal);
  const assignment = await getMetastoreAssignment(client, signal);
  const workspaceId = me.workspaceId ?? assignment.workspaceId;
  if (workspaceId === undefined) {
    fail({
      code: 'API.MALFORMED',
      message: `${client.host} does not say which workspace it is`,
      hint: 'a proxy may drop the header X-Databricks-Org-Id; use the URL of the workspace itself',
    });
  }
  return {
    host: client.host,
    workspaceId,
    metastoreId: assignment.metastoreId,
    userName: me.userName,
    groups: me.groups,
  };
}
