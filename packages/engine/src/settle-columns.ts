import {
  branchesIn,
  isDpoError,
  isJsonArray,
  kindOf,
  type Address,
  type DeniedTable,
  type DesiredResource,
  type MetricColumns,
  type Plan,
  type PlanInput,
  type Problem,
  type SettledColumns,
} from '@dpo/core';
import { branchesNow, unreadColumns } from './metric-columns.ts';

/** Finds out what is the matter with metric tables that have no columns, and which of the others may not be read. */
export type SettleColumns = (tables: readonly string[], columnsOf: MetricColumns) => Promise<SettledColumns>;

/** So many tables are named one by one; of more the schema is. */
const mostNamed = 5;

/**
 * The same world, with what is known of the metric tables of those views that the plan would write (W023): only for them it
 * matters, so that a plan that writes none asks nothing. `undefined` if there is nothing to find out.
 */
export async function settleWorld(
  input: PlanInput,
  first: Plan,
  settle: SettleColumns,
): Promise<PlanInput | undefined> {
  const written = writtenViews(first);
  const branches = new Map(
    input.desired.resources
      .filter(({ address }) => written.has(address))
      .map((resource) => [resource.address, branchesIn(knownBranches(resource, input)) ?? []] as const),
  );
  const tables = [...new Set([...branches.values()].flat().map(({ metrics }) => metrics))];
  const { metricColumns = () => 'unknown' } = input;
  if (tables.every((name) => metricColumns(name) === 'unknown')) return undefined;
  const { columnsOf, denied, failed } = await settled(settle, tables, metricColumns);
  if (denied.length === 0 && failed.length === 0) return undefined;
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
      problems: [...input.desired.problems, ...deniedProblems(denied), ...failed.slice(0, 1).map(unreadColumns)],
    },
  };
}

/** Those whose text may change. */
function writtenViews({ ops }: Plan): ReadonlySet<Address> {
  const writing = ops.filter(
    ({ address, action, changes }) =>
      kindOf(address) === 'view' &&
      (['create', 'replace'].includes(action) ||
        (['update', 'adopt'].includes(action) && changes.some(({ path }) => path !== 'owner'))),
  );
  return new Set(writing.map(({ address }) => address));
}

/** Where it is not known yet which table a branch will read there is nothing to look at. */
function knownBranches({ spec }: DesiredResource, { live }: PlanInput): ReturnType<typeof branchesNow> {
  const branches = branchesNow(spec, live);
  if (!isJsonArray(branches)) return [];
  return branches.filter((branch) => branchesIn([branch]) !== undefined);
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

function noted(resource: DesiredResource, without: readonly string[]): DesiredResource {
  if (without.length === 0) return resource;
  const note = `made without ${firstOf(without)}, which may not be read`;
  return { ...resource, notes: [...(resource.notes ?? []), note] };
}

const code = 'PLAN.METRICS_DENIED';
const consequence = 'the views are made without it';

/** One for each table, or one for all where there are many; each with a statement to run. */
function deniedProblems(denied: readonly DeniedTable[]): readonly Problem[] {
  const named = denied.slice(0, mostNamed).map(({ name, hint }): Problem => ({
    code,
    severity: 'warning',
    message: `metric table ${name} may not be read with these credentials, so that ${consequence}`,
    hint,
  }));
  const others = denied.slice(mostNamed).map(({ name }) => name);
  if (others.length === 0) return named;
  const message = `the same is true of ${String(others.length)} more metric tables: ${firstOf(others)}`;
  return [...named, { code, severity: 'warning', message, hint: 'grant SELECT on their schema instead' }];
}

const mostInARow = 3;

function firstOf(names: readonly string[]): string {
  const more = names.length - mostInARow;
  return `${names.slice(0, mostInARow).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
