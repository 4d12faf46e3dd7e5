import { kindOf, type DesiredResource } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';

/**
 * Views and schemas with the owner that the config names for them (W004). Only objects that dpo makes are handed over: a
 * schema that exists already is used as it is (W016), and the planner leaves it alone.
 */
export function withOwner(resources: readonly DesiredResource[], loaded: LoadedConfig): readonly DesiredResource[] {
  const { owner } = loaded.config;
  if (typeof owner !== 'string') return resources;
  const place = loaded.placeOf(['owner']);
  return resources.map((resource) => {
    const owned = ['view', 'schema'].includes(kindOf(resource.address));
    if (!owned) return resource;
    return { ...resource, spec: { ...resource.spec, owner }, origins: { ...resource.origins, owner: place } };
  });
}
