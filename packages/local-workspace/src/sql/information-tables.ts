import type { DuckDBConnection } from '@duckdb/node-api';
import type { Document, DocumentKind, Storage } from '../storage/storage.ts';
import type { Unity } from '../unity/unity.ts';
import type { DuckDBName } from './qualify-names.ts';
import { informationDatabase, informationViews } from './information-views.ts';
import type { InformationView } from './information-views.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';
import { informationSchema, systemCatalog } from './session.ts';
import { principalVariable } from './functions/other-macros.ts';

/** The `information_schema` as DuckDB tables. */
export interface InformationTables {
  /** Makes the given views (names without catalog) show the committed objects, for every table that will be read. */
  refresh(names: ReadonlySet<string>, tables: readonly DuckDBName[]): Promise<void>;
}

/** Documents of these kinds make up the views; a change of one gives its list a new identity. */
const kinds: readonly DocumentKind[] = ['catalog', 'schema', 'table', 'tag'];

/**
 * A table is filled again only after a change of metadata, and through one bound JSON text: rows as SQL text are 100 times
 * slower at 10,000 tables.
 */
export function createInformationTables(storage: Storage, unity: Unity): InformationTables {
  const filled = new Map<string, readonly (readonly Document[])[]>();
  const exposed = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function refresh(names: ReadonlySet<string>, tables: readonly DuckDBName[]): Promise<void> {
    const wanted = [...names].filter((name) => !sameLists(filled.get(name), currentLists(storage)));
    const unseen = tables.filter(([database, schema, name]) => {
      return database === informationDatabase && !exposed.has(`${schema}.${name}`);
    });
    if (wanted.length === 0 && unseen.length === 0) return;
    await storage.query(async (connection) => {
      await connection.run(`ATTACH IF NOT EXISTS ':memory:' AS ${informationDatabase}`);
      for (const name of wanted) {
        const lists = currentLists(storage);
        await fill(connection, { name, unity });
        filled.set(name, lists);
      }
      for (const [, schema = '', name = ''] of unseen) {
        await expose(connection, { schema, name });
        exposed.add(`${schema}.${name}`);
      }
    });
  }

  return {
    refresh(names, tables) {
      // One after the other: DuckDB refuses two concurrent changes of one table.
      const turn = last.then(async () => refresh(names, tables));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

function currentLists(storage: Storage): readonly (readonly Document[])[] {
  return kinds.map((kind) => storage.list(kind));
}

/** Documents are never changed in place, so that equal members mean equal content. */
function sameLists(
  before: readonly (readonly Document[])[] | undefined,
  after: readonly (readonly Document[])[],
): boolean {
  return after.every((list, index) => {
    const known = before?.[index];
    if (known === list) return true;
    return known?.length === list.length && list.every((document, position) => document === known[position]);
  });
}

function viewNamed(name: string): InformationView {
  const view = informationViews[name];
  if (view === undefined) throw new RangeError(`no view ${name} in the information schema`);
  return view;
}

async function fill(
  connection: DuckDBConnection,
  source: { readonly name: string; readonly unity: Unity },
): Promise<void> {
  const view = viewNamed(source.name);
  const columns = Object.entries(view.columns);
  const selected = columns.map(([name, type], index) => {
    const cell = `row[${index + 1}]`;
    return `${type === 'TIMESTAMP' ? `make_timestamp(CAST(${cell} AS BIGINT) * 1000)` : `CAST(${cell} AS ${type})`} AS ${name}`;
  });
  await connection.run(
    `CREATE OR REPLACE TABLE ${informationDatabase}.${quoteIdentifier(source.name)} AS SELECT ${selected.join(', ')} ` +
      `FROM (SELECT unnest(CAST(CAST($1 AS JSON) AS VARCHAR[][])) AS row)`,
    [JSON.stringify(view.rows(source.unity))],
  );
}

/** The view of one catalog, or of all for the catalog `system`, as `__information."prod.information_schema".tables`. */
async function expose(
  connection: DuckDBConnection,
  view: { readonly schema: string; readonly name: string },
): Promise<void> {
  const catalog = view.schema.slice(0, -informationSchema.length - 1);
  const { columns, catalogColumn } = viewNamed(view.name);
  const visible = Object.keys(columns)
    .filter((name) => name !== 'view_owner')
    .map((name) => {
      // The service shows the text of a view to its owner only.
      return name === 'view_definition'
        ? `CASE WHEN view_owner = getvariable('${principalVariable}') THEN view_definition END AS view_definition`
        : name;
    });
  const filter = catalog === systemCatalog ? '' : ` WHERE ${catalogColumn} = ${quoteLiteral(catalog)}`;
  const schema = `${informationDatabase}.${quoteIdentifier(view.schema)}`;
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await connection.run(
    `CREATE OR REPLACE VIEW ${schema}.${quoteIdentifier(view.name)} AS SELECT ${visible.join(', ')} ` +
      `FROM ${informationDatabase}.main.${quoteIdentifier(view.name)}${filter}`,
  );
}
