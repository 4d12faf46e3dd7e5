import { canonical, compareText, isJsonArray, type Json } from '../json.ts';
import type { FieldRules, RuleTable } from '../kinds/kind.ts';
import { listPathOf } from './element-path.ts';

/** The rules of one path, as the questions that diff and plan ask. */
export interface FieldRule {
  readonly label?: string;
  /** Why a change of this path replaces the object. */
  readonly immutable?: string;
  readonly createOnly: boolean;
  readonly writeOnly: boolean;
  readonly release: boolean;
  readonly composed: boolean;
  /** Composed, and never compared. */
  readonly kept: boolean;
  /** Levels of access, the lowest first; missing for everything else. */
  readonly grants?: readonly string[];
  /** The grants are on what the object makes later. */
  readonly onOutputs: boolean;
  /** The grants are on where the object is put. */
  readonly onPlace: boolean;
  /** Equal values give equal text; `undefined` for "not set" and for a value that means the same. */
  readonly compare: (value: Json | undefined) => string | undefined;
  /** One spelling for all that compare as equal, so that what a plan shows does not depend on how the service spelt it. */
  readonly spelt: (value: Json) => Json;
}

const none: FieldRules = { rules: [] };

export function fieldRule(table: RuleTable, path: string): FieldRule {
  const { label, rules } = table[path] ?? ofElement(table, path);
  let immutable: string | undefined;
  let createOnly = false;
  let writeOnly = false;
  let release = false;
  let composed = false;
  let kept = false;
  let grants: readonly string[] | undefined;
  let onOutputs = false;
  let onPlace = false;
  let spelling: (value: Json) => Json = (value) => value;
  const defaults: Json[] = [];
  for (const rule of rules) {
    if ('immutable' in rule) immutable = rule.immutable;
    if ('createOnly' in rule) createOnly = true;
    if ('writeOnly' in rule) writeOnly = true;
    if ('release' in rule) release = true;
    if ('composed' in rule) {
      composed = true;
      kept = rule.composed === 'kept';
    }
    if ('grants' in rule) {
      ({ grants } = rule);
      onOutputs = rule.on === 'outputs';
      onPlace = rule.on === 'place';
    }
    if ('default' in rule) defaults.push(rule.default);
    if ('list' in rule) spelling = sorted;
    if ('same' in rule) spelling = comparators[rule.same];
  }
  const unset = new Set(defaults.map((value) => canonical(spelling(value))));
  return {
    ...(label === undefined ? {} : { label }),
    ...(immutable === undefined ? {} : { immutable }),
    createOnly,
    writeOnly,
    release,
    composed,
    kept,
    ...(grants === undefined ? {} : { grants }),
    onOutputs,
    onPlace,
    spelt: spelling,
    compare: (value) => {
      if (value === undefined || value === null) return undefined;
      const text = canonical(spelling(value));
      return unset.has(text) ? undefined : text;
    },
  };
}

/** How a list is written holds for what is in its elements; how the whole is compared does not. */
function ofElement(table: RuleTable, path: string): FieldRules {
  const list = listPathOf(path);
  if (list === path) return none;
  return { rules: (table[list] ?? none).rules.filter((rule) => !('list' in rule) && !('default' in rule)) };
}

function sorted(value: Json): Json {
  return isJsonArray(value) ? value.toSorted((a, b) => compareText(canonical(a), canonical(b))) : value;
}

/** The same for all spellings of a JSON text; a text that is none stands for itself. */
function spelt(text: string): string {
  try {
    return canonical(JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

function ofText(change: (text: string) => string): (value: Json) => Json {
  return (value) => (typeof value === 'string' ? change(value) : value);
}

const comparators = {
  cron: ofText((text) => text.trim().split(/\s+/u).join(' ')),
  'workspace-path': ofText((text) => text.replace(/^\/Workspace(?=\/)/u, '').replace(/\/+$/u, '')),
  name: ofText((text) => text.toLowerCase()),
  json: ofText(spelt),
  // Where a name was taken the service adds a number (TF#4867).
  'name-suffix': ofText((text) => text.replace(/ \(\d+\)$/u, '')),
};
