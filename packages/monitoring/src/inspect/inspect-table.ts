import {
  isJsonObject,
  type CatalogTable,
  type EffectiveSetting,
  type InspectedTable,
  type Json,
  type JsonObject,
  type Problem,
  type TagValue,
} from '@dpo/core';
import { conceal } from '@dpo/config';
import { desireMonitor, type MonitorRequest } from '../monitor-spec.ts';
import { tableSettings } from '../table-settings.ts';
import { effectiveSettings } from './effective-settings.ts';
import type { KnownTable } from './known-tables.ts';
import { primaryKeyOf } from './primary-key.ts';

export interface InspectTableRequest extends Omit<MonitorRequest, 'source' | 'table'> {
  readonly name: string;
  /** Missing where the config does not speak of it. */
  readonly known?: KnownTable | undefined;
  /** Missing where it could not be read, or is not there. */
  readonly table?: CatalogTable | undefined;
  /** Outputs of its monitor, live or recorded. */
  readonly outputs: JsonObject;
  /** Columns of its declared key. */
  readonly keyColumns: readonly string[];
}

/** What is said about one table, and what is wrong with that. */
export function inspectTable(request: InspectTableRequest): {
  readonly table: InspectedTable;
  readonly problems: readonly Problem[];
} {
  const { name, known, table, outputs, keyColumns } = request;
  const head = {
    name: table?.fullName ?? name,
    ...(known === undefined ? {} : { how: known.how }),
    labels: {},
    tags: table === undefined ? {} : tagsOf(table),
    settings: [],
    metric_tables: {
      profile: textIn(outputs, 'profile_metrics_table_name'),
      drift: textIn(outputs, 'drift_metrics_table_name'),
    },
    primary_key: table === undefined ? null : primaryKeyOf(table, keyColumns),
    ...(table === undefined ? {} : { table_id: table.tableId, table_type: table.tableType }),
  };
  if (known === undefined || table === undefined) return { table: head, problems: [] };
  const { source } = known;
  const wish = desireMonitor({ ...request, source, table });
  const { loaded } = request;
  const found = effectiveSettings({ loaded, source, table, settings: tableSettings(loaded, source, table) });
  const settings = withDetected(found, wish.resource);
  return {
    table: { ...head, ...factsIn(settings), settings },
    problems: wish.problems.map((problem) => conceal(problem, loaded.references)),
  };
}

/** A problem type that nobody set was read from a column. */
function withDetected(
  settings: readonly EffectiveSetting[],
  resource: ReturnType<typeof desireMonitor>['resource'],
): readonly EffectiveSetting[] {
  const log = resource?.spec['inference_log'];
  const value: Json | undefined = isJsonObject(log) ? log['problem_type'] : undefined;
  const [reason] = resource?.notes ?? [];
  const from = resource?.origins['inference_log.problem_type'];
  const isSet = settings.some(({ key }) => key === 'problem_type');
  if (isSet || value === undefined || reason === undefined || from === undefined) return settings;
  const [type, ...others] = settings;
  const detected = { key: 'problem_type', value, from, reason };
  return type === undefined ? [detected] : [type, detected, ...others];
}

function factsIn(settings: readonly EffectiveSetting[]): Partial<InspectedTable> {
  const values = new Map(settings.map(({ key, value }) => [key, value]));
  const text = (member: keyof InspectedTable, key: string): Partial<InspectedTable> => {
    const value = values.get(key);
    return typeof value === 'string' ? { [member]: value } : {};
  };
  const priority = values.get('priority');
  const labels = values.get('labels');
  return {
    ...text('group', 'monitor_group'),
    ...text('profile_type', 'profile_type'),
    ...text('owner', 'owner'),
    ...text('department', 'department'),
    ...(typeof priority === 'number' ? { priority } : {}),
    labels: isJsonObject(labels)
      ? Object.fromEntries(
          Object.entries(labels).map(([key, value]) => [
            key,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        )
      : {},
  };
}

function tagsOf({ tags, inherited = {} }: CatalogTable): Readonly<Record<string, TagValue>> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => {
      const from = Object.hasOwn(inherited, key) ? inherited[key] : undefined;
      return [key, from === undefined ? { value } : { value, inherited: from }];
    }),
  );
}

function textIn(outputs: JsonObject, member: string): string | null {
  const value = outputs[member];
  return typeof value === 'string' ? value : null;
}
