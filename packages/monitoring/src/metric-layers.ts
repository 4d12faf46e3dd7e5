import { isJsonArray, type Place, type Problem } from '@dpo/core';
import type { CustomMetric, LoadedConfig, Path } from '@dpo/config';
import type { Setting } from './setting.ts';
import type { TableSettings } from './table-settings.ts';

/** A metric that a table asks for, and where the config declares it. */
export interface DeclaredMetric {
  readonly metric: CustomMetric;
  readonly path: Path;
  /** Of an objective function. */
  readonly objective?: { readonly id: string; readonly ucFunction?: string; readonly place: Place };
}

export interface MetricLayers {
  /** One metric a name, in the order in which the names first appear. */
  readonly metrics: readonly DeclaredMetric[];
  readonly problems: readonly Problem[];
}

/** The metrics of one table: defaults < its objective functions < its own list, by name (U032). */
export function metricLayers(loaded: LoadedConfig, settings: TableSettings): MetricLayers {
  const objectives = objectiveMetrics(loaded, settings.from('table', 'objective_function_ids'));
  const merged = new Map<string, DeclaredMetric>();
  for (const declared of [
    ...listed(settings.from('all', 'custom_metrics')),
    ...objectives.metrics,
    ...listed(settings.from('table', 'custom_metrics')),
  ])
    merged.set(columnOf(declared), declared);
  return { metrics: [...merged.values()], problems: objectives.problems };
}

/** Metrics become columns, and columns know no capitals. */
export function columnOf({ metric }: DeclaredMetric): string {
  return metric.name.toLowerCase();
}

/** What the schema of the config has checked. */
function listed(setting: Setting | undefined): readonly DeclaredMetric[] {
  if (setting === undefined || !isJsonArray(setting.value)) return [];
  const path = setting.path ?? [];
  return setting.value.map((metric, index) => ({
    metric: metric as unknown as CustomMetric,
    path: [...path, index],
  }));
}

/** Ids of the config were checked with it, those of a tag are checked here (U029, U030). */
function objectiveMetrics(loaded: LoadedConfig, setting: Setting | undefined): MetricLayers {
  const known = loaded.config.objective_functions ?? {};
  const ids = setting !== undefined && isJsonArray(setting.value) ? setting.value : [];
  const metrics = new Map<string, DeclaredMetric & { readonly id: string }>();
  const problems: Problem[] = [];
  for (const id of new Set(ids.filter((item) => typeof item === 'string'))) {
    const place = setting?.place ?? { default: true };
    const objective = Object.hasOwn(known, id) ? known[id] : undefined;
    if (objective === undefined) {
      problems.push(unknownObjective(id, Object.keys(known), place));
      continue;
    }
    const { metric, uc_function_name: ucFunction } = objective;
    const from = { id, place, ...(ucFunction == null ? {} : { ucFunction }) };
    const declared = { id, metric, path: ['objective_functions', id, 'metric'], objective: from };
    const other = metrics.get(columnOf(declared));
    if (other === undefined) metrics.set(columnOf(declared), declared);
    else problems.push(sameMetric([other.id, id], metric.name, place));
  }
  return { metrics: [...metrics.values()], problems };
}

const mostListed = 20;

function unknownObjective(id: string, known: readonly string[], place: Place): Problem {
  const listedIds = known.slice(0, mostListed).map((one) => `'${one}'`);
  const more = known.length > mostListed ? ` and ${String(known.length - mostListed)} more` : '';
  const exist = known.length === 0 ? 'none is declared' : `declared are ${listedIds.join(', ')}${more}`;
  return {
    code: 'CONFIG.OBJECTIVE_UNKNOWN',
    severity: 'error',
    message: `there is no objective function '${id}'; ${exist}`,
    hint: 'declare it under objective_functions, or change the tag',
    place,
  };
}

function sameMetric([one, other]: readonly [string, string], name: string, place: Place): Problem {
  return {
    code: 'CONFIG.METRIC_DUPLICATE',
    severity: 'error',
    message: `the objective functions '${one}' and '${other}' both give the metric '${name}'`,
    hint: 'leave one of them out, or give the metric of one another name',
    place,
  };
}
