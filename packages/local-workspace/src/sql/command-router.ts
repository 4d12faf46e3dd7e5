import { alterCatalog, createCatalog, dropCatalog } from './commands/catalog-commands.ts';
import { alterTable } from './commands/alter-table-commands.ts';
import type { Command } from './commands/command.ts';
import { commentOn } from './commands/comment-command.ts';
import { deleteFrom, truncateTable, updateTable } from './commands/data-commands.ts';
import { describeCatalog, describeFunction, describeSchema, describeTable } from './commands/describe-commands.ts';
import { describeDetail, describeHistory } from './commands/detail-commands.ts';
import { dropTable } from './commands/drop-commands.ts';
import { createFunction, dropFunction } from './commands/function-commands.ts';
import { grant, revoke, showGrants } from './commands/grant-commands.ts';
import { insertInto, insertOverwrite } from './commands/insert-command.ts';
import { analyzeTable, explain, optimizeTable, resetOption, setOption } from './commands/maintenance-commands.ts';
import { createMaterializedView, refreshMaterializedView } from './commands/materialized-view-commands.ts';
import { mergeInto } from './commands/merge-command.ts';
import { alterSchema, createSchema, dropSchema } from './commands/schema-commands.ts';
import {
  showCatalogs,
  showFunctions,
  showSchemas,
  showTableExtended,
  showTables,
  showViews,
  showVolumes,
} from './commands/show-commands.ts';
import { showColumns, showCreateTable, showPartitions, showProperties } from './commands/show-table-commands.ts';
import { createTable } from './commands/table-commands.ts';
import { createView } from './commands/view-commands.ts';
import type { Cursor } from './cursor.ts';
import { parseError } from './sql-errors.ts';
import { createVolumeCommand, dropVolumeCommand } from './commands/volume-commands.ts';
import type { Token } from './lexer.ts';
import { isSymbol, isWord } from './tokens.ts';

/** Words a command begins with; the longer of two that fit stands first. */
const routes: readonly (readonly [words: string, command: Command])[] = [
  ['CREATE TABLE', createTable(false)],
  ['CREATE OR REPLACE TABLE', createTable(true)],
  ['CREATE VIEW', createView(false)],
  ['CREATE OR REPLACE VIEW', createView(true)],
  ['CREATE MATERIALIZED VIEW', createMaterializedView(false)],
  ['CREATE OR REPLACE MATERIALIZED VIEW', createMaterializedView(true)],
  ['CREATE FUNCTION', createFunction(false)],
  ['CREATE OR REPLACE FUNCTION', createFunction(true)],
  ['CREATE CATALOG', createCatalog],
  ['CREATE SCHEMA', createSchema],
  ['CREATE DATABASE', createSchema],
  ['CREATE VOLUME', createVolumeCommand],
  ['DROP TABLE', dropTable('TABLE')],
  ['DROP VIEW', dropTable('VIEW')],
  ['DROP MATERIALIZED VIEW', dropTable('MATERIALIZED VIEW')],
  ['DROP FUNCTION', dropFunction],
  ['DROP CATALOG', dropCatalog],
  ['DROP SCHEMA', dropSchema],
  ['DROP DATABASE', dropSchema],
  ['DROP VOLUME', dropVolumeCommand],
  ['ALTER TABLE', alterTable('table')],
  ['ALTER VIEW', alterTable('view')],
  ['ALTER MATERIALIZED VIEW', alterTable('view')],
  ['ALTER SCHEMA', alterSchema],
  ['ALTER DATABASE', alterSchema],
  ['ALTER CATALOG', alterCatalog],
  ['COMMENT ON', commentOn],
  ['INSERT INTO', insertInto],
  ['INSERT OVERWRITE', insertOverwrite],
  ['DELETE FROM', deleteFrom],
  ['TRUNCATE TABLE', truncateTable],
  ['UPDATE', updateTable],
  ['MERGE INTO', mergeInto],
  ['REFRESH MATERIALIZED VIEW', refreshMaterializedView],
  ['REFRESH TABLE', analyzeTable],
  ['OPTIMIZE', optimizeTable],
  ['VACUUM', optimizeTable],
  ['ANALYZE TABLE', analyzeTable],
  ['GRANT', grant],
  ['REVOKE', revoke],
  ['SHOW GRANTS', showGrants],
  ['SHOW GRANT', showGrants],
  ['SHOW CATALOGS', showCatalogs],
  ['SHOW SCHEMAS', showSchemas],
  ['SHOW DATABASES', showSchemas],
  ['SHOW TABLES', showTables],
  ['SHOW TABLE EXTENDED', showTableExtended],
  ['SHOW VIEWS', showViews],
  ['SHOW VOLUMES', showVolumes],
  ['SHOW COLUMNS', showColumns],
  ['SHOW TBLPROPERTIES', showProperties],
  ['SHOW CREATE TABLE', showCreateTable],
  ['SHOW PARTITIONS', showPartitions],
  ['SHOW FUNCTIONS', showFunctions('all')],
  ['SHOW ALL FUNCTIONS', showFunctions('all')],
  ['SHOW USER FUNCTIONS', showFunctions('user')],
  ['SHOW SYSTEM FUNCTIONS', showFunctions('system')],
  ...['DESCRIBE', 'DESC'].flatMap((word): readonly (readonly [string, Command])[] => [
    [`${word} SCHEMA`, describeSchema],
    [`${word} DATABASE`, describeSchema],
    [`${word} CATALOG`, describeCatalog],
    [`${word} FUNCTION`, describeFunction],
    [`${word} DETAIL`, describeDetail],
    [`${word} HISTORY`, describeHistory],
    [word, describeTable],
  ]),
  ['EXPLAIN', explain],
  ['SET', setOption],
  ['RESET', resetOption],
];

const query: Command = async ({ session, source, queries }) =>
  queries.run(session, await queries.prepare(session, source.tokens, 'once'));

/** Takes the words of the command; everything that is not listed here is PARSE_SYNTAX_ERROR and never reaches DuckDB. */
export function routeCommand(cursor: Cursor): Command {
  const first = cursor.peek();
  if (isQuery(first)) return query;
  const route = routes.find(([words]) => cursor.take(...words.split(' ')));
  if (route !== undefined) return route[1];
  const hint = isWord(first, 'USE') ? ': a statement has no session; name catalog and schema in the request' : '';
  throw parseError(`Syntax error at or near '${first?.text ?? 'end of input'}'${hint}`);
}

function isQuery(token: Token | undefined): boolean {
  return isSymbol(token, '(') || isWord(token, 'SELECT', 'WITH', 'VALUES', 'FROM');
}
