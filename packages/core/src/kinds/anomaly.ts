import { isJsonArray, type Json } from '../json.ts';
import type { Spec } from '../spec.ts';
import type { Kind } from './kind.ts';

/**
 * Anomaly detection on a whole schema: a monitor of `object_type = schema` of the data-quality API v1 (W010). Spec, in the
 * API's names below `anomaly_detection_config` but for the first:
 * - `object_id`: UUID of the schema, the identity;
 * - `excluded_table_full_names`: tables of the schema that are not watched;
 * - `notification_settings.on_unhealthy_table`: `destination_ids` and `destination_user_ids`, as text. E-mail addresses are
 *   not supported there (bundles reference, "Data Quality Monitors").
 */
export const anomalyKind: Kind = {
  name: 'anomaly',
  version: 1,
  existing: 'foreign',
  unmarked: true,
  identity: 'object_id',
  rules: {
    object_id: { rules: [{ immutable: 'the schema behind this name is another one' }] },
    excluded_table_full_names: { label: 'excluded_tables', rules: [{ list: 'set' }, { default: [] }] },
    'notification_settings.on_unhealthy_table.destination_ids': {
      label: 'notifications (destinations)',
      rules: [{ list: 'set' }, { default: [] }],
    },
    'notification_settings.on_unhealthy_table.destination_user_ids': {
      label: 'notifications (users)',
      rules: [{ list: 'set' }, { default: [] }],
    },
  },
  normalise: (spec) => {
    const { excluded_table_full_names: excluded } = spec;
    return isJsonArray(excluded) ? { ...spec, excluded_table_full_names: excluded.map(lowered) } : spec;
  },
  lookup: (address, spec, recorded) => ({ by: 'id', address, id: schemaId(spec) ?? recorded?.id ?? '' }),
  edges: () => [],
  upgrade: (_from, stored) => stored,
  // https://docs.databricks.com, anomaly detection: to switch it off deletes its job and its results for good.
  lost: () => ['what anomaly detection has found in the schema so far'],
};

function schemaId(spec: Spec | undefined): string | undefined {
  const id = spec?.['object_id'];
  return typeof id === 'string' ? id : undefined;
}

/** Unity Catalog writes names in lower case. */
function lowered(name: Json): Json {
  return typeof name === 'string' ? name.toLowerCase() : name;
}
