import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { alertsPath, condition, createAlert, noticed, patchAlert, stateAt } from './alert-client.ts';

async function evaluationOf(workspace: TestWorkspace, id: string): Promise<Record<string, unknown>> {
  return (await workspace.call('GET', `${alertsPath}/${id}`)).body['evaluation'] as Record<string, unknown>;
}

const query = async (workspace: TestWorkspace, statement: string): Promise<void> => {
  const body = { statement, warehouse_id: workspace.warehouseId };
  expect((await workspace.call('POST', '/api/2.0/sql/statements', body)).body['status']).toEqual({
    state: 'SUCCEEDED',
  });
};

describe('evaluation of an alert', () => {
  test('U101: runs the query and keeps state and time', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace, {
        query_text: 'SELECT id AS n FROM prod.ml.churn WHERE id > 50',
        evaluation: condition({ source: { name: 'n', aggregation: 'COUNT' }, empty_result_state: 'OK' }),
      });
      expect(await evaluationOf(workspace, id)).not.toHaveProperty('state');
      expect(await stateAt(workspace, id, '10:00:00')).toBe('TRIGGERED');
      expect(await evaluationOf(workspace, id)).toMatchObject({
        state: 'TRIGGERED',
        last_evaluated_at: '2026-03-04T10:00:00.000Z',
      });
      await patchAlert(workspace, id, 'query_text', { query_text: 'SELECT id AS n FROM prod.ml.churn WHERE id > 90' });
      expect(await stateAt(workspace, id)).toBe('OK');
    });
  });

  test('binds parameters, a missing value as NULL', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace, {
        query_text: 'SELECT max(id) AS n FROM prod.ml.churn WHERE id < :top',
        parameters: [{ name: 'top', type: 'INT', value: '5' }],
      });
      expect(await stateAt(workspace, id)).toBe('OK');
      await patchAlert(workspace, id, 'parameters', { parameters: [{ name: 'top', type: 'INT', value: '8' }] });
      expect(await stateAt(workspace, id)).toBe('TRIGGERED');
      await patchAlert(workspace, id, 'parameters', { parameters: [{ name: 'top', type: 'INT' }] });
      expect(await stateAt(workspace, id)).toBe('OK');
    });
  });

  test.each([
    ['a query that fails', 'SELECT n FROM prod.ml.none', /TABLE_OR_VIEW_NOT_FOUND/],
    ['a query that is no SQL', 'SELEC 1', /PARSE_SYNTAX_ERROR/],
    ['a column that is not there', 'SELECT 1 AS m', /UNRESOLVED_COLUMN/],
    ['a value that is no number', "SELECT 'x' AS n", /CAST_INVALID_INPUT/],
  ])('%s makes it ERROR and says why', async (_name, text, message) => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace, { query_text: text });
      const [result] = await workspace.evaluateAlerts({ alertId: id });
      expect(result).toMatchObject({ alertId: id, state: 'ERROR', notified: false, silence: 'NO_RECIPIENTS' });
      expect(result?.error).toMatch(message);
      expect(result?.message?.body).toContain('could not be evaluated');
      expect((await evaluationOf(workspace, id))['state']).toBe('ERROR');
    });
  });

  test('a statement that is no query is not run', async () => {
    await withWorkspace({}, async (workspace) => {
      for (const statement of [
        'DROP TABLE prod.ml.orders',
        'SHOW TABLES IN prod.ml',
        'INSERT INTO prod.ml.orders VALUES (2, 1)',
      ]) {
        const { id } = await createAlert(workspace, { display_name: statement, query_text: statement });
        const [result] = await workspace.evaluateAlerts({ alertId: id });
        expect(result).toMatchObject({ state: 'ERROR', error: expect.stringContaining('[PARSE_SYNTAX_ERROR]') });
      }
      const query_text = '-- still there\nSELECT count(*) AS n FROM prod.ml.orders;';
      const evaluation = condition({ comparison_operator: 'EQUAL', threshold: { value: { double_value: 1 } } });
      expect(await stateAt(workspace, (await createAlert(workspace, { query_text, evaluation })).id)).toBe('TRIGGERED');
    });
  });

  test('an empty result has the state that the behaviour says, unless the alert says it', async () => {
    for (const [behaviour, state] of [
      ['unknown', 'UNKNOWN'],
      ['error', 'ERROR'],
    ] as const) {
      await withWorkspace({ behaviour: { alert_empty_result: behaviour } }, async (workspace) => {
        const empty = { query_text: 'SELECT id AS n FROM prod.ml.churn WHERE id < 0' };
        expect(await stateAt(workspace, (await createAlert(workspace, empty)).id)).toBe(state);
        const evaluation = condition({ empty_result_state: 'OK' });
        expect(
          await stateAt(workspace, (await createAlert(workspace, { ...empty, display_name: 'b', evaluation })).id),
        ).toBe('OK');
      });
    }
  });

  test('W012: runs as its identity, whoever asks for it', async () => {
    await withWorkspace({ principals: others }, async (admin) => {
      const evaluation = condition({
        source: { name: 'who' },
        comparison_operator: 'EQUAL',
        threshold: { value: { string_value: 'bo@x.com' } },
      });
      const { id } = await createAlert(as(admin, 'bo-token'), {
        query_text: 'SELECT current_user() AS who',
        evaluation,
      });
      expect(await stateAt(admin, id)).toBe('TRIGGERED');
      await patchAlert(admin, id, 'run_as', {});
      expect(await stateAt(admin, id)).toBe('OK');
    });
  });

  test('starts a warehouse that is stopped', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace);
      const warehouse = `/api/2.0/sql/warehouses/${workspace.warehouseId}`;
      await workspace.call('POST', `${warehouse}/stop`, {});
      expect(await stateAt(workspace, id)).toBe('TRIGGERED');
      expect((await workspace.call('GET', warehouse)).body['state']).toBe('RUNNING');
    });
  });

  test('of all evaluates those that are neither paused nor in the trash', async () => {
    await withWorkspace({}, async (workspace) => {
      const schedule = { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' };
      const paused = await createAlert(workspace, { display_name: 'paused', schedule });
      const first = await createAlert(workspace, { display_name: 'first' });
      const trashed = await createAlert(workspace, { display_name: 'trashed' });
      await workspace.call('DELETE', `${alertsPath}/${trashed.id}`);
      const second = await createAlert(workspace, { display_name: 'second', query_text: 'SELECT 1 AS n' });
      const { body } = await workspace.call('POST', '/__local/alerts/evaluate', {});
      const subject = 'first is TRIGGERED';
      expect(body['evaluations']).toEqual([
        {
          alert_id: first.id,
          alert_name: 'first',
          state: 'TRIGGERED',
          notified: false,
          silence: 'NO_RECIPIENTS',
          value: { column: 'n', text: '7' },
          row_count: 1,
          message: { subject, body: expect.stringContaining('<td>7</td>'), format: 'HTML' },
          recipients: [],
        },
        {
          alert_id: second.id,
          alert_name: 'second',
          state: 'OK',
          notified: false,
          silence: 'STATE',
          value: { column: 'n', text: '1' },
          row_count: 1,
          recipients: [],
        },
      ]);
      expect((await workspace.call('GET', '/__local/alerts')).body['alerts']).toEqual([
        { alert_id: paused.id, alert_name: 'paused', paused: true },
        { alert_id: first.id, alert_name: 'first', paused: false },
        { alert_id: second.id, alert_name: 'second', paused: false },
      ]);
      expect(await stateAt(workspace, paused.id)).toBe('TRIGGERED');
      const missing = await workspace.call('POST', '/__local/alerts/evaluate', { alert_id: trashed.id });
      expect([missing.status, missing.body['message']]).toEqual([404, `Alert with ID '${trashed.id}' does not exist.`]);
      expect((await workspace.call('POST', '/__local/alerts/evaluate', { at: 'noon' })).status).toBe(400);
    });
  });
});

