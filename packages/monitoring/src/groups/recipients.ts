import { isJsonObject, type JsonObject, type Place, type Problem } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';

/** Notification destinations of the workspace, by display name: their ids. Names are not unique. */
export type Destinations = ReadonlyMap<string, readonly string[]>;

export interface Recipients {
  readonly subscriptions: readonly JsonObject[];
  /** Where they are written. */
  readonly place: Place;
  readonly problems: readonly Problem[];
}

const email = /^[^@\s]+@[^@\s]+$/u;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** Whether a recipient is the name of a destination, which the workspace has to resolve (U099). */
export function isDestinationName(text: string): boolean {
  return !email.test(text) && !uuid.test(text);
}

/** Whom a config names for any group by the name of a destination. */
export function namedDestinations({ config }: LoadedConfig): readonly string[] {
  const { default_notifications: all = [], group_notifications: groups = {} } = config.alerting ?? {};
  return [...new Set([all, ...Object.values(groups)].flat())].filter(isDestinationName);
}

/**
 * Who is told about a group: its own list, else the default one; an explicit empty list is nobody (U100). A name that no
 * destination has, or several, is an error unless `allow_unresolved` says otherwise (T41).
 */
export function recipientsOf(loaded: LoadedConfig, group: string, destinations: Destinations): Recipients {
  const { alerting = {} } = loaded.config;
  const own = isJsonObject(alerting.group_notifications) ? alerting.group_notifications[group] : undefined;
  const names = Array.isArray(own) ? own : (alerting.default_notifications ?? []);
  const path = Array.isArray(own) ? ['alerting', 'group_notifications', group] : ['alerting', 'default_notifications'];
  const problems: Problem[] = [];
  const subscriptions = names.flatMap((name, index): readonly JsonObject[] => {
    if (typeof name !== 'string') return [];
    if (email.test(name)) return [{ user_email: name }];
    if (uuid.test(name)) return [{ destination_id: name.toLowerCase() }];
    const ids = destinations.get(name) ?? [];
    if (ids.length === 1 && ids[0] !== undefined) return [{ destination_id: ids[0] }];
    problems.push(unresolved(name, ids.length, { loaded, place: loaded.placeOf([...path, index]) }));
    return [];
  });
  return { subscriptions, place: loaded.placeOf(path), problems };
}

function unresolved(
  name: string,
  count: number,
  { loaded, place }: { readonly loaded: LoadedConfig; readonly place: Place },
): Problem {
  const allowed = loaded.config.alerting?.allow_unresolved === true;
  return {
    code: 'CATALOG.DESTINATION',
    severity: allowed ? 'warning' : 'error',
    message:
      count === 0
        ? `there is no notification destination '${name}'`
        : `${String(count)} notification destinations are called '${name}'`,
    hint: allowed
      ? 'nobody is told by that name'
      : 'correct the name, write its id, or set alerting.allow_unresolved: true',
    place,
  };
}
