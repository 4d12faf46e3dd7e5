import type { Storage } from '../storage/storage.ts';
import type { TagAssignment, TaggedEntity } from '../unity/objects.ts';
import { doesNotExist } from '../unity/unity-error.ts';
import type { Unity } from '../unity/unity.ts';
import { ApiError, invalidParameter, resourceDoesNotExist } from './api-error.ts';
import { pageOf } from './paging.ts';
import type { Paging } from './paging.ts';
import { filledText, ignored, integer, oneOf, queryFlag, shape, text } from './reader.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';
import { tagAnswer } from './unity-answers.ts';

interface TagRouteOptions {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly paging: Paging;
}

/** Plural only: the singular forms of older documentation are refused (Terraform `entity_tag_assignment`). */
const entityType = oneOf('catalogs', 'schemas', 'tables', 'columns');
const outputFields = { inherited: ignored, source_type: ignored, update_time: ignored, updated_by: ignored };
const assignment = shape({
  required: { entity_type: entityType, entity_name: filledText, tag_key: filledText },
  optional: { tag_value: text, ...outputFields },
});
const changedAssignment = shape({
  optional: { entity_type: entityType, entity_name: text, tag_key: text, tag_value: text, ...outputFields },
});
const updateQuery = shape({ required: { update_mask: oneOf('tag_value') } });
const prefix = '/api/2.1/unity-catalog/entity-tag-assignments';
const inheritance = { include_inherited: queryFlag };
const listQuery = shape({ optional: { ...inheritance, max_results: integer({ min: 0 }), page_token: text } });

export function tagRoutes({ storage, unity, paging }: TagRouteOptions): readonly Route[] {
  return [
    route(`POST ${prefix}`, {
      body: assignment,
      async handle({ body }) {
        const tag = { entityType: body.entity_type, entityName: body.entity_name.toLowerCase(), key: body.tag_key };
        if (tag.key.trim() !== tag.key) throw invalidParameter('tag_key: must not begin or end with a blank');
        requireEntity(unity, tag.entityType, tag.entityName);
        await storage.transaction(async (transaction) => {
          if (findTag(unity, tag) !== undefined) {
            const message = `Tag assignment with tag key '${tag.key}' already exists on ${tag.entityName}.`;
            throw new ApiError(409, 'ALREADY_EXISTS', message);
          }
          await unity.setTag(transaction, { ...tag, value: body.tag_value ?? '' });
        });
        return tagAnswer(existingTag(unity, tag));
      },
    }),
    route(`GET ${prefix}/{entity_type}/{entity_name}/tags`, {
      query: listQuery,
      handle({ parameters, query }) {
        const { entityType: type, entityName } = entityOf(unity, parameters);
        const request = { maxResults: query.max_results, pageToken: query.page_token };
        const page = pageOf(unity.tags(type, entityName), request, paging);
        return { tag_assignments: page.items.map(tagAnswer), next_page_token: page.nextPageToken };
      },
    }),
    route(`GET ${prefix}/{entity_type}/{entity_name}/tags/{tag_key}`, {
      query: shape({ optional: inheritance }),
      handle: ({ parameters }) =>
        tagAnswer(existingTag(unity, { ...entityOf(unity, parameters), key: parameters('tag_key') })),
    }),
    route(`PATCH ${prefix}/{entity_type}/{entity_name}/tags/{tag_key}`, {
      query: updateQuery,
      body: changedAssignment,
      async handle({ parameters, body }) {
        const wanted = { ...entityOf(unity, parameters), key: parameters('tag_key') };
        await storage.transaction((transaction) =>
          unity.setTag(transaction, { ...existingTag(unity, wanted), value: body.tag_value ?? '' }),
        );
        return tagAnswer(existingTag(unity, wanted));
      },
    }),
    route(`DELETE ${prefix}/{entity_type}/{entity_name}/tags/{tag_key}`, {
      async handle({ parameters }) {
        const wanted = { ...entityOf(unity, parameters), key: parameters('tag_key') };
        await storage.transaction((transaction) => unity.removeTag(transaction, existingTag(unity, wanted)));
        return {};
      },
    }),
  ];
}

type Entity = Pick<TagAssignment, 'entityType' | 'entityName'>;

function entityOf(unity: Unity, parameters: (name: string) => string): Entity {
  const type = entityType(parameters('entity_type'), { path: ['entity_type'] });
  requireEntity(unity, type, parameters('entity_name'));
  return { entityType: type, entityName: parameters('entity_name').toLowerCase() };
}

function requireEntity(unity: Unity, type: TaggedEntity, name: string): void {
  if (type === 'catalogs' && unity.catalog(name) === undefined) throw doesNotExist('Catalog', name);
  if (type === 'schemas' && unity.schema(name) === undefined) throw doesNotExist('Schema', name);
  if (type === 'tables' && unity.table(name) === undefined) throw doesNotExist('Table', name);
  if (type !== 'columns') return;
  const parts = name.toLowerCase().split('.');
  const table = unity.table(parts.slice(0, 3).join('.'));
  if (table === undefined) throw doesNotExist('Table', parts.slice(0, 3).join('.'));
  const column = parts.slice(3).join('.');
  if (!table.columns.some((candidate) => candidate.name.toLowerCase() === column)) {
    throw resourceDoesNotExist(`Column '${column}' does not exist.`);
  }
}

function findTag(unity: Unity, wanted: Entity & { readonly key: string }): TagAssignment | undefined {
  return unity.tags(wanted.entityType, wanted.entityName).find((tag) => tag.key === wanted.key);
}

function existingTag(unity: Unity, wanted: Entity & { readonly key: string }): TagAssignment {
  const tag = findTag(unity, wanted);
  if (tag === undefined) {
    throw resourceDoesNotExist(`Tag assignment with tag key '${wanted.key}' does not exist on ${wanted.entityName}.`);
  }
  return tag;
}
