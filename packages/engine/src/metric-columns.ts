import {
  isDpoError,
  isJsonArray,
  isJsonObject,
  kindOf,
  resolveRefs,
  type Desired,
  type Json,
  type Live,
  type MetricColumns,
  type PlanMode,
  type Problem,
  type Spec,
} from '@dpo/core';

/** Reads the columns of metric tables, given by full names. */
export type ReadColumns = (tables: readonly string[]) => Promise<MetricColumns>;

export interface ColumnsRequest {
  readonly desired: Desired;
  readonly live: Live;
  readonly mode: PlanMode;
}

export interface ReadMetricColumns {
  readonly metricColumns: MetricColumns;
  readonly problems: readonly Problem[];
}

const nothingKnown: MetricColumns = () => 'unknown';

/** The columns of every metric table that a wanted view reads. Where they cannot be read, the text of views is not compared. */
export async function columnsFor(request: ColumnsRequest, read: ReadColumns | undefined): Promise<ReadMetricColumns> {
  const tables = request.mode === 'apply' ? tablesIn(request) : [];
  if (read === undefined || tables.length === 0) return { metricColumns: nothingKnown, problems: [] };
  try {
    return { metricColumns: await read(tables), problems: [] };
  } catch (error) {
    const problem = isDpoError(error) ? error.problems[0] : undefined;
    if (problem === undefined) throw error;
    return { metricColumns: nothingKnown, problems: [unreadColumns(problem)] };
  }
}

function tablesIn({ desired, live }: ColumnsRequest): readonly string[] {
  const views = desired.resources.filter(({ address }) => kindOf(address) === 'view');
  const names = views.flatMap(({ spec }) => {
    const branches = branchesNow(spec, live);
    return isJsonArray(branches)
      ? branches.map((branch) => (isJsonObject(branch) ? branch['metrics'] : undefined))
      : [];
  });
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

/** The branches of a view, with the names of those metric tables whose monitors are there. */
export function branchesNow(spec: Spec, live: Live): Json {
  return resolveRefs(spec['branches'] ?? [], ({ $ref, path }) => {
    const seen = live.get($ref);
    return seen?.status === 'present' ? seen.out[path] : undefined;
  });
}

/** What follows from not knowing the columns. */
export function unreadColumns({ message, hint }: Problem): Problem {
  return {
    code: 'PLAN.METRIC_COLUMNS',
    severity: 'warning',
    message: `the columns of the metric tables cannot be read, so that the text of views is not compared: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  };
}
