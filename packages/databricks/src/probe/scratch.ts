import { qualifiedName, type JsonObject, type WriteContext } from '@dpo/core';
import { getTable } from '../api/tables.ts';
import { executeStatement, type StatementResult } from '../api/statements.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import type { ApiRequest } from '../client/request.ts';

/** Where experiments work. Whatever they make is told first how it is removed, and is removed at the end. */
export interface Scratch {
  readonly client: Client;
  readonly context: WriteContext;
  readonly warehouseId: string;
  /** `catalog.schema`. */
  readonly schema: string;
  /** Workspace folder, with `/Workspace`. */
  readonly folder: string;
  /** Part of the name of everything that is made. */
  readonly mark: string;
  /** Who probes: a name that an alert may write to. */
  readonly userName: string;
  /** How long to wait for something that may never come. */
  readonly patienceMs: number;
  sql(text: string): Promise<StatementResult>;
  /** A statement that also runs after an abort. */
  undo(text: string): Promise<StatementResult>;
  send(request: Omit<ApiRequest, 'signal' | 'abort'>): Promise<JsonObject>;
  /** Makes a table of the given query and gives its id. */
  table(name: string, query: string): Promise<string>;
  /** Makes a view and gives its id. */
  view(name: string, query: string): Promise<string>;
  /** To be called before the thing is made; what is gone already counts as removed. Last come, first removed. */
  owe(what: string, remove: () => Promise<unknown>): void;
}

export type ScratchOptions = Omit<Scratch, 'sql' | 'undo' | 'send' | 'table' | 'view' | 'owe'>;

export interface OwingScratch extends Scratch {
  /** Removes everything, also after an abort. Gives what could not be removed. */
  clear(): Promise<readonly string[]>;
}

export function createScratch(options: ScratchOptions): OwingScratch {
  const { client, context, warehouseId, schema } = options;
  const owed: { readonly what: string; readonly remove: () => Promise<unknown> }[] = [];
  const sql = async (text: string): Promise<StatementResult> =>
    executeStatement(client, { warehouseId, text, effect: 'create' }, context);
  const owe: Scratch['owe'] = (what, remove) => owed.push({ what, remove });
  return {
    ...options,
    sql,
    owe,
    undo: async (text) => executeStatement(client, { warehouseId, text, effect: 'create' }, { clock: context.clock }),
    // A write in flight is waited for, so that what it makes is known.
    send: async (request) =>
      (await client.send({ ...request, signal: context.signal, abort: 'between-attempts' })).body,
    table: async (name, query) => {
      owe(`table ${schema}.${name}`, () => drop(client, `${schema}.${name}`));
      await sql(`CREATE TABLE ${qualifiedName(...schema.split('.'), name)} AS ${query}`);
      return (await getTable(client, `${schema}.${name}`, context.signal)).tableId;
    },
    view: async (name, query) => {
      owe(`view ${schema}.${name}`, () => drop(client, `${schema}.${name}`));
      await sql(`CREATE VIEW ${qualifiedName(...schema.split('.'), name)} AS ${query}`);
      return (await getTable(client, `${schema}.${name}`, context.signal)).tableId;
    },
    clear: async () => {
      const left: string[] = [];
      for (const { what, remove } of owed.toReversed()) {
        try {
          await remove();
        } catch (error) {
          // Whatever went wrong, the rest is still to be removed.
          if (!gone.has(apiCodeOf(error) ?? '')) left.push(what);
        }
      }
      return left;
    },
  };
}

/** A second delete of what is in the trash is forbidden. */
const gone: ReadonlySet<string> = new Set(['API.NOT_FOUND', 'API.FORBIDDEN']);

export async function drop(client: Client, fullName: string): Promise<void> {
  await client.send({ method: 'DELETE', path: `/api/2.1/unity-catalog/tables/${encodeURIComponent(fullName)}` });
}
