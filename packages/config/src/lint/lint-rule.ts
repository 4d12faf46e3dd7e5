import type { JsonObject } from '@dpo/core';
import { pathText, type Path } from '../finding.ts';
import type { TargetSettings } from '../generated/config-types.ts';
import type { Policy } from '../policy/policy.ts';
import type { FileSetting, FileTable } from '../settings-in-file.ts';
import { listWords, shorten } from '../words.ts';

/** Everything that a rule may look at: a config without faults, as one target sees it. */
export interface LintContext {
  readonly config: JsonObject;
  readonly target: TargetSettings;
  readonly policy: Policy;
  /** The tables that the file lists and enables, but those that are exempt from the rule. */
  readonly tables: readonly FileTable[];
  /** How many there are, with those that are exempt. */
  readonly listed: number;
  /** There may be more tables, by tag or pattern. */
  readonly mayFind: boolean;
}

/** Something legal that is unwise. One for each place that would have to change, not for each table. */
export interface Lint {
  readonly message: string;
  readonly hint: string;
  /** `key`: the place is the key at the end of the path, else its value. */
  readonly at: 'key' | 'value';
  readonly path: Path;
  /** A warning unless it says so. */
  readonly severity?: 'note';
}

export interface LintRule {
  readonly code: string;
  /** About the config as a whole: no exemption of single tables has a meaning. */
  readonly wide?: true;
  check(context: LintContext): readonly Lint[];
}

/** A setting of the file with the tables that get it from there. */
export interface Cause extends FileSetting {
  readonly tables: readonly FileTable[];
}

/** Tables that share the place of a setting share its fault. Those for which the file has no value are left out. */
export function causesOf(tables: readonly FileTable[], ...keys: readonly string[]): readonly Cause[] {
  const causes = new Map<string, FileSetting & { readonly tables: FileTable[] }>();
  for (const table of tables) {
    const setting = table.find(...keys);
    if (setting === undefined) continue;
    const place = pathText(setting.path);
    const cause = causes.get(place) ?? { ...setting, tables: [] };
    cause.tables.push(table);
    causes.set(place, cause);
  }
  return [...causes.values()];
}

const mostNames = 3;

/** `'a', 'b', 'c' and 4 more`. */
export function namesOf(tables: readonly FileTable[]): string {
  const shown = tables.slice(0, mostNames).map(({ name }) => `'${shorten(name)}'`);
  const left = tables.length - shown.length;
  return listWords(left > 0 ? [...shown, `${left} more`] : shown, 'and');
}

/** The verb that goes with some tables. */
export function are(tables: readonly FileTable[]): string {
  return tables.length === 1 ? 'is' : 'are';
}

/** Where a setting that some tables lack would be put: at the only such table, at the defaults, or above the tables. */
export function homeFor({ config, mayFind }: LintContext, lacking: readonly FileTable[]): Pick<Lint, 'at' | 'path'> {
  const [only] = lacking;
  if (only !== undefined && lacking.length === 1 && !mayFind) return { at: 'key', path: only.path };
  return { at: 'key', path: [config['profile_defaults'] === undefined ? 'monitored_tables' : 'profile_defaults'] };
}

export function profileTypeOf(table: FileTable): string {
  const type = table.find('profile_type')?.value;
  return typeof type === 'string' ? type : 'INFERENCE';
}
