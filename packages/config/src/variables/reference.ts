import type { Path } from '../finding.ts';

/** What a variable may be. */
export type Scalar = string | number | boolean;

/** A value that came from the environment, by itself or through a variable: it is shown and kept as it is written. */
export interface Reference {
  /** Path of the value in the config, as the target sees it. */
  readonly path: Path;
  /** What stands for it, with variables written out: `${env:ONCALL}`, `dq-${env:TEAM}@company.com`. */
  readonly text: string;
  /** What it is now. */
  readonly value: Scalar;
  /** The variables of the environment, each once. */
  readonly names: readonly string[];
}

/**
 * Keys whose values name things or say where to find them: a plan and a state hold those names, so that they are plain to see
 * wherever they come from.
 */
const namingKeys: ReadonlySet<string> = new Set([
  'catalog_name',
  'catalogs',
  'output_catalog',
  'warehouse_id',
  'project',
  'output_schema_name',
  'observability_schema',
  'dashboard_parent_path',
  'host',
  'profile',
  'state',
]);

/** Whether the value at a path names something, and so cannot be kept from a plan. */
export function isNaming(path: Path): boolean {
  return path.some((step) => typeof step === 'string' && namingKeys.has(step));
}
