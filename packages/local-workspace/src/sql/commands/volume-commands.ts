import { schemaSecurable } from '../../access/securable.ts';
import { createVolume, dropVolume, findVolume, volumeName, volumeSecurable } from '../../volumes/volumes.ts';
import { requireSchema, resolveTableName } from '../session.ts';
import { unsupported } from '../sql-errors.ts';
import { SqlError } from '../statement-engine.ts';
import { change, noResult } from './command.ts';
import type { Command } from './command.ts';
import { requireDroppable } from './rights.ts';

/** CREATE VOLUME [IF NOT EXISTS] name [COMMENT text]; an external one needs storage that is not here. */
export const createVolumeCommand: Command = async ({ session, cursor }) => {
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const name = resolveTableName(session, cursor.dottedName());
  if (cursor.take('LOCATION')) throw unsupported('a volume with a LOCATION');
  const comment = cursor.take('COMMENT') ? cursor.string() : undefined;
  cursor.expectEnd();
  return change(session, async (transaction) => {
    const schema = requireSchema(session, { catalog: name.catalog, schema: name.schema });
    if (findVolume(transaction, volumeName(name)) !== undefined) {
      if (ifNotExists) return;
      throw new SqlError('VOLUME_ALREADY_EXISTS', '42000', `Volume '${volumeName(name)}' already exists.`);
    }
    session.access.require(session.caller, 'CREATE_VOLUME', schemaSecurable(schema));
    await createVolume(
      transaction,
      { ids: session.ids, now: session.now },
      { ...name, volumeType: 'MANAGED', owner: session.caller.userName, ...(comment === undefined ? {} : { comment }) },
    );
  });
};

/** DROP VOLUME [IF EXISTS] name: its files go with it. */
export const dropVolumeCommand: Command = async ({ session, cursor }) => {
  const ifExists = cursor.take('IF', 'EXISTS');
  const name = resolveTableName(session, cursor.dottedName());
  cursor.expectEnd();
  if (ifExists && findVolume(session.storage, volumeName(name)) === undefined) return noResult;
  return change(session, async (transaction) => {
    const volume = findVolume(transaction, volumeName(name));
    if (volume === undefined) {
      throw new SqlError('VOLUME_DOES_NOT_EXIST', '42704', `Volume '${volumeName(name)}' does not exist.`);
    }
    requireDroppable(session, volumeSecurable(volume));
    await dropVolume(transaction, volume);
  });
};
