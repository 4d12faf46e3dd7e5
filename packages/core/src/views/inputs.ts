import type { CatalogColumn } from '../catalog.ts';
import { hashText } from '../hash.ts';
import { isJsonArray, type Json } from '../json.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { MetricColumns, ViewBranch, ViewFamily } from './branch.ts';
import { branchQuery } from './view-query.ts';

/** Digits of a digest: it tells columns of one table from those it had before, nothing else. */
const digits = 12;

/**
 * What the query of a view was made from beside its branches: `[metric table, digest of the columns that the query uses]` for
 * each metric table that there is. The state keeps it, so that a query that differs only because metrics arrived can be told
 * from any other (W008).
 */
export function inputsOf(family: ViewFamily, branches: readonly ViewBranch[], columnsOf: MetricColumns): Json {
  return branches.flatMap((branch): Json[] => {
    const columns = columnsOf(branch.metrics);
    return typeof columns === 'string' ? [] : [[branch.metrics, digestOf(family, branch, columns)]];
  });
}

function digestOf(family: ViewFamily, branch: ViewBranch, columns: readonly CatalogColumn[]): string {
  const query = branchQuery(family, { branch, columns });
  const used = columns.filter(({ name }) => query.includes(quoteIdentifier(name)));
  return hashText(used.map(({ name, type }) => `${name}\n${type}`).join('\n')).slice(0, digits);
}

export interface Arrivals {
  /** Metric tables that there were none of. */
  readonly appeared: readonly string[];
  /** Metric tables that have other columns than they had. */
  readonly changed: readonly string[];
}

/** What arrived since a view was written; `undefined` if nothing did, if something went, or if nobody knows what there was. */
export function arrivalsBetween(before: Json | undefined, now: Json | undefined): Arrivals | undefined {
  const [old, found] = [digestsIn(before), digestsIn(now)];
  if (old === undefined || found === undefined || [...old.keys()].some((table) => !found.has(table))) return undefined;
  const appeared = [...found.keys()].filter((table) => !old.has(table));
  const changed = [...found].filter(([table, digest]) => old.has(table) && old.get(table) !== digest);
  if (appeared.length + changed.length === 0) return undefined;
  return { appeared, changed: changed.map(([table]) => table) };
}

function digestsIn(inputs: Json | undefined): ReadonlyMap<string, string> | undefined {
  if (!isJsonArray(inputs)) return undefined;
  const pairs = inputs.map((pair) => (isJsonArray(pair) ? pair.map(String) : []));
  return new Map(pairs.map(([table = '', digest = '']) => [table, digest]));
}
