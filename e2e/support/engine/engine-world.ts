import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject, Owner, TargetIdentity } from '@dpo/core';
import { connectionOf, createClient, getWorkspaceIdentity } from '@dpo/databricks';
import {
  readBehaviour,
  startLocalWorkspace,
  type Exchange,
  type LocalWorkspace,
  type LocalWorkspaceOptions,
} from '@dpo/local-workspace';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** An embedded workspace, a disk and a clock in which runs of the engine come and go. */
export interface EngineWorld {
  readonly workspace: LocalWorkspace;
  readonly disk: MemoryDisk;
  readonly clock: VirtualClock;
  readonly owner: Owner;
  readonly target: TargetIdentity;
  /** Process ids that count as running. */
  readonly alive: Set<number>;
  /** Called at every phase of every request. */
  listen(listener: (exchange: Exchange) => void): void;
  /** Waits until no request is being worked on: what was in flight at a death has landed. */
  settle(): Promise<void>;
  /** A call of somebody else, past every client of ours. */
  call(method: string, path: string, body?: JsonObject): Promise<{ status: number; body: JsonObject }>;
  sql(statement: string): Promise<void>;
  close(): Promise<void>;
}

export const owner: Owner = { project: 'hist', target: 'prod' };
export const statePath = '/state/prod.json';

export async function createEngineWorld(
  seed: string,
  options: Partial<LocalWorkspaceOptions> = {},
): Promise<EngineWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'dpo-engine-'));
  const traffic = createTraffic();
  const workspace = await startLocalWorkspace({
    directory: ':memory:',
    firstRefresh: 'held',
    lifecycle: { activeAfterMs: 0, refreshDelayMs: 0, deleteDelayMs: 3 },
    ...options,
    behaviour: {
      ...(await readBehaviour(process.env['DPO_LOCAL_BEHAVIOUR'] ?? 'documented')),
      ...options.behaviour,
    },
    onExchange: traffic.onExchange,
  });
  const file = join(directory, 'workspace.yaml');
  await writeFile(file, seed);
  await workspace.seed(file).catch(async (error: unknown) => {
    await workspace.close();
    throw error;
  });
  await rm(directory, { recursive: true });
  const clock = createVirtualClock();
  const client = createClient({
    connection: connectionTo(workspace),
    clock,
    random: () => 0,
    userAgent: 'dpo-world/1',
  });
  const { workspaceId, metastoreId } = await getWorkspaceIdentity(client);
  await client.close();
  const call: EngineWorld['call'] = (method, path, body) => request(workspace, method, { path, body });
  return {
    workspace,
    disk: createMemoryDisk(),
    clock,
    owner,
    target: { name: owner.target, host: 'embedded workspace', workspaceId, metastoreId },
    alive: new Set(),
    listen: traffic.listen,
    settle: traffic.settle,
    call,
    sql: async (statement) => {
      const { body } = await call('POST', '/api/2.0/sql/statements', {
        warehouse_id: workspace.warehouseId,
        statement,
        wait_timeout: '30s',
      });
      const state = (body['status'] as JsonObject | undefined)?.['state'];
      if (state !== 'SUCCEEDED') throw new Error(`${statement}: ${JSON.stringify(body)}`);
    },
    close: () => workspace.close(),
  };
}

export function connectionTo(workspace: LocalWorkspace): ReturnType<typeof connectionOf> {
  return connectionOf({ host: workspace.url, hostSource: 'suite', token: workspace.token, tokenSource: 'suite' });
}

async function request(
  workspace: LocalWorkspace,
  method: string,
  { path, body }: { readonly path: string; readonly body: JsonObject | undefined },
): Promise<{ status: number; body: JsonObject }> {
  const response = await fetch(`${workspace.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${workspace.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

function createTraffic(): Pick<EngineWorld, 'listen' | 'settle'> & {
  readonly onExchange: (exchange: Exchange) => void;
} {
  const open = new Set<number>();
  let listener: (exchange: Exchange) => void = () => {};
  return {
    onExchange: (exchange) => {
      if (exchange.phase === 'received') open.add(exchange.sequence);
      if (exchange.phase === 'answered') open.delete(exchange.sequence);
      listener(exchange);
    },
    listen: (next) => {
      listener = next;
    },
    settle: async () => {
      for (let tries = 0; open.size > 0 && tries < 2000; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 1));
      open.clear();
    },
  };
}
