import { classificationQuality } from './classification-quality.ts';
import type { RowMetrics } from './metric-rows.ts';
import type { ProfileType } from './profile-request.ts';
import { regressionQuality } from './regression-quality.ts';
import type { WorkingColumn, WorkingTable } from './working-table.ts';

/**
 * What the `:table` rows say about the model; undefined when the table has no label and prediction. Rows without a
 * label or a prediction do not take part.
 */
export function modelQuality(table: WorkingTable, profile: ProfileType): RowMetrics | undefined {
  if (profile.kind !== 'inference_log' || profile.labelColumn === undefined) return undefined;
  const prediction = workingColumn(table, profile.predictionColumn);
  const label = workingColumn(table, profile.labelColumn);
  if (prediction === undefined || label === undefined) return undefined;
  const compared = { prediction, label, booleanSlices: profile.booleanSlices ?? [] };
  return profile.problemType === 'classification'
    ? classificationQuality(table, compared)
    : regressionQuality(table, compared);
}

function workingColumn(table: WorkingTable, name: string): WorkingColumn | undefined {
  return table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}
