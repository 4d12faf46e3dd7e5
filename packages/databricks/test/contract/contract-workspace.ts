import { join } from 'node:path';
import type { ReadContext, WriteContext } from '@dpo/core';
import { readBehaviour, startLocalWorkspace, type LocalWorkspace } from '@dpo/local-workspace';
import { connectionOf, createClient, getSchema, getTable, type Client } from '../../src/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { straight } from '../support/mock-workspace.ts';

/** A served workspace with the tables of `workspace.yaml`, and a connection to it. */
export interface ContractWorkspace {
  readonly local: LocalWorkspace;
  readonly client: Client;
  readonly read: ReadContext;
  readonly write: WriteContext;
  close(): Promise<void>;
}

export type ContractOptions = Partial<Parameters<typeof startLocalWorkspace>[0]>;

export async function startContractWorkspace(options: ContractOptions = {}): Promise<ContractWorkspace> {
  const local = await startLocalWorkspace({
    directory: ':memory:',
    firstRefresh: 'held',
    // A monitor that goes slowly would be in the way of the next test.
    lifecycle: { deleteDelayMs: 0 },
    ...options,
    behaviour: {
      ...(await readBehaviour(process.env['DPO_LOCAL_BEHAVIOUR'] ?? 'documented')),
      ...options.behaviour,
    },
  });
  try {
    await local.seed(join(import.meta.dirname, 'workspace.yaml'));
  } catch (error) {
    await local.close();
    throw error;
  }
  const clock = fakeClock();
  const client = createClient({
    connection: connectionOf({ host: local.url, hostSource: 'test', token: local.token, tokenSource: 'test' }),
    clock,
    random: () => 0,
    userAgent: 'dpo/0.1.0 contract',
  });
  const { signal } = new AbortController();
  return {
    local,
    client,
    read: { limit: straight, signal, clock },
    write: { signal, clock },
    close: async () => {
      await client.close();
      await local.close();
    },
  };
}

export async function tableIdOf(workspace: ContractWorkspace, name: string): Promise<string> {
  return (await getTable(workspace.client, name)).tableId;
}

export async function schemaIdOf(workspace: ContractWorkspace, name: string): Promise<string> {
  return (await getSchema(workspace.client, name)).schemaId;
}
