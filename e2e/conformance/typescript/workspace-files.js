import assert from 'node:assert/strict';
import { collect, fails, sorted } from './world.js';

const encoded = (text) => Buffer.from(text).toString('base64');

async function folder({ client, unique }) {
  const path = `/Workspace/Shared/${unique('files')}`;
  await client.workspace.mkdirs({ path });
  return path;
}

export const checks = {
  'makes folders with their parents, as often as asked': async (world) => {
    const { client } = world;
    const path = `${await folder(world)}/a/b`;
    await client.workspace.mkdirs({ path });
    await client.workspace.mkdirs({ path });
    const status = await client.workspace.getStatus({ path });
    assert.deepEqual([status.object_type, status.path], ['DIRECTORY', path]);
    assert.equal(typeof status.object_id, 'number');
  },

  'imports and exports a file': async (world) => {
    const { client } = world;
    const path = `${await folder(world)}/state.json`;
    await client.workspace.import({ path, content: encoded('{"a":1}'), format: 'AUTO' });
    const status = await client.workspace.getStatus({ path });
    assert.deepEqual([status.object_type, status.path, status.size], ['FILE', path, 7]);
    const { content } = await client.workspace.export({ path, format: 'AUTO' });
    assert.equal(Buffer.from(content, 'base64').toString(), '{"a":1}');
  },

  'overwrites a file only when told so': async (world) => {
    const { client } = world;
    const file = { path: `${await folder(world)}/lock`, format: 'AUTO' };
    await client.workspace.import({ ...file, content: encoded('first') });
    const again = await client.workspace.import({ ...file, content: encoded('second') }).catch((fault) => fault);
    assert.equal(again.errorCode, 'RESOURCE_ALREADY_EXISTS');
    await client.workspace.import({ ...file, content: encoded('third'), overwrite: true });
    const { content } = await client.workspace.export({ path: file.path, format: 'AUTO' });
    assert.equal(Buffer.from(content, 'base64').toString(), 'third');
  },

  'lists a folder': async (world) => {
    const { client } = world;
    const path = await folder(world);
    await client.workspace.mkdirs({ path: `${path}/inner` });
    await client.workspace.import({ path: `${path}/file.txt`, content: encoded('x'), format: 'AUTO' });
    const listed = await collect(client.workspace.list({ path }));
    assert.deepEqual(sorted(listed.map((entry) => [entry.object_type, entry.path])), [
      ['DIRECTORY', `${path}/inner`],
      ['FILE', `${path}/file.txt`],
    ]);
  },

  'deletes a folder that is not empty only with all it holds': async (world) => {
    const { client } = world;
    const path = await folder(world);
    await client.workspace.import({ path: `${path}/file.txt`, content: encoded('x'), format: 'AUTO' });
    await fails(client.workspace.delete({ path }), { status: 400, code: 'DIRECTORY_NOT_EMPTY' });
    await client.workspace.delete({ path, recursive: true });
    await fails(client.workspace.getStatus({ path }), {
      status: 404,
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: `Path (${path}) doesn't exist.`,
    });
  },

  'needs the folder of a file': async ({ client }) => {
    const call = client.workspace.import({ path: '/Workspace/Shared/none/x', content: encoded('x'), format: 'AUTO' });
    const error = await call.catch((fault) => fault);
    assert.equal(error.statusCode, 404, error.message);
    assert.notEqual(error.errorCode, 'ENDPOINT_NOT_FOUND');
  },
};
