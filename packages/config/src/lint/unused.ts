import { isJsonArray } from '@dpo/core';
import { mapAt } from '../settings-in-file.ts';
import { shorten } from '../words.ts';
import type { Lint, LintRule } from './lint-rule.ts';

export const unusedObjective: LintRule = {
  code: 'LINT.UNUSED_OBJECTIVE',
  wide: true,
  check: ({ config, tables }) => {
    if (config['include_tagged_tables'] === true) return [];
    const lists = [...Object.values(mapAt(config, 'monitored_tables')), config['profile_defaults'] ?? null];
    const used = new Set(
      lists.flatMap((values) => {
        const ids = typeof values === 'object' ? mapAt({ values }, 'values')['objective_function_ids'] : undefined;
        return isJsonArray(ids) ? ids : [];
      }),
    );
    const hint =
      tables.length === 0 ? 'remove it' : 'refer to it in objective_function_ids, or remove it unless a tag does';
    return Object.keys(mapAt(config, 'objective_functions'))
      .filter((id) => !used.has(id))
      .map((id) =>
        unused(`no table of the file refers to objective function '${shorten(id)}'`, hint, ['objective_functions', id]),
      );
  },
};

export const unusedGroup: LintRule = {
  code: 'LINT.UNUSED_GROUP',
  wide: true,
  check: ({ config, tables, mayFind }) => {
    const groups = tables.map((table) => table.own('monitor_group')?.value);
    // A table without a group in the file may have one by its tag.
    if (mayFind || groups.includes(undefined)) return [];
    const used = new Set(groups);
    const declared = [['groups'], ['alerting', 'group_notifications']].flatMap((path) =>
      Object.keys(path.reduce((map, key) => mapAt(map, key), config)).map((group) => ({
        group,
        path: [...path, group],
      })),
    );
    return declared
      .filter(({ group }) => !used.has(group))
      .map(({ group, path }) =>
        unused(`no table is in group '${shorten(group)}'`, 'correct the name, or remove it', path),
      );
  },
};

function unused(message: string, hint: string, path: readonly string[]): Lint {
  return { message, hint, severity: 'note', at: 'key', path };
}
