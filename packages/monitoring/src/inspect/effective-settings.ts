import { mapTexts, type EffectiveSetting, type Json, type Place } from '@dpo/core';
import { isNaming, type LoadedConfig, type Path } from '@dpo/config';
import { contextOf, groupOf, placedPriorityOf, type ContextRequest } from '../table-context.ts';
import type { Setting, SettingKey } from '../setting.ts';
import { declared } from '../table-source.ts';
import type { TableSettings } from '../table-settings.ts';

export interface SettingsRequest extends ContextRequest {
  readonly settings: TableSettings;
}

interface Placed {
  readonly key: string;
  readonly value: Json;
  readonly place: Place;
  readonly path?: Path;
}

const always: readonly SettingKey[] = [
  'output_schema_name',
  'baseline_table_name',
  'slicing_exprs',
  'objective_function_ids',
  'schedule',
  'failure_notifications',
  'create_builtin_dashboard',
  'alert_granularity',
];

const ofInference: readonly SettingKey[] = [
  'problem_type',
  'timestamp_column',
  'prediction_column',
  'label_column',
  'model_id_column',
  'prediction_probability_column',
];

/** Settings of an entry that neither a tag nor a default can give. */
const ofEntry = ['labels', 'enabled', 'adopt'] as const;

/**
 * Every setting that has a value and means something for the table's profile type, with where the value comes from. What
 * comes from the environment is shown by reference.
 */
export function effectiveSettings(request: SettingsRequest): readonly EffectiveSetting[] {
  const { loaded, source } = request;
  const own = (field: string): readonly Placed[] => {
    const found = declared(loaded, source, field);
    return found === undefined ? [] : [placed(field, found, ['monitored_tables', found.key, field])];
  };
  const found: readonly Placed[] = [
    ...profileSettings(request.settings),
    ...contextSettings(request),
    ...(['drift_threshold', 'numeric_drift_threshold'] as const).flatMap((key) => [
      request.settings.get(key) ?? thresholdOf(loaded, key),
    ]),
    ...(['prevent_destroy', 'ignore'] as const).flatMap((key) => own(key)[0] ?? fromDefaults(loaded, key)),
    ...ofEntry.flatMap(own),
  ];
  return found.map(({ key, value, place, path }) => ({ key, value: byReference(loaded, path, value), from: place }));
}

function profileSettings(settings: TableSettings): readonly Placed[] {
  const type = settings.text('profile_type');
  const inference = type?.value === 'INFERENCE' ? ofInference.map((key) => settings.get(key)) : [];
  const time = type?.value === 'TIMESERIES' ? [settings.timeColumn()] : [];
  const windows = type?.value === 'SNAPSHOT' ? [] : [settings.get('granularities', 'granularity')];
  const found: readonly (Setting | undefined)[] = [
    type,
    ...inference,
    ...time,
    ...windows,
    ...always.map((key) => settings.get(key)),
  ];
  return found.filter((setting) => setting !== undefined);
}

function contextSettings(request: SettingsRequest): readonly Placed[] {
  const { loaded, source } = request;
  const inEntry = (field: string): Path | undefined => {
    const found = declared(loaded, source, field);
    return found === undefined ? undefined : ['monitored_tables', found.key, field];
  };
  const fields = ['owner', 'department', 'runbook_url', 'lineage_url'] as const;
  return [
    placed('monitor_group', groupOf(request), inEntry('monitor_group')),
    placed('priority', placedPriorityOf(request), inEntry('priority')),
    ...fields.flatMap((field) => {
      const found = contextOf(request, field);
      return found === undefined ? [] : [placed(field, found, inEntry(field))];
    }),
  ];
}

function thresholdOf(loaded: LoadedConfig, key: 'drift_threshold' | 'numeric_drift_threshold'): Placed {
  const value = loaded.config.alerting?.[key];
  if (value === undefined) return { key, value: 0.2, place: { default: true } };
  return { key, value, place: loaded.placeOf(['alerting', key]), path: ['alerting', key] };
}

function fromDefaults(loaded: LoadedConfig, key: 'prevent_destroy' | 'ignore'): readonly Placed[] {
  const value = loaded.config.profile_defaults?.[key];
  if (value === undefined || value === null) return [];
  const path = ['profile_defaults', key];
  return [{ key, value, place: loaded.placeOf(path), path }];
}

function placed(
  key: string,
  { value, place }: { readonly value: Json; readonly place: Place },
  path: Path | undefined,
): Placed {
  return { key, value, place, ...(path === undefined ? {} : { path }) };
}

/** A value from the environment is kept by reference (ruling 77), but for what names things. */
function byReference({ references }: LoadedConfig, path: Path | undefined, value: Json): Json {
  if (path === undefined || isNaming(path)) return value;
  const inside = references.filter(
    (reference) => path.every((key, index) => reference.path[index] === key) && typeof reference.value === 'string',
  );
  if (inside.length === 0) return value;
  const texts = new Map(inside.map((reference) => [String(reference.value), reference.text]));
  return mapTexts(value, (text) => texts.get(text) ?? text);
}
