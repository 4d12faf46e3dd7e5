import { describe, expect, test } from '@jest/globals';
import { configSchema } from '../src/index.ts';
import { example, load } from './support.ts';

describe('a config with everything', () => {
  const text = example('everything.yaml');

  test('R013 loads without an error, for each of its targets', () => {
    for (const target of ['dev', 'prod']) {
      const { problems, config } = load(text, { target });
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(config.wait_timeout_seconds).toBe(900);
    }
    expect(load(text).config.profile_defaults?.output_schema_name).toBe('monitoring_dev');
  });

  test('uses every key of the top level but include, which needs other files', () => {
    const { config } = load(text, { target: 'prod' });
    const missing = Object.keys(configSchema.properties).filter((key) => !Object.hasOwn(config, key));
    expect(missing).toEqual(['include']);
  });
});
