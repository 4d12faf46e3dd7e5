import {
  branchesIn,
  isDpoError,
  isJsonArray,
  kindOf,
  listPathOf,
  operationsOf,
  type Address,
  type DesiredResource,
  type MetricColumns,
  type Plan,
  type PlanInput,
  type SettledColumns,
  type ViewBranch,
} from '@dpo/core';
import { deniedProblems, noted } from './denied-problems.ts';
import { branchesNow, unreadColumns } from './metric-columns.ts';

/** Finds out what is the matter with metric tables that have no columns, and which of the others may not be read. */
export type SettleColumns = (tables: readonly string[], columnsOf: MetricColumns) => Promise<SettledColumns>;

export interface Settler {
  readonly columns: SettleColumns;
  /** Whether a principal is whoever runs this, or a group of theirs. */
  readonly owns: (principal: string) => boolean;
}

/**
 * The same world, with what is known of the metric tables of those views that the plan would write (W023): only for them it
 * matters, so that a plan that writes none asks nothing. `undefined` if there is nothing to find out.
 */
export async function settleWorld(input: PlanInput, first: Plan, settler: Settler): Promise<PlanInput | undefined> {
  const written = writtenViews(first);
  const branches = new Map(
    input.desired.resources
      .filter(({ address }) => written.has(address))
      .map((resource) => [resource.address, branchesIn(knownBranches(resource, input)) ?? []] as const),
  );
  const tables = [...new Set([...branches.values()].flat().map(({ metrics }) => metrics))];
  const { metricColumns = () => 'unknown' } = input;
  if (tables.every((name) => metricColumns(name) === 'unknown')) return undefined;
  const found = await settled(settler.columns, tables, metricColumns);
  const { denied, failed } = found;
  if (denied.length === 0 && failed.length === 0) return undefined;
  const foreign = readByOthers(branches, input.live, settler);
  const columnsOf: MetricColumns = (name) => {
    const answer = found.columnsOf(name);
    return answer === 'denied' && foreign.has(name) ? 'unknown' : answer;
  };
  const without = new Map(
    [...branches].map(([address, all]) => [address, all.filter(({ metrics }) => columnsOf(metrics) === 'denied')]),
  );
  return {
    ...input,
    metricColumns: columnsOf,
    desired: {
      ...input.desired,
      resources: input.desired.resources.map((resource) =>
        noted(
          resource,
          (without.get(resource.address) ?? []).map(({ source, metrics }) => `${source} (${metrics})`),
        ),
      ),
      problems: [
        ...input.desired.problems,
        ...deniedProblems(
          denied.filter(({ name }) => !foreign.has(name)),
          'the views are made without it',
        ),
        ...deniedProblems(
          denied.filter(({ name }) => foreign.has(name)),
          'the views over it, which somebody else owns, are not compared',
        ),
        ...failed.slice(0, 1).map(unreadColumns),
      ],
    },
  };
}

/** Those whose text may change. */
function writtenViews(first: Plan): ReadonlySet<Address> {
  const writing = operationsOf(first).filter(
    ({ address, action, changes }) =>
      kindOf(address) === 'view' &&
      (['create', 'replace'].includes(action) ||
        (['update', 'adopt'].includes(action) &&
          changes.some(({ path }) => !['owner', 'access'].includes(listPathOf(path))))),
  );
  return new Set(writing.map(({ address }) => address));
}

/** Where it is not known yet which table a branch will read there is nothing to look at. */
function knownBranches({ spec }: DesiredResource, { live }: PlanInput): ReturnType<typeof branchesNow> {
  const branches = branchesNow(spec, live);
  if (!isJsonArray(branches)) return [];
  return branches.filter((branch) => branchesIn([branch]) !== undefined);
}

/**
 * Tables that only views of somebody else read. A view reads with the rights of its owner: what another identity may not
 * read says nothing about it, so that nothing follows (W002).
 */
function readByOthers(
  branches: ReadonlyMap<Address, readonly ViewBranch[]>,
  live: PlanInput['live'],
  { owns }: Settler,
): ReadonlySet<string> {
  const [ours, theirs] = [new Set<string>(), new Set<string>()];
  for (const [address, all] of branches) {
    const seen = live.get(address);
    const owner = seen?.status === 'present' ? seen.fields['owner'] : undefined;
    const found = typeof owner !== 'string' || owns(owner) ? ours : theirs;
    for (const { metrics } of all) found.add(metrics);
  }
  return new Set([...theirs].filter((name) => !ours.has(name)));
}

/** That it could not be found out keeps no plan from being made: what was written last stays. */
async function settled(
  settle: SettleColumns,
  tables: readonly string[],
  columnsOf: MetricColumns,
): Promise<SettledColumns> {
  try {
    return await settle(tables, columnsOf);
  } catch (error) {
    if (!isDpoError(error)) throw error;
    return { columnsOf: () => 'unknown', denied: [], failed: error.problems.slice(0, 1) };
  }
}
