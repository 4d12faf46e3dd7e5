import { describe, expect, test } from '@jest/globals';
import { alertFile, alertFileText } from '../../src/alerts/alert-files.ts';
import type { Alert } from '../../src/alerts/alert.ts';
import type { AlertConfig } from '../../src/alerts/alert-config.ts';

const config: AlertConfig = {
  display_name: 'test alert',
  query_text: 'SELECT 1\n as value',
  warehouse_id: 'w',
  evaluation: {
    comparison_operator: 'GREATER_THAN',
    source: { name: 'value' },
    threshold: { value: { double_value: 0 } },
  },
  schedule: { quartz_cron_schedule: '0 0 9 10 1 ?', timezone_id: 'UTC' },
};

const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;

describe('file of an alert', () => {
  test('is as the service writes it', () => {
    expect(alertFileText(config)).toBe(
      lines(
        '{',
        '  "evaluation": {',
        '    "source": {',
        '      "name": "value"',
        '    },',
        '    "comparison_operator": "GREATER_THAN",',
        '    "threshold": {',
        '      "value": {',
        '        "double_value": 0.0',
        '      }',
        '    },',
        '    "notification": {}',
        '  },',
        '  "schedule": {',
        '    "quartz_cron_schedule": "0 0 9 10 1 ?",',
        '    "timezone_id": "UTC"',
        '  },',
        '  "query_lines": [',
        '    "SELECT 1",',
        '    " as value"',
        '  ]',
        '}',
      ),
    );
  });

  test.each([
    [5, '5.0'],
    [-3, '-3.0'],
    [1.5, '1.5'],
  ])('writes the threshold %s as %s, whatever the texts hold', (value, text) => {
    const content = alertFileText({
      ...config,
      custom_summary: '"double_value": 7',
      custom_description: 'first\nsecond\n',
      query_text: '"double_value": 8\n',
      evaluation: { ...config.evaluation, threshold: { value: { double_value: value } } },
    });
    expect(content).toContain(`"double_value": ${text}\n`);
    expect(JSON.parse(content)).toMatchObject({
      custom_summary: '"double_value": 7',
      custom_description_lines: ['first', 'second'],
      query_lines: ['"double_value": 8'],
    });
  });

  test('lies in the folder of the alert under its name', () => {
    const alert = { id: 'a', config, folder: '/Shared/dpo', workspaceId: '1' } as Alert;
    expect(alertFile(alert)).toEqual({
      workspaceId: '1',
      resourceId: 'a',
      path: '/Shared/dpo/test alert.dbalert.json',
    });
    expect(alertFile({ ...alert, folder: '/' }).path).toBe('/test alert.dbalert.json');
  });
});
