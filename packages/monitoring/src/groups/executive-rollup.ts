import { addressOf, ref, type Address, type DesiredResource, type ViewFamily } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { rollupDashboard } from '../dashboards/rollup-dashboard.ts';
import { displayName } from '../development.ts';
import { thresholdsOf } from './group-alerts.ts';
import { dashboardSpec, publishingNotes, type DashboardContext } from './group-dashboards.ts';
import { viewAddress, viewName } from './group-views.ts';
import type { Group } from './monitored-table.ts';

/** No slug of a group is a star, so that no group is in its way. */
export const rollupAddress: Address = addressOf('dashboard', '*');

/**
 * The dashboard over all groups, where there are several (U114). It waits until the dashboards of the groups have ended,
 * however they did (ruling 41); nothing waits for it, so that its failure is its own.
 */
export function executiveRollup(groups: readonly Group[], context: DashboardContext): readonly DesiredResource[] {
  const { loaded, development } = context;
  const { config } = loaded;
  if (config.deploy_executive_rollup === false || groups.length < 2) return [];
  const views = (family: ViewFamily): readonly string[] => groups.map(({ slug }) => viewName(loaded, family, slug));
  const content = rollupDashboard({
    driftViews: views('drift'),
    profileViews: views('profile'),
    thresholds: thresholdsOf(loaded),
    ignoreColumns: config.alerting?.ignore_columns ?? [],
    ...(config.alerting?.drift_type === undefined ? {} : { driftType: config.alerting.drift_type }),
  });
  const read = groups.flatMap((group) => [viewAddress(loaded, 'drift', group), viewAddress(loaded, 'profile', group)]);
  const dashboards = groups.map(({ slug }) => addressOf('dashboard', slug));
  return [
    {
      address: rollupAddress,
      spec: dashboardSpec(context, {
        name: displayName('DPO Executive Roll-up', development),
        content,
        views: read.map((address) => ref(address, 'name')),
        after: config.deploy_aggregated_dashboard === false ? [] : dashboards,
      }),
      place: placeOf(loaded),
      origins: { 'published.embed_credentials': loaded.placeOf(['dashboards', 'embed_credentials']) },
      notes: publishingNotes(loaded),
    },
  ];
}

function placeOf(loaded: LoadedConfig): DesiredResource['place'] {
  return loaded.placeOf(['deploy_executive_rollup']);
}
