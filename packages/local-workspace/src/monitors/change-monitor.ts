import { checkMonitor, metricTables } from './check-monitor.ts';
import { requireLasting } from './existing-monitor.ts';
import { initialisation } from './initialisation.ts';
import { requireOutput } from './monitor-rights.ts';
import type { MonitorServices } from './monitor-services.ts';
import { managedMonitor } from './permitted-monitor.ts';
import type { MonitorRequest } from './permitted-monitor.ts';
import { putMonitor } from './monitor.ts';
import type { Monitor } from './monitor.ts';

export interface MonitorChange extends MonitorRequest {
  /** Settings after the change; throws where the change is not possible. */
  readonly apply: (current: Monitor) => Pick<Monitor, 'config'> & Partial<Pick<Monitor, 'legacy' | 'dashboardId'>>;
}

/** Changes a monitor and raises its version; the metric tables follow the output schema, the old ones stay. */
export async function changeMonitor(services: MonitorServices, change: MonitorChange): Promise<Monitor> {
  const { storage, unity, access, behaviour } = services;
  return storage
    .transaction(async (transaction) => {
      const current = managedMonitor(services, change);
      requireLasting(current);
      const settings = change.apply(current);
      const targets = checkMonitor(unity, current.objectId, settings.config);
      if (settings.config.output_schema_id !== current.config.output_schema_id) {
        requireOutput(access, change.caller, targets.outputSchema);
      }
      const { initialises, ...rest } = current;
      // One that was ACTIVE once stays so, whatever metrics are added.
      const stuck = initialises === false ? initialisation(behaviour, settings.config) : {};
      const healed = initialises === false && stuck.initialises !== false;
      const changed: Monitor = {
        ...rest,
        ...settings,
        ...metricTables(targets),
        ...stuck,
        ...(healed ? { activeAt: services.now() + services.lifecycle.activeAfterMs } : {}),
        version: current.version + 1,
      };
      await putMonitor(transaction, changed);
      return changed;
    })
    .finally(() => services.worker.wake());
}
