import { shorten } from '../words.ts';
import { causesOf, namesOf, profileTypeOf, type LintRule } from './lint-rule.ts';

export const noBaseline: LintRule = {
  code: 'LINT.NO_BASELINE',
  check: ({ tables, policy, config }) =>
    // The policy says it more strictly.
    (policy.requireBaseline ? [] : tables)
      .filter((table) => profileTypeOf(table) === 'INFERENCE' && table.find('baseline_table_name') === undefined)
      .map(({ name, path }) => {
        const message = `'${shorten(name)}' is profiled as INFERENCE without a baseline: drift is measured only from one window to the next`;
        const prefix = typeof config['tag_prefix'] === 'string' ? config['tag_prefix'] : 'monitor_';
        const hint = `set baseline_table_name, such as the data the model was trained on, or the tag ${shorten(prefix)}baseline_table_name`;
        return { message, hint, at: 'key', path };
      }),
};

export const baselineItself: LintRule = {
  code: 'LINT.BASELINE_ITSELF',
  check: ({ tables }) =>
    causesOf(tables, 'baseline_table_name').flatMap(({ value, path, tables: users }) => {
      const same = users.filter(({ name }) => typeof value === 'string' && name.toLowerCase() === value.toLowerCase());
      if (same.length === 0) return [];
      const message = `${namesOf(same)} is its own baseline and hardly ever drifts from itself`;
      return [{ message, hint: 'name a table that stays as it is', at: 'value', path }];
    }),
};
