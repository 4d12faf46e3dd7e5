import { dropGrants, moveGrants } from '../access/grants.ts';
import type { Securable } from '../access/securable.ts';
import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import type { VolumeObject } from '../unity/objects.ts';
import { alreadyExists } from '../unity/unity-error.ts';
import { removeEntriesOf } from '../volume-files/volume-entries.ts';

/** Name parts of a volume; catalog and schema exist. */
type VolumeName = Pick<VolumeObject, 'catalog' | 'schema' | 'name'>;

export interface NewVolume extends VolumeName {
  readonly volumeType: VolumeObject['volumeType'];
  /** Needed for an external volume; made up for a managed one. */
  readonly storageLocation?: string;
  readonly owner: string;
  readonly comment?: string;
}

interface VolumePorts {
  readonly ids: Pick<Ids, 'uuid'>;
  /** Epoch milliseconds of the workspace clock. */
  readonly now: number;
}

export function volumeName({ catalog, schema, name }: VolumeName): string {
  return `${catalog}.${schema}.${name}`.toLowerCase();
}

export function volumeSecurable(volume: VolumeName): Securable {
  return { type: 'volume', name: volumeName(volume) };
}

export function findVolume(source: Pick<Storage, 'get'>, fullName: string): VolumeObject | undefined {
  return source.get('volume', fullName.toLowerCase()) as VolumeObject | undefined;
}

export function listVolumes(source: Pick<Storage, 'list'>, catalog: string, schema: string): readonly VolumeObject[] {
  const volumes = source.list('volume') as unknown as readonly VolumeObject[];
  return volumes.filter((volume) => volume.catalog === catalog.toLowerCase() && volume.schema === schema.toLowerCase());
}

/** Throws 400 VOLUME_ALREADY_EXISTS. Names are stored in lower case (databricks/cli `libs/testserver/volumes.go`). */
export async function createVolume(
  transaction: Transaction,
  { ids, now }: VolumePorts,
  { storageLocation, ...wanted }: NewVolume,
): Promise<VolumeObject> {
  const volumeId = ids.uuid();
  const volume: VolumeObject = {
    ...wanted,
    catalog: wanted.catalog.toLowerCase(),
    schema: wanted.schema.toLowerCase(),
    name: wanted.name.toLowerCase(),
    volumeId,
    storageLocation: (storageLocation ?? `s3://local-workspace/volumes/${volumeId}`).replace(/\/+$/, ''),
    createdAt: now,
    updatedAt: now,
  };
  if (findVolume(transaction, volumeName(volume)) !== undefined) throw alreadyExists('Volume', volumeName(volume));
  await putVolume(transaction, volume);
  return volume;
}

/** Changes owner, comment or name; files and grants follow a new name. */
export async function changeVolume(
  transaction: Transaction,
  volume: VolumeObject,
  change: Partial<Pick<VolumeObject, 'name' | 'owner' | 'comment'>> & { readonly updatedAt: number },
): Promise<VolumeObject> {
  const changed: VolumeObject = { ...volume, ...change, name: (change.name ?? volume.name).toLowerCase() };
  if (changed.name !== volume.name) {
    if (findVolume(transaction, volumeName(changed)) !== undefined) throw alreadyExists('Volume', volumeName(changed));
    await transaction.remove('volume', volumeName(volume));
    await moveGrants(transaction, volumeSecurable(volume), volumeSecurable(changed));
  }
  await putVolume(transaction, changed);
  return changed;
}

/** Removes the volume with its files and grants. */
export async function dropVolume(transaction: Transaction, volume: VolumeObject): Promise<void> {
  await removeEntriesOf(transaction, volume.volumeId);
  await transaction.remove('volume', volumeName(volume));
  await dropGrants(transaction, volumeSecurable(volume));
}

async function putVolume(transaction: Transaction, volume: VolumeObject): Promise<void> {
  await transaction.put('volume', volumeName(volume), volume as unknown as Document);
}
