import type { EvaluationAnswer, ListedAlert } from './alerts/outbox-routes.ts';
import type { Notice } from './alerts/outbox.ts';
import type { LoggedRequest } from './api/request-log.ts';
import type { RequestFilter } from './api/request-counts.ts';
import type { FaultRule } from './realism/fault-rules.ts';
import type { ServerAddress } from './server-file.ts';

/** A control call that the running workspace refused; the message is its answer. */
export class ControlCallError extends Error {
  override readonly name = 'ControlCallError';
}

export interface RequestReport {
  readonly requests: readonly LoggedRequest[];
  /** By method and route. */
  readonly counts: Readonly<Record<string, number>>;
  readonly writes: number;
}

export interface FaultReport {
  readonly rules: readonly { readonly rule: FaultRule; readonly seen: number }[];
}

export interface ClockReport {
  readonly now: string;
  readonly frozen: boolean;
}

/** The control calls of a workspace that may run in another process. */
export interface ControlCalls {
  requests(filter: RequestFilter): Promise<RequestReport>;
  clearRequests(): Promise<void>;
  faults(): Promise<FaultReport>;
  /** Rules as they were read from a file; the workspace checks them. */
  addFaults(rules: unknown): Promise<void>;
  clearFaults(): Promise<void>;
  clock(): Promise<ClockReport>;
  changeClock(change: Readonly<Record<string, unknown>>): Promise<ClockReport>;
  /** Those that are not in the trash. */
  alerts(): Promise<readonly ListedAlert[]>;
  /** Evaluates one alert, paused or not, or all that are not paused. */
  evaluateAlerts(id?: string): Promise<readonly EvaluationAnswer[]>;
  /** What alerts sent, oldest first. */
  outbox(): Promise<readonly Notice[]>;
  clearOutbox(): Promise<void>;
}

export function controlCalls({ url, token }: ServerAddress): ControlCalls {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/__local/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { readonly message?: string };
    if (!response.ok) throw new ControlCallError(answer.message ?? `status ${response.status}`);
    return answer;
  }
  return {
    async requests(filter) {
      const query = new URLSearchParams();
      for (const name of ['method', 'path', 'since'] as const) {
        const value = filter[name];
        if (value !== undefined) query.set(name, String(value));
      }
      return (await call('GET', `requests?${query.toString()}`)) as RequestReport;
    },
    clearRequests: async () => void (await call('DELETE', 'requests')),
    faults: async () => (await call('GET', 'faults')) as FaultReport,
    addFaults: async (rules) => void (await call('POST', 'faults', { rules })),
    clearFaults: async () => void (await call('DELETE', 'faults')),
    clock: async () => (await call('GET', 'clock')) as ClockReport,
    changeClock: async (change) => (await call('POST', 'clock', change)) as ClockReport,
    alerts: async () => ((await call('GET', 'alerts')) as { alerts: readonly ListedAlert[] }).alerts,
    async evaluateAlerts(id) {
      const answer = await call('POST', 'alerts/evaluate', id === undefined ? {} : { alert_id: id });
      return (answer as { evaluations: readonly EvaluationAnswer[] }).evaluations;
    },
    outbox: async () => ((await call('GET', 'outbox')) as { notifications: readonly Notice[] }).notifications,
    clearOutbox: async () => void (await call('DELETE', 'outbox')),
  };
}
