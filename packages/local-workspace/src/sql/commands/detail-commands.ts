import type { TableObject } from '../../unity/objects.ts';
import type { Command, CommandContext } from './command.ts';
import { requireSeen } from './describe-table.ts';
import { fullNameOf, partsOf, requireTable, resolveTableName } from '../session.ts';
import { expectTable } from '../sql-errors.ts';
import type { ResultColumn } from '../statement-engine.ts';

/** DESCRIBE DETAIL table: one row with the facts that Delta keeps. Sizes are those of no files, so that they are NULL. */
export const describeDetail: Command = async (context) => {
  const table = readTable(context);
  const properties = JSON.stringify(table.properties);
  return {
    columns: [
      text('format'),
      text('id'),
      text('name'),
      text('description'),
      text('location'),
      { name: 'createdAt', typeName: 'TIMESTAMP', typeText: 'TIMESTAMP' },
      { name: 'lastModified', typeName: 'TIMESTAMP', typeText: 'TIMESTAMP' },
      { name: 'partitionColumns', typeName: 'ARRAY', typeText: 'ARRAY<STRING>' },
      { name: 'clusteringColumns', typeName: 'ARRAY', typeText: 'ARRAY<STRING>' },
      { name: 'numFiles', typeName: 'LONG', typeText: 'BIGINT' },
      { name: 'sizeInBytes', typeName: 'LONG', typeText: 'BIGINT' },
      { name: 'properties', typeName: 'MAP', typeText: 'MAP<STRING, STRING>' },
    ],
    rows: [
      [
        'delta',
        table.tableId,
        fullNameOf(table),
        table.comment ?? null,
        null,
        new Date(table.createdAt).toISOString(),
        new Date(table.updatedAt).toISOString(),
        '[]',
        '[]',
        null,
        null,
        properties,
      ],
    ],
  };
};

/** DESCRIBE HISTORY table: the commits that are known, the newest first. */
export const describeHistory: Command = async (context) => {
  const table = readTable(context);
  const known = table.commits ?? [];
  const latest =
    known[0]?.version === table.version
      ? []
      : [{ version: table.version, at: table.updatedAt, userName: table.owner, operation: 'WRITE' }];
  return {
    columns: [
      { name: 'version', typeName: 'LONG', typeText: 'BIGINT' },
      { name: 'timestamp', typeName: 'TIMESTAMP', typeText: 'TIMESTAMP' },
      text('userName'),
      text('operation'),
    ],
    rows: [...latest, ...known].map((commit) => [
      String(commit.version),
      new Date(commit.at).toISOString(),
      commit.userName,
      commit.operation,
    ]),
  };
};

function readTable({ session, cursor }: CommandContext): TableObject {
  const table = requireTable(session, resolveTableName(session, cursor.dottedName()));
  cursor.expectEnd();
  requireSeen(session, table);
  if (table.viewDefinition !== undefined) throw expectTable(partsOf(table));
  return table;
}

function text(name: string): ResultColumn {
  return { name, typeName: 'STRING', typeText: 'STRING' };
}
