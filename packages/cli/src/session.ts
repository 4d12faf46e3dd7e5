import { readFile } from 'node:fs/promises';
import {
  connectionOf,
  createClient,
  createProviders,
  directNetwork,
  getWorkspaceIdentity,
  readNetwork,
  resolveConnection,
  userAgentOf,
  type Client,
  type Connection,
  type Network,
} from '@dpo/databricks';
import type { Emit, Limit, Providers, ReadContext, TargetIdentity } from '@dpo/core';
import { createLimit } from '@dpo/engine';
import { systemClock } from './clock.ts';
import { secretsIn } from './environment-secrets.ts';
import type { WorkspaceFlags } from './flags.ts';
import { openLocalWorkspace } from './local-workspace.ts';
import type { Log } from './log.ts';
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
  readonly log: Log;
  readonly emit: Emit;
}

export async function openSession(request: SessionRequest): Promise<Session> {
  const { project, environment, log, emit } = request;
  // The embedded workspace is on this machine.
  const network = project.local ? directNetwork : await readNetwork(environment, readIfThere);
  const place = project.local
    ? await openLocal(request)
    : { connection: await findConnection(request, network), close: async () => {} };
  const { connection } = place;
  for (const secret of secretsIn(environment)) connection.redactor.learn(secret);
  log.guard(connection.redactor);
  const client = createClient({
    connection,
    clock: systemClock,
    random: Math.random,
    userAgent: agentOf(request, connection.authType),
    signal: request.signals.abort,
    network,
    onRequest: (event) => log.request(event),
    exchanges: log.exchanges,
    onSlowdown: ({ ratePerSecond, pauseMs }) =>
      emit({ type: 'throttled', rate: Math.round(ratePerSecond * 10) / 10, milliseconds: Math.round(pauseMs) }),
  });
  log.write('info', 'connecting', {
    host: connection.host,
    host_from: connection.hostSource,
    credentials_from: connection.tokenSource,
  });
  const close = async (): Promise<void> => {
    const { total, writes } = client.counts();
    log.write('info', 'disconnected', { requests: total, writes });
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

function agentOf({ version, environment }: SessionRequest, authType?: string): string {
  const { versions, platform } = process;
  return userAgentOf({ version, environment, runtime: versions.node, platform, authType });
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

async function findConnection(request: SessionRequest, network: Network): Promise<Connection> {
  const { project, flags, environment, signals } = request;
  const chosen = project.loaded.target.workspace;
  return resolveConnection({
    flags: { host: flags.host, profile: flags.profile },
    target: chosen === undefined || chosen === 'local' ? undefined : chosen,
    environment,
    readFile: readIfThere,
    clock: systemClock,
    userAgent: agentOf(request),
    network,
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
