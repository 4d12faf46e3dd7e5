import type { Access } from '../access/access.ts';
import type { Securable } from '../access/securable.ts';
import type { Caller } from '../principals/caller.ts';
import type { Storage } from '../storage/storage.ts';
import type { TagAssignment, TaggedEntity } from '../unity/objects.ts';
import { effectiveTags } from '../unity/effective-tags.ts';
import { doesNotExist } from '../unity/unity-error.ts';
import type { Unity } from '../unity/unity.ts';
import { permissionDenied } from '../access/create-access.ts';
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
  readonly access: Access;
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
const getQuery = shape({ optional: inheritance });
const listQuery = shape({ optional: { ...inheritance, max_results: integer({ min: 0 }), page_token: text } });

export function tagRoutes(options: TagRouteOptions): readonly Route[] {
  const { unity, paging } = options;
  return [
    route(`GET ${prefix}/{entity_type}/{entity_name}/tags`, {
      query: listQuery,
      handle({ parameters, query, caller }) {
        const entity = readableEntity(options, caller, parameters);
        const tags = query.include_inherited === true ? effectiveTags(unity, entity) : directTags(unity, entity);
        const page = pageOf(tags, { maxResults: query.max_results, pageToken: query.page_token }, paging);
        return { tag_assignments: page.items.map(tagAnswer), next_page_token: page.nextPageToken };
      },
    }),
    route(`GET ${prefix}/{entity_type}/{entity_name}/tags/{tag_key}`, {
      query: getQuery,
      handle({ parameters, query, caller }) {
        const entity = readableEntity(options, caller, parameters);
        const tags = query.include_inherited === true ? effectiveTags(unity, entity) : directTags(unity, entity);
        const found = tags.find(({ key }) => key === parameters('tag_key'));
        if (found === undefined) throw tagMissing({ ...entity, key: parameters('tag_key') });
        return tagAnswer(found);
      },
    }),
    ...tagWriteRoutes(options),
  ];
}

function tagWriteRoutes(options: TagRouteOptions): readonly Route[] {
  const { storage, unity } = options;
  return [
    route(`POST ${prefix}`, {
      body: assignment,
      async handle({ body, caller }) {
        const tag = { entityType: body.entity_type, entityName: body.entity_name.toLowerCase(), key: body.tag_key };
        if (tag.key.trim() !== tag.key) throw invalidParameter('tag_key: must not begin or end with a blank');
        requireEntity(unity, tag);
        requireApplyTag(options, caller, tag);
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
    route(`PATCH ${prefix}/{entity_type}/{entity_name}/tags/{tag_key}`, {
      query: updateQuery,
      body: changedAssignment,
      async handle({ parameters, body, caller }) {
        const wanted = writableTag(options, caller, parameters);
        await storage.transaction((transaction) =>
          unity.setTag(transaction, { ...existingTag(unity, wanted), value: body.tag_value ?? '' }),
        );
        return tagAnswer(existingTag(unity, wanted));
      },
    }),
    route(`DELETE ${prefix}/{entity_type}/{entity_name}/tags/{tag_key}`, {
      async handle({ parameters, caller }) {
        const wanted = writableTag(options, caller, parameters);
        await storage.transaction((transaction) => unity.removeTag(transaction, existingTag(unity, wanted)));
        return {};
      },
    }),
  ];
}

type Entity = Pick<TagAssignment, 'entityType' | 'entityName'>;
type WantedTag = Entity & { readonly key: string };

function entityOf(unity: Unity, parameters: (name: string) => string): Entity {
  const type = entityType(parameters('entity_type'), { path: ['entity_type'] });
  const entity = { entityType: type, entityName: parameters('entity_name').toLowerCase() };
  requireEntity(unity, entity);
  return entity;
}

/** BROWSE is enough to read tags; without it they are refused, not empty. */
function readableEntity(
  { unity, access }: TagRouteOptions,
  caller: Caller,
  parameters: (name: string) => string,
): Entity {
  const entity = entityOf(unity, parameters);
  const securable = securableOf(entity);
  if (!access.sees(caller, securable)) throw permissionDenied('BROWSE', securable);
  return entity;
}

function writableTag(options: TagRouteOptions, caller: Caller, parameters: (name: string) => string): WantedTag {
  const entity = entityOf(options.unity, parameters);
  requireApplyTag(options, caller, entity);
  return { ...entity, key: parameters('tag_key') };
}

function requireApplyTag({ access }: TagRouteOptions, caller: Caller, entity: Entity): void {
  access.require(caller, 'APPLY_TAG', securableOf(entity));
}

/** A column is governed with its table. */
function securableOf({ entityType: type, entityName }: Entity): Securable {
  const singular = { catalogs: 'catalog', schemas: 'schema', tables: 'table', columns: 'table' } as const;
  return { type: singular[type], name: entityName.split('.').slice(0, 3).join('.') };
}

function requireEntity(unity: Unity, { entityType: type, entityName: name }: Entity): void {
  const missing: Partial<Record<TaggedEntity, () => boolean>> = {
    catalogs: () => unity.catalog(name) === undefined,
    schemas: () => unity.schema(name) === undefined,
    tables: () => unity.table(name) === undefined,
  };
  if (missing[type]?.() === true) {
    throw doesNotExist(type === 'catalogs' ? 'Catalog' : type === 'schemas' ? 'Schema' : 'Table', name);
  }
  if (type !== 'columns') return;
  const parts = name.split('.');
  const table = unity.table(parts.slice(0, 3).join('.'));
  if (table === undefined) throw doesNotExist('Table', parts.slice(0, 3).join('.'));
  const column = parts.slice(3).join('.');
  if (!table.columns.some((candidate) => candidate.name.toLowerCase() === column)) {
    throw resourceDoesNotExist(`Column '${column}' does not exist.`);
  }
}

function directTags(unity: Unity, { entityType: type, entityName }: Entity): readonly TagAssignment[] {
  return unity.tags(type, entityName);
}

function findTag(unity: Unity, wanted: WantedTag): TagAssignment | undefined {
  return directTags(unity, wanted).find((tag) => tag.key === wanted.key);
}

function existingTag(unity: Unity, wanted: WantedTag): TagAssignment {
  const tag = findTag(unity, wanted);
  if (tag === undefined) throw tagMissing(wanted);
  return tag;
}

function tagMissing({ key, entityName }: WantedTag): ApiError {
  return resourceDoesNotExist(`Tag assignment with tag key '${key}' does not exist on ${entityName}.`);
}
