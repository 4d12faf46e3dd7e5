import { fail, isDpoError, type BlobStore } from '@dpo/core';
import {
  deleteFile,
  downloadFile,
  listVolumeDirectory,
  makeVolumeDirectory,
  uploadNewFile,
} from '../api/volume-files.ts';
import type { Client } from '../client/client.ts';

export interface VolumeBlobsOptions {
  /** Of the workspace that the target names; asked for with the first use. */
  readonly client: () => Promise<Client>;
  /** `/Volumes/<catalog>/<schema>/<volume>`, and folders below it. */
  readonly path: string;
}

/**
 * Files of a Unity Catalog volume. Reading needs READ VOLUME, writing WRITE VOLUME, both with USE CATALOG and USE SCHEMA.
 * Databricks does not document what happens to two uploads at once, so every file is read back.
 */
export function createVolumeBlobs({ client, path }: VolumeBlobsOptions): BlobStore {
  const fullName = path.split('/').slice(2, 5).join('.');
  const volume = path.split('/').slice(0, 5).join('/');

  async function use<T>(privilege: 'READ VOLUME' | 'WRITE VOLUME', work: (open: Client) => Promise<T>): Promise<T> {
    const open = await client();
    try {
      return await work(open);
    } catch (error) {
      throw explained(error, privilege, fullName);
    }
  }

  async function upload(open: Client, file: string, text: string): Promise<'made' | 'exists'> {
    try {
      return await uploadNewFile(open, file, text);
    } catch (error) {
      // Some stores make folders by themselves, others want them to be there.
      if (!isDpoError(error) || error.problems[0]?.code !== 'API.NOT_FOUND') throw error;
      await makeVolumeDirectory(open, file.slice(0, file.lastIndexOf('/')));
      return uploadNewFile(open, file, text);
    }
  }

  return {
    location: `volume:${path}`,
    get: async (name) => use('READ VOLUME', (open) => downloadFile(open, `${path}/${name}`)),
    putIfAbsent: async (name, text) =>
      use('WRITE VOLUME', async (open) => {
        const file = `${path}/${name}`;
        if ((await upload(open, file, text)) === 'exists') return 'exists';
        return (await downloadFile(open, file)) === text ? 'made' : 'exists';
      }),
    delete: async (name) => use('WRITE VOLUME', (open) => deleteFile(open, `${path}/${name}`)),
    list: async (folder) =>
      use('READ VOLUME', async (open) => {
        const names = await listVolumeDirectory(open, `${path}/${folder}`);
        if (names !== undefined) return names;
        // A volume that is not there, or may not be seen, is no empty state.
        if ((await listVolumeDirectory(open, volume)) !== undefined) return [];
        return fail({
          code: 'STATE.UNREADABLE',
          message: `the volume ${fullName} of the state is not there, or this identity may not see it`,
          hint: `check the name, or make it: CREATE VOLUME ${fullName}; reading needs USE CATALOG, USE SCHEMA and READ VOLUME`,
        });
      }),
  };
}

function explained(error: unknown, privilege: string, volume: string): unknown {
  const problem = isDpoError(error) ? error.problems[0] : undefined;
  if (problem?.code !== 'API.FORBIDDEN') return error;
  try {
    return fail(
      {
        code: privilege === 'READ VOLUME' ? 'STATE.UNREADABLE' : 'STATE.UNWRITABLE',
        message: `the state in the volume ${volume} cannot be ${privilege === 'READ VOLUME' ? 'read' : 'written'}: ${problem.message}`,
        hint: `GRANT ${privilege} ON VOLUME ${volume} TO \`<principal>\`; it also needs USE CATALOG and USE SCHEMA`,
      },
      { cause: error },
    );
  } catch (explanation) {
    return explanation;
  }
}
