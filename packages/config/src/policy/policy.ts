import { isJsonArray, type JsonObject } from '@dpo/core';
import { mapAt } from '../settings-in-file.ts';
import { hasEnded, lookUp, readExemptions, type Exemption, type Exemptions } from './exemption.ts';
import { readNamePattern, type NamePattern } from './name-pattern.ts';
import type { Level, PolicyRule } from './policy-rule.ts';

/** The `policy` of a config, read: what `checkPolicy` goes by. Rules that are not set are empty, false or undefined. */
export interface Policy {
  readonly naming: readonly NamePattern[];
  readonly forbidden: readonly NamePattern[];
  readonly requiredTags: readonly string[];
  readonly requireBaseline: boolean;
  readonly requireSlicing: boolean;
  readonly maxTables: number | undefined;
  /** Globs of the names of tags that mark a column as personal data; in force unless the config says otherwise. */
  readonly piiTags: readonly string[];
  /** Tag whose values must not meet in one output schema. */
  readonly separateOutputsBy: string | undefined;
  readonly levels: Readonly<Record<string, Level | undefined>>;
  readonly exemptions: Exemptions;
  /** Entries that held once; they exempt from nothing. */
  readonly ended: readonly Exemption[];
  readonly holding: readonly Exemption[];
  /** Why there are no patterns although the config has some. */
  readonly refused: readonly RefusedPattern[];
}

export interface RefusedPattern {
  readonly rule: PatternRule;
  /** Undefined: all patterns together are too much for so many tables. */
  readonly entry: { readonly index: number; readonly text: string; readonly why: string } | undefined;
}

type PatternRule = Extract<PolicyRule, 'naming_patterns' | 'forbidden_patterns'>;

/** Steps over all patterns and names: a second or less, also for the worst of patterns. */
const mostSteps = 500_000_000;

/** Today is a day as `2027-03-31`, in UTC. What is faulty in the config says nothing; checks and schema report it. */
export function policyOf(config: JsonObject, today: string): Policy {
  const policy = mapAt(config, 'policy');
  const exemptions = readExemptions(policy);
  const holding = exemptions.filter((exemption) => !hasEnded(exemption, today));
  const { max_tables_per_config: most, separate_outputs_by: separate } = policy;
  const naming = readPatterns(policy, 'naming_patterns');
  const forbidden = readPatterns(policy, 'forbidden_patterns');
  const steps = sumOf([...naming.patterns, ...forbidden.patterns].map(({ size }) => size));
  const isTooMuch =
    steps * sumOf(Object.keys(mapAt(config, 'monitored_tables')).map(({ length }) => length)) > mostSteps;
  const rule = naming.patterns.length > 0 ? 'naming_patterns' : 'forbidden_patterns';
  return {
    naming: isTooMuch ? [] : naming.patterns,
    forbidden: isTooMuch ? [] : forbidden.patterns,
    refused: [...naming.refused, ...forbidden.refused, ...(isTooMuch ? [{ rule, entry: undefined } as const] : [])],
    requiredTags: texts(policy, 'required_tags'),
    requireBaseline: policy['require_baseline'] === true,
    requireSlicing: policy['require_slicing'] === true,
    maxTables: typeof most === 'number' ? most : undefined,
    piiTags: isJsonArray(policy['pii_tags']) ? texts(policy, 'pii_tags') : usualPiiTags,
    separateOutputsBy: typeof separate === 'string' ? separate : undefined,
    levels: levels(mapAt(policy, 'levels')),
    exemptions: lookUp(holding),
    ended: exemptions.filter((exemption) => hasEnded(exemption, today)),
    holding,
  };
}

/** `class.*` are the tags of the data classification of Databricks, such as `class.email_address`. */
export const usualPiiTags = ['pii', 'pii_*', 'contains_pii', 'is_pii', 'personal_data', 'class.*'] as const;

/** Rules that the config switches on. `pii_tags` holds without that, and then has nothing to do with the file. */
export function rulesOf(policy: Policy): readonly PolicyRule[] {
  const rules: readonly (readonly [PolicyRule, boolean])[] = [
    ['naming_patterns', policy.naming.length > 0],
    ['forbidden_patterns', policy.forbidden.length > 0],
    ['required_tags', policy.requiredTags.length > 0],
    ['require_baseline', policy.requireBaseline],
    ['require_slicing', policy.requireSlicing],
    ['max_tables_per_config', policy.maxTables !== undefined],
    ['pii_tags', policy.piiTags.length > 0 && policy.piiTags !== usualPiiTags],
    ['separate_outputs_by', policy.separateOutputsBy !== undefined],
  ];
  return rules.filter(([, on]) => on).map(([rule]) => rule);
}

/** With one pattern that cannot be read nobody can tell what a list of them means: none of it holds. */
function readPatterns(
  policy: JsonObject,
  rule: PatternRule,
): { readonly patterns: readonly NamePattern[]; readonly refused: readonly RefusedPattern[] } {
  const patterns: NamePattern[] = [];
  const refused: RefusedPattern[] = [];
  // More of them are refused by the schema.
  for (const [index, text] of texts(policy, rule).slice(0, mostPatterns).entries()) {
    const result = readNamePattern(text);
    if (result.status === 'read') patterns.push(result.pattern);
    else refused.push({ rule, entry: { index, text, why: result.why } });
  }
  return { patterns: refused.length === 0 ? patterns : [], refused };
}

const mostPatterns = 50;

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function texts(policy: JsonObject, key: PolicyRule): readonly string[] {
  const list = policy[key];
  return isJsonArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

function levels(map: JsonObject): Policy['levels'] {
  const known: readonly Level[] = ['off', 'warn', 'deny'];
  return Object.fromEntries(Object.entries(map).map(([rule, text]) => [rule, known.find((level) => level === text)]));
}
