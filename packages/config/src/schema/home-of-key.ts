import type { Path } from '../finding.ts';
import { configSchema } from '../generated/config-schema.ts';

const homes: readonly (readonly [where: string, properties: object])[] = [
  ['under profile_defaults', configSchema.$defs.profile.properties],
  ['under a table of monitored_tables', configSchema.$defs.table.properties],
  ['under alerting', configSchema.properties.alerting.properties],
  ['under discovery', configSchema.properties.discovery.properties],
  ['under policy', configSchema.properties.policy.properties],
  ['under a target of targets', configSchema.$defs.target.properties],
];

/** Where a key would be known that stands in a place where it is not; the path is that of the key. */
export function homeOf(name: string, path: Path): string | undefined {
  if (path.length > 1 && Object.hasOwn(configSchema.properties, name)) return 'at the top level';
  return homes.find(([, properties]) => Object.hasOwn(properties, name))?.[0];
}
