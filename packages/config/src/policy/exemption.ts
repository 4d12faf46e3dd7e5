import { isJsonArray, isJsonObject, matchesGlob, type Json, type JsonObject } from '@dpo/core';
import { isTablePattern } from '../table-name.ts';

/** One entry of `policy.exemptions`. Holds on the day `until`, no longer on the day after. */
export interface Exemption {
  /** A policy rule or a lint code. */
  readonly rule: string;
  readonly reason: string;
  readonly until: string;
  /** Its place in the list. */
  readonly index: number;
  readonly tables: readonly string[];
}

/** Those that hold today, looked up by rule and table. */
export interface Exemptions {
  /** Undefined for the table asks for the config as a whole, which only `*` exempts. */
  covering(rule: string, table: string | undefined): readonly Exemption[];
}

/** The entries of `policy.exemptions` that are whole; the schema has found the faults of the others. */
export function readExemptions(policy: JsonObject): readonly Exemption[] {
  const list: Json = policy['exemptions'] ?? [];
  if (!isJsonArray(list)) return [];
  return list.flatMap((item, index) => {
    if (!isJsonObject(item)) return [];
    const { rule, reason, until, tables } = item;
    if (typeof rule !== 'string' || typeof reason !== 'string' || typeof until !== 'string') return [];
    if (!isJsonArray(tables) || !isDay(until)) return [];
    return [{ rule, reason, until, index, tables: tables.filter((name) => typeof name === 'string') }];
  });
}

/** `2027-02-28`, not `2027-02-30`. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export function hasEnded({ until }: Exemption, today: string): boolean {
  return until < today;
}

/** Most globs of all exemptions: each is tried on each table. More are refused, and not tried. */
export const mostGlobs = 200;

/** Names are found without looking at every entry; only globs are tried one by one. */
export function lookUp(exemptions: readonly Exemption[]): Exemptions {
  const byName = new Map<string, Exemption[]>();
  const globs = new Map<string, { readonly glob: string; readonly exemption: Exemption }[]>();
  let count = 0;
  for (const exemption of exemptions) {
    for (const name of exemption.tables) {
      if (isTablePattern(name)) {
        count += 1;
        if (count <= mostGlobs) push(globs, exemption.rule, { glob: name, exemption });
      } else push(byName, `${exemption.rule} ${name.toLowerCase()}`, exemption);
    }
  }
  return {
    covering: (rule, table) => {
      const ofRule = globs.get(rule) ?? [];
      const matching = ofRule.filter(({ glob }) => (table === undefined ? glob === '*' : matchesGlob(glob, table)));
      const named = table === undefined ? [] : (byName.get(`${rule} ${table.toLowerCase()}`) ?? []);
      return [...named, ...matching.map(({ exemption }) => exemption)];
    },
  };
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
