import { ApiError, resourceDoesNotExist } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import { filledText, integer, oneOf, shape, ShapeFault, text } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { permissionObjectOf } from '../permissions/entries.ts';
import type { Caller } from '../principals/caller.ts';
import type { WorkspaceFiles } from './workspace-files.ts';
import { putTag, removeTag, requireTag, tagsOf, workspaceTagAnswer } from './workspace-tag.ts';
import type { TaggedObject, WorkspaceTag } from './workspace-tag.ts';

type TagServices = Pick<WorkspaceFiles, 'storage' | 'tree' | 'permissions'>;

/** SDK `TagAssignment`; there are no apps and Genie spaces here. */
const entityType = oneOf('dashboards', 'notebooks');
const tagKey: Reader<string> = (value, place) => {
  const key = filledText(value, place);
  if (/[,.:/=-]/.test(key) || key.trim() !== key) {
    throw new ShapeFault(place.path, `'${key}' must not hold , . : / - = nor begin or end with a blank`);
  }
  return key;
};
const assignment = shape({
  required: { entity_type: entityType, entity_id: filledText, tag_key: tagKey },
  optional: { tag_value: text },
});
const changedAssignment = shape({
  optional: { entity_type: entityType, entity_id: text, tag_key: text, tag_value: text },
});
const updateQuery = shape({ required: { update_mask: oneOf('tag_value') } });
const listQuery = shape({ optional: { page_size: integer({ min: 0 }), page_token: text } });
const prefix = '/api/2.0/entity-tag-assignments';
const ofEntity = `${prefix}/{entity_type}/{entity_id}/tags` as const;

/** Tags of dashboards and notebooks. No level is documented for them: they are read and changed as their object is. */
export function workspaceTagRoutes(services: TagServices): readonly Route[] {
  const { storage } = services;
  return [
    route(`POST ${prefix}`, {
      body: assignment,
      async handle({ body, caller }) {
        const object = { entityType: body.entity_type, entityId: body.entity_id };
        requireEntity(services, caller, { object, level: 'CAN_EDIT' });
        const { workspaceId } = caller;
        const tag: WorkspaceTag = { workspaceId, ...object, key: body.tag_key, value: body.tag_value ?? '' };
        await storage.transaction(async (transaction) => {
          if (tagsOf(transaction, workspaceId, object).some(({ key }) => key === tag.key)) {
            const message = `Tag assignment with tag key '${tag.key}' already exists on ${object.entityId}.`;
            throw new ApiError(409, 'ALREADY_EXISTS', message);
          }
          await putTag(transaction, tag);
        });
        return workspaceTagAnswer(tag);
      },
    }),
    route(`GET ${ofEntity}`, {
      query: listQuery,
      handle({ parameters, query, caller }) {
        const object = entityOf(services, caller, { parameters, level: 'CAN_READ' });
        const request = { maxResults: query.page_size, pageToken: query.page_token };
        const page = pageOf(tagsOf(storage, caller.workspaceId, object), request);
        return { tag_assignments: page.items.map(workspaceTagAnswer), next_page_token: page.nextPageToken };
      },
    }),
    ...singleRoutes(services),
  ];
}

function singleRoutes(services: TagServices): readonly Route[] {
  const { storage } = services;
  return [
    route(`GET ${ofEntity}/{tag_key}`, {
      handle({ parameters, caller }) {
        const object = entityOf(services, caller, { parameters, level: 'CAN_READ' });
        return workspaceTagAnswer(requireTag(storage, caller.workspaceId, { ...object, key: parameters('tag_key') }));
      },
    }),
    route(`PATCH ${ofEntity}/{tag_key}`, {
      query: updateQuery,
      body: changedAssignment,
      async handle({ parameters, body, caller }) {
        const object = entityOf(services, caller, { parameters, level: 'CAN_EDIT' });
        const changed = await storage.transaction(async (transaction) => {
          const tag = requireTag(transaction, caller.workspaceId, { ...object, key: parameters('tag_key') });
          const next = { ...tag, value: body.tag_value ?? '' };
          await putTag(transaction, next);
          return next;
        });
        return workspaceTagAnswer(changed);
      },
    }),
    route(`DELETE ${ofEntity}/{tag_key}`, {
      async handle({ parameters, caller }) {
        const object = entityOf(services, caller, { parameters, level: 'CAN_EDIT' });
        await storage.transaction(async (transaction) =>
          removeTag(
            transaction,
            requireTag(transaction, caller.workspaceId, { ...object, key: parameters('tag_key') }),
          ),
        );
        return {};
      },
    }),
  ];
}

type TagLevel = 'CAN_READ' | 'CAN_EDIT';

function entityOf(
  services: TagServices,
  caller: Caller,
  { parameters, level }: { readonly parameters: (name: string) => string; readonly level: TagLevel },
): TaggedObject {
  const type = entityType(parameters('entity_type'), { path: ['entity_type'] });
  const object = { entityType: type, entityId: parameters('entity_id') };
  requireEntity(services, caller, { object, level });
  return object;
}

/** One that is in the tree: what lies in the trash has no tags to be seen. */
function requireEntity(
  { storage, tree, permissions }: TagServices,
  caller: Caller,
  { object, level }: { readonly object: TaggedObject; readonly level: TagLevel },
): void {
  const { entityType: type, entityId } = object;
  const found =
    type === 'dashboards'
      ? tree.findByResource(storage, caller.workspaceId, entityId)
      : tree.findById(storage, caller.workspaceId, Number(entityId));
  const known = found === undefined ? undefined : permissionObjectOf(found);
  if (known?.type !== type) throw resourceDoesNotExist(`${type} ${entityId} does not exist.`);
  permissions.require(caller, level, known);
}
