import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { loadConfig, readTemplate } from '@dpo/config';

const page = await readFile(new URL('../../docs/custom-metrics.md', import.meta.url), 'utf8');

describe('docs/custom-metrics.md', () => {
  const text = /```yaml\n(.*?)```/su.exec(page)?.[1] ?? '';

  test('U023 U027 U028 its example is a config without a fault', () => {
    const { config, problems } = loadConfig({ file: 'dpo.yaml', text, environment: {}, today: '2026-11-27' });
    expect(problems).toEqual([]);
    const own = config.monitored_tables['prod.sales.orders']?.custom_metrics ?? [];
    const all = [
      ...(config.profile_defaults?.custom_metrics ?? []),
      ...Object.values(config.objective_functions ?? {}).map(({ metric }) => metric),
      ...own,
    ];
    expect([...new Set(all.map((metric) => metric.metric_type))].toSorted()).toEqual(['aggregate', 'derived', 'drift']);
  });

  test('U025 every template variable of the example is in its table, and the table has no other', () => {
    const rows = [...page.matchAll(/^\| (`\{\{.*?) \|/gmu)].map(([, cell = '']) => cell);
    expect(readTemplate(rows.join(' ')).variables.toSorted()).toEqual(readTemplate(text).variables.toSorted());
  });
});
