import { alterCatalog, alterSchema, alterTable, commentOn } from './commands/alter-commands.ts';
import type { Command } from './commands/command.ts';
import { deleteFrom, insertInto, updateTable } from './commands/data-commands.ts';
import { describeTable } from './commands/describe-command.ts';
import { createSchema, dropSchema } from './commands/schema-commands.ts';
import { showCatalogs, showProperties, showSchemas, showTables, showViews } from './commands/show-commands.ts';
import { createTable, dropTable } from './commands/table-commands.ts';
import { createView } from './commands/view-commands.ts';
import type { Cursor } from './cursor.ts';
import { parseError } from './sql-errors.ts';
import type { Token } from './lexer.ts';
import { isSymbol, isWord } from './tokens.ts';

interface Route {
  readonly words: readonly string[];
  readonly command: Command;
}

const routes: readonly Route[] = [
  { words: ['CREATE', 'TABLE'], command: createTable(false) },
  { words: ['CREATE', 'OR', 'REPLACE', 'TABLE'], command: createTable(true) },
  { words: ['CREATE', 'VIEW'], command: createView(false) },
  { words: ['CREATE', 'OR', 'REPLACE', 'VIEW'], command: createView(true) },
  { words: ['CREATE', 'SCHEMA'], command: createSchema },
  { words: ['CREATE', 'DATABASE'], command: createSchema },
  { words: ['DROP', 'TABLE'], command: dropTable('table') },
  { words: ['DROP', 'VIEW'], command: dropTable('view') },
  { words: ['DROP', 'SCHEMA'], command: dropSchema },
  { words: ['DROP', 'DATABASE'], command: dropSchema },
  { words: ['ALTER', 'TABLE'], command: alterTable('table') },
  { words: ['ALTER', 'VIEW'], command: alterTable('view') },
  { words: ['ALTER', 'SCHEMA'], command: alterSchema },
  { words: ['ALTER', 'DATABASE'], command: alterSchema },
  { words: ['ALTER', 'CATALOG'], command: alterCatalog },
  { words: ['COMMENT', 'ON'], command: commentOn },
  { words: ['INSERT', 'INTO'], command: insertInto },
  { words: ['DELETE', 'FROM'], command: deleteFrom },
  { words: ['UPDATE'], command: updateTable },
  { words: ['SHOW', 'CATALOGS'], command: showCatalogs },
  { words: ['SHOW', 'SCHEMAS'], command: showSchemas },
  { words: ['SHOW', 'DATABASES'], command: showSchemas },
  { words: ['SHOW', 'TABLES'], command: showTables },
  { words: ['SHOW', 'VIEWS'], command: showViews },
  { words: ['SHOW', 'TBLPROPERTIES'], command: showProperties },
  { words: ['DESCRIBE'], command: describeTable },
  { words: ['DESC'], command: describeTable },
];

const query: Command = async ({ session, source, queries }) =>
  queries.run(session, await queries.prepare(session, source.tokens, 'once'));

/** Takes the words of the command; everything that is not listed here is PARSE_SYNTAX_ERROR and never reaches DuckDB. */
export function routeCommand(cursor: Cursor): Command {
  const first = cursor.peek();
  if (isQuery(first)) return query;
  const route = routes.find(({ words }) => cursor.take(...words));
  if (route !== undefined) return route.command;
  const hint = isWord(first, 'USE') ? ': a statement has no session; name catalog and schema in the request' : '';
  throw parseError(`Syntax error at or near '${first?.text ?? 'end of input'}'${hint}`);
}

function isQuery(token: Token | undefined): boolean {
  return isSymbol(token, '(') || isWord(token, 'SELECT', 'WITH', 'VALUES', 'FROM');
}
