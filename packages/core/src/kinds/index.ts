import type { KindName } from '../address.ts';
import { alertKind } from './alert.ts';
import { anomalyKind } from './anomaly.ts';
import { dashboardKind } from './dashboard.ts';
import type { Kind } from './kind.ts';
import { monitorKind } from './monitor.ts';
import { schemaKind } from './schema.ts';
import { viewKind } from './view.ts';

/** Every kind that dpo manages. A new one is one line here and one in the provider registry. */
export const kinds: Readonly<Record<KindName, Kind>> = {
  schema: schemaKind,
  monitor: monitorKind,
  anomaly: anomalyKind,
  view: viewKind,
  alert: alertKind,
  dashboard: dashboardKind,
};
