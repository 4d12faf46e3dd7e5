import type { CatalogTable, Place, Problem } from '@dpo/core';
import { findColumn } from './columns.ts';

/**
 * Columns that the inference tables of model serving have, with requests and answers as JSON text (F30). One that was unpacked
 * lacks some of them.
 * https://docs.databricks.com/aws/en/ai-gateway/inference-tables
 */
const columnsOfPayload = ['databricks_request_id', 'request', 'response', 'status_code'] as const;

/** N007: what is inside of the JSON is not profiled, and raw requests would be copied into the metric tables. */
export function servingPayload(table: CatalogTable, place: Place): readonly Problem[] {
  if (!columnsOfPayload.every((name) => findColumn(table, name) !== undefined)) return [];
  if (findColumn(table, 'request')?.type.toLowerCase() !== 'string') return [];
  return [
    {
      code: 'CATALOG.SERVING_PAYLOAD',
      severity: 'error',
      message: `${table.fullName} holds the payload of model serving: requests and responses are JSON texts, of which no profile can be made`,
      hint: 'unpack them into a table or a view with one row a prediction and one column a feature (from_json, explode), and profile that; enabled: false takes this one out',
      place,
    },
  ];
}
