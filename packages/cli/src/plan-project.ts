import {
  DpoError,
  ownerText,
  type Address,
  type Consent,
  type Desired,
  type Emit,
  type Plan,
  type PlanMode,
  type Problem,
  type ReadContext,
  type Scope,
} from '@dpo/core';
import { readCatalogTables } from '@dpo/databricks';
import { makePlan } from '@dpo/engine';
import { desire, nameResources, tablesToRead } from '@dpo/monitoring';
import { checkState } from '@dpo/state';
import { systemClock } from './clock.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';

export interface PlanProjectRequest {
  readonly project: Project;
  readonly session: Session;
  readonly mode: PlanMode;
  readonly consent: Consent;
  readonly scope: Scope;
  /** Addresses to replace although nothing forces it. */
  readonly replace?: ReadonlySet<Address>;
  readonly version: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Config, catalog, state and live objects become a plan. Writes nothing and takes no lock. */
export async function planProject(request: PlanProjectRequest): Promise<Plan> {
  const { project, session, signal } = request;
  const context = session.context(signal);
  const recorded = await project.store.read();
  const misplaced = checkState(recorded, { owner: ownerText(project.owner), target: session.target });
  if (misplaced.length > 0) throw new DpoError(misplaced);
  const desired = await wantedBy(request, context);
  const notes = recorded.lineage === undefined ? [noState(project, request.mode)] : [];
  return makePlan({
    desired: { ...desired, problems: [...desired.problems, ...notes] },
    recorded,
    providers: session.providers,
    context,
    clock: systemClock,
    emit: request.emit,
    options: {
      mode: request.mode,
      version: request.version,
      consent: request.consent,
      scope: request.scope,
      replace: request.replace ?? new Set(),
    },
  });
}

/** What is wanted, as far as the mode needs to know it. */
async function wantedBy({ project, session, mode }: PlanProjectRequest, context: ReadContext): Promise<Desired> {
  const { loaded, owner } = project;
  const { target, warehouseId } = session;
  // What changed outside is seen without knowing what is wanted.
  if (mode === 'refresh-only') return { owner, target, resources: [], skipped: [], undecided: [], problems: [] };
  const destroying = mode === 'destroy';
  const wanted = { tables: tablesToRead(loaded), warehouseId, tagPrefixNeeded: !destroying };
  const findings = await readCatalogTables(session.client, wanted, context);
  // In a destroy nothing is wanted any more: what is wrong with the settings must not keep anything.
  return destroying
    ? nameResources({ loaded, findings, owner, target })
    : desire({ loaded, findings, owner, target, warehouseId });
}

function noState(project: Project, mode: PlanMode): Problem {
  const [message, hint] =
    mode !== 'destroy'
      ? [
          'no state found: removed tables are not planned for deletion',
          `the first apply writes ${project.store.location}`,
        ]
      : [
          'no state found: only what the config names and carries our marker is destroyed',
          `looked for ${project.store.location}`,
        ];
  return { code: 'STATE.NONE', severity: 'note', message, hint };
}
