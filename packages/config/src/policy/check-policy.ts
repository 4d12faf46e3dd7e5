import { matchesGlob, type Severity } from '@dpo/core';
import { listWords, shorten } from '../words.ts';
import type { Exemption } from './exemption.ts';
import type { NamePattern } from './name-pattern.ts';
import type { Policy } from './policy.ts';
import { policyCode, severityOf, type PolicyRule } from './policy-rule.ts';

/** What the rules ask of a table: from the file alone, or resolved with its tags. */
export interface PolicyTable {
  readonly name: string;
  readonly profileType: string;
  readonly hasBaseline: boolean;
  readonly hasSlices: boolean;
  /** Keys that are set in the file, by its entry or by the defaults. */
  readonly settings: ReadonlySet<string>;
  /** Names of its tags; undefined where they are not read: then no tag is missing. */
  readonly tags: ReadonlySet<string> | undefined;
  /** Columns that it is sliced by, with the names of their tags; missing where they are not read. */
  readonly slices?: readonly SlicedColumn[];
  /** Where its metric tables go, and the value of the tag that `separate_outputs_by` names; missing where that is not known. */
  readonly output?: { readonly schema: string; readonly mark: string | undefined };
}

/** A column that is a slice, or that the expression of one names. */
export interface SlicedColumn {
  readonly slice: string;
  readonly column: string;
  readonly tags: readonly string[];
}

/** A rule that is not kept, by a table or by the config as a whole. */
export interface Breach {
  readonly rule: PolicyRule;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  /** As the request names it. */
  readonly table: string | undefined;
}

export interface Audit {
  /** Breaches that no exemption covers, in the order of the tables. */
  readonly breaches: readonly Breach[];
  /** Exemptions, of those that hold, which exempt nothing as far as these tables go. */
  readonly idle: readonly Exemption[];
}

/** Every breach that no exemption covers, in the order of the tables. */
export function checkPolicy(policy: Policy, tables: readonly PolicyTable[]): readonly Breach[] {
  return auditPolicy(policy, tables).breaches;
}

export function auditPolicy(policy: Policy, tables: readonly PolicyTable[]): Audit {
  const { exemptions, holding } = policy;
  const busy = new Set<Exemption>();
  const isExempt = (rule: PolicyRule, table: string | undefined): boolean => {
    const covering = exemptions.covering(rule, table);
    for (const exemption of covering) busy.add(exemption);
    return covering.length > 0;
  };
  const count = tables.filter(({ name }) => policy.maxTables !== undefined && !isExempt(counting, name)).length;
  const breaches = tables
    .flatMap((table) => ofTable(policy, table))
    .filter(({ rule, table }) => !isExempt(rule, table));
  return {
    breaches: [
      ...breaches,
      ...tooMany(policy, count),
      ...mixedOutputs(
        policy,
        tables.filter(({ name }) => !isExempt(separating, name)),
      ),
    ],
    idle: holding.filter((exemption) => !busy.has(exemption)),
  };
}

const counting = 'max_tables_per_config';
const separating = 'separate_outputs_by';

type Words = readonly [rule: PolicyRule, message: string, hint: string];

function ofTable(policy: Policy, table: PolicyTable): readonly Breach[] {
  const found = [
    ...naming(policy, table),
    ...tags(policy, table),
    ...contents(policy, table),
    ...personal(policy, table),
  ];
  return found.map((words) => breach(policy, words, table.name));
}

function naming({ naming: wanted, forbidden }: Policy, { name }: PolicyTable): readonly Words[] {
  const named = `'${shorten(name)}'`;
  const words: Words[] = [];
  if (wanted.length > 0 && !wanted.some((pattern) => pattern.matches(name))) {
    const hint = `rename the table, add a pattern, ${exempt}`;
    words.push(['naming_patterns', `${named} matches none of ${listOf(wanted)}`, hint]);
  }
  const met = forbidden.find((pattern) => pattern.matches(name));
  if (met !== undefined) {
    words.push(['forbidden_patterns', `${named} matches '${shorten(met.text)}'`, `take the table out, ${exempt}`]);
  }
  return words;
}

const exempt = 'or exempt it under policy.exemptions';

const mostPatterns = 3;

