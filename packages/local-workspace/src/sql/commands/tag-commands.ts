import type { Securable } from '../../access/securable.ts';
import type { TaggedEntity } from '../../unity/objects.ts';
import { readKeys, readTags } from './clauses.ts';
import { change } from './command.ts';
import type { CommandContext } from './command.ts';
import type { StatementResult } from '../statement-engine.ts';

export interface TagTarget {
  readonly entityType: TaggedEntity;
  readonly entityName: string;
  /** The object whose owner, or holder of APPLY TAG, may tag it. */
  readonly securable: Securable;
}

/** `SET TAGS (...)` or `UNSET TAGS (...)`; nothing when another clause stands there. */
export async function alterTags(context: CommandContext, target: TagTarget): Promise<StatementResult | undefined> {
  const { session, cursor } = context;
  const { entityType, entityName, securable } = target;
  const sets = cursor.take('SET', 'TAGS');
  if (!sets && !cursor.take('UNSET', 'TAGS')) return undefined;
  session.access.require(session.caller, 'APPLY_TAG', securable);
  const tags = sets ? readTags(cursor) : {};
  const keys = sets ? [] : readKeys(cursor);
  cursor.expectEnd();
  return change(session, async (transaction) => {
    for (const [key, value] of Object.entries(tags)) {
      await session.unity.setTag(transaction, { entityType, entityName, key, value });
    }
    for (const key of keys) await session.unity.removeTag(transaction, { entityType, entityName, key });
  });
}
