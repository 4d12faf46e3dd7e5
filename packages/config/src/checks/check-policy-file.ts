import { isJsonObject, type JsonObject } from '@dpo/core';
import type { Finding, Path } from '../finding.ts';
import { spotAt, type Located } from '../located.ts';
import { auditPolicy, type Breach, type PolicyTable } from '../policy/check-policy.ts';
import type { Exemption } from '../policy/exemption.ts';
import { isPolicyRule, type PolicyRule } from '../policy/policy-rule.ts';
import type { Policy } from '../policy/policy.ts';
import { mayFindTables } from '../settings-in-file.ts';
import { listWords, shorten } from '../words.ts';

/** The rules of `policy` as far as the file decides them (ruling 58), and exemptions that hold no longer or for nothing. */
export function checkPolicyFile(root: Located, policy: Policy, tables: readonly PolicyTable[]): readonly Finding[] {
  const config: JsonObject = isJsonObject(root.value) ? root.value : {};
  const { breaches, idle } = auditPolicy(policy, tables);
  return [
    ...breaches.map((breach) => breachFinding(root, breach)),
    ...endedExemptions(root, policy, isPolicyRule),
    ...(mayFindTables(config) ? [] : idle)
      .filter(({ rule }) => isPolicyRule(rule) && isDecided(policy, rule))
      .map((exemption) => idleExemption(root, exemption)),
  ];
}

/** Not by patterns that cannot be read, nor by tags that only the plan reads. */
function isDecided({ refused, requiredTags }: Policy, rule: PolicyRule): boolean {
  if (rule === 'pii_tags' || rule === 'separate_outputs_by') return false;
  if (rule === 'required_tags') return requiredTags.length === 0;
  return refused.length === 0 || (rule !== 'naming_patterns' && rule !== 'forbidden_patterns');
}

function breachFinding(root: Located, breach: Breach): Finding {
  const { code, severity, message, hint, table } = breach;
  if (table === undefined) {
    const path = ['policy', breach.rule];
    return { code, severity, message, hint, range: spotAt(root, path).node.range, path };
  }
  const path = ['monitored_tables', table];
  return { code, severity, message, hint, range: spotAt(root, path).key, path };
}

/** A warning for each that ended, of the rules that are asked for. */
export function endedExemptions(
  root: Located,
  { ended }: Policy,
  isAsked: (rule: string) => boolean,
): readonly Finding[] {
  return ended
    .filter(({ rule }) => isAsked(rule))
    .map((exemption) => {
      const path: Path = ['policy', 'exemptions', exemption.index, 'until'];
      const message = `the exemption from '${exemption.rule}' of ${subject(exemption)} ended on ${exemption.until}`;
      const hint = `its reason was: ${shorten(exemption.reason)}; remove it, or give a later day`;
      const { range } = spotAt(root, path).node;
      return { code: 'POLICY.EXEMPTION_EXPIRED', severity: 'warning', message, hint, range, path };
    });
}

/** A note that an exemption could go. */
export function idleExemption(root: Located, exemption: Exemption): Finding {
  const path: Path = ['policy', 'exemptions', exemption.index];
  const message = `the exemption from '${exemption.rule}' of ${subject(exemption)} exempts nothing`;
  const { range } = spotAt(root, [...path, 'rule']).node;
  return { code: 'POLICY.EXEMPTION_UNUSED', severity: 'note', message, hint: 'remove it', range, path };
}

const mostNames = 2;

function subject({ tables }: Exemption): string {
  const shown = tables.slice(0, mostNames).map((name) => `'${shorten(name)}'`);
  const left = tables.length - shown.length;
  return listWords(left > 0 ? [...shown, `${left} more`] : shown, 'and');
}
