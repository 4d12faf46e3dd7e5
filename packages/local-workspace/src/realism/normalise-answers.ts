import type { Answer } from '../api/route.ts';
import type { Disturbance } from './disturbance.ts';
import { normaliseRules } from './normalise-rules.ts';
import type { NormaliseRule, UnsetField } from './normalise-rules.ts';
import { shuffled } from './seeded-random.ts';
import type { Random } from './seeded-random.ts';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Writes answers in another of the forms that mean the same: properties in any order, unset fields absent, null or empty,
 * lists without an order in any order, doubled blanks in cron expressions, paths with and without /Workspace, plain names
 * with and without back-ticks. Other values stay as they are.
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
  const respell = (names: readonly string[], spell: (text: string) => string): void => {
    for (const name of names) if (name in changed) changed[name] = respelt(changed[name], spell);
  };
  respell(rule.cron, (text) => text.replaceAll(/ +/g, () => (random() < 0.5 ? ' ' : '  ')));
  respell(rule.paths, (path) => otherPath(path, random));
  respell(rule.quoted, (text) => (/^[a-z_][a-z0-9_]*$/i.test(text) && random() < 0.5 ? `\`${text}\`` : text));
  respell(rule.lowered, (text) => (random() < 0.5 ? text.toLowerCase() : text));
  return changed;
}

/** A text, or each text of a list. */
function respelt(value: unknown, spell: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => respelt(item, spell));
  return typeof value === 'string' ? spell(value) : value;
}

function otherPath(path: string, random: Random): string {
  const bare = path.replace(/^\/Workspace(?=\/)/, '').replace(/\/+$/, '');
  return `${random() < 0.5 ? '/Workspace' : ''}${bare}${random() < 0.5 ? '/' : ''}`;
}

function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function unsetForm({ empty, also = [] }: UnsetField, random: Random): unknown {
  const emptyValue = empty === 'list' ? [] : empty === 'map' ? {} : empty === 'absent' ? undefined : empty;
  const forms = [undefined, null, emptyValue, ...also];
  return forms[Math.floor(random() * forms.length)];
}
