import { catalogSecurable, schemaSecurable, tableSecurable } from '../../access/securable.ts';
import type { Securable } from '../../access/securable.ts';
import { requireCatalog } from './catalog-commands.ts';
import type { CommandContext } from './command.ts';
import { findFunction, functionName } from '../resolve-functions.ts';
import { requireSchema, requireTable, resolveSchemaName, resolveTableName } from '../session.ts';
import type { ObjectName } from '../session.ts';
import { SqlError } from '../statement-engine.ts';
import { unresolvedRoutine } from '../call-tokens.ts';

/** `ON [TABLE | VIEW | SCHEMA | CATALOG | FUNCTION | VOLUME | METASTORE] name`, of something that exists. */
export function readSecurable({ session, cursor }: CommandContext): Securable {
  const given = types.find((word) => cursor.take(...word.split(' '))) ?? 'TABLE';
  if (given === 'METASTORE') return { type: 'metastore', name: session.unity.metastoreId };
  const parts = cursor.dottedName();
  switch (given) {
    case 'CATALOG':
      return catalogSecurable(requireCatalog(session, parts.join('.')).name);
    case 'SCHEMA':
    case 'DATABASE':
      return schemaSecurable(requireSchema(session, resolveSchemaName(session, parts)));
    case 'FUNCTION': {
      const name = functionName(session, parts);
      if (findFunction(session, name) === undefined) throw unresolvedRoutine(parts.join('.'));
      return { type: 'function', name: textOf(name) };
    }
    case 'VOLUME': {
      const name = resolveTableName(session, parts);
      if (session.storage.get('volume', textOf(name)) === undefined) {
        throw new SqlError('VOLUME_DOES_NOT_EXIST', '42704', `Volume '${textOf(name)}' does not exist.`);
      }
      return { type: 'volume', name: textOf(name) };
    }
    default:
      return tableSecurable(requireTable(session, resolveTableName(session, parts)));
  }
}

const types = [
  'METASTORE',
  'CATALOG',
  'SCHEMA',
  'DATABASE',
  'FUNCTION',
  'VOLUME',
  'MATERIALIZED VIEW',
  'TABLE',
  'VIEW',
];

function textOf({ catalog, schema, name }: ObjectName): string {
  return `${catalog}.${schema}.${name}`;
}
