import { dashboardPage, type JsonObject, type Link } from '@dpo/core';

export interface LinkRequest {
  /** Origin of the workspace; undefined where it has no pages (the embedded one). */
  readonly host: string | undefined;
  readonly workspaceId: string;
  /** Full name as the catalog spells it. */
  readonly table: string;
  /** Outputs of its monitor, live or recorded. */
  readonly outputs: JsonObject;
}

/** Pages about a monitored table: Catalog Explorer, its tab for quality, the generated dashboard, the metric tables. */
export function linksOf({ host, workspaceId, table, outputs }: LinkRequest): readonly Link[] {
  if (host === undefined) return [];
  const workspace = `o=${encodeURIComponent(workspaceId)}`;
  const explorer = (name: string): string =>
    `${host}/explore/data/${name.split('.').map(encodeURIComponent).join('/')}`;
  const output = (member: string, link: (value: string) => Link): readonly Link[] => {
    const value = outputs[member];
    return typeof value === 'string' && value !== '' ? [link(value)] : [];
  };
  const metrics = (title: string) => (name: string) => ({ title, url: `${explorer(name)}?${workspace}` });
  return [
    { title: 'Catalog Explorer', url: `${explorer(table)}?${workspace}` },
    { title: 'monitor', url: `${explorer(table)}?${workspace}&activeTab=quality` },
    ...output('dashboard_id', (id) => ({
      title: 'dashboard',
      url: `${dashboardPage(host, id)}?${workspace}`,
    })),
    ...output('profile_metrics_table_name', metrics('profile metrics')),
    ...output('drift_metrics_table_name', metrics('drift metrics')),
  ];
}
