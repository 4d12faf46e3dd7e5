import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { VolumeObject } from '../unity/objects.ts';
import { putFile } from '../volume-files/volume-entries.ts';
import { createVolume, findVolume, volumeName, volumeSecurable } from '../volumes/volumes.ts';
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
  { storage, ids, clock, principal }: SeedPorts,
  name: Pick<VolumeObject, 'catalog' | 'schema' | 'name'>,
  fields: Omit<SeedVolumeFields, 'files'> & { readonly files: string | undefined },
): Promise<void> {
  const now = clock().getTime();
  const files = fields.files === undefined ? [] : await filesIn(fields.files);
  await storage.transaction(async (transaction) => {
    if (findVolume(transaction, volumeName(name)) !== undefined) return;
    const volume = await createVolume(
      transaction,
      { ids, now },
      {
        ...name,
        volumeType: fields.type ?? 'MANAGED',
        owner: fields.owner ?? principal,
        ...(fields.location === undefined ? {} : { storageLocation: fields.location }),
        ...(fields.comment === undefined ? {} : { comment: fields.comment }),
      },
    );
    await seedGrants(transaction, volumeSecurable(volume), fields.grants);
    for (const { path, file } of files) {
      const content = await readFile(file);
      await putFile(transaction, ids, { volumeId: volume.volumeId, path, content, modifiedAt: now });
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
