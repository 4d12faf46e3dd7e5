import type { Access } from '../access/access.ts';
import { schemaSecurable } from '../access/securable.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Caller } from '../principals/caller.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import type { VolumeObject } from '../unity/objects.ts';
import { doesNotExist } from '../unity/unity-error.ts';
import { findVolume, volumeSecurable } from '../volumes/volumes.ts';

export interface VolumeFileServices {
  readonly storage: Storage;
  readonly access: Access;
  readonly ids: Ids;
  readonly clock: () => Date;
  readonly behaviour: Behaviour;
}

/**
 * The volume, if the caller may read or write its files. Catalog and schema are asked for first, so that who may not use
 * them does not learn what is in them.
 */
export function requireVolume(
  { storage, access }: VolumeFileServices,
  caller: Caller,
  { volume: fullName, privilege }: { readonly volume: string; readonly privilege: 'READ_VOLUME' | 'WRITE_VOLUME' },
): VolumeObject {
  const volume = requireExistingVolume({ storage, access }, caller, fullName);
  access.require(caller, privilege, volumeSecurable(volume));
  return volume;
}

/** The volume of this name; 404 for catalog, schema or volume that do not exist. */
export function requireExistingVolume(
  { storage, access }: Pick<VolumeFileServices, 'storage' | 'access'>,
  caller: Caller,
  fullName: string,
): VolumeObject {
  const [catalog = '', schema = ''] = fullName.toLowerCase().split('.');
  if (storage.get('catalog', catalog) === undefined) throw doesNotExist('Catalog', catalog);
  if (storage.get('schema', `${catalog}.${schema}`) === undefined) throw doesNotExist('Schema', `${catalog}.${schema}`);
  const volume = findVolume(storage, fullName);
  if (volume !== undefined) return volume;
  access.require(caller, 'USE_SCHEMA', schemaSecurable({ catalog, name: schema }));
  throw doesNotExist('Volume', fullName);
}
