import type { Severity } from '@dpo/core';
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
    breaches: [...breaches, ...tooMany(policy, count)],
    idle: holding.filter((exemption) => !busy.has(exemption)),
  };
}

const counting = 'max_tables_per_config';

type Words = readonly [rule: PolicyRule, message: string, hint: string];

function ofTable(policy: Policy, table: PolicyTable): readonly Breach[] {
  const found = [...naming(policy, table), ...tags(policy, table), ...contents(policy, table)];
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
