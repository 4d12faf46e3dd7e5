import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runProgram } from './support/run-dpo.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the quickstart', () => {
  let home: string;
  beforeAll(async () => {
    // A copy, so that the test neither sees nor touches what somebody keeps in the repository's state folder.
    home = await mkdtemp(join(tmpdir(), 'dpo-quickstart-'));
    await cp(join(root, 'examples', 'quickstart'), join(home, 'examples', 'quickstart'), { recursive: true });
    await symlink(join(root, 'packages'), join(home, 'packages'));
    await mkdir(join(home, 'state'));
  });
  afterAll(async () => rm(home, { recursive: true, force: true }));

  test('R001 R012 runs on a bare machine, and a second time', async () => {
    const file = join(home, 'examples', 'quickstart', 'run.js');
    const first = await runProgram(file, [], { home });
    expect(first.stderr + first.stdout).toContain('Applied 10 of 10 operations');
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('No changes.');
    // W008: what only follows metrics is no change.
    expect(first.stdout).toMatch(
      /Metrics arrived 1 [^]*No changes\. 9 resources as declared, no drift, 1 to follow metrics/u,
    );
    expect(first.stdout).toMatch(/prediction +0\.\d+ +NULL/u);
    expect(first.stdout).toMatch(/v2 +\d+ +0\.7/u);
    expect(first.stdout).toMatch(/Drift Alert - demo - default {2}TRIGGERED {2}level 2/u);
    expect(first.stdout).toContain('told: sent to data-science@example.com');
    expect(first.stdout).toContain('npx dpo destroy');
    const second = await runProgram(file, [], { home });
    expect(second.code).toBe(0);
    expect(second.stdout).not.toContain('Applied');
    expect(second.stdout).toMatch(/told: (sent to data-science|nothing sent: data-science@example.com was told)/u);
  }, 180_000);
});
