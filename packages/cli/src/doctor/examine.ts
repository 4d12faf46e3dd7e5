import type { Emit, Examination, Limit, ReadContext } from '@dpo/core';
import { examineIdentity, examineMetastore, failedRead } from '@dpo/databricks';
import { systemClock } from '../clock.ts';
import { ownedBy, type OpenedProject } from '../project.ts';
import type { Connected } from '../session.ts';
import { examineSetup } from './examine-setup.ts';
import { examineState } from './examine-state.ts';
import { examineWorkspace, later } from './examine-workspace.ts';

export interface ExamineRequest {
  readonly project: OpenedProject;
  readonly version: string;
  readonly directory: string;
  /** False: no statement is run, so that no warehouse is started. */
  readonly statements: boolean;
  readonly connect: () => Promise<Connected>;
  readonly reads: Limit;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** All examinations in order. What rests on one that failed is skipped, with that as the reason. Writes nothing. */
export async function examine(request: ExamineRequest): Promise<readonly Examination[]> {
  const { project, version, directory } = request;
  const setup = examineSetup({ project, version });
  // A state in a volume is reached through the workspace.
  const through = project.store.location.startsWith('volume:');
  const state = through ? undefined : await examineState(project, directory);
  let connected: Connected;
  try {
    connected = await request.connect();
  } catch (error) {
    return [
      ...setup,
      ...(state?.examinations ?? [later('state', 'nobody is signed in')]),
      failedRead(error, { check: 'sign-in', verdict: 'fail' }),
      later('identity', 'nobody is signed in'),
      ...withoutWorkspace('nobody is signed in'),
    ];
  }
  try {
    project.slot?.fill(connected.client);
    const { recorded, examinations } = state ?? (await examineState(project, directory));
    const rest = await inside(request, { connected, recorded });
    return [...setup, ...examinations, signedIn(connected), ...rest];
  } finally {
    await connected.close();
  }
}

async function inside(
  request: ExamineRequest,
  {
    connected,
    recorded,
  }: { readonly connected: Connected; readonly recorded: Awaited<ReturnType<typeof examineState>>['recorded'] },
): Promise<readonly Examination[]> {
  const { project, reads, signal, emit, statements } = request;
  const { client, connection } = connected;
  const context: ReadContext = { limit: reads, signal, clock: systemClock };
  const identity = await examineIdentity(client, context);
  const { me } = identity;
  if (me === undefined)
    return [...identity.examinations, ...withoutWorkspace('the workspace does not answer who we are')];
  const metastore = await examineMetastore(client, me, context);
  const known = [...identity.examinations, ...metastore.examinations];
  if (metastore.metastoreId === undefined) return [...known, ...withoutWorkspace('there is no metastore').slice(1)];
  const { loaded, local } = project;
  const workspace = await examineWorkspace(
    {
      project: ownedBy(me.userName, project),
      connected,
      warehouseId: local ? connection.warehouseId : (loaded.config.warehouse_id ?? connection.warehouseId),
      target: {
        name: loaded.targetName,
        host: local ? 'embedded workspace' : connection.host,
        workspaceId: me.workspaceId ?? '',
        metastoreId: metastore.metastoreId,
      },
      me: { ...me, ...(metastore.administers ? { metastoreAdmin: 'yes' } : {}) },
      recorded,
      statements,
      starts: (warehouse) => emit({ type: 'warehouse_starting', warehouse, milliseconds: 0 }),
    },
    context,
  );
  return [...known, ...workspace];
}

function signedIn({ connection }: Connected): Examination {
  const { host, hostSource, tokenSource } = connection;
  return { check: 'sign-in', verdict: 'pass', message: `${host} (from ${hostSource}), with ${tokenSource}` };
}

const rest = ['metastore', 'warehouse', 'catalogs', 'tables', 'grants', 'folder', 'destinations', 'system schemas'];

function withoutWorkspace(reason: string): readonly Examination[] {
  return rest.map((check) => later(check, reason));
}
