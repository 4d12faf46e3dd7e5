import { isJsonArray, type Change, type Json, type JsonObject } from '@dpo/core';
import { plainWords } from './value-text.ts';

/** The members of a custom metric beside its name, as the API calls them, with the keys of the config. */
const members = {
  definition: 'definition',
  input_columns: 'input_columns',
  output_data_type: 'output_type',
  type: 'metric_type',
};
type Member = keyof typeof members;

const list = 'custom_metrics';
const wholeTable = ':table';

/** `aggregate: sum(amount)`, or `aggregate of a, b as string: …` where it is not one number of the whole table. */
export function metricText(metric: Readonly<Partial<Record<Member, Json>>>): string {
  const { definition, type, input_columns: columns, output_data_type: output } = metric;
  const names = isJsonArray(columns) ? columns.filter((name) => typeof name === 'string') : [];
  const of = names.every((name) => name === wholeTable) ? '' : ` of ${names.join(', ')}`;
  const result = wordOf(output);
  return `${wordOf(type)}${of}${result === 'double' ? '' : ` as ${result}`}: ${wordOf(definition)}`;
}

function wordOf(value: Json | undefined): string {
  return typeof value === 'string' ? plainWords(value).trim() : JSON.stringify(value ?? null);
}

/** What a custom metric is called where settings are listed. */
export function metricLabel(name: string): string {
  return `metric ${name}`;
}

/** Elements of a list of custom metrics; undefined for other values. */
export function metricsIn(
  path: string,
  value: Json,
): readonly (readonly [name: string, metric: JsonObject])[] | undefined {
  if (path !== list || !isJsonArray(value)) return undefined;
  return value.flatMap((metric) => {
    if (!isMetric(metric)) return [];
    return [[metric.name, metric] as const];
  });
}

function isMetric(value: Json): value is JsonObject & { readonly name: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value['name'] === 'string';
}

const memberPath = /^custom_metrics\[name=([^\]]*)\]\.(definition|input_columns|output_data_type|type)$/u;

/** Changes as people read them: a metric that comes, goes or changes in all its members is one change. */
export function readableChanges(changes: readonly Change[]): readonly Change[] {
  const groups = new Map<string, (readonly [Member, Change])[]>();
  for (const change of changes) {
    const [, name, member] = memberPath.exec(change.path) ?? [];
    if (name === undefined || member === undefined) continue;
    groups.set(name, [...(groups.get(name) ?? []), [member as Member, change]]);
  }
  const told = new Set<string>();
  return changes.flatMap((change) => {
    const [, name = '', member = ''] = memberPath.exec(change.path) ?? [];
    const group = groups.get(name);
    if (group === undefined || member === '') return [change];
    if (!isWhole(group)) return [{ ...change, label: `${metricLabel(name)} ${members[member as Member]}` }];
    if (told.has(name)) return [];
    told.add(name);
    return [wholeChange(name, change, group)];
  });
}

const sides = ['recorded', 'desired', 'live'] as const;

/** Every member changes for the same reason, and on each side there are all of them or none. */
function isWhole(group: readonly (readonly [Member, Change])[]): boolean {
  const all = Object.keys(members).length;
  if (new Set(group.map(([, { reason }]) => reason)).size > 1) return false;
  return sides.every((side) => [0, all].includes(group.filter(([, change]) => change[side] !== undefined).length));
}

function wholeChange(name: string, first: Change, group: readonly (readonly [Member, Change])[]): Change {
  const { recorded: _recorded, desired: _desired, live: _live, ...rest } = first;
  const values = sides.flatMap((side) => {
    const found = group.flatMap(([member, change]) =>
      change[side] === undefined ? [] : [[member, change[side]] as const],
    );
    return found.length === 0 ? [] : [[side, metricText(Object.fromEntries(found))] as const];
  });
  return { ...rest, path: `custom_metrics[name=${name}]`, label: metricLabel(name), ...Object.fromEntries(values) };
}
