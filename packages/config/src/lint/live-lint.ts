import type { Severity } from '@dpo/core';
import type { Policy } from '../policy/policy.ts';
import { severityOf } from '../policy/policy-rule.ts';

/** What only a workspace tells: lints of the plan that no file can be told. */
export const liveLintCodes = [
  'LINT.CHANGE_DATA_FEED',
  'LINT.LARGE_SNAPSHOT',
  'LINT.VIEW_RENEWED',
  'LINT.LARGE_GROUP',
] as const;

/** How serious a lint of the plan is, a warning unless the config says otherwise. Undefined: it is off, or the config as a whole is exempt. */
export function lintSeverity({ levels, exemptions }: Policy, code: string): Severity | undefined {
  const level = levels[code];
  if (level === 'off' || exemptions.covering(code, undefined).length > 0) return undefined;
  return level === undefined ? 'warning' : severityOf[level];
}

/** The tables that a lint is to be told of. */
export function lintedTables({ exemptions }: Policy, code: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => exemptions.covering(code, name).length === 0);
}
