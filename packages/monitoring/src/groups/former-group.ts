import { addressOf, groupSlug, ignorable, kindOf, nameOf, type Address, type DesiredResource } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import type { Group } from './monitored-table.ts';

/** What `groups` says about the outputs of a group: the name it had before, and what dpo leaves alone. */
export function withGroupSettings(loaded: LoadedConfig, group: Group): (resource: DesiredResource) => DesiredResource {
  const { renamed_from: former, ignore: entries } = loaded.config.groups?.[group.name] ?? {};
  const paths = (entries ?? []).map((entry) => ignorable(entry));
  return (resource) => {
    const kind = kindOf(resource.address);
    const ignore = paths.flatMap((each) => (each.status === 'known' && each.kind === kind ? each.paths : []));
    return {
      ...resource,
      ...(typeof former === 'string'
        ? { renamedFrom: formerAddress(resource.address, group.slug, groupSlug(former)) }
        : {}),
      ...(ignore.length === 0 ? {} : { ignore: [...new Set(ignore)] }),
    };
  };
}

function formerAddress(address: Address, slug: string, former: string): Address {
  const name = nameOf(address);
  const kind = kindOf(address);
  if (kind === 'alert') return addressOf(kind, `${former}${name.slice(slug.length)}`);
  if (kind === 'dashboard') return addressOf(kind, former);
  return addressOf(kind, `${name.slice(0, name.length - slug.length)}${former}`);
}
