import type { DriftRequest } from '../alerts/drift-findings.ts';
import type { Source } from '../alerts/latest-window.ts';
import type { QualityThresholds } from '../alerts/quality-findings.ts';
import { driftDatasets } from './drift-datasets.ts';
import type { Dataset } from './page.ts';
import { performanceDatasets } from './performance-datasets.ts';
import { qualityDatasets } from './quality-datasets.ts';

/** The views of a group. */
export interface GroupViews {
  readonly drift: Source;
  readonly profile: Source;
  readonly performance: Source;
}

export interface DatasetRequest extends Pick<DriftRequest, 'ignoreColumns' | 'driftType'> {
  readonly views: GroupViews;
  readonly thresholds: QualityThresholds;
}

/** What the pages of a group's dashboard read. Each is one query over the unified views. */
export function groupDatasets(request: DatasetRequest): readonly Dataset[] {
  const { views, thresholds, ignoreColumns, driftType } = request;
  const drift = { view: views.drift, ignoreColumns, ...(driftType === undefined ? {} : { driftType }) };
  return [
    ...driftDatasets(drift),
    ...qualityDatasets({ view: views.profile, ignoreColumns, thresholds }),
    ...performanceDatasets({ ...drift, performance: views.performance }),
  ];
}
