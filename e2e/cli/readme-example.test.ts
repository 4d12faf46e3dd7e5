import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const example = fileURLToPath(new URL('../../packages/config/test/examples/readme-1.yaml', import.meta.url));

describe('R014 the first example of the original README', () => {
  let world: SmallWorld;
  beforeAll(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', await readFile(example, 'utf8'));
  });
  afterAll(async () => world.close());

  // The steps build on each other, so they are one test.
  test('C01 validates with a warning for each table, plans errors without tags, and two monitors with them', async () => {
    await validatesUnchanged();
    await isRefusedWithoutTags();
    await isPlannedWithTags();
  }, 60_000);

  const validatesUnchanged = async (): Promise<void> => {
    const ran = await world.dpo('validate', 'dpo.yaml', '--json');
    expect(ran.code).toBe(0);
    const { problems } = JSON.parse(ran.stdout) as { problems: { code: string; severity: string }[] };
    expect(
      problems.filter(({ code, severity }) => code === 'CONFIG.INCOMPLETE' && severity === 'warning'),
    ).toHaveLength(2);
  };

  const isRefusedWithoutTags = async (): Promise<void> => {
    const ran = await world.dpo('plan', '--workspace', 'local');
    expect(ran.code).toBe(1);
    expect(ran.stdout.match(/error CONFIG\.INCOMPLETE/gu)).toHaveLength(2);
    expect(ran.stdout).toContain("an INFERENCE profile needs 'model_id_column'");
    expect(ran.stdout).toContain('set it, or profile a view');
  };

  const isPlannedWithTags = async (): Promise<void> => {
    for (const table of ['churn_predictions', 'fraud_detection']) {
      await world.dpo('local', 'sql', `ALTER TABLE prod.ml.${table} SET TAGS ('monitor_model_id_column' = 'model')`);
    }
    const ran = await world.dpo('plan', '--workspace', 'local', '--json');
    expect(ran.code).toBe(0);
    const { plan } = JSON.parse(ran.stdout) as {
      plan: { ops: { address: string; notes: string[]; spec: { inference_log?: { granularities: string[] } } }[] };
    };
    const monitors = plan.ops.filter(({ address }) => address.startsWith('monitor:'));
    expect(monitors.map(({ address }) => address)).toEqual([
      'monitor:prod.ml.churn_predictions',
      'monitor:prod.ml.fraud_detection',
    ]);
    expect(monitors.map(({ notes }) => notes[0])).toEqual([
      "problem type classification: label column 'churned' is boolean",
      "problem type classification: label column 'is_fraud' is string",
    ]);
    expect(monitors[1]?.spec.inference_log?.granularities).toEqual(['AGGREGATION_GRANULARITY_1_HOUR']);
  };
});
