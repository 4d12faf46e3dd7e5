import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { textField } from './fields.ts';

const path = '/api/2.0/lakeview/dashboards';

/** Puts a dashboard into the trash, from where people can take it back for a while. A second time is `API.FORBIDDEN`. */
export async function trashDashboard(client: Client, id: string, signal?: AbortSignal): Promise<void> {
  await client.send({ method: 'DELETE', path: `${path}/${segment(id)}`, signal });
}

/** A dashboard in the trash is still answered, with this state. */
export async function isTrashed(client: Client, id: string, signal?: AbortSignal): Promise<boolean> {
  const { body } = await client.send({ method: 'GET', path: `${path}/${segment(id)}`, signal });
  return textField(body, 'lifecycle_state') === 'TRASHED';
}
