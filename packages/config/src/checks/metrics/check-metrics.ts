import type { Finding, Path } from '../../finding.ts';
import { entriesAt, type Located } from '../../located.ts';
import { checkMetric } from './check-metric.ts';
import { checkModelColumns } from './check-model-columns.ts';
import { checkObjectives } from './check-objectives.ts';
import { columnOf, metricsAt, objectivesIn, quoted, rangeIn, type Metric } from './metric.ts';

/** The rules about metrics of people's own that no schema can say. A table pattern is held to them like a table. */
export function checkMetrics(root: Located): readonly Finding[] {
  const tables = [...entriesAt(root, 'monitored_tables').keys()].map((name): Path => ['monitored_tables', name]);
  const lists = [['profile_defaults'], ...tables].map((path) => metricsAt(root, ...path, 'custom_metrics'));
  const objectives = objectivesIn(root);
  const declared = [...objectives.values()].flatMap(({ metric }) => metric ?? []);
  return [
    ...[...lists.flat(), ...declared].flatMap(checkMetric),
    ...lists.flatMap(sameNames),
    ...checkObjectives(root, objectives),
    ...checkModelColumns(root, objectives),
  ];
}

/** Within one layer nobody could say which of the two is meant (U026). */
function sameNames(metrics: readonly Metric[]): readonly Finding[] {
  const met = new Map<string, { readonly name: string; readonly number: number }>();
  return metrics.flatMap((metric, index): readonly Finding[] => {
    const { name } = metric;
    const first = met.get(columnOf(metric));
    if (first === undefined) met.set(columnOf(metric), { name, number: index + 1 });
    if (first === undefined || name === '') return [];
    const both = first.name === name ? quoted(name) : `${quoted(first.name)} and ${quoted(name)}, which is one column`;
    const message = `entries ${first.number} and ${index + 1} of ${listText(metric.path)} are both called ${both}`;
    const hint = 'give one of them another name';
    return [{ code: 'CONFIG.METRIC_DUPLICATE', severity: 'error', message, hint, ...rangeIn(metric, 'name') }];
  });
}

function listText(path: Path): string {
  return path.length === 3 ? `custom_metrics in ${String(path[0])}` : `custom_metrics of ${quoted(String(path[1]))}`;
}
