import type { Answer } from '../api/route.ts';
import type { Disturbance } from './disturbance.ts';
import { normaliseRules } from './normalise-rules.ts';
import type { NormaliseRule, UnsetField } from './normalise-rules.ts';
import { shuffled } from './seeded-random.ts';
import type { Random } from './seeded-random.ts';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Writes answers in another of the forms that mean the same: properties in any order, unset fields absent, null or empty,
 * lists without an order in any order, doubled blanks in cron expressions. Names and other values stay as they are.
 */
export function createNormalisation(random: Random): Disturbance {
  return {
    after({ path }, answer) {
      const rules = normaliseRules.filter(({ prefix }) => path.startsWith(prefix));
      return rewrite(answer, { rules, random }) as Answer;
    },
  };
}

interface RewriteOptions {
  readonly rules: readonly NormaliseRule[];
  readonly random: Random;
}

function rewrite(value: unknown, options: RewriteOptions): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, options));
  if (typeof value !== 'object' || value === null) return value;
  const { rules, random } = options;
  const known = value as Properties;
  const matching = rules.filter(({ marks }) => marks.every((mark) => known[mark] !== undefined));
  const changed = matching.reduce((object, rule) => applyRule(object, rule, random), known);
  const entries = Object.entries(changed).map(([key, item]) => [key, rewrite(item, options)] as const);
  return Object.fromEntries(shuffled(entries, random));
}

function applyRule(object: Properties, rule: NormaliseRule, random: Random): Properties {
  const changed: Record<string, unknown> = { ...object };
  for (const field of rule.unset) {
    if (isUnset(changed[field.name])) changed[field.name] = unsetForm(field, random);
  }
  for (const name of rule.unordered) {
    const items = changed[name];
    if (Array.isArray(items)) changed[name] = shuffled(items, random);
  }
  for (const name of rule.cron) {
    const expression = changed[name];
    if (typeof expression === 'string') {
      changed[name] = expression.replaceAll(/ +/g, () => (random() < 0.5 ? ' ' : '  '));
    }
  }
  return changed;
}

function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function unsetForm({ empty }: UnsetField, random: Random): unknown {
  const emptyValue = empty === 'list' ? [] : empty === 'map' ? {} : empty;
  return [undefined, null, emptyValue][Math.floor(random() * 3)];
}
