import type { Client } from '../client/client.ts';
import { requiredText, textField } from './fields.ts';
import { allPages } from './paging.ts';

const path = '/api/2.0/notification-destinations';

/**
 * Notification destinations of the workspace, by display name: their ids. Names are not unique. One request a page. Their
 * configs hold secrets, and are shown to administrators only: they are not read.
 */
export async function listDestinations(
  client: Client,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = new Map<string, string[]>();
  for (const item of await allPages(client, { path, query: { page_size: '100' }, key: 'results', signal })) {
    const name = textField(item, 'display_name');
    if (name === undefined) continue;
    const id = requiredText(item, 'id', path);
    const known = ids.get(name);
    if (known === undefined) ids.set(name, [id]);
    else known.push(id);
  }
  return ids;
}
