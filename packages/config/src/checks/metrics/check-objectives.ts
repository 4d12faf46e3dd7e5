import type { Finding } from '../../finding.ts';
import { spotAt, type Located } from '../../located.ts';
import { hasReferences } from '../../variables/text-parts.ts';
import { didYouMean, listWords } from '../../words.ts';
import { columnOf, quoted, type Objective } from './metric.ts';
import { metricTables, objectiveIds, type MetricTable } from './table-metrics.ts';

type Objectives = ReadonlyMap<string, Objective>;

/** Ids told in one message, and ids that are compared with an unknown one. */
const mostListed = 20;
const mostCompared = 200;

/** Ids that do not exist (U029), and two that give a table the same metric (U030). */
export function checkObjectives(root: Located, objectives: Objectives): readonly Finding[] {
  return metricTables(root, { all: false }).flatMap((table) => {
    const ids = objectiveIds(root, table);
    const met = new Map<string, string>();
    return ids.flatMap((id, index): readonly Finding[] => {
      const at = placeOf(root, table, index);
      if (hasReferences(id)) return [];
      const objective = objectives.get(id);
      if (objective === undefined) return [unknown(id, objectives, at)];
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

function unknown(id: string, objectives: Objectives, at: At): Finding {
  const ids = [...objectives.keys()];
  const listed = ids.slice(0, mostListed).map(quoted);
  const more = ids.length > mostListed ? [`${ids.length - mostListed} more`] : [];
  const known = ids.length === 0 ? 'none is declared' : `declared are ${listWords([...listed, ...more], 'and')}`;
  return {
    ...at,
    code: 'CONFIG.OBJECTIVE_UNKNOWN',
    severity: 'error',
    message: `there is no objective function ${quoted(id)}; ${known}`,
    hint: didYouMean(id, ids.slice(0, mostCompared)) ?? 'declare it under objective_functions',
  };
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
