import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startLocalWorkspace } from '../../src/index.ts';
import type { LocalWorkspaceOptions } from '../../src/index.ts';
import { fixedClock, withCalls } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

export interface SeededDirectory {
  readonly directory: string;
  /** Makes a file below the directory; answers its path. */
  readonly write: (name: string, text: string) => Promise<string>;
  /** Starts a workspace in memory, or in the folder `data` with `keep`; it is closed at the end. */
  readonly start: (options?: Partial<LocalWorkspaceOptions> & { readonly keep?: boolean }) => Promise<TestWorkspace>;
}

export async function inSeededDirectory(work: (seeded: SeededDirectory) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'dpo-seed-'));
  const started: TestWorkspace[] = [];
  try {
    await work({
      directory,
      async write(name, text) {
        const file = join(directory, name);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
        return file;
      },
      async start({ keep = false, ...options } = {}) {
        const place = keep ? join(directory, 'data') : ':memory:';
        const workspace = withCalls(await startLocalWorkspace({ directory: place, clock: fixedClock, ...options }));
        started.push(workspace);
        return workspace;
      },
    });
  } finally {
    for (const workspace of started) await workspace.close();
    await rm(directory, { recursive: true });
  }
}

/** The rows of a query; fails the test when the statement fails. */
export async function rowsOf(workspace: TestWorkspace, statement: string, token?: string): Promise<unknown> {
  const response = await fetch(`${workspace.url}/api/2.0/sql/statements`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token ?? workspace.token}` },
    body: JSON.stringify({ statement, warehouse_id: workspace.warehouseId }),
  });
  const body = (await response.json()) as {
    readonly status: { readonly state: string; readonly error?: { readonly message: string } };
    readonly result?: { readonly data_array?: unknown };
  };
  return body.status.state === 'SUCCEEDED' ? (body.result?.data_array ?? []) : body.status.error?.message;
}
