import { isJsonArray, type JsonObject } from '@dpo/core';
import { fileTables, mayFindTables, type FileTable } from '../settings-in-file.ts';
import { tablesOf, type PolicyTable } from './check-policy.ts';
import { rulesOf, type Policy } from './policy.ts';
import type { PolicyRule } from './policy-rule.ts';

/** A rule that the file alone cannot decide for every table. */
export interface CheckedAtPlan {
  readonly rule: PolicyRule;
  /** In lower case, to stand behind the name of the rule. */
  readonly reason: string;
}

/** The listed tables as the rules see them in the file: what only a tag gives does not count. */
export function policyTables(config: JsonObject): readonly PolicyTable[] {
  return fileTables(config).map(policyTable);
}

function policyTable(table: FileTable): PolicyTable {
  const profileType = table.find('profile_type')?.value;
  const slices = table.find('slicing_exprs')?.value;
  return {
    name: table.name,
    profileType: typeof profileType === 'string' ? profileType : 'INFERENCE',
    hasBaseline: typeof table.find('baseline_table_name')?.value === 'string',
    hasSlices: isJsonArray(slices) && slices.length > 0,
    settings: new Set(table.keys.filter((key) => (table.find(key)?.value ?? '') !== '')),
    tags: undefined,
  };
}

/** The rules that `plan` has to check too, once tags and found tables are known. */
export function checkedAtPlan(
  policy: Policy,
  config: JsonObject,
  tables: readonly PolicyTable[],
): readonly CheckedAtPlan[] {
  const rules = rulesOf(policy);
  if (mayFindTables(config)) return rules.map((rule) => ({ rule, reason: 'tables that are found are known then' }));
  const later = rules.flatMap((rule) => {
    const reason = ofTags.get(rule);
    return reason === undefined ? [] : [{ rule, reason }];
  });
  const open = tables.filter(({ settings }) => policy.requiredTags.some((tag) => !settings.has(tag)));
  const required = rules
    .filter((rule) => rule === 'required_tags' && open.length > 0)
    .map((rule) => ({ rule, reason: `the tags of ${tablesOf(open.length)} are read then` }));
  return [...required, ...later];
}

/** Rules about tags that no file has. */
const ofTags: ReadonlyMap<PolicyRule, string> = new Map([
  ['pii_tags', 'the tags of columns are read then'],
  ['separate_outputs_by', 'the tags of tables are read then'],
]);
