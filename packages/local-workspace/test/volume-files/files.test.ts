import { describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largestBody } from '../../src/api/read-request.ts';
import { as, others } from '../access/principals.ts';
import { fixedClock, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { contentOf, createVolume, directoriesPath, filesPath, jsonOf, put, raw } from './volume-client.ts';

/** Parents are made by an upload, whatever behaviour the suite runs under. */
const created = { behaviour: { files_missing_parent: 'created' } } as const;

describe('files of a volume', () => {
  test('come back as the bytes that were sent, with length, type and time in the headers', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);
      const sent = await put(workspace, 'a%20b%C3%BC%25.bin', bytes);
      expect([sent.status, sent.bytes.length]).toEqual([204, 0]);
      const path = `${filesPath}/a%20b%C3%BC%25.bin`;
      const got = await raw(workspace, { method: 'GET', path });
      expect(Buffer.compare(got.bytes, bytes)).toBe(0);
      const headers = {
        'content-length': '70000',
        'content-type': 'application/octet-stream',
        'last-modified': fixedClock().toUTCString(),
      };
      expect(got.headers).toMatchObject(headers);
      const head = await raw(workspace, { method: 'HEAD', path });
      expect([head.status, head.bytes.length]).toEqual([200, 0]);
      expect(head.headers).toMatchObject(headers);
      const listed = jsonOf(await raw(workspace, { method: 'GET', path: directoriesPath }));
      expect(listed['contents']).toEqual([
        {
          path: '/Volumes/prod/ml/state/a bü%.bin',
          name: 'a bü%.bin',
          is_directory: false,
          file_size: 70_000,
          last_modified: fixedClock().getTime(),
        },
      ]);
    });
  });

  test('are replaced when overwrite is true or absent and kept when it is false (corrections 22)', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      const upload = (query: string, content: string) =>
        raw(workspace, { method: 'PUT', path: `${filesPath}/lock${query}`, content });
      expect((await upload('?overwrite=false', 'one')).status).toBe(204);
      const refused = await upload('?overwrite=false', 'two');
      expect([refused.status, jsonOf(refused)['error_code']]).toEqual([409, 'ALREADY_EXISTS']);
      expect(await contentOf(workspace, 'lock')).toBe('one');
      expect((await upload('?overwrite=true', 'three')).status).toBe(204);
      expect(await contentOf(workspace, 'lock')).toBe('three');
      expect((await upload('', '')).status).toBe(204);
      expect(await contentOf(workspace, 'lock')).toBe('');
      expect((await upload('?overwrite=maybe', 'x')).status).toBe(400);
    });
  });

  test('of many uploads at once that must not overwrite exactly one wins, and its content stays', async () => {
    await withWorkspace(created, async (workspace) => {
      await createVolume(workspace);
      for (let round = 0; round < 5; round += 1) {
        const racers = Array.from({ length: 12 }, (_, index) =>
          raw(workspace, {
            method: 'PUT',
            path: `${filesPath}/locks/${round}?overwrite=false`,
            content: `racer ${index}`,
          }),
        );
        const statuses = (await Promise.all(racers)).map(({ status }) => status);
        expect(statuses.toSorted((left, right) => left - right)).toEqual([
          204,
          ...Array.from({ length: 11 }, () => 409),
        ]);
        expect(await contentOf(workspace, `locks/${round}`)).toBe(`racer ${statuses.indexOf(204)}`);
      }
    });
  });

  test('a reader beside writers gets one whole content each time', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      const contents = ['a', 'b', 'c'].map((letter, index) => letter.repeat(40_000 + index));
      await put(workspace, 'state.json', contents[0] ?? '');
      const writes = Array.from({ length: 30 }, (_, index) => put(workspace, 'state.json', contents[index % 3] ?? ''));
      const reads = Array.from({ length: 30 }, () => contentOf(workspace, 'state.json'));
      for (const read of await Promise.all(reads)) expect(contents).toContain(read);
      for (const { status } of await Promise.all(writes)) expect(status).toBe(204);
    });
  });

  test('are removed once, and their content with them', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      await put(workspace, 'x', 'content');
      const remove = () => raw(workspace, { method: 'DELETE', path: `${filesPath}/x` });
      expect((await remove()).status).toBe(204);
      const again = await remove();
      expect([again.status, jsonOf(again)['error_code']]).toEqual([404, 'NOT_FOUND']);
      expect((await raw(workspace, { method: 'GET', path: `${filesPath}/x` })).status).toBe(404);
      expect((await raw(workspace, { method: 'HEAD', path: `${filesPath}/x` })).status).toBe(404);
    });
  });

  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-30', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=8-100', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=5-2', 200, '0123456789', undefined],
    ['bytes=0-1,3-4', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
  ])('the range %s of ten bytes is answered %i with %p', async (...row) => {
    const [range, status, content, contentRange] = row;
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      await put(workspace, 'ten', '0123456789');
      const got = await raw(workspace, { method: 'GET', path: `${filesPath}/ten`, headers: { Range: range } });
      expect([got.status, got.bytes.toString(), got.headers['content-range']]).toEqual([status, content, contentRange]);
    });
  });

  test('a download on condition fails once the file is newer than said', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      await put(workspace, 'x', 'content');
      const statusOf = async (since: string, method = 'GET') => {
        const headers = { 'If-Unmodified-Since': since };
        return (await raw(workspace, { method, path: `${filesPath}/x`, headers })).status;
      };
      const before = new Date(fixedClock().getTime() - 1000).toUTCString();
      expect(await statusOf(fixedClock().toUTCString())).toBe(200);
      expect(await statusOf(before)).toBe(412);
      expect(await statusOf(before, 'HEAD')).toBe(412);
      expect(await statusOf('no date')).toBe(200);
    });
  });

  test('more than the server takes is answered 413 and stores nothing', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      const sent = await put(workspace, 'big', new Uint8Array(largestBody + 1));
      expect(sent.status).toBe(413);
      expect((await raw(workspace, { method: 'HEAD', path: `${filesPath}/big` })).status).toBe(404);
    });
  });

  test.each([
    ['POST', `${filesPath}/big?action=initiate-upload&overwrite=true`],
    ['POST', '/api/2.0/fs/create-upload-part-urls'],
    ['POST', '/api/2.0/fs/create-download-url?path=%2FVolumes%2Fx'],
  ])('%s %s says that uploads in parts are not served', async (method, path) => {
    await withWorkspace({}, async (workspace) => {
      const reply = await raw(workspace, { method, path });
      expect([reply.status, jsonOf(reply)['error_code']]).toEqual([501, 'NOT_IMPLEMENTED']);
    });
  });

  test('an upload into a directory that is missing makes it, or is refused under the other behaviour', async () => {
    const statusUnder = async (files_missing_parent: 'created' | 'refused'): Promise<readonly number[]> => {
      const statuses: number[] = [];
      await withWorkspace({ behaviour: { files_missing_parent } }, async (workspace) => {
        await createVolume(workspace);
        statuses.push((await put(workspace, 'a/b/c.txt', 'x')).status);
        statuses.push((await raw(workspace, { method: 'HEAD', path: `${directoriesPath}/a/b` })).status);
        await raw(workspace, { method: 'PUT', path: `${directoriesPath}/a/b` });
        statuses.push((await put(workspace, 'a/b/d.txt', 'x')).status);
      });
      return statuses;
    };
    expect(await statusUnder('created')).toEqual([204, 200, 204]);
    expect(await statusUnder('refused')).toEqual([404, 404, 204]);
  });

  test('a file and a directory never share a place', async () => {
    await withWorkspace(created, async (workspace) => {
      await createVolume(workspace);
      await put(workspace, 'dir/file', 'x');
      const statusOf = async (method: string, path: string) => (await raw(workspace, { method, path })).status;
      expect((await put(workspace, 'dir', 'x')).status).toBe(409);
      expect((await put(workspace, 'dir/file/below', 'x')).status).toBe(409);
      const mkdir = await raw(workspace, { method: 'PUT', path: `${directoriesPath}/dir/file` });
      expect([mkdir.status, jsonOf(mkdir)['message']]).toEqual([
        409,
        'The given path points to an existing file. This API does not support operations on files.',
      ]);
      expect(await statusOf('GET', `${filesPath}/dir`)).toBe(404);
      expect(await statusOf('DELETE', `${filesPath}/dir`)).toBe(404);
      expect(await statusOf('GET', `${directoriesPath}/dir/file`)).toBe(404);
      expect(await statusOf('HEAD', `${directoriesPath}/dir/file`)).toBe(404);
      expect(await statusOf('DELETE', `${directoriesPath}/dir/file`)).toBe(404);
    });
  });

  test('READ VOLUME reads and WRITE VOLUME writes, each under USE of the parents alone (W009)', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      await createVolume(owner);
      await put(owner, 'x', 'content');
      const bo = as(owner, 'bo-token');
      const asks = async (): Promise<readonly number[]> => [
        (await raw(bo, { method: 'GET', path: `${filesPath}/x` })).status,
        (await raw(bo, { method: 'HEAD', path: directoriesPath })).status,
        (await raw(bo, { method: 'GET', path: directoriesPath })).status,
        (await put(bo, 'y', 'mine')).status,
        (await raw(bo, { method: 'PUT', path: `${directoriesPath}/d` })).status,
        (await raw(bo, { method: 'DELETE', path: `${directoriesPath}/d` })).status,
        (await raw(bo, { method: 'DELETE', path: `${filesPath}/y` })).status,
      ];
      const [none, read, write] = [403, 200, 204];
      expect(await asks()).toEqual([none, none, none, none, none, none, none]);
      await owner.grant({ type: 'volume', name: 'prod.ml.state' }, 'bo@x.com', 'READ_VOLUME');
      expect(await asks()).toEqual([none, none, none, none, none, none, none]);
      await owner.grant({ type: 'catalog', name: 'prod' }, 'analysts', 'USE_CATALOG');
      await owner.grant({ type: 'schema', name: 'prod.ml' }, 'account users', 'USE_SCHEMA');
      expect(await asks()).toEqual([read, read, read, none, none, none, none]);
      await owner.grant({ type: 'volume', name: 'prod.ml.state' }, 'bo@x.com', 'WRITE_VOLUME');
      expect(await asks()).toEqual([read, read, read, write, write, write, write]);
    });
  });

  test('what is missing is named in the text of the service', async () => {
    await withWorkspace({}, async (workspace) => {
      const told = async (place: string) => {
        const reply = await raw(workspace, { method: 'GET', path: `/api/2.0/fs/directories/Volumes/${place}` });
        return [reply.status, jsonOf(reply)['message']];
      };
      expect(await told('prod/none/v')).toEqual([404, "Schema 'prod.none' does not exist."]);
      expect(await told('prod/ml/none')).toEqual([404, "Volume 'prod.ml.none' does not exist."]);
      expect(await told('none/ml/v')).toEqual([404, "Catalog 'none' does not exist."]);
    });
  });

  test('contents survive a restart', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-volumes-'));
    await withWorkspace({ directory }, async (workspace) => {
      await createVolume(workspace);
      await put(workspace, 'kept', 'one');
    });
    await withWorkspace({ directory }, async (workspace) => {
      expect(await contentOf(workspace, 'kept')).toBe('one');
    });
    await rm(directory, { recursive: true });
  });

  test('contents come back with a snapshot and end with a dropped volume', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      await put(workspace, 'kept', 'one');
      const snapshot = await workspace.snapshot();
      await put(workspace, 'kept', 'two');
      await put(workspace, 'later', 'three');
      await workspace.restore(snapshot);
      expect(await contentOf(workspace, 'kept')).toBe('one');
      expect(await statusOf(workspace, 'later')).toBe(404);
      await workspace.call('DELETE', '/api/2.1/unity-catalog/volumes/prod.ml.state');
      await createVolume(workspace);
      expect(await statusOf(workspace, 'kept')).toBe(404);
      await workspace.restore(snapshot);
      expect(await contentOf(workspace, 'kept')).toBe('one');
    });
  });
});

async function statusOf(workspace: TestWorkspace, path: string): Promise<number> {
  return (await raw(workspace, { method: 'HEAD', path: `${filesPath}/${path}` })).status;
}
