import { kindOf, type DesiredResource, type JsonObject } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';

/** Levels of the config in the words of the permissions API; CAN READ is what people know as CAN VIEW. */
const levels = { view: 'CAN_READ', run: 'CAN_RUN' } as const;

/** Views, alerts and dashboards with who may see or run them (W006). Both levels of the config read the rows of views. */
export function withAccess(
  resources: readonly DesiredResource[],
  { config: { access }, placeOf }: Pick<LoadedConfig, 'config' | 'placeOf'>,
): readonly DesiredResource[] {
  const given = Object.entries(access ?? {}).flatMap(([to, level]) => (level === null ? [] : [{ to, level }]));
  if (given.length === 0) return resources;
  return resources.map((resource) => {
    const kind = kindOf(resource.address);
    if (kind !== 'view' && kind !== 'alert' && kind !== 'dashboard') return resource;
    const granted = given.map(({ to, level }): JsonObject => ({
      to,
      level: kind === 'view' ? 'SELECT' : levels[level],
    }));
    const places = given.map(({ to }) => [`access[to=${to}]`, placeOf(['access', to])] as const);
    const origins = { ...resource.origins, access: placeOf(['access']), ...Object.fromEntries(places) };
    return { ...resource, spec: { ...resource.spec, access: granted }, origins };
  });
}
