import { isJsonArray } from '@dpo/core';
import { are, causesOf, namesOf, profileTypeOf, type LintRule } from './lint-rule.ts';

const short: ReadonlySet<unknown> = new Set(['5 minutes', '30 minutes', '1 hour']);

export const fineGranularity: LintRule = {
  code: 'LINT.FINE_GRANULARITY',
  check: ({ tables }) => {
    const windowed = tables.filter((table) => profileTypeOf(table) !== 'SNAPSHOT');
    return causesOf(windowed, 'granularities', 'granularity').flatMap(({ value, path, tables: users }) => {
      const lengths = isJsonArray(value) ? value : [value];
      const [length] = lengths;
      if (lengths.length !== 1 || typeof length !== 'string' || !short.has(length)) return [];
      const message = `${namesOf(users)} ${are(users)} only profiled by ${length}: many windows with few rows each, which cost more and drift by chance`;
      const hint = `add a longer window: granularities: [${length}, 1 day]`;
      const severity = length === '1 hour' ? { severity: 'note' as const } : {};
      return [{ message, hint, at: 'value', path, ...severity }];
    });
  },
};
