import { invalidParameter } from '../api/api-error.ts';
import type { Storage } from '../storage/storage.ts';
import type { VolumeObject } from '../unity/objects.ts';

/** Checks where a new volume is to keep its files; external locations and the privileges on them are not modelled. */
export function checkStorageLocation(
  source: Pick<Storage, 'list'>,
  wanted: { readonly volumeType: VolumeObject['volumeType']; readonly location: string | undefined },
): void {
  const { volumeType, location } = wanted;
  if (volumeType === 'MANAGED') {
    // Recorded text: databricks/cli `libs/testserver/volumes.go`.
    if (location !== undefined) throw invalidParameter('CreateVolume storage_location can not be provided.');
    return;
  }
  if (location === undefined) throw invalidParameter('CreateVolume storage_location must be provided.');
  if (!/^[a-z][a-z0-9]*:\/\/[^/\s]+(\/\S*)?$/i.test(location)) {
    throw invalidParameter(`CreateVolume storage_location '${location}' is not a URL of a cloud store.`);
  }
  const taken = (source.list('volume') as unknown as readonly VolumeObject[]).find(({ storageLocation }) =>
    overlap(storageLocation, location),
  );
  if (taken !== undefined) {
    // No two volumes share a place, nor is one within another (`VolumesAPI.create`).
    throw invalidParameter(`Input path url '${location}' overlaps with other external tables or volumes.`);
  }
}

function overlap(left: string, right: string): boolean {
  const [one, other] = [left, right].map((location) => `${location.replace(/\/+$/, '')}/`) as [string, string];
  return one.startsWith(other) || other.startsWith(one);
}
