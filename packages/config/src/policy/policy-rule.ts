import type { Severity } from '@dpo/core';

/** The rules that a config may lay down for its tables, by their keys under `policy`. */
export const policyRules = [
  'naming_patterns',
  'forbidden_patterns',
  'required_tags',
  'require_baseline',
  'require_slicing',
  'max_tables_per_config',
  'pii_tags',
  'separate_outputs_by',
] as const;
export type PolicyRule = (typeof policyRules)[number];

export function isPolicyRule(text: string): text is PolicyRule {
  return policyRules.some((rule) => rule === text);
}

const codes: Readonly<Record<PolicyRule, string>> = {
  naming_patterns: 'POLICY.NAMING_PATTERNS',
  forbidden_patterns: 'POLICY.FORBIDDEN_PATTERNS',
  required_tags: 'POLICY.REQUIRED_TAGS',
  require_baseline: 'POLICY.REQUIRE_BASELINE',
  require_slicing: 'POLICY.REQUIRE_SLICING',
  max_tables_per_config: 'POLICY.MAX_TABLES_PER_CONFIG',
  pii_tags: 'POLICY.PII_TAGS',
  separate_outputs_by: 'POLICY.SEPARATE_OUTPUTS_BY',
};

/** `POLICY.` and the rule in capitals. */
export function policyCode(rule: PolicyRule): string {
  return codes[rule];
}

/** Whether a code says that a rule is not kept. */
export function isBreach(code: string): boolean {
  return policyRules.some((rule) => policyCode(rule) === code);
}

/** `deny` is an error and makes the plan not applicable (ruling 58); only lints can be `off`. */
export type Level = 'off' | 'warn' | 'deny';

export const severityOf: Readonly<Record<Exclude<Level, 'off'>, Severity>> = { deny: 'error', warn: 'warning' };