function listOf(patterns: readonly NamePattern[]): string {
  const shown = patterns.slice(0, mostPatterns).map(({ text }) => `'${shorten(text)}'`);
  const left = patterns.length - shown.length;
  return listWords(left > 0 ? [...shown, `${left} more`] : shown, 'and');
}

function tags({ requiredTags }: Policy, { name, settings, tags: own }: PolicyTable): readonly Words[] {
  if (own === undefined) return [];
  const missing = requiredTags.filter((tag) => !own.has(tag) && !settings.has(tag)).map((tag) => `'${shorten(tag)}'`);
  if (missing.length === 0) return [];
  const message = `'${shorten(name)}' has no tag and no setting ${listWords(missing, 'or')}`;
  return [['required_tags', message, 'tag the table, or set it in the config']];
}

function contents(policy: Policy, table: PolicyTable): readonly Words[] {
  const named = `'${shorten(table.name)}'`;
  const words: Words[] = [];
  if (policy.requireBaseline && table.profileType === 'INFERENCE' && !table.hasBaseline) {
    const message = `${named} is profiled as INFERENCE and has no 'baseline_table_name'`;
    words.push(['require_baseline', message, `name a baseline table, ${exempt}`]);
  }
  if (policy.requireSlicing && !table.hasSlices) {
    words.push([
      'require_slicing',
      `${named} has no 'slicing_exprs'`,
      `set them here or in profile_defaults, ${exempt}`,
    ]);
  }
  return words;
}

/** Slices store the values of their column, and metric tables have other readers than the table (F17). */
function personal({ piiTags }: Policy, { name, slices = [] }: PolicyTable): readonly Words[] {
  return slices.flatMap(({ slice, column, tags: own }): readonly Words[] => {
    const tag = own.find((each) => piiTags.some((glob) => matchesGlob(glob, each)));
    if (tag === undefined) return [];
    const by = slice === column ? `'${shorten(column)}'` : `'${shorten(slice)}', of column '${shorten(column)}',`;
    const message = `'${shorten(name)}' is sliced by ${by} which is tagged '${shorten(tag)}': its values would be stored in the metric tables`;
    return [['pii_tags', message, `take the slice out, slice by something coarser, ${exempt}`]];
  });
}

/** One for each output schema that tables of different marks write into (W028). */
function mixedOutputs(policy: Policy, tables: readonly PolicyTable[]): readonly Breach[] {
  const { separateOutputsBy: tag } = policy;
  if (tag === undefined) return [];
  const schemas = new Map<string, Map<string | undefined, string[]>>();
  for (const { name, output } of tables) {
    if (output === undefined) continue;
    const marks = schemas.get(output.schema) ?? new Map<string | undefined, string[]>();
    schemas.set(output.schema, marks.set(output.mark, [...(marks.get(output.mark) ?? []), name]));
  }
  return [...schemas]
    .filter(([, marks]) => marks.size > 1)
    .map(([schema, marks]) => {
      const parts = [...marks].map(([mark, names]) => {
        const others = names.length > 1 ? ` and ${names.length - 1} more` : '';
        const value = mark === undefined ? `without '${shorten(tag)}'` : `of '${shorten(tag)}' = '${shorten(mark)}'`;
        return `'${shorten(names[0] ?? '')}'${others} ${value}`;
      });
      const message = `output schema '${shorten(schema)}' would mix tables: ${listWords(parts, 'and')}`;
      const hint = `give the tables of one value an output_schema_name of their own (the tag monitor_output_schema_name sets it too), ${exempt}`;
      return breach(policy, [separating, message, hint], undefined);
    });
}

function tooMany(policy: Policy, count: number): readonly Breach[] {
  const { maxTables } = policy;
  if (maxTables === undefined || count <= maxTables) return [];
  const message = `the config profiles ${tablesOf(count)}, at most ${maxTables} ${maxTables === 1 ? 'is' : 'are'} allowed`;
  return [breach(policy, [counting, message, 'split the config, or raise the number'], undefined)];
}

export function tablesOf(count: number): string {
  return count === 1 ? '1 table' : `${count} tables`;
}

function breach(policy: Policy, [rule, message, hint]: Words, table: string | undefined): Breach {
  const level = policy.levels[rule] === 'warn' ? 'warn' : 'deny';
  const severity = severityOf[level];
  return { rule, code: policyCode(rule), severity, message: `policy ${rule}: ${message}`, hint, table };
}
