import { canonical } from '@dpo/core';
import { dataQuality } from './data-quality.ts';
import { groupDatasets, type DatasetRequest } from './datasets.ts';
import { driftDetails } from './drift-details.ts';
import { driftOverview, type Headline } from './drift-overview.ts';
import { modelPerformance } from './model-performance.ts';
import { dataset } from './page.ts';

export interface GroupDashboardRequest extends DatasetRequest, Headline {}

/** The content of a group's dashboard as JSON text: the same for the same settings, so that nothing differs twice. */
export function groupDashboard(request: GroupDashboardRequest): string {
  const datasets = groupDatasets(request);
  const hasThresholds = datasets.some(({ name }) => name === 'quality_now');
  return canonical({
    datasets: datasets.map(dataset),
    pages: [driftOverview(request), dataQuality(hasThresholds), modelPerformance(), driftDetails()],
  });
}
