import { requireGrantee } from '../../access/grantee.ts';
import { changeGrants, grantsOn } from '../../access/grants.ts';
import { privileges, privilegeText } from '../../access/privilege.ts';
import type { Privilege } from '../../access/privilege.ts';
import { parentsOf } from '../../access/securable.ts';
import type { Securable } from '../../access/securable.ts';
import { namesOf } from '../../principals/caller.ts';
import { change, stringTable } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { readSecurable } from './securable-name.ts';
import { parseError } from '../sql-errors.ts';
import { isSymbol, isWord } from '../tokens.ts';

/** GRANT privilege, ... ON securable TO principal */
export const grant: Command = async (context) => changeTo(context, 'TO');

/** REVOKE privilege, ... ON securable FROM principal */
export const revoke: Command = async (context) => changeTo(context, 'FROM');

async function changeTo(context: CommandContext, direction: 'TO' | 'FROM') {
  const { session, cursor } = context;
  const listed = readPrivileges(context);
  cursor.expect('ON');
  const securable = readSecurable(context);
  cursor.expect(direction);
  const named = readPrincipal(context);
  cursor.expectEnd();
  session.access.requireManage(session.caller, securable);
  const principal = requireGrantee(session.storage, securable, named);
  const [add, remove] = direction === 'TO' ? [listed, []] : [[], listed];
  return change(session, async (transaction) => {
    await changeGrants(transaction, securable, [{ principal, add, remove }]);
  });
}

function readPrivileges({ cursor }: CommandContext): readonly Privilege[] {
  const listed: Privilege[] = [];
  do {
    const words: string[] = [];
    while (!isSymbol(cursor.peek(), ',') && !isWord(cursor.peek(), 'ON')) words.push(cursor.name().toUpperCase());
    const privilege = privileges.find((known) => known === words.join('_'));
    if (privilege === undefined) throw parseError(`Syntax error at or near '${words.join(' ')}': no privilege`);
    listed.push(privilege);
  } while (cursor.takeSymbol(','));
  return listed;
}

function readPrincipal({ cursor }: CommandContext): string {
  return cursor.peek()?.kind === 'string' ? cursor.string() : cursor.name();
}

/**
 * SHOW GRANTS [principal] ON securable: those on the object and those it inherits. Who does not manage the object sees his
 * own alone (corrections 16).
 */
export const showGrants: Command = async (context) => {
  const { session, cursor } = context;
  const wanted = isWord(cursor.peek(), 'ON') ? undefined : readPrincipal(context).toLowerCase();
  cursor.expect('ON');
  const securable = readSecurable(context);
  cursor.expectEnd();
  const { access, caller, storage } = session;
  const own = namesOf(caller).map((name) => name.toLowerCase());
  const all = access.manages(caller, securable);
  const rows = [securable, ...parentsOf(securable)].flatMap((place) =>
    Object.entries(grantsOn(storage, place))
      .filter(([principal]) => wanted === undefined || principal.toLowerCase() === wanted)
      .filter(([principal]) => all || own.includes(principal.toLowerCase()))
      .flatMap(([principal, list]) => list.map((privilege) => rowOf(principal, privilege, place))),
  );
  return stringTable(['Principal', 'ActionType', 'ObjectType', 'ObjectKey'], rows);
};

function rowOf(principal: string, privilege: Privilege, { type, name }: Securable): readonly string[] {
  return [principal, privilegeText(privilege), type.toUpperCase(), name];
}
