import { isJsonObject, type JsonObject } from '@dpo/core';
import { endedExemptions, idleExemption } from '../checks/check-policy-file.ts';
import type { Finding } from '../finding.ts';
import type { TargetSettings } from '../generated/config-types.ts';
import { spotAt, type Located } from '../located.ts';
import type { Exemption } from '../policy/exemption.ts';
import type { Policy } from '../policy/policy.ts';
import { severityOf } from '../policy/policy-rule.ts';
import { fileTables, mayFindTables } from '../settings-in-file.ts';
import type { Lint, LintContext, LintRule } from './lint-rule.ts';
import { lintRules } from './lint-rules.ts';
import { liveLintCodes } from './live-lint.ts';

/** What is legal but unwise, with the levels and exemptions of `policy`. The config must have passed every check. */
export function lintFindings(
  root: Located,
  { policy, target }: { readonly policy: Policy; readonly target: TargetSettings },
): readonly Finding[] {
  const config: JsonObject = isJsonObject(root.value) ? root.value : {};
  const tables = fileTables(config);
  const context = { config, target, policy, tables, listed: tables.length, mayFind: mayFindTables(config) };
  return [
    ...lintRules.flatMap((rule) => findingsOf(root, context, rule)),
    ...endedExemptions(root, policy, isLint),
    ...idle(context).map((exemption) => idleExemption(root, exemption)),
  ];
}

function isLint(rule: string): boolean {
  return lintRules.some(({ code }) => code === rule) || liveLintCodes.some((code) => code === rule);
}

function findingsOf(root: Located, context: LintContext, rule: LintRule): readonly Finding[] {
  const level = context.policy.levels[rule.code];
  if (level === 'off' || isExempt(context, rule, undefined)) return [];
  const tables = context.tables.filter(({ name }) => !isExempt(context, rule, name));
  return rule.check({ ...context, tables }).map((lint) => {
    const severity = level === undefined ? (lint.severity ?? 'warning') : severityOf[level];
    return findingOf(root, lint, { code: rule.code, severity });
  });
}

function isExempt({ policy }: LintContext, { code }: LintRule, table: string | undefined): boolean {
  return policy.exemptions.covering(code, table).length > 0;
}

function findingOf(
  root: Located,
  { message, hint, at, path }: Lint,
  rest: Pick<Finding, 'code' | 'severity'>,
): Finding {
  const spot = spotAt(root, path);
  // A key that is left out has no place: the finding is about the whole file.
  const range = spot.path.length < path.length ? spotAt(root, []).key : at === 'key' ? spot.key : spot.node.range;
  return { ...rest, message, hint, range, path: spot.path };
}

/** Exemptions from lints without which nothing more would be said. */
function idle(context: LintContext): readonly Exemption[] {
  if (context.mayFind) return [];
  return context.policy.holding.filter((exemption) => {
    const rule = lintRules.find(({ code }) => code === exemption.rule);
    if (rule === undefined) return false;
    if (context.policy.levels[rule.code] === 'off') return true;
    // Only '*' exempts the config as a whole.
    if (rule.wide === true) return !exemption.tables.includes('*') || rule.check(context).length === 0;
    return rule.check({ ...context, tables: coveredBy(context, exemption) }).length === 0;
  });
}

function coveredBy({ policy, tables }: LintContext, exemption: Exemption): LintContext['tables'] {
  return tables.filter(({ name }) => policy.exemptions.covering(exemption.rule, name).includes(exemption));
}
