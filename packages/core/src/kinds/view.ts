import { nameOf } from '../address.ts';
import { hashText } from '../hash.ts';
import { isJsonArray, type Json } from '../json.ts';
import type { Spec } from '../spec.ts';
import { refsIn } from '../value.ts';
import { branchesIn, viewFamilies, type MetricColumns, type ViewFamily } from '../views/branch.ts';
import { arrivalsBetween, inputsOf } from '../views/inputs.ts';
import { viewQuery } from '../views/view-query.ts';
import type { Edge, Kind, Note } from './kind.ts';

/**
 * A unified view over the metric tables of one group. Spec:
 * - `name`: full name; `schema_id`: a reference to its schema, which has to be there first;
 * - `family`: `drift`, `profile` or `performance`; `branches`: one for each monitored table (`views/branch.ts`), whose
 *   `metrics` is the name of its metric table, or a reference to it while there is no monitor yet;
 * - `definition`: hash of the query, which follows from the branches and from the columns that the metric tables have. Left
 *   out while one of those is not known; the provider looks again right before it writes;
 * - `inputs`: which metric tables with which columns that query was made from (`views/inputs.ts`);
 * - `owner`: whoever may alter it, where the config says so; handed over right after it is made (W004).
 */
export const viewKind: Kind = {
  name: 'view',
  version: 1,
  existing: 'foreign',
  rules: {
    name: { rules: [{ same: 'name' }], enforced: 'it is how the view is found' },
    schema_id: { rules: [{ createOnly: true }] },
    family: { rules: [{ writeOnly: true }], enforced: 'it is what the view is' },
    branches: {
      label: 'tables',
      rules: [{ list: { key: 'source' } }, { writeOnly: true }],
      enforced: 'the tables of a group are those of its view',
    },
    definition: { label: 'query', rules: [{ composed: 'compared' }] },
    inputs: { rules: [{ composed: 'kept' }] },
    owner: { rules: [{ release: true }, { same: 'name' }] },
  },
  normalise: (spec) => spec,
  lookup: (address, _spec, recorded) => {
    // One whose group was renamed still has its former name.
    const known = recorded?.applied['name'];
    return { by: 'name', address, name: typeof known === 'string' ? known : nameOf(address) };
  },
  edges,
  compose,
  texts,
  arrivals,
  reduced,
  upgrade: (_from, stored) => stored,
  lost: (change) => (change === 'replace' ? ['grants on the view'] : []),
};

/** A view reads what a monitor fills, so that the monitor has to be ready; its schema only has to be there. */
function edges(spec: Spec): readonly Edge[] {
  const found = refsIn(spec).map((reference): Edge => ({
    to: reference.$ref,
    need: reference.$ref.startsWith('monitor:') ? 'ready' : 'exists',
  }));
  return [...new Map(found.map((edge) => [edge.to, edge])).values()];
}

/** A table whose monitor could not be made has no branch yet (U079). */
function reduced(spec: Spec): Spec {
  const { branches } = spec;
  return isJsonArray(branches) ? { ...spec, branches: branches.filter((branch) => refsIn(branch).length === 0) } : spec;
}

/** The spec with what follows from it and from the columns of the metric tables, as far as they are known. */
function compose(spec: Spec, columnsOf: MetricColumns): Spec {
  const query = queryOf(spec, columnsOf);
  return query === undefined ? spec : { ...spec, definition: definitionOf(query), inputs: inputsIn(spec, columnsOf) };
}

/** What the query of a spec is made from, for the state to keep. */
export function inputsIn(spec: Spec, columnsOf: MetricColumns): Json {
  return inputsOf(familyIn(spec), branchesIn(spec['branches']) ?? [], columnsOf);
}

function arrivals(paths: readonly string[], recorded: Spec, wanted: Spec): readonly Note[] | undefined {
  if (paths.some((path) => path !== 'definition')) return undefined;
  const found = arrivalsBetween(recorded['inputs'], wanted['inputs']);
  if (found === undefined) return undefined;
  const { appeared, changed } = found;
  return [
    ...(appeared.length === 0 ? [] : [`metrics appeared: ${named(appeared)}`]),
    ...(changed.length === 0 ? [] : [`other columns than before: ${named(changed)}`]),
  ];
}

/** A few names say what it is about. */
function named(tables: readonly string[]): string {
  const shown = tables.slice(0, 5);
  const more = tables.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
}

function texts(spec: Spec, columnsOf: MetricColumns): Readonly<Record<string, string>> {
  const query = queryOf(spec, columnsOf);
  return query === undefined ? {} : { definition: query };
}

/** The query of a view; `undefined` while it is not known what it reads. */
export function queryOf(spec: Spec, columnsOf: MetricColumns): string | undefined {
  const branches = branchesIn(spec['branches']);
  if (branches === undefined || branches.some(({ metrics }) => columnsOf(metrics) === 'unknown')) return undefined;
  return viewQuery(familyIn(spec), branches, columnsOf);
}

/** What stands for a query in state, plan and the properties of the view: blanks and a semicolon at the end do not count. */
export function definitionOf(query: string): string {
  return `sha256:${hashText(query.trim().replace(/;\s*$/u, ''))}`;
}

function familyIn(spec: Spec): ViewFamily {
  const family = viewFamilies.find((candidate) => candidate === spec['family']);
  if (family === undefined) throw new TypeError('a view without a family');
  return family;
}