describe('notices of an alert', () => {
  test('U101: what subscribers get is shown also when they know already, and when nobody subscribes', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace, {
        custom_summary: 'n is {{QUERY_RESULT_VALUE}}',
        evaluation: noticed(),
      });
      const results = [1, 2].map(() => workspace.evaluateAlerts({ alertId: id }));
      const [first, second] = (await Promise.all(results)).flat().toSorted((a) => (a.notified ? -1 : 1));
      expect(first).toMatchObject({ notified: true, recipients: [{ user_email: 'on@call.example' }] });
      expect(first).not.toHaveProperty('silence');
      expect(second).toMatchObject({ notified: false, silence: 'ALREADY_TOLD', message: first?.message });
      expect(first?.message?.subject).toBe('n is 7');
      expect(workspace.outbox().map(({ subject }) => subject)).toEqual(['n is 7']);
    });
  });

  /** Evaluates an alert on a view that says in turn what is given; answers the states. */
  async function history(
    notification: Readonly<Record<string, unknown>>,
    values: readonly (readonly [string, string])[],
  ): Promise<string[]> {
    const states: string[] = [];
    await withWorkspace({}, async (workspace) => {
      await query(workspace, 'CREATE VIEW prod.ml.now AS SELECT 0 AS n');
      const evaluation = noticed(notification, { empty_result_state: 'UNKNOWN' });
      const { id } = await createAlert(workspace, { query_text: 'SELECT n FROM prod.ml.now', evaluation });
      for (const [time, value] of values) {
        await query(workspace, `CREATE OR REPLACE VIEW prod.ml.now AS SELECT ${value}`);
        states.push(await stateAt(workspace, id, time));
      }
      const { body } = await workspace.call('GET', '/__local/outbox');
      const notices = body['notifications'] as readonly Record<string, unknown>[];
      expect(notices.map(({ state }) => `${String(state)}!`)).toEqual(states.filter((state) => state.endsWith('!')));
    });
    return states;
  }

  test('W032: without repetition tell of an incident once, and of none that is over', async () => {
    const values = [
      ['09:00:00', '7 AS n'],
      ['10:00:00', '8 AS n'],
      ['11:00:00', '1 AS n'],
      ['12:00:00', '7 AS n'],
    ] as const;
    const told = ['TRIGGERED!', 'TRIGGERED', 'OK', 'TRIGGERED!'];
    expect(await history({}, values)).toEqual(told);
    expect(await history({ retrigger_seconds: 0 }, values)).toEqual(told);
  });

  test('U101: come again after retrigger_seconds, and each time for 1', async () => {
    const values = [
      ['09:00:00', '7 AS n'],
      ['09:30:00', '7 AS n'],
      ['10:00:00', '7 AS n'],
      ['10:30:00', '7 AS n'],
    ] as const;
    expect(await history({ retrigger_seconds: 3600 }, values)).toEqual([
      'TRIGGERED!',
      'TRIGGERED',
      'TRIGGERED!',
      'TRIGGERED',
    ]);
    expect(await history({ retrigger_seconds: 1 }, values)).toEqual(Array.from({ length: 4 }, () => 'TRIGGERED!'));
  });

  test('tell of the end of an incident with notify_on_ok, and only then', async () => {
    const values = [
      ['09:00:00', '1 AS n'],
      ['10:00:00', '7 AS n'],
      ['11:00:00', '1 AS n'],
      ['12:00:00', '1 AS n'],
    ] as const;
    expect(await history({ notify_on_ok: true }, values)).toEqual(['OK', 'TRIGGERED!', 'OK!', 'OK']);
    expect(await history({ notify_on_ok: false }, values)).toEqual(['OK', 'TRIGGERED!', 'OK', 'OK']);
  });

  test('W013: come on every evaluation in ERROR, never for UNKNOWN, and an incident goes on behind an error', async () => {
    const values = [
      ['09:00:00', '7 AS n'],
      ['09:10:00', '7 AS m'],
      ['09:20:00', '7 AS m'],
      ['09:30:00', '7 AS n WHERE false'],
      ['09:40:00', '7 AS n'],
      ['09:50:00', '7 AS m'],
      ['10:00:00', '1 AS n'],
    ] as const;
    expect(await history({ notify_on_ok: true }, values)).toEqual([
      'TRIGGERED!',
      'ERROR!',
      'ERROR!',
      'UNKNOWN',
      'TRIGGERED',
      'ERROR!',
      'OK!',
    ]);
  });

  test('go to addresses and destinations, and nowhere without subscriptions', async () => {
    await withWorkspace({}, async (workspace) => {
      const destination = await workspace.call('POST', '/api/2.0/notification-destinations', {
        display_name: '#dq',
        config: { slack: { url: 'https://hooks.example/secret' } },
      });
      const destinationId = String(destination.body['id']);
      const subscriptions = [{ user_email: 'a@b.c' }, { destination_id: destinationId }];
      const { id } = await createAlert(workspace, { evaluation: condition({ notification: { subscriptions } }) });
      await createAlert(workspace, { display_name: 'silent', query_text: 'SELEC' });
      await workspace.evaluateAlerts();
      expect(workspace.outbox()).toEqual([
        {
          id: '000000000001',
          workspace_id: workspace.workspaceId,
          alert_id: id,
          alert_name: 'too many',
          state: 'TRIGGERED',
          time: '2026-03-04T09:00:00.000Z',
          subject: 'too many is TRIGGERED',
          body: '<p>n is 7 (condition: &gt; 5)</p><table><tr><th>n</th></tr><tr><td>7</td></tr></table>',
          format: 'HTML',
          recipients: [
            { user_email: 'a@b.c' },
            { destination_id: destinationId, display_name: '#dq', destination_type: 'SLACK' },
          ],
        },
      ]);
      await workspace.call('DELETE', '/__local/outbox');
      expect(workspace.outbox()).toEqual([]);
      await workspace.call('DELETE', `/api/2.0/notification-destinations/${destinationId}`);
      await patchAlert(workspace, id, 'query_text', { query_text: 'SELEC' });
      await workspace.evaluateAlerts({ alertId: id });
      expect(workspace.outbox()).toMatchObject([
        {
          state: 'ERROR',
          body: expect.stringMatching(/^<p>The alert could not be evaluated: \[PARSE_SYNTAX_ERROR\]/),
          recipients: [{ user_email: 'a@b.c' }, { destination_id: destinationId }],
        },
      ]);
    });
  });

  test('U103: fill the variables of custom texts', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace, {
        display_name: 'a <b>',
        query_text: "SELECT 7.5D AS n, 'x & y' AS why UNION ALL SELECT 1.0D, NULL ORDER BY 1 DESC",
        custom_summary: '{{ALERT_NAME}}|{{{ALERT_NAME}}}|{{ALERT_STATUS}}|{{ NOTHING }}',
        custom_description: [
          '{{ALERT_COLUMN}} {{QUERY_RESULT_VALUE}} {{{ALERT_CONDITION}}} {{ALERT_THRESHOLD}}',
          '{{ALERT_URL}} {{QUERY_URL}} {{QUERY_NAME}}',
          '{{QUERY_RESULT_TABLE}}',
          '{{{QUERY_RESULT_COLS}}} {{{QUERY_RESULT_ROWS}}} {{#SECTION}}',
        ].join('\n'),
        evaluation: noticed(),
      });
      await workspace.evaluateAlerts();
      const url = `${workspace.url}/sql/alerts-v2/${id}`;
      expect(workspace.outbox()[0]).toMatchObject({
        subject: 'a &lt;b&gt;|a <b>|TRIGGERED|',
        body: [
          'n 7.5 > 5',
          `${url} ${url} a &lt;b&gt;`,
          '<table><tr><th>n</th><th>why</th></tr><tr><td>7.5</td><td>x &amp; y</td></tr><tr><td>1.0</td><td></td></tr></table>',
          '["n","why"] [["7.5","x & y"],["1.0",null]] {{#SECTION}}',
        ].join('\n'),
      });
    });
  });
});

