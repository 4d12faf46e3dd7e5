import type { Access } from '../access/access.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import type { Unity } from '../unity/unity.ts';
import { routeCommand } from './command-router.ts';
import { installFunction } from './compile-function.ts';
import { createCursor } from './cursor.ts';
import { expandIdentifiers } from './expand-identifiers.ts';
import { createInformationTables } from './information/information-tables.ts';
import { readParameters } from './parameters.ts';
import { createQueryRunner } from './run-query.ts';
import { installFunctions } from './functions/install-functions.ts';
import { toSqlError } from './sql-errors.ts';
import { loadPolyglotTranslator } from './sql-translator.ts';
import type { SqlTranslator } from './sql-translator.ts';
import type { StatementEngine } from './statement-engine.ts';
import { readStatement } from './statement-source.ts';
import { createQueryTranslator } from './translate-query.ts';

export interface StatementEngineOptions {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly access: Access;
  readonly behaviour: Behaviour;
  readonly ids: Pick<Ids, 'uuid'>;
  /** The workspace clock: `current_timestamp()` and the times of what a statement changes. */
  readonly clock: () => Date;
  /** Stands in for the translator of `@polyglot-sql/sdk`; loaded for the first query. */
  readonly loadTranslator?: () => Promise<SqlTranslator>;
}

/** Defaults of a request without catalog or schema. */
const defaults = { catalog: 'main', schema: 'default' };

/** Commands work on Unity Catalog; only queries are translated and reach DuckDB, after the guard has seen them. */
export function createStatementEngine(options: StatementEngineOptions): StatementEngine {
  const { storage, unity, access, behaviour, ids, clock } = options;
  const translator = createQueryTranslator(options.loadTranslator ?? loadPolyglotTranslator);
  const information = createInformationTables({ storage, unity, access, behaviour });
  const queries = createQueryRunner(installFunction);
  let installed: Promise<void> | undefined;
  return {
    async execute(request) {
      try {
        const parameters = readParameters(request);
        const read = readStatement(request.statement);
        const source = { ...read, tokens: expandIdentifiers(read.tokens, parameters) };
        const cursor = createCursor(source.tokens);
        const command = routeCommand(cursor);
        const session = {
          storage,
          unity,
          translator,
          information,
          access,
          behaviour,
          ids,
          caller: request.caller,
          catalog: (request.catalog ?? defaults.catalog).toLowerCase(),
          schema: (request.schema ?? defaults.schema).toLowerCase(),
          now: clock().getTime(),
          parameters,
        };
        installed ??= storage.transaction(installFunctions).catch((fault: unknown) => {
          installed = undefined;
          throw fault;
        });
        await installed;
        return await command({ session, source, cursor, queries });
      } catch (fault) {
        throw toSqlError(fault);
      }
    },
  };
}
