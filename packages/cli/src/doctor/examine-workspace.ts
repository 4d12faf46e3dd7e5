import {
  DpoError,
  isDpoError,
  nothingRecorded,
  type Desired,
  type Examination,
  type Principal,
  type ReadContext,
  type Recorded,
  type TargetIdentity,
} from '@dpo/core';
import {
  createProviders,
  examineCatalogs,
  examineDestinations,
  examineFolder,
  examineSystemSchemas,
  examineWarehouse,
  failedRead,
} from '@dpo/databricks';
import {
  examineBudget,
  examineTables,
  namedDestinations,
  outputCatalog,
  ownerFolder,
  searchedCatalogs,
  searchOf,
} from '@dpo/monitoring';
import { desiredOf } from '../desired-of.ts';
import { refuseOtherState } from '../own-state.ts';
import type { Project } from '../project.ts';
import type { Connected } from '../session.ts';
import { examineGrants } from './examine-grants.ts';

export interface WorkspaceRequest {
  readonly project: Project;
  readonly connected: Pick<Connected, 'client'>;
  readonly warehouseId: string | undefined;
  readonly target: TargetIdentity;
  readonly me: Principal;
  /** Undefined if the state cannot be read. */
  readonly recorded: Recorded | undefined;
  /** False: no statement is run. */
  readonly statements: boolean;
  readonly starts: (warehouse: string) => void;
}

/** Everything that needs a workspace with Unity Catalog, as one identity. Reads only. */
export async function examineWorkspace(
  request: WorkspaceRequest,
  context: ReadContext,
): Promise<readonly Examination[]> {
  const { project, connected, target, statements, starts, warehouseId } = request;
  const { client } = connected;
  const { loaded } = project;
  const system = await examineSystemSchemas(client, target.metastoreId, context);
  const me: Principal =
    request.me.metastoreAdmin === undefined && system.listed ? { ...request.me, metastoreAdmin: 'maybe' } : request.me;
  const warehouse = await examineWarehouse(
    client,
    { warehouseId, run: statements, neededFor: warehouseUse(project), starts },
    context,
  );
  const runs = warehouse.some(({ verdict }) => verdict === 'pass');
  const catalogs = [...new Set([...searchedCatalogs(loaded), outputCatalog(loaded)])].filter(
    (name) => !/[*?]/u.test(name),
  );
  return [
    ...ownState(request),
    ...warehouse,
    ...(await examineCatalogs(client, catalogs, context)),
    ...(await examineWanted({ ...request, me, runs }, context)),
    ...(await examineFolder(client, { folder: ownerFolder(loaded, project.owner), me }, context)),
    ...shared(project),
    ...(await destinations(request, context)),
    ...system.examinations,
  ];
}

function warehouseUse({ loaded }: Project): string | undefined {
  if (searchOf(loaded) !== undefined) return 'tables are found by statements';
  return loaded.config.mode === 'bulk_provision_only' ? undefined : 'unified views are made by statements';
}

function ownState({ project, target, recorded }: WorkspaceRequest): readonly Examination[] {
  if (recorded?.lineage === undefined) return [];
  try {
    refuseOtherState(recorded, { project, session: { target } });
    return [{ check: 'state', verdict: 'pass', message: `belongs to this project, target and workspace` }];
  } catch (error) {
    return [failedRead(error, { check: 'state', verdict: 'fail' })];
  }
}

/** Tables, budget and grants rest on what the config asks for, which statements may have to find. */
async function examineWanted(
  request: WorkspaceRequest & { readonly runs: boolean },
  context: ReadContext,
): Promise<readonly Examination[]> {
  const { project, connected, me, runs, target } = request;
  const recorded = request.recorded ?? nothingRecorded;
  const { loaded } = project;
  const needsSearch = searchOf(loaded) !== undefined && !runs;
  const { client } = connected;
  const warehouseId = runs ? request.warehouseId : undefined;
  const session = { client, target, warehouseId, providers: createProviders({ client, warehouseId }) };
  try {
    const mode = needsSearch ? 'destroy' : 'apply';
    const desired: Desired = await desiredOf({ project, session, mode, recorded }, context);
    const tables: readonly Examination[] = needsSearch
      ? [{ check: 'tables', verdict: 'skipped', message: 'tables are found by statements, and no warehouse runs any' }]
      : examineTables(desired);
    const budget = needsSearch ? [] : [examineBudget({ loaded, desired, recorded })];
    return [...tables, ...(await examineGrants({ project, client, me, desired, recorded }, context)), ...budget];
  } catch (error) {
    if (!isDpoError(error)) throw error;
    return [
      ...error.problems.map((problem) => failedRead(new DpoError([problem]), { check: 'tables', verdict: 'fail' })),
      later('grants', 'tables cannot be read'),
    ];
  }
}

/** W014: what lies there can be changed or deleted by everybody. */
function shared({ loaded }: Project): readonly Examination[] {
  const folder = loaded.config.dashboard_parent_path ?? '/Workspace/Shared/DPO';
  if (!/^\/Workspace\/Shared(\/|$)/u.test(folder)) return [];
  return [
    {
      check: 'folder',
      subject: folder,
      verdict: 'warn',
      code: 'LINT.SHARED_FOLDER',
      message: 'every user of the workspace may change and delete what is below /Workspace/Shared',
      hint: 'set dashboard_parent_path to a folder that only those who apply may manage',
    },
  ];
}

async function destinations(
  { project, connected }: WorkspaceRequest,
  context: ReadContext,
): Promise<readonly Examination[]> {
  const { loaded } = project;
  const check = 'destinations';
  if (loaded.config.mode === 'bulk_provision_only') return [later(check, 'mode bulk_provision_only makes no alerts')];
  const names = namedDestinations(loaded);
  if (names.length === 0) return [later(check, 'the config names none by name')];
  return examineDestinations(connected.client, names, context);
}

export function later(check: string, reason: string): Examination {
  return { check, verdict: 'skipped', message: reason };
}
