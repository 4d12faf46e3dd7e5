import type { Finding, Path } from '../finding.ts';
import { entriesAt, spotAt, valueAt, type Located } from '../located.ts';
import { shorten } from '../words.ts';
import { meansElse } from './change.ts';
import { isInference } from './python-defaults.ts';

/** Settings that are carried over and act differently, or leave something open that the Python tool left open too. */
export function otherMeanings(root: Located): readonly Finding[] {
  const rules = [schedule, modelId, foundTables, driftThreshold, nullRate, distinctCount, orphans, namingPatterns];
  return [...rules.flatMap((rule) => rule(root)), ...slices(root)];
}

type Rule = (root: Located) => readonly Finding[];

const schedule: Rule = (root) => [
  meansElse(root, {
    path: ['profile_defaults'],
    message: 'no monitor has a schedule: the Python tool never set one, and none is written here',
    hint: "set profile_defaults.schedule, such as '0 0 6 * * ?', or they are refreshed by hand only",
  }),
];

const modelId: Rule = (root) => {
  if (!isInference(root) || valueAt(root, 'profile_defaults', 'model_id_column') !== undefined) return [];
  const tables = [...entriesAt(root, 'monitored_tables').keys()];
  const without = tables.filter((name) => valueAt(root, 'monitored_tables', name, 'model_id_column') === undefined);
  if (without.length === 0) return [];
  const count = without.length === 1 ? '1 table has' : `${String(without.length)} tables have`;
  return [
    meansElse(root, {
      path: ['monitored_tables', without[0] ?? ''],
      message: `${count} no 'model_id_column', without which the service makes no inference profile`,
      hint: 'set it in profile_defaults or for the table, or as a tag of the table',
    }),
  ];
};

const foundTables: Rule = (root) =>
  valueAt(root, 'include_tagged_tables') !== true
    ? []
    : [
        meansElse(root, {
          path: ['include_tagged_tables'],
          message: "monitors of tables that are found by tag are not taken over: 'adopt' is a setting of listed tables",
          hint: 'list those tables with adopt: true under monitored_tables, or run: dpo import monitor:TABLE',
        }),
      ];

function hasAlerts(root: Located): boolean {
  return (
    valueAt(root, 'mode') !== 'bulk_provision_only' && valueAt(root, 'alerting', 'enable_aggregated_alerts') !== false
  );
}

const driftThreshold: Rule = (root) =>
  hasAlerts(root)
    ? [
        meansElse(root, {
          path: firstThreshold(root),
          message:
            "'drift_threshold' was blind to numeric columns; here they alert as well, by the population stability index",
          hint: 'set alerting.numeric_drift_threshold (0.2 if unset) to what suits your columns',
        }),
      ]
    : [];

function firstThreshold(root: Located): Path {
  const tables = [...entriesAt(root, 'monitored_tables').keys()];
  const paths: readonly Path[] = [
    ['alerting', 'drift_threshold'],
    ...tables.map((name) => ['monitored_tables', name, 'drift_threshold']),
  ];
  return paths.find((path) => spotAt(root, path).path.length === path.length) ?? ['alerting'];
}

const nullRate: Rule = (root) => {
  const path = ['alerting', 'null_rate_threshold'];
  const value = valueAt(root, ...path);
  if (typeof value !== 'number' || value === 0) return [];
  const message = `'null_rate_threshold' was compared with percent: ${String(value)} alerted above ${String(value)} %, here above ${percent(value)} %`;
  return [meansElse(root, { path, message, hint: 'a share from 0 to 1 is meant: 0.05 is 5 %' })];
};

function percent(share: number): string {
  return String(Number((share * 100).toPrecision(6)));
}

const distinctCount: Rule = (root) => {
  const path = ['alerting', 'distinct_count_min'];
  if (valueAt(root, ...path) === undefined) return [];
  const message = "'distinct_count_min' was held against every column, here against those of distinct_count_columns";
  return [meansElse(root, { path, message, hint: 'name the columns under alerting.distinct_count_columns' })];
};

const orphans: Rule = (root) => {
  const path = ['cleanup_orphans'];
  if (valueAt(root, ...path) !== true) return [];
  const message =
    "'cleanup_orphans' deletes only what carries the marker of this project, never a monitor of the Python tool";
  return [meansElse(root, { path, message })];
};

const namingPatterns: Rule = (root) => {
  const path = ['policy', 'naming_patterns'];
  const value = valueAt(root, ...path);
  if (!Array.isArray(value) || value.length < 2) return [];
  const message = "a name had to match all of 'naming_patterns', here it has to match one";
  return [meansElse(root, { path, message, hint: 'join what must hold at once into one pattern' })];
};

/** Quoted or not, one name. */
const bareColumn = /^(?:[\p{L}_][\p{L}\p{N}_]*|`[^`]+`)$/u;

/** Expressions were dropped as unknown columns (T08). */
function slices(root: Located): readonly Finding[] {
  const tables = [...entriesAt(root, 'monitored_tables').keys()];
  const lists: readonly Path[] = [
    ['profile_defaults', 'slicing_exprs'],
    ...tables.map((name) => ['monitored_tables', name, 'slicing_exprs']),
  ];
  return lists.flatMap((path) =>
    (spotAt(root, path).node.items ?? []).flatMap(({ value }, index) => {
      if (typeof value !== 'string' || bareColumn.test(value.trim()) || spotAt(root, path).path.length < path.length)
        return [];
      const message = `the slice '${shorten(value)}' was dropped by the Python tool, here it is profiled`;
      return [meansElse(root, { path: [...path, index], message, hint: 'remove it if you do not want it' })];
    }),
  );
}
