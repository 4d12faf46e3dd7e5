import { tableSecurable } from '../../access/securable.ts';
import type { TableObject } from '../../unity/objects.ts';
import { change, noResult } from './command.ts';
import type { Command } from './command.ts';
import { dropData } from './drop-data.ts';
import { requireDroppable } from './rights.ts';
import { findTable, partsOf, requireTable, resolveTableName } from '../session.ts';
import { expectTable, expectView, wrongCommand } from '../sql-errors.ts';

type Kind = 'TABLE' | 'VIEW' | 'MATERIALIZED VIEW';

/** DROP TABLE, DROP VIEW and DROP MATERIALIZED VIEW; each refuses the other kinds. */
export function dropTable(kind: Kind): Command {
  return async ({ session, cursor }) => {
    const ifExists = cursor.take('IF', 'EXISTS');
    const name = resolveTableName(session, cursor.dottedName());
    cursor.take('PURGE');
    cursor.expectEnd();
    if (ifExists && findTable(session, name) === undefined) return noResult;
    return change(session, async (transaction) => {
      const found = requireTable(session, name);
      requireDroppable(session, tableSecurable(found));
      requireKind(found, kind);
      await dropData(transaction, found);
      await session.unity.dropTable(transaction, found);
    });
  };
}

function requireKind(found: TableObject, kind: Kind): void {
  const name = partsOf(found);
  if (found.tableType === 'MATERIALIZED_VIEW' && kind !== 'MATERIALIZED VIEW') {
    const instead = 'DROP MATERIALIZED VIEW';
    throw wrongCommand(name, { operation: `DROP ${kind}`, found: 'MATERIALIZED_VIEW', instead });
  }
  if (kind === 'MATERIALIZED VIEW' && found.tableType !== 'MATERIALIZED_VIEW') {
    const actual = found.viewDefinition === undefined ? 'TABLE' : 'VIEW';
    throw wrongCommand(name, { operation: 'DROP MATERIALIZED VIEW', found: actual, instead: `DROP ${actual}` });
  }
  if (found.tableType === 'VIEW' && kind === 'TABLE') throw expectTable(name);
  if (found.viewDefinition === undefined && kind === 'VIEW') throw expectView(name);
}
