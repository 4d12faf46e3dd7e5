import { expect } from '@jest/globals';
import { withWorkspace } from '../workspace-client.ts';
import type { Reply, TestWorkspace } from '../workspace-client.ts';

export const alertsPath = '/api/2.0/alerts';

type Fields = Readonly<Record<string, unknown>>;

/** An alert that is triggered while `n` of its query is above 5. */
export function alertBody(workspace: TestWorkspace, fields: Fields = {}): Record<string, unknown> {
  return {
    display_name: 'too many',
    query_text: 'SELECT 7 AS n',
    warehouse_id: workspace.warehouseId,
    evaluation: condition(),
    schedule: { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC', pause_status: 'UNPAUSED' },
    ...fields,
  };
}

export function condition(fields: Fields = {}): Record<string, unknown> {
  return {
    source: { name: 'n' },
    comparison_operator: 'GREATER_THAN',
    threshold: { value: { double_value: 5 } },
    ...fields,
  };
}

/** A condition whose notices go to one address. */
export function noticed(notification: Fields = {}, fields: Fields = {}): Record<string, unknown> {
  return condition({
    notification: { subscriptions: [{ user_email: 'on@call.example' }], ...notification },
    ...fields,
  });
}

/** Creates an alert and answers its reply; the creation must succeed. */
export async function createAlert(
  workspace: TestWorkspace,
  fields: Fields = {},
): Promise<Reply & { readonly id: string }> {
  const reply = await workspace.call('POST', alertsPath, alertBody(workspace, fields));
  expect([reply.status, reply.body['message']]).toEqual([200, undefined]);
  return { ...reply, id: String(reply.body['id']) };
}

export async function patchAlert(workspace: TestWorkspace, id: string, ...change: [string, Fields]): Promise<Reply> {
  const [mask, body] = change;
  return workspace.call('PATCH', `${alertsPath}/${id}?update_mask=${mask}`, body);
}

export async function listed(workspace: TestWorkspace): Promise<readonly unknown[]> {
  const { body } = await workspace.call('GET', alertsPath);
  return (body['alerts'] as readonly Record<string, unknown>[]).map((alert) => alert['display_name']);
}

/** Evaluates at a time of 4 March 2026; answers the state, with `!` when a notice was sent. */
export async function stateAt(workspace: TestWorkspace, id: string, time = '09:00:00'): Promise<string> {
  const { body } = await workspace.call('POST', '/__local/alerts/evaluate', {
    alert_id: id,
    at: `2026-03-04T${time}Z`,
  });
  const [evaluation] = body['evaluations'] as readonly { readonly state: string; readonly notified: boolean }[];
  return `${evaluation?.state}${evaluation?.notified === true ? '!' : ''}`;
}

export { withWorkspace };
