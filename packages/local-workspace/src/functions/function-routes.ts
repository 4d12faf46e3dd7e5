import type { Access } from '../access/access.ts';
import { requireOwnerChange } from '../access/owner-change.ts';
import { schemaSecurable } from '../access/securable.ts';
import { requireVisible, visibilityOf } from '../access/visibility.ts';
import { invalidParameter } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import type { Paging } from '../api/paging.ts';
import { filledText, integer, queryFlag, shape, text } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import type { Caller } from '../principals/caller.ts';
import { SqlError } from '../sql/statement-engine.ts';
import type { StatementEngine } from '../sql/statement-engine.ts';
import type { Storage } from '../storage/storage.ts';
import { newObjectName, requireSchemaNamed } from '../unity/object-name.ts';
import type { FunctionObject } from '../unity/objects.ts';
import { alreadyExists, doesNotExist } from '../unity/unity-error.ts';
import { functionAnswer } from './function-answer.ts';
import { findFunctionNamed, functionSecurable, listFunctions, putFunction, removeFunction } from './functions.ts';
import { createStatement, newFunction } from './new-function.ts';

export interface FunctionServices {
  readonly storage: Storage;
  readonly access: Access;
  readonly engine: StatementEngine;
  readonly clock: () => Date;
  readonly metastoreId: string;
  readonly paging: Paging;
}

const prefix = '/api/2.1/unity-catalog/functions';
const listQuery = shape({
  required: { catalog_name: filledText, schema_name: filledText },
  optional: { include_browse: queryFlag, max_results: integer({ min: 0 }), page_token: text },
});
const getQuery = shape({ optional: { include_browse: queryFlag } });
const newOwner = shape({ optional: { owner: filledText } });

export function functionRoutes(services: FunctionServices): readonly Route[] {
  return [...readRoutes(services), ...writeRoutes(services)];
}

function readRoutes(services: FunctionServices): readonly Route[] {
  const { storage, access, metastoreId, paging } = services;
  return [
    route(`GET ${prefix}`, {
      query: listQuery,
      handle({ query, caller }) {
        const place = { catalog: query.catalog_name, schema: query.schema_name };
        const { catalog, name } = requireSchemaNamed(storage, place);
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        const shown = listFunctions(storage, catalog, name).flatMap((found) => {
          const visibility = visibilityOf(sight, functionSecurable(found));
          return visibility === 'hidden' ? [] : [functionAnswer(found, { metastoreId, visibility })];
        });
        const page = pageOf(shown, { maxResults: query.max_results, pageToken: query.page_token }, paging);
        return { functions: page.items, next_page_token: page.nextPageToken };
      },
    }),
    route(`GET ${prefix}/{name}`, {
      query: getQuery,
      handle({ parameters, query, caller }) {
        const found = requireFunction(services, caller, parameters('name'));
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        return functionAnswer(found, { metastoreId, visibility: requireVisible(sight, functionSecurable(found)) });
      },
    }),
  ];
}

function writeRoutes(services: FunctionServices): readonly Route[] {
  const { storage, access, clock, metastoreId } = services;
  return [
    route(`POST ${prefix}`, {
      body: newFunction,
      async handle({ body: { function_info: wanted }, caller }) {
        const place = { catalog: wanted.catalog_name, schema: wanted.schema_name };
        const schema = requireSchemaNamed(storage, place);
        access.require(caller, 'USE_SCHEMA', schemaSecurable(schema));
        access.require(caller, 'CREATE_FUNCTION', schemaSecurable(schema));
        const fullName = `${schema.catalog}.${schema.name}.${newObjectName(wanted.name)}`;
        if (findFunctionNamed(storage, fullName) !== undefined) throw alreadyExists('Function', fullName);
        await execute(services, createStatement(wanted), caller);
        const created = requireFunction(services, caller, fullName);
        return functionAnswer(created, { metastoreId, visibility: 'full' });
      },
    }),
    route(`PATCH ${prefix}/{name}`, {
      body: newOwner,
      async handle({ parameters, body: { owner: wanted }, caller }) {
        if (wanted === undefined) throw invalidParameter('UpdateFunction Nothing to update');
        const changed = await storage.transaction(async (transaction) => {
          const found = requireFunction(services, caller, parameters('name'));
          const change = { securable: functionSecurable(found), owner: wanted };
          const owner = requireOwnerChange({ storage, access, caller }, change);
          const handedOn = { ...found, owner, updatedAt: clock().getTime() };
          await putFunction(transaction, handedOn);
          return handedOn;
        });
        return functionAnswer(changed, { metastoreId, visibility: 'full' });
      },
    }),
    route(`DELETE ${prefix}/{name}`, {
      query: shape({ optional: { force: queryFlag } }),
      async handle({ parameters, caller }) {
        await storage.transaction(async (transaction) => {
          const found = requireFunction(services, caller, parameters('name'));
          access.requireManage(caller, functionSecurable(found));
          await removeFunction(transaction, found);
        });
        return {};
      },
    }),
  ];
}

function requireFunction(
  { storage, access }: Pick<FunctionServices, 'storage' | 'access'>,
  caller: Caller,
  fullName: string,
): FunctionObject {
  const [catalog = '', schema = ''] = fullName.split('.');
  const place = requireSchemaNamed(storage, { catalog, schema });
  const found = findFunctionNamed(storage, fullName);
  if (found !== undefined) return found;
  access.require(caller, 'USE_SCHEMA', schemaSecurable(place));
  throw doesNotExist('Function', fullName);
}

/** SQL makes the function, so that it can be called; what SQL refuses is a fault of the request. */
async function execute({ engine }: FunctionServices, statement: string, caller: Caller): Promise<void> {
  try {
    await engine.execute({ statement, caller });
  } catch (fault) {
    if (fault instanceof SqlError) throw invalidParameter(fault.message);
    throw fault;
  }
}
