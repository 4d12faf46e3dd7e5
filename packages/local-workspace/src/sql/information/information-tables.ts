import type { DuckDBConnection } from '@duckdb/node-api';
import type { Caller } from '../../principals/caller.ts';
import { namesOf } from '../../principals/caller.ts';
import type { Document, DocumentKind, Storage } from '../../storage/storage.ts';
import { quoteIdentifier, quoteLiteral } from '../quote.ts';
import { informationSchema, systemCatalog } from '../session.ts';
import type { InformationName, InformationTables } from './information-port.ts';
import { informationDatabase } from './information-view.ts';
import type { InformationSource, InformationView } from './information-view.ts';
import { informationViews } from './information-views.ts';

/** Documents of these kinds make up the views and who sees them; a change of one gives its list a new identity. */
const kinds: readonly DocumentKind[] = ['catalog', 'schema', 'table', 'tag', 'grant', 'volume', 'function'];

/**
 * A table is filled again only after a change of metadata, and through one bound JSON text: rows as SQL text are 100 times
 * slower at 10,000 tables.
 */
export function createInformationTables(sourceOf: Omit<InformationSource, 'caller'>): InformationTables {
  const { storage } = sourceOf;
  const readers = new Map<string, number>();
  const filled = new Map<string, readonly (readonly Document[])[]>();
  const exposed = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  function numberOf(caller: Caller): number {
    const key = JSON.stringify([caller.kind, caller.metastoreAdmin, ...namesOf(caller)]);
    const number = readers.get(key) ?? readers.size + 1;
    readers.set(key, number);
    return number;
  }

  async function refresh(caller: Caller, views: readonly InformationName[]): Promise<void> {
    const reader = numberOf(caller);
    const wanted = views.filter(({ view }) => !sameLists(filled.get(`${reader} ${view}`), currentLists(storage)));
    const unseen = views.filter(({ catalog, view }) => !exposed.has(`${reader} ${catalog} ${view}`));
    if (wanted.length === 0 && unseen.length === 0) return;
    await storage.query(async (connection) => {
      await connection.run(`ATTACH IF NOT EXISTS ':memory:' AS ${informationDatabase}`);
      await connection.run(`CREATE SCHEMA IF NOT EXISTS ${informationDatabase}.${quoteIdentifier(String(reader))}`);
      for (const name of new Set(wanted.map(({ view }) => view))) {
        const lists = currentLists(storage);
        await fill(connection, { name, reader, source: { ...sourceOf, caller } });
        filled.set(`${reader} ${name}`, lists);
      }
      for (const { catalog, view } of unseen) {
        await expose(connection, { catalog, view, reader });
        exposed.add(`${reader} ${catalog} ${view}`);
      }
    });
  }

  return {
    nameOf: (caller, catalog, view) => [informationDatabase, schemaOf(numberOf(caller), catalog), view],
    refresh(caller, views) {
      // One after the other: DuckDB refuses two concurrent changes of one table.
      const turn = last.then(async () => refresh(caller, views));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

function schemaOf(reader: number, catalog: string): string {
  return `${reader} ${catalog}.${informationSchema}`;
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
  target: { readonly name: string; readonly reader: number; readonly source: InformationSource },
): Promise<void> {
  const { name, reader, source } = target;
  const view = viewNamed(name);
  const selected = Object.entries(view.columns).map(([column, type], index) => {
    const cell = `row[${index + 1}]`;
    const value = type === 'TIMESTAMP' ? `make_timestamp(CAST(${cell} AS BIGINT) * 1000)` : `CAST(${cell} AS ${type})`;
    return `${value} AS ${quoteIdentifier(column)}`;
  });
  await connection.run(
    `CREATE OR REPLACE TABLE ${informationDatabase}.${quoteIdentifier(String(reader))}.${quoteIdentifier(name)} AS ` +
      `SELECT ${selected.join(', ')} FROM (SELECT unnest(CAST(CAST($1 AS JSON) AS VARCHAR[][])) AS row)`,
    [JSON.stringify(view.rows(source))],
  );
}

async function expose(
  connection: DuckDBConnection,
  target: InformationName & { readonly reader: number },
): Promise<void> {
  const { catalog, view, reader } = target;
  const filter =
    catalog === systemCatalog
      ? ''
      : ` WHERE ${quoteIdentifier(viewNamed(view).catalogColumn)} = ${quoteLiteral(catalog)}`;
  const schema = `${informationDatabase}.${quoteIdentifier(schemaOf(reader, catalog))}`;
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await connection.run(
    `CREATE OR REPLACE VIEW ${schema}.${quoteIdentifier(view)} AS ` +
      `SELECT * FROM ${informationDatabase}.${quoteIdentifier(String(reader))}.${quoteIdentifier(view)}${filter}`,
  );
}
