import type { Answer } from '../api/route.ts';
import type { VolumeObject } from '../unity/objects.ts';
import { volumeName } from './volumes.ts';

/** VolumeInfo. */
export function volumeAnswer(
  volume: VolumeObject,
  { metastoreId, visibility }: { readonly metastoreId: string; readonly visibility: 'full' | 'browse' },
): Answer {
  return {
    ...(visibility === 'browse' ? { browse_only: true } : {}),
    name: volume.name,
    catalog_name: volume.catalog,
    schema_name: volume.schema,
    full_name: volumeName(volume),
    volume_id: volume.volumeId,
    volume_type: volume.volumeType,
    storage_location: volume.storageLocation,
    metastore_id: metastoreId,
    owner: volume.owner,
    comment: volume.comment,
    created_at: volume.createdAt,
    created_by: volume.owner,
    updated_at: volume.updatedAt,
    updated_by: volume.owner,
  };
}
