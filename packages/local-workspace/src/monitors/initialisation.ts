import type { Behaviour } from '../behaviour/behaviour.ts';
import { outputDataTypeForm } from '../profiler/output-data-type.ts';
import type { MonitorConfig } from './monitor-config.ts';

/**
 * Whether a new monitor ever becomes ACTIVE. A custom metric whose output type is a bare word such as `double` and not
 * the JSON of a Spark StructField is said to keep it PENDING without any message (third-party guide, section 1.6).
 */
export function initialisation(behaviour: Behaviour, config: MonitorConfig): { readonly initialises?: false } {
  if (behaviour.custom_metric_bare_type === 'accepted') return {};
  const metrics = config.custom_metrics ?? [];
  return metrics.some(({ output_data_type: type }) => outputDataTypeForm(type) === 'bare')
    ? { initialises: false }
    : {};
}
