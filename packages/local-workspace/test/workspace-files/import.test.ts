import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startLocalWorkspace } from '../../src/index.ts';
import { withCalls, withWorkspace } from '../workspace-client.ts';
import { exportText, importText, status, workspacePath } from './files.ts';

describe('workspace files', () => {
  test('a file is imported, described, exported, listed and deleted', async () => {
    await withWorkspace({}, async (workspace) => {
      const { call } = workspace;
      expect((await importText(workspace, '/Workspace/Shared/a.txt')).body).toEqual({});
      const found = await status(workspace, '/Shared/a.txt');
      const moment = Date.parse('2026-03-04T09:00:00Z');
      expect(found.body).toEqual({
        object_type: 'FILE',
        path: '/Shared/a.txt',
        object_id: expect.any(Number),
        resource_id: String(found.body['object_id']),
        size: 5,
        created_at: moment,
        modified_at: moment,
      });
      expect(await exportText(workspace, '/Workspace/Shared/a.txt')).toBe('hello');
      const listed = await call('GET', `${workspacePath}/list?path=/Shared`);
      expect(listed.body['objects']).toMatchObject([{ path: '/Shared/a.txt', object_type: 'FILE' }]);
      // A path that is no folder is listed as itself (SDK `WorkspaceAPI.list`).
      expect((await call('GET', `${workspacePath}/list?path=/Shared/a.txt`)).body['objects']).toEqual([found.body]);
      await call('POST', `${workspacePath}/delete`, { path: '/Shared/a.txt' });
      expect((await status(workspace, '/Shared/a.txt')).body['message']).toBe("Path (/Shared/a.txt) doesn't exist.");
    });
  });

  test('an import over a file is refused unless it says overwrite, and keeps the ids', async () => {
    await withWorkspace({}, async (workspace) => {
      await importText(workspace, '/Shared/a.txt');
      const before = (await status(workspace, '/Shared/a.txt')).body;
      expect(await importText(workspace, '/Shared/a.txt', { text: 'again' })).toMatchObject({
        status: 409,
        body: { error_code: 'RESOURCE_ALREADY_EXISTS' },
      });
      expect(await exportText(workspace, '/Shared/a.txt')).toBe('hello');
      expect((await importText(workspace, '/Shared/a.txt', { text: 'longer now', overwrite: true })).status).toBe(200);
      expect(await exportText(workspace, '/Shared/a.txt')).toBe('longer now');
      expect((await status(workspace, '/Shared/a.txt')).body).toEqual({ ...before, size: 10 });
    });
  });

  test.each([
    ['.py', '# Databricks notebook source\nprint(1)\n', 'PYTHON'],
    ['.sql', '-- Databricks notebook source\nSELECT 1\n', 'SQL'],
    ['.scala', '// Databricks notebook source\nval x = 1\n', 'SCALA'],
    ['.r', '# Databricks notebook source\nx <- 1\n', 'R'],
  ])(
    'a %s file with the notebook header becomes a notebook without extension under AUTO',
    async (end, text, language) => {
      await withWorkspace({}, async (workspace) => {
        await importText(workspace, `/Shared/note${end}`, { text });
        expect((await status(workspace, '/Shared/note')).body).toMatchObject({ object_type: 'NOTEBOOK', language });
        expect((await status(workspace, `/Shared/note${end}`)).status).toBe(404);
        expect(await exportText(workspace, '/Shared/note', 'SOURCE')).toBe(text);
        const again = await importText(workspace, `/Shared/note${end}`, { text });
        expect([again.status, again.body['error_code']]).toEqual([400, 'RESOURCE_ALREADY_EXISTS']);
        expect(String(again.body['message'])).toMatch(/already exists\.$/);
        await importText(workspace, `/Shared/plain${end}`, { text: `\n${text}` });
        expect((await status(workspace, `/Shared/plain${end}`)).body['object_type']).toBe('FILE');
        await importText(workspace, `/Shared/raw${end}`, { text, format: 'RAW' });
        expect((await status(workspace, `/Shared/raw${end}`)).body['object_type']).toBe('FILE');
      });
    },
  );

  test('a notebook is exported in the form that is asked for', async () => {
    await withWorkspace({}, async (workspace) => {
      const text = '# Databricks notebook source\nprint(1)\n\n# COMMAND ----------\n\n# MAGIC %md\n# MAGIC words\n';
      await importText(workspace, '/Shared/n', { text, format: 'SOURCE', language: 'PYTHON' });
      const jupyter = await exportText(workspace, '/Shared/n', 'JUPYTER');
      expect(JSON.parse(jupyter)).toMatchObject({
        cells: [
          { cell_type: 'code', source: ['print(1)'] },
          { cell_type: 'markdown', source: ['words'] },
        ],
      });
      await importText(workspace, '/Shared/j.ipynb', { text: jupyter });
      expect((await status(workspace, '/Shared/j')).body).toMatchObject({
        object_type: 'NOTEBOOK',
        language: 'PYTHON',
      });
      expect(await exportText(workspace, '/Shared/j', 'SOURCE')).toBe(text);
      expect(await exportText(workspace, '/Shared/j', 'AUTO')).toBe(jupyter);
    });
  });

  test.each([
    ['a missing folder', { path: '/Shared/none/a.txt' }, 404, 'The parent folder (/Shared/none) does not exist.'],
    ['content that is no base64', { content: '***' }, 400, 'content: is not base64'],
    [
      'a source without language',
      { format: 'SOURCE' },
      400,
      'language: must be set for a single file in the format SOURCE',
    ],
    ['a broken Jupyter file', { format: 'JUPYTER' }, 400, 'content: is not a Jupyter notebook'],
    ['an archive', { format: 'DBC' }, 400, 'format: DBC cannot be imported into the embedded workspace'],
    ['an unknown format', { format: 'source' }, 400, expect.stringMatching(/^format: "source" is not one of/)],
    [
      'a folder as target',
      { path: '/Shared', overwrite: true },
      400,
      expect.stringMatching(/type mismatch \(asked: FILE, actual: DIRECTORY\)$/),
    ],
  ])('an import with %s is refused', async (...[, fields, wanted, message]) => {
    await withWorkspace({}, async (workspace) => {
      const { status: found, body } = await importText(workspace, '/Shared/a.txt', fields);
      expect([found, body['message']]).toEqual([wanted, message]);
    });
  });

  test('content of more than 10 MB is refused', async () => {
    await withWorkspace({}, async (workspace) => {
      const text = 'x'.repeat(10 * 1024 * 1024);
      expect((await importText(workspace, '/Shared/big.txt', { text })).status).toBe(200);
      expect((await importText(workspace, '/Shared/more.txt', { text: `${text}x` })).body['error_code']).toBe(
        'MAX_NOTEBOOK_SIZE_EXCEEDED',
      );
    });
  });

  test('a posted form is accepted as the Python SDK sends it, and a download gives the bytes', async () => {
    await withWorkspace({}, async (workspace) => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      const form = new FormData();
      form.set('path', '/Shared/b.bin');
      form.set('format', 'AUTO');
      form.set('overwrite', 'true');
      form.set('content', new Blob([bytes]), 'content');
      const headers = { Authorization: `Bearer ${workspace.token}` };
      const url = `${workspace.url}${workspacePath}`;
      expect((await fetch(`${url}/import`, { method: 'POST', headers, body: form })).status).toBe(200);
      const read = await fetch(`${url}/export?path=/Shared/b.bin&direct_download=true`, { headers });
      expect(new Uint8Array(await read.arrayBuffer())).toEqual(bytes);
    });
  });

  test('the raw write of the command line takes an escaped path', async () => {
    await withWorkspace({}, async (workspace) => {
      const write = async (path: string, query = ''): Promise<readonly unknown[]> => {
        const response = await fetch(`${workspace.url}/api/2.0/workspace-files/import-file/${path}${query}`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${workspace.token}` },
          body: 'raw',
        });
        return [response.status, ((await response.json()) as Record<string, unknown>)['message']];
      };
      const path = encodeURIComponent('Workspace/Shared/a b.txt');
      expect(await write(path, '?overwrite=false')).toEqual([200, undefined]);
      expect(await write(path)).toEqual([409, 'File already exists at (/Workspace/Shared/a b.txt).']);
      expect(await write(path, '?overwrite=true')).toEqual([200, undefined]);
      expect(await write('Shared/no/x')).toEqual([404, 'The parent folder (/Shared/no) does not exist.']);
      expect(await exportText(workspace, '/Shared/a b.txt')).toBe('raw');
    });
  });

  test('a folder that is deleted takes its files with it', async () => {
    await withWorkspace({}, async (workspace) => {
      const { call } = workspace;
      await call('POST', `${workspacePath}/mkdirs`, { path: '/Shared/d/e' });
      await importText(workspace, '/Shared/d/e/a.txt');
      await call('POST', `${workspacePath}/delete`, { path: '/Shared/d', recursive: true });
      await call('POST', `${workspacePath}/mkdirs`, { path: '/Shared/d/e' });
      expect((await call('GET', `${workspacePath}/list?path=/Shared/d/e`)).body).toEqual({});
      expect((await status(workspace, '/Shared/d/e/a.txt')).status).toBe(404);
    });
  });

  test('a file survives a restart', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-files-'));
    try {
      const first = withCalls(await startLocalWorkspace({ directory }));
      await importText(first, '/Shared/a.txt');
      await first.close();
      const second = withCalls(await startLocalWorkspace({ directory }));
      expect(await exportText(second, '/Shared/a.txt')).toBe('hello');
      await second.close();
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
