import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isDpoError } from '@dpo/core';
import { openEventFile } from '../src/event-file.ts';

const version = { type: 'version', seq: 1 };

describe('the file of events', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dpo-events-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  const refusal = (path: string): unknown => {
    try {
      openEventFile(path).close();
    } catch (error) {
      return isDpoError(error) ? error.problems.map(({ code, message }) => `${code} ${message}`) : error;
    }
    return undefined;
  };

  test('holds each line as soon as it was told, for its owner only', async () => {
    const path = join(folder, 'events.ndjson');
    const file = openEventFile(path);
    file.write(version);
    expect(await readFile(path, 'utf8')).toBe('{"type":"version","seq":1}\n');
    file.write({ type: 'reading', text: 'ä\n' });
    expect(await readFile(path, 'utf8')).toBe('{"type":"version","seq":1}\n{"type":"reading","text":"ä\\n"}\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(file.close()).toBeUndefined();
  });

  test('one of an earlier run is written over, also one that was cut short', async () => {
    const path = join(folder, 'events.ndjson');
    for (const before of ['{"type":"version","seq":1,"ts":"x"}\n{"type":"reading"}\n', '{"type":"ver', '']) {
      // oxlint-disable-next-line no-await-in-loop
      await writeFile(path, before);
      const file = openEventFile(path);
      file.write(version);
      file.close();
      // oxlint-disable-next-line no-await-in-loop
      expect(await readFile(path, 'utf8')).toBe('{"type":"version","seq":1}\n');
    }
  });

  test('a file of something else is kept', async () => {
    const path = join(folder, 'dpo.yaml');
    for (const text of ['catalog_name: prod\n', '{}\n', 'x']) {
      // oxlint-disable-next-line no-await-in-loop
      await writeFile(path, text);
      expect(refusal(path)).toEqual([
        `EVENTS.NOT_WRITTEN '${path}' exists and holds no events of dpo, so it is not written over`,
      ]);
      // oxlint-disable-next-line no-await-in-loop
      expect(await readFile(path, 'utf8')).toBe(text);
    }
  });

  test('what cannot be opened is one problem with its reason', () => {
    expect(refusal(join(folder, 'no', 'such'))).toEqual([expect.stringContaining('ENOENT')]);
    expect(refusal(folder)).toEqual([expect.stringContaining('EISDIR')]);
  });

  test('a full disk ends the file before the line that did not fit, and is told at the end', () => {
    const file = openEventFile('/dev/full');
    file.write(version);
    file.write(version);
    expect(file.close()).toMatchObject({
      code: 'EVENTS.CUT_SHORT',
      severity: 'warning',
      message: expect.stringContaining('ENOSPC'),
    });
  });

  test('a pipe is written to as well', async () => {
    const path = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [path]);
    const read = readFile(path, 'utf8');
    const file = openEventFile(path);
    file.write(version);
    file.close();
    expect(await read).toBe('{"type":"version","seq":1}\n');
  });
});
