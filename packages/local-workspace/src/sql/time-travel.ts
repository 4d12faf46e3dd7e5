import { fullNameOf } from './session.ts';
import type { ObjectName, Session } from './session.ts';
import { unsupported } from './sql-errors.ts';
import type { Token } from './lexer.ts';
import { isSymbol, isWord } from './tokens.ts';

/** `VERSION AS OF n` and `TIMESTAMP AS OF t`: only the version that is there can be read, earlier ones are not kept. */
export function endOfVersion(
  session: Session,
  tokens: readonly Token[],
  place: { readonly table: ObjectName; readonly next: number },
): number {
  const { table, next } = place;
  if (isSymbol(tokens[next], '@')) throw unsupported('time travel by @; use VERSION AS OF');
  const at = isWord(tokens[next], 'FOR') ? next + 1 : next;
  const isTravel = isWord(tokens[at], 'VERSION', 'TIMESTAMP', 'SYSTEM_VERSION', 'SYSTEM_TIME');
  if (!isTravel || !isWord(tokens[at + 1], 'AS') || !isWord(tokens[at + 2], 'OF')) return next;
  const version = tokens[at + 3];
  const current = session.unity.table(fullNameOf(table))?.version;
  const isCurrent = isWord(tokens[at], 'VERSION', 'SYSTEM_VERSION') && version?.value === String(current);
  if (isCurrent) return at + 4;
  throw unsupported(`time travel: the embedded workspace keeps the current version ${current ?? ''} of a table only`);
}
