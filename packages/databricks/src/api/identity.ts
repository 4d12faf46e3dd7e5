import { fail } from '@dpo/core';
import type { Client } from '../client/client.ts';
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
  const path = '/api/2.0/preview/scim/v2/Me';
  const { body, headers } = await client.send({ method: 'GET', path, signal });
  const workspaceId = headers['x-databricks-org-id'];
  return {
    id: requiredText(body, 'id', `GET ${path}`),
    userName: requiredText(body, 'userName', `GET ${path}`),
    groups: objectsField(body, 'groups').flatMap((group) => textField(group, 'display') ?? []),
    ...(workspaceId === undefined || workspaceId === '' ? {} : { workspaceId }),
  };
}

export interface MetastoreAssignment {
  readonly metastoreId: string;
  readonly workspaceId?: string;
  readonly defaultCatalog?: string;
}

export async function getMetastoreAssignment(client: Client, signal?: AbortSignal): Promise<MetastoreAssignment> {
  const path = '/api/2.1/unity-catalog/current-metastore-assignment';
  const { body } = await client.send({ method: 'GET', path, signal });
  const workspaceId = textField(body, 'workspace_id');
  const defaultCatalog = textField(body, 'default_catalog_name');
  return {
    metastoreId: requiredText(body, 'metastore_id', `GET ${path}`),
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(defaultCatalog === undefined ? {} : { defaultCatalog }),
  };
}

export interface MetastoreSummary {
  readonly metastoreId: string;
  readonly name?: string;
  readonly region?: string;
}

export async function getMetastoreSummary(client: Client, signal?: AbortSignal): Promise<MetastoreSummary> {
  const path = '/api/2.1/unity-catalog/metastore_summary';
  const { body } = await client.send({ method: 'GET', path, signal });
  const name = textField(body, 'name');
  const region = textField(body, 'region');
  return {
    metastoreId: requiredText(body, 'metastore_id', `GET ${path}`),
    ...(name === undefined ? {} : { name }),
    ...(region === undefined ? {} : { region }),
  };
}

/** Which workspace a connection leads to, whatever its URL; a state belongs to these ids. */
export interface WorkspaceIdentity {
  readonly host: string;
  readonly workspaceId: string;
  readonly metastoreId: string;
  readonly userName: string;
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
  return { host: client.host, workspaceId, metastoreId: assignment.metastoreId, userName: me.userName };
}
