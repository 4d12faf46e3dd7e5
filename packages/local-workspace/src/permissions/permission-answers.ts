import type { Answer } from '../api/route.ts';
import { objectPath } from './create-permissions.ts';
import type { Grantee, PermissionObject } from './entries.ts';
import { levelsOf } from './level.ts';
import type { Level, PermissionType } from './level.ts';
import { answeredTypes } from './permission-target.ts';
import type { HeldLevel } from './permissions.ts';

const nameFields = { user: 'user_name', group: 'group_name', service_principal: 'service_principal_name' } as const;

const descriptions: Readonly<Record<Level, string>> = {
  CAN_READ: 'Can view',
  CAN_RUN: 'Can run',
  CAN_EDIT: 'Can edit',
  CAN_MANAGE: 'Can manage',
  CAN_VIEW: 'Can view',
  CAN_USE: 'Can use',
  CAN_MONITOR: 'Can monitor',
  IS_OWNER: 'Is owner',
};

/** Who holds what on an object: one row for each principal, direct rights before inherited ones. */
export function permissionsAnswer(object: PermissionObject, held: readonly HeldLevel[]): Answer {
  const rows = new Map<string, { readonly grantee: Grantee; readonly levels: HeldLevel[] }>();
  for (const right of held) {
    const key = `${right.grantee.kind} ${right.grantee.name}`;
    const row = rows.get(key) ?? { grantee: right.grantee, levels: [] };
    row.levels.push(right);
    rows.set(key, row);
  }
  return {
    object_id: objectPath(object),
    object_type: answeredTypes[object.type],
    access_control_list: [...rows.values()].map(({ grantee, levels }) => ({
      [nameFields[grantee.kind]]: grantee.name,
      ...(grantee.kind === 'user' ? { display_name: grantee.name } : {}),
      all_permissions: levels.map(permissionAnswer),
    })),
  };
}

export function levelsAnswer(type: PermissionType): Answer {
  return {
    permission_levels: levelsOf(type).map((level) => ({ permission_level: level, description: descriptions[level] })),
  };
}

function permissionAnswer({ level, from }: HeldLevel): Answer {
  return from === undefined
    ? { permission_level: level, inherited: false }
    : { permission_level: level, inherited: true, inherited_from_object: [from] };
}
