import type { Access } from '../access/access.ts';
import { schemaSecurable } from '../access/securable.ts';
import type { Storage } from '../storage/storage.ts';
import { managedSchemaProperties } from '../unity/create-unity.ts';
import type { SchemaObject } from '../unity/objects.ts';
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
const newSchema = shape({
  required: { name: filledText, catalog_name: filledText },
  optional: { comment: text, properties: record(text), storage_root: text },
});
const deleteQuery = shape({ optional: { force: queryFlag } });
const changedSchema = shape({ optional: { comment: text, properties: record(text), owner: filledText } });

export function schemaRoutes(options: SchemaRouteOptions): readonly Route[] {
  const { unity, paging } = options;
  return [
    route('GET /api/2.1/unity-catalog/schemas', {
      query: listQuery,
      handle({ query }) {
        if (unity.catalog(query.catalog_name) === undefined) throw doesNotExist('Catalog', query.catalog_name);
        const request = { maxResults: query.max_results, pageToken: query.page_token };
        const page = pageOf(unity.schemas(query.catalog_name), request, paging);
        const schemas = page.items.map((schema) => schemaAnswer(schema, unity.metastoreId));
        return { schemas, next_page_token: page.nextPageToken };
      },
    }),
    route('GET /api/2.1/unity-catalog/schemas/{full_name}', {
      query: shape({ optional: { include_browse: queryFlag } }),
      handle: ({ parameters }) => schemaAnswer(existingSchema(unity, parameters('full_name')), unity.metastoreId),
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
        const { comment, properties } = body;
        const wanted = { catalog: body.catalog_name, name: body.name, owner: caller.userName };
        const created = await storage.transaction((transaction) =>
          unity.createSchema(transaction, {
            ...wanted,
            ...(comment === undefined ? {} : { comment }),
            ...(properties === undefined ? {} : { properties: { ...properties } }),
          }),
        );
        return schemaAnswer(created, unity.metastoreId);
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
        return schemaAnswer(existingSchema(unity, name), unity.metastoreId);
      },
    }),
    route('DELETE /api/2.1/unity-catalog/schemas/{full_name}', {
      query: deleteQuery,
      async handle({ parameters, query, caller }) {
        await storage.transaction(async (transaction) => {
          const schema = existingSchema(unity, parameters('full_name'));
          access.requireOwner(caller, schemaSecurable(schema));
          if (query.force !== true && unity.tables(schema.catalog, schema.name).length > 0) {
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
