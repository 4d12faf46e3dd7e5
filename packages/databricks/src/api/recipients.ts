import type { Client } from '../client/client.ts';
import { objectsField, requiredText, textField } from './fields.ts';
import { allPages } from './paging.ts';

/** Ids of the users of the workspace that have this user name; there is at most one. */
export async function findUsers(client: Client, userName: string, signal?: AbortSignal): Promise<readonly string[]> {
  const path = '/api/2.0/preview/scim/v2/Users';
  const filter = `userName eq ${JSON.stringify(userName)}`;
  const { body } = await client.send({ method: 'GET', path, query: { filter, attributes: 'id,userName' }, signal });
  return objectsField(body, 'Resources').map((user) => requiredText(user, 'id', path));
}

export interface NotificationDestination {
  readonly id: string;
  readonly displayName: string;
}

/** One request a page. Their configs hold secrets, and are shown to administrators only: they are not read. */
export async function listDestinations(
  client: Client,
  signal?: AbortSignal,
): Promise<readonly NotificationDestination[]> {
  const path = '/api/2.0/notification-destinations';
  const found = await allPages(client, { path, query: { page_size: '100' }, key: 'results', signal });
  return found.map((body) => ({
    id: requiredText(body, 'id', path),
    displayName: textField(body, 'display_name') ?? '',
  }));
}
