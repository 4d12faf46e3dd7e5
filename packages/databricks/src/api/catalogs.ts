import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { requiredText, textField } from './fields.ts';
import { allPages } from './paging.ts';

const path = '/api/2.1/unity-catalog/catalogs';

/** CatalogInfo, as far as dpo reads it. */
export interface CatalogName {
  readonly name: string;
  /** `MANAGED_CATALOG`, `SYSTEM_CATALOG`, …; may be missing. */
  readonly type: string | undefined;
}

/** Catalogs that the caller may at least browse; one request a page. */
export async function listCatalogs(client: Client, signal?: AbortSignal): Promise<readonly CatalogName[]> {
  const query = { max_results: '0', include_browse: 'true' };
  const found = await allPages(client, { path, query, key: 'catalogs', signal });
  return found.map((body) => ({
    name: requiredText(body, 'name', `GET ${path}`),
    type: textField(body, 'catalog_type'),
  }));
}

/** Rejects with `API.FORBIDDEN` or `API.NOT_FOUND` if the caller may not even browse it. */
export async function getCatalog(client: Client, name: string, signal?: AbortSignal): Promise<void> {
  await client.send({ method: 'GET', path: `${path}/${segment(name)}`, query: { include_browse: 'true' }, signal });
}
