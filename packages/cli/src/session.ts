import { readFile } from 'node:fs/promises';
import {
  connectionOf,
  createClient,
  createProviders,
  directNetwork,
  getMetastoreSummary,
  getWorkspaceIdentity,
  readNetwork,
  resolveConnection,
  userAgentOf,
  watchWarehouse,
  type Client,
  type Connection,
  type Network,
  type WarehouseUse,
  type WorkspaceChoice,
  type WorkspaceIdentity,
} from '@dpo/databricks';
import {
  isDpoError,
  isOneOf,
  type Emit,
  type Limit,
  type Providers,
  type ReadContext,
  type TargetIdentity,
} from '@dpo/core';
import { createLimit, type Applier } from '@dpo/engine';
import { systemClock } from './clock.ts';
import { secretsIn } from './environment-secrets.ts';
import type { WorkspaceFlags } from './flags.ts';
import type { RequestTally } from './request-tally.ts';
import { hiddenTextsOf } from './hidden-texts.ts';
import { openLocalWorkspace } from './local-workspace.ts';
import type { Log } from './log.ts';
import type { OpenedProject } from './project.ts';
import type { Signals } from './signals.ts';

/** Reads in flight at most; the client paces them (U068). */
const readsInFlight = 64;

/** An open connection to the workspace of a project, and who we are there. */
export interface Session {
  readonly client: Client;
  readonly providers: Providers;
  readonly target: TargetIdentity;
  /** Who we are there: an address, or the id of a service principal. */
  readonly userName: string;
  /** The same with the groups that it is in. */
  readonly applier: Applier;
  /** Target, then top level, then environment or profile; the embedded workspace has its own. */
  readonly warehouseId: string | undefined;
  readonly reads: Limit;
  /** How many requests were sent so far, each retry one, how many of them are SQL statements, and what they found (W021). */
  sent(): RequestTally;
  context(signal: AbortSignal): ReadContext;
  close(): Promise<void>;
}

export interface SessionRequest {
  readonly project: OpenedProject;
  readonly flags: WorkspaceFlags;
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly directory: string;
  /** The first signal ends the connecting; the second cuts off whatever runs later. */
  readonly signals: Pick<Signals, 'stop' | 'abort'>;
  readonly log: Log;
  readonly emit: Emit;
  /** Costs a request where there are statements. */
  readonly tellsWarehouse?: boolean | undefined;
}

export async function openSession(request: SessionRequest): Promise<Session> {
  const { project } = request;
  const connected = await connect({ ...request, ...choiceOf(project) });
  const { connection } = connected;
  const watched = request.tellsWarehouse === true ? watchWarehouse(connected.client) : undefined;
  const client = watched?.client ?? connected.client;
  client.hide(hiddenTextsOf(project.loaded, request.environment));
  project.slot?.fill(client);
  try {
    const identity = await getWorkspaceIdentity(client, request.signals.stop);
    const target: TargetIdentity = {
      name: project.loaded.targetName,
      // The port of the embedded workspace differs from run to run; its ids do not.
      host: project.local ? 'embedded workspace' : connection.host,
      workspaceId: identity.workspaceId,
      metastoreId: identity.metastoreId,
    };
    const reads = createLimit(readsInFlight);
    const warehouseId = project.local
      ? connection.warehouseId
      : (project.loaded.config.warehouse_id ?? connection.warehouseId);
    const { userName, groups } = identity;
    return {
      client,
      providers: createProviders({ client, warehouseId, me: { userName, groups } }),
      target,
      userName,
      applier: applierOf(client, identity),
      warehouseId,
      reads,
      sent: () => ({ ...connected.sent, warehouse: watched?.use() ?? unwatched(connected.sent) }),
      context: (signal) => ({ limit: reads, signal, clock: systemClock }),
      close: () => connected.close(),
    };
  } catch (error) {
    await connected.close();
    throw error;
  }
}

