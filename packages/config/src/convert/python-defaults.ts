import { entriesAt, valueAt, type Located } from '../located.ts';
import type { Change } from './change.ts';
import type { Edit } from './edit.ts';

const defaults = { problem_type: 'CLASSIFICATION', prediction_column: 'prediction' } as const;

/** Whether tables are profiled as INFERENCE, which is the default of both tools. */
export function isInference(root: Located): boolean {
  return (valueAt(root, 'profile_defaults', 'profile_type') ?? 'INFERENCE') === 'INFERENCE';
}

/** Defaults of the Python tool that dpo does not have (T18, C02), written out. */
export function pythonDefaults(root: Located): Change {
  if (!isInference(root)) return { edits: [], findings: [] };
  const unset = Object.entries(defaults).filter(([key]) => valueAt(root, 'profile_defaults', key) === undefined);
  return {
    edits: unset.map(([key, value]): Edit => {
      const behind = 'the default of the Python tool';
      return { action: 'set', path: ['profile_defaults', key], value, behind };
    }),
    findings: [],
  };
}

/** The monitors of the Python tool carry no marker: only a table that says so takes over the one it has (ruling 3). */
export function adoptions(root: Located): Change {
  const tables = [...entriesAt(root, 'monitored_tables').keys()];
  return {
    edits: tables.map((name) => ({ action: 'set', path: ['monitored_tables', name, 'adopt'], value: true })),
    findings: [],
  };
}

/** The name of the config, which the Python tool did not have: next to the catalog, where people look for it. */
export function projectName(root: Located, project: string): Change {
  const above = 'The name of this config among all that share a workspace. It marks what dpo makes, so keep it.';
  return {
    edits: [{ action: 'set', path: ['project'], value: project, above, after: 'catalog_name' }],
    findings: [],
  };
}
