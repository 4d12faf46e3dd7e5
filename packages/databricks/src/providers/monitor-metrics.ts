import { isJsonArray, isJsonObject, type Json, type JsonObject, type Spec } from '@dpo/core';

/** https://github.com/databricks/databricks-sdk-py, `DataProfilingCustomMetric`: all of them are required. */
const members = ['type', 'name', 'input_columns', 'definition', 'output_data_type'];

/** A derived metric reads aggregates before it in the list, a drift metric reads both. */
const order = ['AGGREGATE', 'DERIVED', 'DRIFT'];

/** Custom metrics in the shape of a spec; an element that is no object with a name is left out. */
export function metricsOf(config: JsonObject): readonly JsonObject[] {
  const named = objectsIn(config['custom_metrics']).filter((metric) => nameOf(metric) !== '');
  return named.map((metric) =>
    Object.fromEntries(members.flatMap((key) => (metric[key] === undefined ? [] : [[key, metric[key]]]))),
  );
}

interface MetricParts {
  /** Config as it was read right before. */
  readonly live: JsonObject;
  readonly spec: Spec;
  /** Changed paths of the spec. */
  readonly mask: readonly string[];
}

/** Live metrics that the config neither names nor takes away: somebody else's, to be kept as they are. */
export function foreignMetrics({ live, spec, mask }: MetricParts): readonly JsonObject[] {
  const ours = new Set([...objectsIn(spec['custom_metrics']).map(nameOf), ...mask.flatMap(nameIn)]);
  return objectsIn(live['custom_metrics']).filter((metric) => !ours.has(nameOf(metric)));
}

/** The whole list as it is to be afterwards; a mask cannot say less (ruling 35). */
export function metricsAfter(parts: MetricParts): readonly JsonObject[] {
  const all = [...foreignMetrics(parts), ...objectsIn(parts.spec['custom_metrics'])];
  return all.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ type }: JsonObject): number {
  const word = typeof type === 'string' ? type.slice(type.lastIndexOf('_') + 1) : '';
  return Math.max(0, order.indexOf(word));
}

function objectsIn(list: Json | undefined): readonly JsonObject[] {
  return isJsonArray(list) ? list.filter((metric) => isJsonObject(metric)) : [];
}

/** Metrics become columns, and columns know no capitals. */
function nameOf({ name }: JsonObject): string {
  return typeof name === 'string' ? name.toLowerCase() : '';
}

function nameIn(path: string): readonly string[] {
  const name = /^custom_metrics\[name=([^\]]*)\]/u.exec(path)?.[1];
  return name === undefined ? [] : [name.toLowerCase()];
}
