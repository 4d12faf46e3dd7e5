import type { JsonObject, KnownRecipients, Problem } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { isDestinationName } from '../groups/recipients.ts';
import type { WatchedSettings } from './watched-settings.ts';

/** Whom the config names for any schema, in words that only the workspace can turn into ids. */
export function anomalyRecipients({ config }: LoadedConfig): {
  readonly emails: readonly string[];
  readonly names: readonly string[];
} {
  const texts = new Set(
    Object.values(config.anomaly_detection ?? {}).flatMap(({ notifications = [] }) => notifications),
  );
  return {
    emails: [...texts].filter(isEmail),
    names: [...texts].filter(isDestinationName),
  };
}

export interface ToldOnes {
  /** `notification_settings` of a spec; left out if nobody is told. */
  readonly settings?: JsonObject;
  readonly problems: readonly Problem[];
}

/**
 * Those who are told about one schema. The service takes ids of users and of destinations only, so that an address has to be
 * that of a user of the workspace. What stands for nobody, or for several, is an error unless `alerting.allow_unresolved`
 * says otherwise (T41).
 */
export function toldOf(loaded: LoadedConfig, watched: WatchedSettings, known: KnownRecipients): ToldOnes {
  const found = watched.value('notifications');
  const texts = Array.isArray(found?.value) ? found.value.filter((text) => typeof text === 'string') : [];
  const problems: Problem[] = [];
  const ids = { destination_ids: new Set<string>(), destination_user_ids: new Set<string>() };
  for (const [index, text] of texts.entries()) {
    const email = isEmail(text);
    const matching = email
      ? known.users.get(text)
      : isDestinationName(text)
        ? known.destinations.get(text)
        : [text.toLowerCase()];
    const [id, ...others] = matching ?? [];
    if (id !== undefined && others.length === 0) ids[email ? 'destination_user_ids' : 'destination_ids'].add(id);
    else
      problems.push(unresolved(loaded, { text, count: matching?.length ?? 0, path: [...(found?.path ?? []), index] }));
  }
  const entries = Object.entries(ids).flatMap(([key, set]) => (set.size === 0 ? [] : [[key, [...set]] as const]));
  if (entries.length === 0) return { problems };
  return { settings: { on_unhealthy_table: Object.fromEntries(entries) }, problems };
}

function isEmail(text: string): boolean {
  return text.includes('@') && !isDestinationName(text);
}

function unresolved(
  loaded: LoadedConfig,
  { text, count, path }: { readonly text: string; readonly count: number; readonly path: readonly (string | number)[] },
): Problem {
  const allowed = loaded.config.alerting?.allow_unresolved === true;
  const what = isEmail(text) ? 'user' : 'notification destination';
  const hint = isEmail(text)
    ? 'name a user of the workspace, or a notification destination that sends to this address'
    : 'name a destination of the workspace, or give its id';
  return {
    code: 'CATALOG.DESTINATION',
    severity: allowed ? 'warning' : 'error',
    message:
      count === 0 ? `there is no ${what} '${text}' in the workspace` : `${String(count)} ${what}s are called '${text}'`,
    hint,
    place: loaded.placeOf(path),
  };
}
