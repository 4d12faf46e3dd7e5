import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '@dpo/config';
import { readinessOf } from '../src/apply-plan.ts';

const of = (text: string, wait?: boolean): readonly unknown[] => {
  const head = 'catalog_name: prod\nwarehouse_id: w\nmonitored_tables: { prod.ml.a: { profile_type: SNAPSHOT } }\n';
  const loaded = loadConfig({ file: 'dpo.yaml', text: head + text, environment: {}, today: '2027-01-01' });
  const { wait: waits, deadlineMs, pollMs } = readinessOf(loaded, wait) ?? {};
  return [waits, deadlineMs, pollMs];
};

describe('waiting for monitors', () => {
  test.each<[string, boolean | undefined, readonly unknown[]]>([
    ['', undefined, [true, 1_200_000, 20_000]],
    ['wait_for_monitors: false', undefined, [false, 1_200_000, 20_000]],
    ['wait_for_monitors: false', true, [true, 1_200_000, 20_000]],
    ['', false, [false, 1_200_000, 20_000]],
    ['wait_timeout_seconds: 60\nwait_poll_interval: 5', undefined, [true, 60_000, 5000]],
  ])('U045 %j with --wait %s', (text, wait, expected) => {
    expect(of(text, wait)).toEqual(expected);
  });
});
