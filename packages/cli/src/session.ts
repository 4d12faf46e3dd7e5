import { readFile } from 'node:fs/promises';
import {
  connectionOf,
  createClient,
  createProviders,
  getWorkspaceIdentity,
  resolveConnection,
  type Client,
  type Connection,
} from '@dpo/databricks';
import type { Limit, Providers, ReadContext, TargetIdentity } from '@dpo/core';
import { createLimit } from '@dpo/engine';
import { systemClock } from './clock.ts';
import type { WorkspaceFlags } from './flags.ts';
import { openLocalWorkspace } from './local-workspace.ts';
import type { Project } from './project.ts';
import type { Signals } from './signals.ts';

/** Reads in flight at most; the client paces them (U068). */
const readsInFlight = 64;

/** An open connection to the workspace of a project, and who we are there. */
export interface Session {
  readonly client: Client;
  readonly providers: Providers;
  readonly target: TargetIdentity;
  /** Target, then top level, then environment or profile; the embedded workspace has its own. */
  readonly warehouseId: string | undefined;
  readonly reads: Limit;
  context(signal: AbortSignal): ReadContext;
  close(): Promise<void>;
}

export interface SessionRequest {
  readonly project: Project;
  readonly flags: WorkspaceFlags;
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly directory: string;
  /** The first signal ends the connecting; the second cuts off whatever runs later. */
  readonly signals: Pick<Signals, 'stop' | 'abort'>;
}

export async function openSession(request: SessionRequest): Promise<Session> {
  const { project } = request;
  const place = project.local
    ? await openLocal(request)
    : { connection: await findConnection(request), close: async () => {} };
  const client = createClient({
    connection: place.connection,
    clock: systemClock,
    random: Math.random,
    userAgent: userAgentOf(request),
    signal: request.signals.abort,
  });
  const close = async (): Promise<void> => {
    await client.close();
    await place.close();
  };
  try {
    const identity = await getWorkspaceIdentity(client, request.signals.stop);
    const target: TargetIdentity = {
      name: project.loaded.targetName,
      // The port of the embedded workspace differs from run to run; its ids do not.
      host: project.local ? 'embedded workspace' : place.connection.host,
      workspaceId: identity.workspaceId,
      metastoreId: identity.metastoreId,
    };
    const reads = createLimit(readsInFlight);
    return {
      client,
      providers: createProviders({ client }),
      target,
      warehouseId: project.local
        ? place.connection.warehouseId
        : (project.loaded.config.warehouse_id ?? place.connection.warehouseId),
      reads,
      context: (signal) => ({ limit: reads, signal, clock: systemClock }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function userAgentOf({ version }: SessionRequest): string {
  return `dpo/${version} node/${process.versions.node} os/${process.platform}`;
}

interface Place {
  readonly connection: Connection;
  close(): Promise<void>;
}

async function openLocal({ flags, directory, environment }: SessionRequest): Promise<Place> {
  const workspace = await openLocalWorkspace({
    localDirectory: flags['local-directory'],
    workingDirectory: directory,
    environment,
  });
  const connection = connectionOf({
    host: workspace.url,
    hostSource: 'the embedded workspace',
    token: workspace.token,
    tokenSource: 'the embedded workspace',
    warehouseId: workspace.warehouseId,
  });
  return { connection, close: () => workspace.close() };
}

async function findConnection(request: SessionRequest): Promise<Connection> {
  const { project, flags, environment, signals } = request;
  const chosen = project.loaded.target.workspace;
  return resolveConnection({
    flags: { host: flags.host, profile: flags.profile },
    target: chosen === undefined || chosen === 'local' ? undefined : chosen,
    environment,
    readFile: readIfThere,
    clock: systemClock,
    userAgent: userAgentOf(request),
    signal: signals.stop,
    life: signals.abort,
  });
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
