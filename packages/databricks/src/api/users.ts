import type { Client } from '../client/client.ts';
import { objectsField, requiredText } from './fields.ts';

/** Ids of the users of the workspace that have this user name; there is at most one. */
export async function findUsers(client: Client, userName: string, signal?: AbortSignal): Promise<readonly string[]> {
  const path = '/api/2.0/preview/scim/v2/Users';
  const filter = `userName eq ${JSON.stringify(userName)}`;
  const { body } = await client.send({ method: 'GET', path, query: { filter, attributes: 'id,userName' }, signal });
  return objectsField(body, 'Resources').map((user) => requiredText(user, 'id', path));
}
