import { exactlyOne } from '../api/exactly-one.ts';
import { filledText, list, shape } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Caller } from '../principals/caller.ts';
import { askedEntries, merged, settled } from './change-entries.ts';
import type { AskedEntry } from './change-entries.ts';
import { directEntries, putEntries } from './entries.ts';
import type { PermissionObject } from './entries.ts';
import { levelsAnswer, permissionsAnswer } from './permission-answers.ts';
import { requireTarget } from './permission-target.ts';
import type { TargetServices } from './permission-target.ts';
import type { Permissions } from './permissions.ts';

export interface PermissionServices extends TargetServices {
  readonly permissions: Permissions;
  readonly behaviour: Behaviour;
}

const line = exactlyOne(
  shape({
    required: { permission_level: filledText },
    optional: { user_name: filledText, group_name: filledText, service_principal_name: filledText },
  }),
  ['user_name', 'group_name', 'service_principal_name'],
);
const change = shape({ optional: { access_control_list: list(line) } });
/** Warehouses are named with and without their prefix. */
const paths = ['{request_object_type}/{request_object_id}', 'sql/{request_object_type}/{request_object_id}'] as const;

/** `/api/2.0/permissions`: PUT replaces what was given directly, PATCH changes it principal by principal. */
export function permissionRoutes(services: PermissionServices): readonly Route[] {
  return paths.flatMap((path) => routesAt(services, path));
}

function routesAt(services: PermissionServices, path: (typeof paths)[number]): readonly Route[] {
  const prefix = `/api/2.0/permissions/${path}` as const;
  const target = (caller: Caller, parameters: (name: string) => string): PermissionObject => {
    const type = path.startsWith('sql/')
      ? `sql/${parameters('request_object_type')}`
      : parameters('request_object_type');
    return requireTarget(services, caller.workspaceId, { type, id: parameters('request_object_id') });
  };
  return [
    route(`GET ${prefix}`, {
      handle({ parameters, caller }) {
        const object = target(caller, parameters);
        services.permissions.require(caller, lowest(object), object);
        return answer(services, caller, object);
      },
    }),
    route(`GET ${prefix}/permissionLevels`, {
      handle: ({ parameters, caller }) => levelsAnswer(target(caller, parameters).type),
    }),
    route(`PUT ${prefix}`, {
      body: change,
      handle: ({ parameters, body, caller }) =>
        write(services, {
          caller,
          object: target(caller, parameters),
          asked: body.access_control_list ?? [],
          mode: 'set',
        }),
    }),
    route(`PATCH ${prefix}`, {
      body: change,
      handle: ({ parameters, body, caller }) =>
        write(services, {
          caller,
          object: target(caller, parameters),
          asked: body.access_control_list ?? [],
          mode: 'merge',
        }),
    }),
  ];
}

async function write(
  services: PermissionServices,
  asked: {
    readonly caller: Caller;
    readonly object: PermissionObject;
    readonly asked: readonly AskedEntry[];
    readonly mode: 'set' | 'merge';
  },
): Promise<Answer> {
  const { caller, object, mode } = asked;
  services.permissions.require(caller, 'CAN_MANAGE', object);
  await services.storage.transaction(async (transaction) => {
    const entries = askedEntries(transaction, asked);
    const present = directEntries(transaction, caller.workspaceId, object) ?? initial(services, caller, object);
    const next = mode === 'set' ? entries : merged(present, entries);
    await putEntries(transaction, caller.workspaceId, { object, entries: settled(services, asked, next) });
  });
  return answer(services, caller, object);
}

/** What holds before anybody changed anything; only warehouses begin with entries. */
function initial({ permissions }: PermissionServices, caller: Caller, object: PermissionObject) {
  if (object.type !== 'sql/warehouses') return [];
  return permissions.held(caller.workspaceId, object).filter(({ from }) => from === undefined);
}

function answer({ permissions }: PermissionServices, caller: Caller, object: PermissionObject): Answer {
  return permissionsAnswer(object, permissions.held(caller.workspaceId, object));
}

function lowest({ type }: PermissionObject): 'CAN_VIEW' | 'CAN_READ' {
  return type === 'sql/warehouses' ? 'CAN_VIEW' : 'CAN_READ';
}
