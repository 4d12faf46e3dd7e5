import { describe, expect, test } from '@jest/globals';
import { withWorkspace } from '../workspace-client.ts';
import { alertBody, alertsPath, condition, createAlert } from './alert-client.ts';

const cron = { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC' };
const notice = (fields: object): object => ({ evaluation: condition({ notification: fields }) });

/** What is sent beside a good alert, and the fault; `null` takes a field away. */
const refused: readonly (readonly [string, object, string])[] = [
  ['no name', { display_name: null }, 'Missing or empty alert name'],
  ['an empty name', { display_name: '' }, 'Missing or empty alert name'],
  ['no query', { query_text: null }, 'query_text: missing required field'],
  ['an empty query', { query_text: '' }, 'query_text: must not be empty'],
  ['no warehouse', { warehouse_id: null }, 'warehouse_id: missing required field'],
  ['an unknown warehouse', { warehouse_id: 'x' }, 'warehouse_id: x is not a valid endpoint id.'],
  ['no evaluation', { evaluation: null }, 'evaluation: missing required field'],
  ['no schedule', { schedule: null }, 'schedule: missing required field'],
  ['an unknown field', { colour: 'red' }, 'colour: unknown field'],
  ['no source', { evaluation: condition({ source: null }) }, 'evaluation.source: missing required field'],
  [
    'a source without name',
    { evaluation: condition({ source: {} }) },
    'evaluation.source.name: missing required field',
  ],
  [
    'an unknown aggregation',
    { evaluation: condition({ source: { name: 'n', aggregation: 'P95' } }) },
    'evaluation.source.aggregation: "P95" is not one of AVG, COUNT, COUNT_DISTINCT, MAX, MEDIAN, MIN, STDDEV, SUM',
  ],
  [
    'an unknown operator',
    { evaluation: condition({ comparison_operator: '>' }) },
    'evaluation.comparison_operator: ">" is not one of EQUAL, NOT_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, LESS_THAN, LESS_THAN_OR_EQUAL, IS_NULL, IS_NOT_NULL',
  ],
  ['no threshold', { evaluation: condition({ threshold: null }) }, 'evaluation.threshold: missing required field'],
  [
    'a threshold for IS_NULL',
    { evaluation: condition({ comparison_operator: 'IS_NULL' }) },
    'evaluation.threshold: must not be set with IS_NULL',
  ],
  [
    'an empty threshold',
    { evaluation: condition({ threshold: {} }) },
    'evaluation.threshold: exactly one of value, column is needed but none is given',
  ],
  [
    'a threshold of two kinds',
    { evaluation: condition({ threshold: { value: { double_value: 1 }, column: { name: 'n' } } }) },
    'evaluation.threshold: exactly one of value, column is needed but value and column are given',
  ],
  [
    'a threshold of two values',
    { evaluation: condition({ threshold: { value: { double_value: 1, bool_value: true } } }) },
    'evaluation.threshold.value: exactly one of double_value, string_value, bool_value is needed but double_value and bool_value are given',
  ],
  [
    'a threshold that is text',
    { evaluation: condition({ threshold: { value: { double_value: '5' } } }) },
    'evaluation.threshold.value.double_value: expected a number',
  ],
  [
    'an unknown empty state',
    { evaluation: condition({ empty_result_state: 'FINE' }) },
    'evaluation.empty_result_state: "FINE" is not one of OK, TRIGGERED, ERROR, UNKNOWN',
  ],
  ['U100 W013: an empty notification', notice({}), 'evaluation.notification: must not be empty'],
  [
    'a negative repetition',
    notice({ retrigger_seconds: -1 }),
    'evaluation.notification.retrigger_seconds: must be at least 0',
  ],
  [
    'a subscription of two kinds',
    notice({ subscriptions: [{ user_email: 'a@b.c', destination_id: 'x' }] }),
    'evaluation.notification.subscriptions[0]: exactly one of user_email, destination_id is needed but user_email and destination_id are given',
  ],
  [
    'a subscription of no kind',
    notice({ subscriptions: [{ user_email: 'a@b.c' }, {}] }),
    'evaluation.notification.subscriptions[1]: exactly one of user_email, destination_id is needed but none is given',
  ],
  [
    'U099: an unknown destination',
    notice({ subscriptions: [{ destination_id: 'none' }] }),
    "evaluation.notification.subscriptions[0].destination_id: notification destination 'none' does not exist",
  ],
  [
    'a cron expression of five fields',
    { schedule: { ...cron, quartz_cron_schedule: '0 6 * * *' } },
    "schedule.quartz_cron_schedule: '0 6 * * *' is not a Quartz cron expression: 6 or 7 fields are needed but 5 given",
  ],
  [
    'a cron expression that is not Quartz',
    { schedule: { ...cron, quartz_cron_schedule: '0 0 8 * * *' } },
    "schedule.quartz_cron_schedule: '0 0 8 * * *' is not a Quartz cron expression: exactly one of day of month and day of week must be '?'",
  ],
  [
    'an unknown time zone',
    { schedule: { ...cron, timezone_id: 'X/Y' } },
    "schedule.timezone_id: 'X/Y' is not a time zone",
  ],
  [
    'no time zone',
    { schedule: { quartz_cron_schedule: '0 0 8 * * ?' } },
    'schedule.timezone_id: missing required field',
  ],
  [
    'an unknown pause status',
    { schedule: { ...cron, pause_status: 'OFF' } },
    'schedule.pause_status: "OFF" is not one of UNPAUSED, PAUSED',
  ],
  [
    'a monitor’s cron field',
    { schedule: { quartz_cron_expression: '0 0 8 * * ?', timezone_id: 'UTC' } },
    'schedule.quartz_cron_expression: unknown field',
  ],
  ['a parameter without name', { parameters: [{ type: 'INT' }] }, 'parameters[0].name: missing required field'],
  [
    'a parameter that is no scalar',
    { parameters: [{ name: 'p', type: 'ARRAY<INT>' }] },
    "parameters: [INVALID_PARAMETER_VALUE] unsupported parameter type 'ARRAY<INT>'",
  ],
  [
    'a parameter twice',
    { parameters: [{ name: 'p' }, { name: 'P' }] },
    "parameters: [INVALID_PARAMETER_VALUE] parameter 'P' is given twice",
  ],
  ['a relative folder', { parent_path: 'Shared' }, 'parent_path: "Shared" does not start with \'/\''],
];

describe('creation of an alert is refused', () => {
  test('with its field and fault', async () => {
    await withWorkspace({}, async (workspace) => {
      const found: unknown[] = [];
      for (const [name, fields] of refused) {
        const { status, body } = await workspace.call('POST', alertsPath, alertBody(workspace, { ...fields }));
        found.push([name, status, body['error_code'], body['message']]);
      }
      expect(found).toEqual(refused.map(([name, , message]) => [name, 400, 'INVALID_PARAMETER_VALUE', message]));
    });
  });

  test('but not for what the server fills, or a Java time zone', async () => {
    await withWorkspace({}, async (workspace) => {
      const { body } = await createAlert(workspace, {
        id: 'x',
        lifecycle_state: 'DELETED',
        owner_user_name: 'x',
        effective_parent_path: '/x',
        evaluation: condition({ state: 'TRIGGERED', last_evaluated_at: 'x', notification: { notify_on_ok: false } }),
        schedule: { ...cron, timezone_id: 'GMT+10', effective_pause_status: 'PAUSED' },
      });
      expect(body).toMatchObject({ lifecycle_state: 'ACTIVE', schedule: { effective_pause_status: 'UNPAUSED' } });
      expect(body['id']).not.toBe('x');
      expect(body['evaluation']).not.toHaveProperty('state');
      expect(body['evaluation']).toMatchObject({ notification: { notify_on_ok: false } });
    });
  });
});
