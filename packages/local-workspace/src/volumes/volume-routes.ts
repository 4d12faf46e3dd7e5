import type { Access } from '../access/access.ts';
import { requireOwnerChange } from '../access/owner-change.ts';
import { schemaSecurable } from '../access/securable.ts';
import { requireVisible, visibilityOf } from '../access/visibility.ts';
import { invalidParameter } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import type { Paging } from '../api/paging.ts';
import { filledText, integer, oneOf, queryFlag, shape, text } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import { newObjectName, requireSchemaNamed } from '../unity/object-name.ts';
import { requireExistingVolume } from '../volume-files/located-volume.ts';
import { checkStorageLocation } from './storage-location.ts';
import { volumeAnswer } from './volume-answer.ts';
import { changeVolume, createVolume, dropVolume, listVolumes, volumeSecurable } from './volumes.ts';

export interface VolumeServices {
  readonly storage: Storage;
  readonly access: Access;
  readonly ids: Ids;
  readonly clock: () => Date;
  readonly metastoreId: string;
  readonly paging: Paging;
}

const prefix = '/api/2.1/unity-catalog/volumes';
/** The service's own limit of a page (`VolumesAPI.list`). */
const largestPage = 10_000;
const listQuery = shape({
  required: { catalog_name: filledText, schema_name: filledText },
  optional: { include_browse: queryFlag, max_results: integer({ min: 0 }), page_token: text },
});
const getQuery = shape({ optional: { include_browse: queryFlag } });
const newVolume = shape({
  required: {
    catalog_name: filledText,
    schema_name: filledText,
    name: filledText,
    volume_type: oneOf('MANAGED', 'EXTERNAL'),
  },
  optional: { comment: text, storage_location: filledText },
});
const changedVolume = shape({ optional: { comment: text, new_name: filledText, owner: filledText } });

export function volumeRoutes(services: VolumeServices): readonly Route[] {
  return [...readRoutes(services), ...writeRoutes(services)];
}

function readRoutes({ storage, access, metastoreId, paging }: VolumeServices): readonly Route[] {
  return [
    route(`GET ${prefix}`, {
      query: listQuery,
      handle({ query, caller }) {
        const { catalog, name } = requireSchemaNamed(storage, {
          catalog: query.catalog_name,
          schema: query.schema_name,
        });
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        const shown = listVolumes(storage, catalog, name).flatMap((volume) => {
          const visibility = visibilityOf(sight, volumeSecurable(volume));
          return visibility === 'hidden' ? [] : [volumeAnswer(volume, { metastoreId, visibility })];
        });
        const maxResults = Math.min(query.max_results || largestPage, largestPage);
        const page = pageOf(shown, { maxResults, pageToken: query.page_token }, paging);
        return { volumes: page.items, next_page_token: page.nextPageToken };
      },
    }),
    route(`GET ${prefix}/{name}`, {
      query: getQuery,
      handle({ parameters, query, caller }) {
        const volume = requireExistingVolume({ storage, access }, caller, parameters('name'));
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        return volumeAnswer(volume, { metastoreId, visibility: requireVisible(sight, volumeSecurable(volume)) });
      },
    }),
  ];
}

function writeRoutes(services: VolumeServices): readonly Route[] {
  const { storage, access, ids, clock, metastoreId } = services;
  return [
    route(`POST ${prefix}`, {
      body: newVolume,
      async handle({ body, caller }) {
        const name = newObjectName(body.name);
        const created = await storage.transaction(async (transaction) => {
          const schema = requireSchemaNamed(transaction, { catalog: body.catalog_name, schema: body.schema_name });
          access.require(caller, 'USE_SCHEMA', schemaSecurable(schema));
          access.require(caller, 'CREATE_VOLUME', schemaSecurable(schema));
          const volumeType = body.volume_type;
          checkStorageLocation(transaction, { volumeType, location: body.storage_location });
          const ports = { ids, now: clock().getTime() };
          return createVolume(transaction, ports, {
            catalog: schema.catalog,
            schema: schema.name,
            name,
            volumeType,
            owner: caller.userName,
            ...(body.comment === undefined ? {} : { comment: body.comment }),
            ...(body.storage_location === undefined ? {} : { storageLocation: body.storage_location }),
          });
        });
        return volumeAnswer(created, { metastoreId, visibility: 'full' });
      },
    }),
    route(`PATCH ${prefix}/{name}`, {
      body: changedVolume,
      async handle({ parameters, body, caller }) {
        const { comment, new_name: newName, owner } = body;
        if (Object.keys(body).length === 0) throw invalidParameter('UpdateVolume Nothing to update');
        const changed = await storage.transaction(async (transaction) => {
          const volume = requireExistingVolume({ storage, access }, caller, parameters('name'));
          const securable = volumeSecurable(volume);
          if (comment !== undefined || newName !== undefined) access.requireManage(caller, securable);
          const newOwner = owner && requireOwnerChange({ storage, access, caller }, { securable, owner });
          return changeVolume(transaction, volume, {
            updatedAt: clock().getTime(),
            ...(comment === undefined ? {} : { comment }),
            ...(newName === undefined ? {} : { name: newObjectName(newName) }),
            ...(newOwner === undefined ? {} : { owner: newOwner }),
          });
        });
        return volumeAnswer(changed, { metastoreId, visibility: 'full' });
      },
    }),
    route(`DELETE ${prefix}/{name}`, {
      async handle({ parameters, caller }) {
        await storage.transaction(async (transaction) => {
          const volume = requireExistingVolume({ storage, access }, caller, parameters('name'));
          access.requireManage(caller, volumeSecurable(volume));
          await dropVolume(transaction, volume);
        });
        return {};
      },
    }),
  ];
}
