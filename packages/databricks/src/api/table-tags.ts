import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { requiredText, textField } from './fields.ts';
import { allPages } from './paging.ts';

/** Tags set on the table itself, key to value; a tag without a value is ''. One request a page. */
export async function listTableTags(
  client: Client,
  fullName: string,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const path = `/api/2.1/unity-catalog/entity-tag-assignments/tables/${segment(fullName)}/tags`;
  const found = await allPages(client, { path, query: { max_results: '0' }, key: 'tag_assignments', signal });
  const own = found.filter((tag) => tag['inherited'] !== true);
  return Object.fromEntries(
    own.map((tag) => [requiredText(tag, 'tag_key', `GET ${path}`), textField(tag, 'tag_value') ?? '']),
  );
}
