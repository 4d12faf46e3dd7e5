import type { Answer } from '../api/route.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { int64 } from './monitor-answer.ts';
import type { Refresh } from './refresh.ts';

/** A refresh as the data quality API shows it. */
export function refreshAnswer(refresh: Refresh, behaviour: Behaviour): Answer {
  return {
    object_type: 'table',
    object_id: refresh.objectId,
    state: `MONITOR_REFRESH_STATE_${refresh.state}`,
    trigger: `MONITOR_REFRESH_TRIGGER_${refresh.trigger}`,
    ...timesOf(refresh, behaviour),
  };
}

/** A refresh as the legacy API shows it. */
export function legacyRefreshAnswer(refresh: Refresh, behaviour: Behaviour): Answer {
  return {
    state: refresh.state,
    trigger: refresh.trigger === 'DATA_CHANGE' ? 'UNKNOWN_TRIGGER' : refresh.trigger,
    ...timesOf(refresh, behaviour),
  };
}

function timesOf(refresh: Refresh, behaviour: Behaviour): Answer {
  return {
    refresh_id: int64(refresh.refreshId, behaviour),
    start_time_ms: int64(refresh.startTimeMs, behaviour),
    end_time_ms: int64(refresh.endTimeMs, behaviour),
    message: refresh.message,
  };
}
