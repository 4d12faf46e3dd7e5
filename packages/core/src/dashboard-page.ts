import { kindOf, type Address } from './address.ts';

/** Address of the page that viewers of a published dashboard see. Not tried against a real workspace. */
export function dashboardPage(host: string, id: string): string {
  return `${host}/dashboardsv3/${encodeURIComponent(id)}/published`;
}

/** The id in such an address; undefined for any other. */
export function dashboardIn(page: string): string | undefined {
  const [, id] = /^\S+\/dashboardsv3\/([^/?\s]+)\/published(?:\?\S*)?$/u.exec(page) ?? [];
  try {
    return id === undefined ? undefined : decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

/** Where the pages of a workspace are; the embedded one, whose host is no address, has none. */
export interface Site {
  readonly host: string;
  readonly workspace_id: string;
}

/** The page of a resource that has one: a published dashboard. */
export function pageOf(address: Address, id: string | null | undefined, site: Site): string | undefined {
  if (kindOf(address) !== 'dashboard' || typeof id !== 'string' || !site.host.startsWith('http')) return undefined;
  return `${dashboardPage(site.host, id)}?o=${encodeURIComponent(site.workspace_id)}`;
}