/** A metastore belongs to a person or a group; who may not see whose it is does not administer it. */
export function applierOf(client: Client, { userName, groups }: WorkspaceIdentity): Applier {
  return {
    userName,
    groups,
    administersMetastore: async (signal) => {
      const { owner } = await getMetastoreSummary(client, signal).catch((error: unknown) => {
        if (!isDpoError(error)) throw error;
        return { owner: undefined };
      });
      return owner !== undefined && isOneOf({ userName, groups }, owner);
    },
  };
}

function unwatched({ statements }: Omit<RequestTally, 'warehouse'>): WarehouseUse {
  return statements === 0 ? 'none' : 'unknown';
}

/** Which workspace a project is for, as far as its config says. */
export function choiceOf({ loaded, local }: OpenedProject): Pick<ConnectRequest, 'local' | 'choice'> {
  const chosen = loaded.target.workspace;
  return { local, choice: chosen === undefined || chosen === 'local' ? undefined : chosen };
}

export interface ConnectRequest extends Omit<SessionRequest, 'project'> {
  /** The embedded workspace, else one that flags, choice and environment name. */
  readonly local: boolean;
  /** What the target of a config says. */
  readonly choice?: WorkspaceChoice | undefined;
}

export interface Connected {
  readonly client: Client;
  readonly connection: Connection;
  /** What was sent so far. */
  readonly sent: Omit<RequestTally, 'warehouse'>;
  close(): Promise<void>;
}

/** A client for a workspace, before anything is asked of it. */
export async function connect(request: ConnectRequest): Promise<Connected> {
  const { environment, log, emit, local } = request;
  // The embedded workspace is on this machine.
  const network = local ? directNetwork : await readNetwork(environment, readIfThere);
  const place = local
    ? await openLocal(request)
    : { connection: await findConnection(request, network), close: async () => {} };
  const { connection } = place;
  for (const secret of secretsIn(environment)) connection.redactor.learn(secret);
  log.guard(connection.redactor);
  const sent = { requests: 0, statements: 0 };
  const client = createClient({
    connection,
    clock: systemClock,
    random: Math.random,
    userAgent: agentOf(request, connection.authType),
    signal: request.signals.abort,
    network,
    onRequest: (event) => {
      sent.requests += 1;
      if (event.method === 'POST' && event.path === '/api/2.0/sql/statements') sent.statements += 1;
      log.request(event);
    },
    exchanges: log.exchanges,
    onWarehouseStarting: (start) => emit({ type: 'warehouse_starting', ...start }),
    onSlowdown: ({ ratePerSecond, pauseMs }) =>
      emit({ type: 'throttled', rate: Math.round(ratePerSecond * 10) / 10, milliseconds: Math.round(pauseMs) }),
  });
  log.write('info', 'connecting', {
    host: connection.host,
    host_from: connection.hostSource,
    credentials_from: connection.tokenSource,
  });
  return {
    client,
    connection,
    sent,
    close: async () => {
      const { total, writes } = client.counts();
      log.write('info', 'disconnected', { requests: total, writes });
      await client.close();
      await place.close();
    },
  };
}

function agentOf({ version, environment }: Pick<SessionRequest, 'version' | 'environment'>, authType?: string): string {
  const { versions, platform } = process;
  return userAgentOf({ version, environment, runtime: versions.node, platform, authType });
}

interface Place {
  readonly connection: Connection;
  close(): Promise<void>;
}

async function openLocal({ flags, directory, environment }: ConnectRequest): Promise<Place> {
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

async function findConnection(request: ConnectRequest, network: Network): Promise<Connection> {
  const { choice, flags, environment, signals, log } = request;
  return resolveConnection({
    flags: { host: flags.host, profile: flags.profile },
    target: choice,
    environment,
    readFile: readIfThere,
    clock: systemClock,
    userAgent: agentOf(request),
    network,
    onSignIn: (event) => log.signIn(event),
    exchanges: log.exchanges,
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
