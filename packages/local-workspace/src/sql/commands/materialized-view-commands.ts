import { schemaSecurable, tableSecurable } from '../../access/securable.ts';
import { readProperties } from './clauses.ts';
import { change, committed, noResult } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { dropData } from './drop-data.ts';
import { skipLayout } from './table-definition.ts';
import { quotedSource, quotedTable } from './table-name.ts';
import { readNames, replaceView } from './view-commands.ts';
import { requireSources } from '../readable.ts';
import { prepareConnection } from '../run-query.ts';
import { findTable, partsOf, requireSchema, requireTable, resolveTableName } from '../session.ts';
import { expectView, parseError, tableExists, unsupported, wrongCommand } from '../sql-errors.ts';
import { sliceFrom } from '../statement-source.ts';

/**
 * CREATE [OR REPLACE] MATERIALIZED VIEW: a table that holds the rows of its query as they were at the latest refresh. The
 * query itself is a hidden view. Whether grants survive a replace could not be verified (corrections 8); here they go, as
 * for a view.
 */
export function createMaterializedView(orReplace: boolean): Command {
  return async (context) => {
    const { session, source, cursor, queries } = context;
    const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
    const name = resolveTableName(session, cursor.dottedName());
    const named = cursor.takeSymbol('(') ? readNames(context) : undefined;
    const { comment, properties } = readClauses(context);
    cursor.expect('AS');
    const body = cursor.rest();
    requireSchema(session, name);
    const schema = schemaSecurable({ catalog: name.catalog, name: name.schema });
    session.access.require(session.caller, 'CREATE_MATERIALIZED_VIEW', schema);
    const known = findTable(session, name);
    if (known !== undefined && ifNotExists) return noResult;
    if (known !== undefined && !orReplace) throw tableExists(partsOf(name));
    if (known !== undefined && known.tableType !== 'MATERIALIZED_VIEW') throw expectView(partsOf(name));
    if (known !== undefined) session.access.requireOwner(session.caller, tableSecurable(known));
    const query = await queries.prepare(session, body, 'stored');
    return change(session, async (transaction) => {
      const { connection } = transaction;
      await prepareConnection(connection, session);
      if (known !== undefined) {
        await dropData(transaction, known);
        await session.unity.dropTable(transaction, known);
      }
      const columns = await replaceView({
        transaction,
        name: { ...name, name: `__source ${name.name}` },
        query,
        named,
      });
      await connection.run(`CREATE TABLE ${quotedTable(name)} AS SELECT * FROM ${quotedSource(name)}`);
      await session.unity.registerTable(transaction, {
        ...name,
        tableType: 'MATERIALIZED_VIEW',
        columns,
        owner: session.caller.userName,
        // The service adds the pipeline that refreshes it (corrections 8).
        properties: { ...properties, 'pipelines.pipelineId': session.ids.uuid() },
        viewDefinition: sliceFrom(source, body),
        viewDependencies: query.reads,
        ...(comment === undefined ? {} : { comment }),
      });
    });
  };
}

/** REFRESH MATERIALIZED VIEW name [SYNC | ASYNC]; done when the statement is. */
export const refreshMaterializedView: Command = async ({ session, cursor }) => {
  const name = resolveTableName(session, cursor.dottedName());
  if (!cursor.take('FULL')) cursor.take('SYNC');
  cursor.take('ASYNC');
  cursor.expectEnd();
  const view = requireTable(session, name);
  if (view.tableType !== 'MATERIALIZED_VIEW') {
    const found = view.viewDefinition === undefined ? 'TABLE' : 'VIEW';
    throw wrongCommand(partsOf(name), { operation: 'REFRESH MATERIALIZED VIEW', found, instead: 'REFRESH TABLE' });
  }
  const securable = tableSecurable(view);
  if (!session.access.manages(session.caller, securable)) session.access.require(session.caller, 'REFRESH', securable);
  requireSources(session, view);
  return change(session, async (transaction) => {
    const { connection } = transaction;
    await prepareConnection(connection, session);
    await connection.run(`DELETE FROM ${quotedTable(name)}`);
    await connection.run(`INSERT INTO ${quotedTable(name)} SELECT * FROM ${quotedSource(name)}`);
    await session.unity.updateTable(transaction, committed(session, requireTable(session, name), 'REFRESH'));
  });
};

function readClauses({ cursor }: CommandContext): {
  readonly comment: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
} {
  let comment: string | undefined;
  let properties: Readonly<Record<string, string>> = {};
  for (;;) {
    if (cursor.take('COMMENT')) comment = cursor.string();
    else if (cursor.take('TBLPROPERTIES')) properties = readProperties(cursor);
    else if (cursor.take('PARTITIONED', 'BY') || cursor.take('CLUSTER', 'BY')) skipLayout({ cursor });
    else if (cursor.take('SCHEDULE') || cursor.take('TRIGGER')) {
      throw unsupported('a materialized view with a refresh schedule; use REFRESH MATERIALIZED VIEW');
    } else if (cursor.take('WITH', 'ROW', 'FILTER')) throw parseError('a materialized view with a row filter');
    else return { comment, properties };
  }
}
