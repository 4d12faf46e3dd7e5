import { isDpoError, type CatalogFindings, type Problem, type ReadContext } from '@dpo/core';
import { absentFunctions, tryWarehouse } from '@dpo/databricks';
import { desire, functionsToRead } from '@dpo/monitoring';
import type { Check } from '@dpo/render';
import { answersTo } from './answers.ts';
import { catalogOf } from './desired-of.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';

/** In the order in which they are made. */
export const workspaceChecks = ['connection', 'warehouse', 'workspace tables', 'tags', 'functions'] as const;
type Name = (typeof workspaceChecks)[number];

export interface CheckedWorkspace {
  readonly problems: readonly Problem[];
  readonly checks: readonly Check[];
}

/**
 * Holds a config to the workspace that it is for (U002): the warehouse runs a statement, the tables are there and have what the
 * settings name, tags are as the policy wants them, functions exist. Reads no state and no monitor, counts nothing and writes
 * nothing. What has been found in the file is not told again: `told`.
 */
export async function checkWorkspace(
  {
    project,
    session,
    told,
  }: { readonly project: Project; readonly session: Session; readonly told: readonly Problem[] },
  context: ReadContext,
): Promise<CheckedWorkspace> {
  const found = new Findings(told);
  const { client, warehouseId } = session;
  const isUsable = await found.try('warehouse', async () => {
    if (warehouseId !== undefined) await tryWarehouse(client, warehouseId, context);
    return true;
  });
  // Tables are found, and tags read, by statements.
  if (isUsable === undefined) return found.done(['connection', 'warehouse']);
  const { loaded, owner, development } = project;
  const request = { loaded, session, knownSlices: new Map(), recount: false, count: false } as const;
  const read = await found.try('workspace tables', async () => {
    const catalog = await catalogOf({ loaded, session, managed: [] }, context);
    return { catalog, answers: await answersTo({ ...request, catalog }, context) };
  });
  if (read === undefined) return found.done(['connection', 'warehouse', 'workspace tables']);
  const absent = await found.try('functions', async () =>
    missingFunctions(project, session, read.catalog.findings, context),
  );
  const { resources: _resources, ...desired } = desire({
    loaded,
    ...read.catalog,
    ...read.answers,
    owner,
    target: session.target,
    warehouseId,
    ...(absent === undefined ? {} : { absentFunctions: absent }),
    ...(development === undefined ? {} : { development }),
  });
  for (const problem of desired.problems) if (problem.code !== 'CATALOG.SLICES_UNCOUNTED') found.add(problem);
  for (const { problem } of desired.undecided) found.add(problem);
  for (const { address, code, reason } of desired.skipped) {
    found.add({ code, severity: 'warning', message: `${address} is skipped: ${reason}`, address });
  }
  return found.done(workspaceChecks);
}

async function missingFunctions(
  { loaded }: Project,
  { client }: Session,
  ...[findings, context]: readonly [CatalogFindings, ReadContext]
): Promise<ReadonlySet<string>> {
  return absentFunctions(client, functionsToRead(loaded, findings), context);
}

/** Problems by the check that found them. */
class Findings {
  readonly #told: Set<string>;
  readonly #found = new Map<Name, Problem[]>();

  constructor(told: readonly Problem[]) {
    this.#told = new Set(told.map(keyOf));
  }

  /** Undefined if it fails, which is a finding. */
  async try<T>(name: Name, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!isDpoError(error)) throw error;
      for (const problem of error.problems) this.#push(name, problem);
      return undefined;
    }
  }

  add(problem: Problem): void {
    this.#push(checkOf(problem), problem);
  }

  #push(name: Name, problem: Problem): void {
    const key = keyOf(problem);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#found.set(name, [...(this.#found.get(name) ?? []), problem]);
  }

  done(made: readonly Name[]): CheckedWorkspace {
    const checks = workspaceChecks.map((name) => checkFor(name, this.#found.get(name) ?? [], made.includes(name)));
    return { checks, problems: workspaceChecks.flatMap((name) => this.#found.get(name) ?? []) };
  }
}

/** A check that was not made is skipped. */
export function checkFor(name: Name, problems: readonly Problem[], made: boolean): Check {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  const status = errors > 0 ? 'failed' : warnings > 0 ? 'warned' : made ? 'passed' : 'skipped';
  return { name, status, errors, warnings };
}

function keyOf({ code, message, place }: Problem): string {
  return JSON.stringify([code, message, place]);
}

function checkOf({ code }: Problem): Name {
  if (code === 'CATALOG.FUNCTION_NOT_FOUND') return 'functions';
  return code === 'CATALOG.TAG_VALUE' || code.startsWith('POLICY.') ? 'tags' : 'workspace tables';
}
