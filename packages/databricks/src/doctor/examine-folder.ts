import { isOneOf, type Examination, type JsonObject, type Principal, type ReadContext } from '@dpo/core';
import { objectsField, textField } from '../api/fields.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { failedRead } from './failed-read.ts';

const check = 'folder';

/** Levels that let somebody put something into a folder. */
const writing: ReadonlySet<string> = new Set(['CAN_EDIT', 'CAN_MANAGE']);

/** Whether what dpo makes can be put into the folder, or made in the nearest one above it that exists. */
export async function examineFolder(
  client: Client,
  { folder, me }: { readonly folder: string; readonly me: Principal },
  { signal }: ReadContext,
): Promise<readonly Examination[]> {
  const subject = folder;
  try {
    const place = await nearest(client, folder, signal);
    if (place === undefined) {
      return [{ check, subject, verdict: 'unknown', message: 'no folder above it can be seen' }];
    }
    const above = place.path === folder ? '' : `; it will be made in ${place.path}`;
    if (place.type !== 'DIRECTORY') {
      const message = `${place.path} is a ${place.type.toLowerCase()} and no folder`;
      return [{ check, subject, verdict: 'fail', message, hint: 'choose another dashboard_parent_path' }];
    }
    const standing = await mayWrite(client, { id: place.id, me }, signal);
    if (standing === 'has') {
      return [{ check, subject, verdict: 'pass', message: `this identity may put something into it${above}` }];
    }
    const hint = `if it is refused, give CAN MANAGE on ${place.path} to '${me.userName}'`;
    const message =
      standing === 'lacks'
        ? `lacks CAN EDIT on ${place.path}${above}`
        : `it cannot be seen who may put something into ${place.path}${above}`;
    return [{ check, subject, verdict: standing === 'lacks' ? 'fail' : 'unknown', message, hint }];
  } catch (error) {
    return [failedRead(error, { check, subject, verdict: 'unknown' })];
  }
}

interface Place {
  readonly path: string;
  readonly type: string;
  readonly id: string;
}

async function nearest(client: Client, folder: string, signal: AbortSignal): Promise<Place | undefined> {
  const parts = folder.split('/').filter((part) => part !== '');
  for (let length = parts.length; length > 0; length -= 1) {
    const path = `/${parts.slice(0, length).join('/')}`;
    const body = await statusOf(client, path, signal);
    if (body !== undefined) {
      return { path, type: textField(body, 'object_type') ?? '', id: textField(body, 'object_id') ?? '' };
    }
  }
  return undefined;
}

async function statusOf(client: Client, path: string, signal: AbortSignal): Promise<JsonObject | undefined> {
  try {
    return (await client.send({ method: 'GET', path: '/api/2.0/workspace/get-status', query: { path }, signal })).body;
  } catch (error) {
    if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
    return undefined;
  }
}

/** Who may not read the permissions of a folder does not learn his own: that is unknown, not refused. */
async function mayWrite(
  client: Client,
  { id, me }: { readonly id: string; readonly me: Principal },
  signal: AbortSignal,
): Promise<'has' | 'lacks' | 'unknown'> {
  if (id === '') return 'unknown';
  try {
    const path = `/api/2.0/permissions/directories/${segment(id)}`;
    const { body } = await client.send({ method: 'GET', path, signal });
    const rows = objectsField(body, 'access_control_list');
    const mine = rows.filter((row) => names(row).some((name) => name === 'users' || isOneOf(me, name)));
    const levels = mine.flatMap((row) =>
      objectsField(row, 'all_permissions').map((one) => textField(one, 'permission_level') ?? ''),
    );
    return levels.some((level) => writing.has(level)) ? 'has' : 'lacks';
  } catch (error) {
    if (!['API.FORBIDDEN', 'API.NOT_FOUND', 'API.INVALID'].includes(apiCodeOf(error) ?? '')) throw error;
    return 'unknown';
  }
}

function names(row: JsonObject): readonly string[] {
  return ['user_name', 'group_name', 'service_principal_name'].flatMap((key) => textField(row, key) ?? []);
}