describe('Markdown of a notice', () => {
  test('fills the names it knows and stays Markdown', async () => {
    await withWorkspace({}, async (workspace) => {
      await createAlert(workspace, {
        query_text: "SELECT 7 AS n, 'x|y' AS why",
        custom_template_format: 'MARKDOWN',
        custom_summary: '@ALERT_NAME: {{ALERT_NAME}} ops@example.com @NOTHING',
        custom_description: '@QUERY_RESULT_VALUE @ALERT_CONDITION @ALERT_THRESHOLD\n\n@QUERY_RESULT_TABLE',
        evaluation: noticed(),
      });
      await workspace.evaluateAlerts();
      expect(workspace.outbox()[0]).toMatchObject({
        subject: 'too many: {{ALERT_NAME}} ops@example.com @NOTHING',
        body: '7 > 5\n\n| n | why |\n| --- | --- |\n| 7 | x\\|y |',
        format: 'MARKDOWN',
      });
    });
  });
});

describe('schedule of an alert', () => {
  const hours = (count: number): number => count * 3_600_000;
  const daily = { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'Europe/Berlin' };
  const times = (workspace: TestWorkspace): string[] => workspace.outbox().map(({ time }) => time.slice(5, 16));

  test('runs it when the clock passes its times, while it is not paused', async () => {
    await withWorkspace({ scheduler: true }, async (workspace) => {
      const evaluation = noticed({ retrigger_seconds: 1 });
      const { id } = await createAlert(workspace, { schedule: daily, evaluation });
      await workspace.clock.change({ advanceMs: hours(21.9), frozen: true });
      expect(times(workspace)).toEqual([]);
      await workspace.call('POST', '/__local/clock', { advance_ms: hours(0.1) });
      expect(times(workspace)).toEqual(['03-05T07:00']);
      expect(await evaluationOf(workspace, id)).toMatchObject({ last_evaluated_at: '2026-03-05T07:00:00.000Z' });
      await workspace.clock.change({ advanceMs: hours(48) });
      expect(times(workspace)).toEqual(['03-05T07:00', '03-06T07:00', '03-07T07:00']);
      await patchAlert(workspace, id, 'schedule.pause_status', { schedule: { pause_status: 'PAUSED' } });
      await workspace.clock.change({ advanceMs: hours(48) });
      expect(times(workspace)).toHaveLength(3);
    });
  });

  test('does nothing unless the workspace runs schedules', async () => {
    await withWorkspace({}, async (workspace) => {
      await createAlert(workspace, { schedule: daily, evaluation: noticed() });
      await workspace.clock.change({ advanceMs: hours(100) });
      expect(times(workspace)).toEqual([]);
    });
  });

  test('repeats its notice as the clock goes', async () => {
    await withWorkspace({ scheduler: true }, async (workspace) => {
      const schedule = { quartz_cron_schedule: '0 0/30 * * * ?', timezone_id: 'UTC' };
      await createAlert(workspace, { schedule, evaluation: noticed({ retrigger_seconds: 3600 }) });
      await workspace.clock.change({ advanceMs: hours(3) });
      expect(times(workspace)).toEqual(['03-04T09:30', '03-04T10:30', '03-04T11:30']);
    });
  });
});
