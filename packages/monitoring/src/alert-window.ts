import { isJsonArray, type CatalogTable, type Problem } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import type { TableSettings } from './table-settings.ts';

/** Windows that a table is not profiled by have no metrics: alerts that look at them never fire, and nobody would know. */
export function checkAlertWindow(
  { config }: LoadedConfig,
  settings: TableSettings,
  { fullName }: CatalogTable,
): readonly Problem[] {
  const asked = settings.text('alert_granularity');
  const profileType = settings.text('profile_type')?.value;
  if (asked === undefined || profileType === 'SNAPSHOT' || config.mode === 'bulk_provision_only') return [];
  const windows = settings.texts('granularities', 'granularity')?.value ?? ['1 day'];
  if (!isJsonArray(windows) || windows.includes(asked.value)) return [];
  return [
    {
      code: 'CONFIG.ALERT_GRANULARITY',
      severity: 'error',
      message: `alerts are to look at windows of ${asked.value} of '${fullName}', which is profiled by ${windows.join(', ')} only`,
      hint: `add ${asked.value} to granularities, or set alert_granularity to one of those`,
      place: asked.place,
    },
  ];
}
