import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { writeBlob } from '../storage/blob-table.ts';
import type { Document } from '../storage/storage.ts';
import type { VolumeObject } from '../unity/objects.ts';
import { atPlace } from './at-place.ts';
import type { SeedVolumeFields } from './object-shapes.ts';
import type { Seed } from './read-seed.ts';
import { seedGrants } from './seed-grants.ts';
import { seedSchemas } from './seed-table.ts';
import type { SeedPorts } from './seed-table.ts';

/** Makes the volumes that are missing, with the files of a folder. */
export async function loadVolumes(ports: SeedPorts, seed: Seed): Promise<void> {
  for (const { catalog, schema, fields, path } of seedSchemas(seed)) {
    for (const [name, volume] of Object.entries(fields.volumes ?? {})) {
      const place = { seed, path: [...path, 'volumes', name], what: `volume ${catalog}.${schema}.${name}` };
      const files = volume.files === undefined ? undefined : seed.resolve(volume.files);
      await atPlace(place, () =>
        loadVolume(ports, { catalog, schema, name: name.toLowerCase() }, { ...volume, files }),
      );
    }
  }
}

async function loadVolume(
  ports: SeedPorts,
  name: Pick<VolumeObject, 'catalog' | 'schema' | 'name'>,
  fields: Omit<SeedVolumeFields, 'files'> & { readonly files: string | undefined },
): Promise<void> {
  const { storage, ids, clock, principal } = ports;
  const id = `${name.catalog}.${name.schema}.${name.name}`;
  const at = clock().getTime();
  const files = fields.files === undefined ? [] : await filesIn(fields.files);
  await storage.transaction(async (transaction) => {
    if (transaction.get('volume', id) !== undefined) return;
    const volumeId = ids.uuid();
    const volume: VolumeObject = {
      ...name,
      volumeId,
      volumeType: fields.type ?? 'MANAGED',
      storageLocation: fields.location ?? `s3://local-workspace/volumes/${volumeId}`,
      owner: fields.owner ?? principal,
      ...(fields.comment === undefined ? {} : { comment: fields.comment }),
      createdAt: at,
      updatedAt: at,
    };
    await transaction.put('volume', id, volume as unknown as Document);
    await seedGrants(transaction, { type: 'volume', name: id }, fields.grants);
    for (const { path, file } of files) {
      const full = `/Volumes/${name.catalog}/${name.schema}/${name.name}/${path}`;
      const content = await readFile(file);
      await writeBlob(transaction.connection, full, content);
      await transaction.put('volume_file', full, { path: full, size: content.length, modifiedAt: at, blob: full });
    }
  });
}

/** Every file below a folder, with its path in it. */
async function filesIn(folder: string): Promise<readonly { readonly path: string; readonly file: string }[]> {
  if (!(await stat(folder)).isDirectory()) throw new Error(`'${folder}' is not a folder`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => ({ file, path: relative(folder, file).split(sep).join('/') }));
}
