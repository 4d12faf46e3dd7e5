import { isDpoError, type JsonObject } from '@dpo/core';
import { objectsField, textField } from '../api/fields.ts';
import type { Scratch } from './scratch.ts';
import { answered, type Sighting } from './sighting.ts';

const path = '/api/2.0/lakeview/dashboards';

/** Etags, paths and permissions, seen on one draft that is never published. */
export async function probeDashboard(scratch: Scratch): Promise<readonly Sighting[]> {
  const { mark, folder, warehouseId } = scratch;
  const content = pages('one');
  const body = { display_name: mark, warehouse_id: warehouseId, serialized_dashboard: content, parent_path: folder };
  const made = await scratch.send({ method: 'POST', path, body });
  const id = textField(made, 'dashboard_id') ?? '';
  scratch.owe(`dashboard ${id}`, () => scratch.client.send({ method: 'DELETE', path: `${path}/${id}` }));
  const first = await read(scratch, id);
  const same = { warehouse_id: warehouseId, serialized_dashboard: textField(first, 'serialized_dashboard') ?? '' };
  await scratch.send({ method: 'PATCH', path: `${path}/${id}`, body: { ...same, display_name: `${mark} renamed` } });
  const renamed = await read(scratch, id);
  const changed = { display_name: `${mark} renamed`, warehouse_id: warehouseId };
  await scratch.send({
    method: 'PATCH',
    path: `${path}/${id}`,
    body: { ...changed, serialized_dashboard: pages('two') },
  });
  const current = { ...changed, serialized_dashboard: pages('three') };
  const stale = await staleEtag(scratch, { id, body: current, etag: textField(first, 'etag') ?? '' });
  const prefixed = await answered(
    scratch.send({ method: 'PATCH', path: `${path}/${id}`, body: { ...current, parent_path: folder } }),
  );
  return [
    {
      name: 'dashboard_metadata_etag',
      value: textField(renamed, 'etag') === textField(first, 'etag') ? 'kept' : 'bumped',
    },
    { name: 'dashboard_etag', value: stale },
    { name: 'dashboard_parent_prefix', value: prefixed.status === 'done' ? 'accepted' : 'refused' },
    ...(await ownManagement(scratch, id)),
  ];
}

/** A refusal counts only if the same change without the etag is accepted. A conflict is tried again, as every request. */
async function staleEtag(
  scratch: Scratch,
  { id, body, etag }: { readonly id: string; readonly body: JsonObject; readonly etag: string },
): Promise<'ignored' | 'enforced'> {
  const send = (more: JsonObject): Promise<JsonObject> =>
    scratch.send({ method: 'PATCH', path: `${path}/${id}`, body: { ...body, ...more } });
  try {
    await send({ etag });
    return 'ignored';
  } catch (error) {
    if (!isDpoError(error)) throw error;
    await send({});
    return 'enforced';
  }
}

/** Whoever manages it through a folder or as an admin loses nothing, so that nothing is seen. */
async function ownManagement(scratch: Scratch, id: string): Promise<readonly Sighting[]> {
  const permissions = `/api/2.0/permissions/dashboards/${id}`;
  const list = { access_control_list: [{ group_name: 'users', permission_level: 'CAN_READ' }] };
  const asked = await answered(scratch.send({ method: 'PUT', path: permissions, body: list }));
  if (asked.status === 'refused') return [{ name: 'permission_own_management', value: 'refused' }];
  const mine = objectsField(asked.value, 'access_control_list').filter((row) =>
    [row['user_name'], row['service_principal_name']].includes(scratch.userName),
  );
  const direct = mine
    .flatMap((row) => objectsField(row, 'all_permissions'))
    .filter((one) => one['inherited'] !== true && one['permission_level'] === 'CAN_MANAGE');
  return direct.length > 0 ? [{ name: 'permission_own_management', value: 'kept' }] : [];
}

async function read(scratch: Scratch, id: string): Promise<JsonObject> {
  return scratch.send({ method: 'GET', path: `${path}/${id}` });
}

function pages(name: string): string {
  return JSON.stringify({ datasets: [], pages: [{ name, displayName: name, layout: [] }] });
}
