import type { Access } from '../access/access.ts';
import { catalogSecurable, schemaSecurable } from '../access/securable.ts';
import { requireVisible, visibilityOf } from '../access/visibility.ts';
import type { Storage } from '../storage/storage.ts';
import { managedSchemaProperties } from '../unity/create-unity.ts';
import type { SchemaObject } from '../unity/objects.ts';
import { isEmptySchema } from '../unity/is-empty-schema.ts';
import { doesNotExist } from '../unity/unity-error.ts';
import type { Unity } from '../unity/unity.ts';
import { ApiError, invalidParameter } from './api-error.ts';
import { pageOf } from './paging.ts';
import type { Paging } from './paging.ts';
import { filledText, integer, queryFlag, record, shape, text } from './reader.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';
import { schemaAnswer } from './unity-answers.ts';

interface SchemaRouteOptions {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly paging: Paging;
  readonly access: Access;
}

const listQuery = shape({
  required: { catalog_name: filledText },
  optional: { include_browse: queryFlag, max_results: integer({ min: 0 }), page_token: text },
});
const getQuery = shape({ optional: { include_browse: queryFlag } });
const newSchema = shape({
  required: { name: filledText, catalog_name: filledText },
  optional: { comment: text, properties: record(text), storage_root: text },
});
const deleteQuery = shape({ optional: { force: queryFlag } });
const changedSchema = shape({ optional: { comment: text, properties: record(text), owner: filledText } });

export function schemaRoutes(options: SchemaRouteOptions): readonly Route[] {
  const { unity, access, paging } = options;
  return [
    route('GET /api/2.1/unity-catalog/schemas', {
      query: listQuery,
      handle({ query, caller }) {
        if (unity.catalog(query.catalog_name) === undefined) throw doesNotExist('Catalog', query.catalog_name);
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        const shown = unity.schemas(query.catalog_name).flatMap((schema) => {
          const visibility = visibilityOf(sight, schemaSecurable(schema));
          return visibility === 'hidden' ? [] : [schemaAnswer(schema, { ...unity, visibility })];
        });
        const request = { maxResults: query.max_results, pageToken: query.page_token };
        const page = pageOf(shown, request, paging);
        return { schemas: page.items, next_page_token: page.nextPageToken };
      },
    }),
    route('GET /api/2.1/unity-catalog/schemas/{full_name}', {
      query: getQuery,
      handle({ parameters, query, caller }) {
        const schema = existingSchema(unity, parameters('full_name'));
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        return schemaAnswer(schema, { ...unity, visibility: requireVisible(sight, schemaSecurable(schema)) });
      },
    }),
    ...schemaWriteRoutes(options),
  ];
}

function schemaWriteRoutes(options: SchemaRouteOptions): readonly Route[] {
  const { storage, unity, access } = options;
  return [
    route('POST /api/2.1/unity-catalog/schemas', {
      body: newSchema,
      async handle({ body, caller }) {
        if (!/^[^\s./\p{Cc}]+$/u.test(body.name)) throw invalidParameter(`name: '${body.name}' is not a valid name`);
        if (unity.catalog(body.catalog_name) === undefined) throw doesNotExist('Catalog', body.catalog_name);
        access.require(caller, 'USE_CATALOG', catalogSecurable(body.catalog_name));
        access.require(caller, 'CREATE_SCHEMA', catalogSecurable(body.catalog_name));
        const { comment, properties } = body;
        const wanted = { catalog: body.catalog_name, name: body.name, owner: caller.userName };
        const created = await storage.transaction((transaction) =>
          unity.createSchema(transaction, {
            ...wanted,
            ...(comment === undefined ? {} : { comment }),
            ...(properties === undefined ? {} : { properties: { ...properties } }),
          }),
        );
        return schemaAnswer(created, { ...unity, visibility: 'full' });
      },
    }),
    route('PATCH /api/2.1/unity-catalog/schemas/{full_name}', {
      body: changedSchema,
      async handle({ parameters, body, caller }) {
        const name = parameters('full_name').toLowerCase();
        // Recorded text: databricks/cli acceptance/bundle/resources/schemas/drift.
        if (Object.keys(body).length === 0) throw invalidParameter('UpdateSchema Nothing to update');
        await storage.transaction(async (transaction) => {
          const schema = existingSchema(unity, name);
          access.requireOwner(caller, schemaSecurable(schema));
          const properties = body.properties && { ...body.properties, ...managedSchemaProperties };
          await unity.updateSchema(transaction, { ...schema, ...body, ...(properties && { properties }) });
        });
        return schemaAnswer(existingSchema(unity, name), { ...unity, visibility: 'full' });
      },
    }),
    route('DELETE /api/2.1/unity-catalog/schemas/{full_name}', {
      query: deleteQuery,
      async handle({ parameters, query, caller }) {
        await storage.transaction(async (transaction) => {
          const schema = existingSchema(unity, parameters('full_name'));
          // The owner of the catalog may delete too (`SchemasAPI.delete`).
          if (!access.owns(caller, catalogSecurable(schema.catalog))) {
            access.requireOwner(caller, schemaSecurable(schema));
          }
          if (query.force !== true && !isEmptySchema({ storage, unity }, schema)) {
            throw new ApiError(400, 'INVALID_STATE', `Schema '${schema.catalog}.${schema.name}' is not empty`);
          }
          await unity.dropSchema(transaction, schema);
        });
        return {};
      },
    }),
  ];
}

function existingSchema(unity: Unity, name: string): SchemaObject {
  const schema = unity.schema(name);
  if (schema === undefined) throw doesNotExist('Schema', name);
  return schema;
}
