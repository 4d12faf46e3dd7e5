import { describe, expect, test } from '@jest/globals';
import { withWorkspace } from '../../workspace-client.ts';
import type { TestWorkspace } from '../../workspace-client.ts';
import { planned, replay } from '../planned-call.ts';
import type { Seen } from '../planned-call.ts';

const alerts = '/api/2.0/alerts';
const of = ({ id }: Seen): string => `${alerts}/${id}`;

function alertIn({ warehouseId }: TestWorkspace, more: Readonly<Record<string, unknown>> = {}) {
  return {
    display_name: 'recorded',
    query_text: 'SELECT 1 AS value',
    warehouse_id: warehouseId,
    parent_path: '/Workspace/Shared',
    custom_summary: 'summary',
    evaluation: {
      source: { name: 'value' },
      comparison_operator: 'EQUAL',
      threshold: { value: { double_value: 0 } },
      notification: { notify_on_ok: false, retrigger_seconds: 1 },
    },
    schedule: { quartz_cron_schedule: '44 19 */1 * * ?', timezone_id: 'Europe/Amsterdam', pause_status: 'PAUSED' },
    ...more,
  };
}

describe('what was recorded of alerts', () => {
  // databricks/cli acceptance/bundle/resources/alerts/basic (cloud); its alert.go for the trash.
  test('what was sent comes back unchanged, false and zero included, and the trash is readable until it is purged', async () => {
    await withWorkspace({}, async (workspace) => {
      const sent = alertIn(workspace);
      const { parent_path: _folder, ...echoed } = sent;
      const seen = await replay(
        workspace.call,
        [
          planned('POST', alerts, { body: () => sent, status: 200, answer: echoed, keep: { id: 'id' } }),
          planned('GET', of, { status: 200, answer: { ...echoed, lifecycle_state: 'ACTIVE' } }),
          planned('DELETE', of, { status: 200, answer: {} }),
          planned('GET', of, { status: 200, answer: { lifecycle_state: 'DELETED' } }),
        ],
        {},
      );
      expect(JSON.stringify((await workspace.call('GET', alerts)).body)).not.toContain(String(seen['id']));
      await replay(
        workspace.call,
        [
          planned('DELETE', (known) => `${of(known)}?purge=true`, { status: 200, answer: {} }),
          planned('GET', of, { status: 404, answer: { message: `Alert with ID '${seen['id']}' does not exist.` } }),
        ],
        seen,
      );
    });
  });

  // terraform-provider-databricks issue 4867 (renamed) against a public alerting reference (refused): correction 14.
  test.each([
    ['renamed', 200, { display_name: 'recorded (1)' }],
    ['refused', 409, { error_code: 'RESOURCE_ALREADY_EXISTS' }],
  ] as const)('a second one of the same name in a folder is %s', async (clash, status, answer) => {
    await withWorkspace({ behaviour: { alert_name_clash: clash } }, async (workspace) => {
      const body = () => alertIn(workspace);
      const create = { body, status: 200, answer: { display_name: 'recorded' } };
      await replay(
        workspace.call,
        [planned('POST', alerts, create), planned('POST', alerts, { body, status, answer })],
        {},
      );
    });
  });

  // databricks/cli libs/testserver/alerts.go, "on real cloud": thresholds always with a decimal point.
  test('it is a file of its folder, whose threshold has a decimal point', async () => {
    await withWorkspace({}, async (workspace) => {
      await workspace.call('POST', alerts, alertIn(workspace));
      const path = '/Workspace/Shared/recorded.dbalert.json';
      const exported = await workspace.call('GET', `/api/2.0/workspace/export?path=${path}&format=AUTO`);
      const text = Buffer.from(String(exported.body['content']), 'base64').toString();
      expect(text).toMatch(/"double_value": 0\.0/);
      expect(JSON.parse(text)).toMatchObject({ query_lines: ['SELECT 1 AS value'], custom_summary: 'summary' });
    });
  });

  // pulumi-databricks issue 834 (text of the service); public migration notes for bundles (correction 15).
  test('one without a name and one with an empty notification block are refused', async () => {
    await withWorkspace({}, async (workspace) => {
      const { evaluation } = alertIn(workspace);
      const create = (more: Readonly<Record<string, unknown>>, answer: Readonly<Record<string, unknown>>) =>
        planned('POST', alerts, { body: () => alertIn(workspace, more), status: 400, answer });
      await replay(
        workspace.call,
        [
          create({ display_name: '' }, { message: 'Missing or empty alert name' }),
          create({ evaluation: { ...evaluation, notification: {} } }, { error_code: 'INVALID_PARAMETER_VALUE' }),
        ],
        {},
      );
    });
  });
});
