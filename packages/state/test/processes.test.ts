import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { hasEnded, nodeProcesses } from '../src/processes.ts';

describe('nodeProcesses', () => {
  test('this process is alive under its own mark', async () => {
    const mark = await nodeProcesses.startMark(process.pid);
    expect(await nodeProcesses.isAlive(process.pid, mark)).toBe(true);
  });

  test('a process that has ended is not', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    const pid = child.pid ?? 0;
    const mark = await nodeProcesses.startMark(pid);
    expect(await nodeProcesses.isAlive(pid, mark)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await nodeProcesses.isAlive(pid, mark)).toBe(false);
  });

  test('a pid that another process got later is not the same', async () => {
    const mark = await nodeProcesses.startMark(process.pid);
    if (mark === '') return;
    const earlier = mark.replace(/\d+$/, '1');
    expect(await nodeProcesses.isAlive(process.pid, earlier)).toBe(false);
  });

  test('a process of another container of this machine counts as alive, as it cannot be seen', async () => {
    const mark = await nodeProcesses.startMark(process.pid);
    if (mark === '') return;
    expect(await nodeProcesses.isAlive(2 ** 22, mark.replace('pid:[', 'pid:[9'))).toBe(true);
  });

  test.each([
    ['S', '11', false],
    ['D', '2', false],
    ['Z', '2', false],
    ['Z', '1', true],
    ['Z', '0', true],
    ['X', '0', true],
  ])('in status %s with %s threads it has ended: %s', (status, threads, ended) => {
    expect(hasEnded({ status, threads })).toBe(ended);
  });
});
