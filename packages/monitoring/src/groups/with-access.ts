import { kindOf, metricAccessPaths, type DesiredResource, type JsonObject } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';

/** Levels of the config in the words of the permissions API; CAN READ is what people know as CAN VIEW. */
const levels = { view: 'CAN_READ', run: 'CAN_RUN' } as const;

/** Where a kind says it. */
const listsOf = {
  monitor: ['access', ...metricAccessPaths],
  view: ['access'],
  alert: ['access', 'folder_access'],
  dashboard: ['access', 'folder_access'],
} as const;

/**
 * Views, alerts and dashboards with who may see or run them, monitors with who may read their metric tables (W006). Both
 * levels of the config read rows.
 */
export function withAccess(
  resources: readonly DesiredResource[],
  { config: { access }, placeOf }: Pick<LoadedConfig, 'config' | 'placeOf'>,
): readonly DesiredResource[] {
  const given = Object.entries(access ?? {}).flatMap(([to, level]) => (level === null ? [] : [{ to, level }]));
  if (given.length === 0) return resources;
  return resources.map((resource) => {
    const kind = kindOf(resource.address);
    if (kind !== 'monitor' && kind !== 'view' && kind !== 'alert' && kind !== 'dashboard') return resource;
    const onRows = kind === 'monitor' || kind === 'view';
    const granted = given.map(({ to, level }): JsonObject => ({
      to,
      level: onRows ? 'SELECT' : levels[level],
    }));
    const lists = listsOf[kind];
    const places = lists.flatMap((list) => [
      [list, placeOf(['access'])] as const,
      ...given.map(({ to }) => [`${list}[to=${to}]`, placeOf(['access', to])] as const),
    ]);
    const origins = { ...resource.origins, ...Object.fromEntries(places) };
    const spec = { ...resource.spec, ...Object.fromEntries(lists.map((list) => [list, granted])) };
    return { ...resource, spec, origins };
  });
}
