import { loadConfig, type LoadedConfig } from '@dpo/config';
import {
  matchTable,
  type CatalogColumn,
  type CatalogFinding,
  type CatalogTable,
  type Desired,
  type DesiredResource,
  type FoundTable,
  type JsonObject,
  type Place,
  type Problem,
  type ValueCounts,
} from '@dpo/core';
import { desire, searchOf, tablesToRead, type DesireRequest } from '../src/index.ts';

/** Two lines; what a test adds begins in line 3. */
export const head = 'catalog_name: prod\nwarehouse_id: w\n';
export const churn = 'prod.ml.churn';

/** Monitors alone, unless the text says otherwise. */
export function load(text: string): LoadedConfig {
  const mode = /^mode:/mu.test(text) ? '' : '\nmode: bulk_provision_only\n';
  return loadConfig({ file: 'dpo.yaml', text: head + text + mode, environment: {}, today: '2027-01-01' });
}

/** `name type` pairs as columns. */
export function columnsOf(...columns: readonly string[]): readonly CatalogColumn[] {
  return columns.map((column) => {
    const [name = '', type = 'string'] = column.split(' ');
    return { name, type };
  });
}

export function tableOf(more: Partial<CatalogTable> = {}): CatalogTable {
  const fullName = more.fullName ?? churn;
  return {
    fullName,
    tableId: `id-of-${fullName}`,
    tableType: 'MANAGED',
    columns: columnsOf('id bigint', 'prediction double', 'actual_label string', 'ts timestamp'),
    tags: {},
    ...more,
  };
}

export type Catalog = readonly (CatalogTable | { readonly name: string; readonly finding: CatalogFinding })[];

/** What a test wants otherwise than `desireOf` has it. */
export interface More extends Partial<
  Pick<
    DesireRequest,
    | 'managed'
    | 'allowShrink'
    | 'catalogs'
    | 'knownSlices'
    | 'counted'
    | 'columnTags'
    | 'absentFunctions'
    | 'anomalies'
    | 'existing'
  >
> {
  /** With what the plan says of settings that are missing, which nearly every config here has. */
  readonly lint?: true;
  /** There is no warehouse that could have been asked. */
  readonly unasked?: true;
}

/** A few values in every column. */
function fewValues(tables: Catalog): ValueCounts {
  const counts = tables.flatMap((table) =>
    'finding' in table
      ? []
      : [[table.fullName.toLowerCase(), new Map(table.columns.map(({ name }) => [name.toLowerCase(), 3]))] as const],
  );
  return { counts: new Map(counts), uncounted: new Map() };
}

const missingSettings: ReadonlySet<string> = new Set(['LINT.NO_SCHEDULE', 'LINT.NO_BASELINE', 'LINT.NO_RECIPIENTS']);

/** What the config asks for; a table that the catalog does not hold is absent, and one that a search matches is found. */
export function desireOf(text: string, catalog: Catalog = [tableOf()], more: More = {}): Desired {
  const loaded = load(text);
  const known = new Map<string, CatalogFinding>(
    catalog.map((entry) =>
      'finding' in entry
        ? [entry.name, entry.finding]
        : [entry.fullName.toLowerCase(), { status: 'present', table: entry }],
    ),
  );
  const search = searchOf(loaded);
  const found = [...known].flatMap(([name, finding]): readonly FoundTable[] => {
    if (search === undefined) return [];
    const [catalogName = '', schema = '', ...rest] = name.split('.');
    const parts = { catalog: catalogName, schema, table: rest.join('.') };
    const match = matchTable(search, parts, finding.status === 'present' ? finding.table.tags : { ...search.tags });
    return match === undefined ? [] : [{ ...parts, name, match }];
  });
  const asked = [...tablesToRead(loaded), ...(more.managed?.keys() ?? []), ...found.map(({ name }) => name)];
  const { lint, unasked, ...given } = more;
  const answers = unasked === true ? {} : { columnTags: new Map(), counted: fewValues(catalog) };
  const desired = desire({
    loaded,
    findings: new Map(
      asked
        .filter((name) => name.split('.').length === 3)
        .map((name) => [name, known.get(name) ?? { status: 'absent' }]),
    ),
    found,
    catalogs: ['prod'],
    ...answers,
    ...given,
    owner: { project: 'dpo', target: 'test' },
    target: { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' },
    warehouseId: loaded.config.warehouse_id,
  });
  const problems = desired.problems.filter(({ code }) => lint === true || !missingSettings.has(code));
  return { ...desired, problems };
}

export function monitorIn(desired: Desired, name: string = churn): DesiredResource {
  const found = desired.resources.find(({ address }) => address === `monitor:${name}`);
  if (found === undefined) {
    throw new Error(`no monitor of ${name}: ${JSON.stringify([desired.problems, desired.skipped])}`);
  }
  return found;
}

/** The spec of the one monitor that a config gives. */
export function specOf(text: string, table: CatalogTable = tableOf()): JsonObject {
  return monitorIn(desireOf(text, [table])).spec;
}

/** `file:line:column`, the tag, or `default`. */
export function at(place: Place | undefined): string {
  if (place === undefined) return 'nowhere';
  if ('tag' in place) return place.tag;
  return 'default' in place ? 'default' : `${place.file}:${String(place.start.line)}:${String(place.start.column)}`;
}

/** `place severity CODE: message`. */
export function brief({ place, severity, code, message }: Problem): string {
  return `${at(place)} ${severity} ${code}: ${message}`;
}

export function valueAt(spec: JsonObject, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      spec,
    );
}
