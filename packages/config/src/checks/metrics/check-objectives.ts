import type { Finding } from '../../finding.ts';
import { spotAt, type Located } from '../../located.ts';
import { hasReferences } from '../../variables/text-parts.ts';
import { didYouMean, listWords } from '../../words.ts';
import { columnOf, quoted, type Objective } from './metric.ts';
import { metricTables, objectiveIds, type MetricTable } from './table-metrics.ts';

type Objectives = ReadonlyMap<string, Objective>;

/** Ids told in one message; unknown ids that the others are compared with, so that thousands of both take no time. */
const mostListed = 20;
const mostCompared = 50;

/** Ids that do not exist (U029), and two that give a table the same metric (U030). */
export function checkObjectives(root: Located, objectives: Objectives): readonly Finding[] {
  const ids = [...objectives.keys()];
  const known = knownText(ids);
  let unknowns = 0;
  return metricTables(root, { all: false }).flatMap((table) => {
    const met = new Map<string, string>();
    return objectiveIds(root, table).flatMap((id, index): readonly Finding[] => {
      const at = placeOf(root, table, index);
      if (hasReferences(id)) return [];
      const objective = objectives.get(id);
      if (objective === undefined) {
        unknowns += 1;
        return [unknown(id, { candidates: unknowns > mostCompared ? [] : ids, known }, at)];
      }
      if (objective.metric === undefined || objective.metric.name === '') return [];
      const column = columnOf(objective.metric);
      const first = met.get(column);
      met.set(column, first ?? id);
      // The same id twice is the schema's to find.
      return first === undefined || first === id ? [] : [sameMetric({ table, first, objective }, at)];
    });
  });
}

type At = Pick<Finding, 'range' | 'path'>;

function placeOf(root: Located, table: MetricTable, index: number): At {
  const path = [...table.path, 'objective_function_ids', index];
  return { range: spotAt(root, path).node.range, path };
}

function unknown(
  id: string,
  { candidates, known }: { readonly candidates: readonly string[]; readonly known: string },
  at: At,
): Finding {
  return {
    ...at,
    code: 'CONFIG.OBJECTIVE_UNKNOWN',
    severity: 'error',
    message: `there is no objective function ${quoted(id)}; ${known}`,
    hint: didYouMean(id, candidates) ?? 'declare it under objective_functions',
  };
}

function knownText(ids: readonly string[]): string {
  if (ids.length === 0) return 'none is declared';
  const more = ids.length > mostListed ? [`${ids.length - mostListed} more`] : [];
  return `declared are ${listWords([...ids.slice(0, mostListed).map(quoted), ...more], 'and')}`;
}

function sameMetric(
  { table, first, objective }: { readonly table: MetricTable; readonly first: string; readonly objective: Objective },
  at: At,
): Finding {
  const name = quoted(objective.metric?.name ?? '');
  return {
    ...at,
    code: 'CONFIG.METRIC_DUPLICATE',
    severity: 'error',
    message: `the objective functions ${quoted(first)} and ${quoted(objective.id)} both give ${quoted(table.name)} the metric ${name}`,
    hint: 'leave one of them out, or give the metric of one another name',
  };
}
