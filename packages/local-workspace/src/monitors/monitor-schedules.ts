import { systemCaller } from '../principals/caller.ts';
import type { ScheduleSource } from '../schedules/schedules.ts';
import { startRefresh } from './monitor-refreshes.ts';
import type { MonitorServices } from './monitor-services.ts';
import { allMonitors, statusOf } from './monitor.ts';
import type { Monitor } from './monitor.ts';

/** The active monitors with a schedule; each of its times starts a refresh. A schedule cannot be paused, only removed. */
export function monitorSchedules(services: MonitorServices): ScheduleSource {
  return () =>
    allMonitors(services.storage)
      .filter((monitor) => isRefreshable(services, monitor))
      .flatMap(({ objectId, workspaceId, creator, config: { schedule } }) => {
        if (schedule === undefined) return [];
        const caller = systemCaller(workspaceId, creator);
        return [
          {
            key: `monitor ${objectId}`,
            quartzCron: schedule.quartz_cron_expression,
            timeZoneId: schedule.timezone_id,
            run: async () => void (await startRefresh(services, { objectId, caller, trigger: 'SCHEDULE' })),
          },
        ];
      });
}

function isRefreshable({ enabled, unity, now }: MonitorServices, monitor: Monitor): boolean {
  return enabled && statusOf(monitor, now()) === 'ACTIVE' && unity.tableById(monitor.objectId) !== undefined;
}
