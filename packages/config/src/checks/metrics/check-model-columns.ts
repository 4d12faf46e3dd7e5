import { mostProblems, type Finding } from '../../finding.ts';
import { spotAt, valueAt, type Located } from '../../located.ts';
import { hasReferences } from '../../variables/text-parts.ts';
import { columnOf, metricsAt, quoted, type Metric, type Objective } from './metric.ts';
import { metricTables, ownMetrics, type MetricTable, type OwnMetric } from './table-metrics.ts';
import { readTemplate } from './template.ts';

/** Template variables that stand for columns of an inference log, and the settings that name these columns. */
const variables = [
  ['prediction_col', 'prediction_column'],
  ['label_col', 'label_column'],
] as const;

/** Beyond what is shown they are only counted; every table times every metric would be too many to make. */
const mostFindings = 2 * mostProblems;

/**
 * Metrics that use the prediction or the label of a table that has none (U031). Of an objective function it is an error.
 * Of other metrics it is a warning where a tag may still settle it: once tags were read it is an error.
 */
export function checkModelColumns(root: Located, objectives: ReadonlyMap<string, Objective>): readonly Finding[] {
  const defaults = metricsAt(root, 'profile_defaults', 'custom_metrics');
  const using = variables.map(([variable]) => defaults.filter((metric) => uses(metric, variable)));
  const found: Finding[] = [];
  for (const table of metricTables(root, { all: using.some(({ length }) => length > 0) })) {
    const own = ownMetrics(root, table, objectives);
    for (const [number, [variable, key]] of variables.entries()) {
      const lack = lackOf(root, table, key);
      if (lack === undefined) continue;
      for (const one of own.values()) {
        if (uses(one.metric, variable)) found.push(ofOwn(root, one, { table, variable, ...lack }));
      }
      for (const metric of using[number] ?? []) {
        if (found.length >= mostFindings) return found;
        if (!own.has(columnOf(metric))) found.push(ofDefaults(metric, { table, variable, ...lack }));
      }
    }
  }
  return found;
}

function uses({ definition }: Metric, variable: string): boolean {
  return readTemplate(definition).variables.includes(variable);
}

interface Lack {
  readonly message: string;
  readonly hint?: string;
  /** No tag can change it. */
  readonly fixed: boolean;
}

/** Why a table has no such column; undefined if it has one, or its profile type cannot be read. */
function lackOf(root: Located, table: MetricTable, key: string): Lack | undefined {
  const profile = table.setting('profile_type') ?? 'INFERENCE';
  if (typeof profile !== 'string' || hasReferences(profile)) return undefined;
  if (profile !== 'INFERENCE') {
    const fixed = valueAt(root, ...table.path, 'profile_type') !== undefined;
    return { message: `is profiled as ${quoted(profile).slice(1, -1)}`, fixed };
  }
  if (table.setting(key) !== undefined) return undefined;
  return { message: `has no '${key}'`, hint: `set ${key} for the table or in profile_defaults`, fixed: false };
}

interface Use extends Lack {
  readonly table: MetricTable;
  readonly variable: string;
}

/** Wrong where the table says it. */
function ofOwn(root: Located, { metric, objective }: OwnMetric, use: Use): Finding {
  const path =
    objective === undefined
      ? [...metric.path, 'definition']
      : [...use.table.path, 'objective_function_ids', objective.index];
  const from = objective === undefined ? '' : ` of the objective function ${quoted(objective.id)}`;
  return {
    code: 'CONFIG.METRIC_COLUMN',
    severity: objective !== undefined || use.fixed ? 'error' : 'warning',
    message: sentence(metric, from, use),
    hint: use.hint ?? 'leave it out: only INFERENCE profiles have predictions and labels',
    range: spotAt(root, path).node.range,
    path,
  };
}

/** What comes from above is wrong for the table. */
function ofDefaults(metric: Metric, use: Use): Finding {
  return {
    code: 'CONFIG.METRIC_COLUMN',
    severity: use.fixed ? 'error' : 'warning',
    message: sentence(metric, ' of profile_defaults', use),
    hint: use.hint ?? 'make it an objective function, and name that where tables have a model',
    range: use.table.entry.key,
    path: use.table.path,
  };
}

function sentence(metric: Metric, from: string, { table, variable, message }: Use): string {
  return `the metric ${quoted(metric.name)}${from} uses {{${variable}}}, and ${quoted(table.name)} ${message}`;
}
