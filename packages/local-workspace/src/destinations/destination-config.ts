import { invalidParameter } from '../api/api-error.ts';
import { exactlyOne } from '../api/exactly-one.ts';
import { filledText, flag, ignored, list, narrowed, shape, ShapeFault } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';

export type DestinationType =
  | 'EMAIL'
  | 'SLACK'
  | 'PAGERDUTY'
  | 'MICROSOFT_TEAMS'
  | 'WEBHOOK'
  | 'DATABRICKS_APP_SLACK'
  | 'DATABRICKS_APP_TEAMS';

/** Where notices go. Of secrets only the names of those that are set are kept, never a value. */
export interface DestinationConfig {
  readonly type: DestinationType;
  readonly key: ConfigKey;
  readonly addresses?: readonly string[];
  /** `url`, `oauth_token`, … */
  readonly set: readonly string[];
}

const configKeys = [
  'email',
  'slack',
  'pagerduty',
  'microsoft_teams',
  'generic_webhook',
  'databricks_app_slack',
  'databricks_app_teams',
] as const;

type ConfigKey = (typeof configKeys)[number];

interface Kind {
  readonly type: DestinationType;
  readonly secrets: readonly string[];
  /** Sets of fields of which one must be complete. */
  readonly needs: readonly (readonly string[])[];
}

/** Fields as in the notification destination API; which of them belong together is from its user interface. */
const kinds: Readonly<Record<ConfigKey, Kind>> = {
  email: { type: 'EMAIL', secrets: [], needs: [] },
  slack: {
    type: 'SLACK',
    secrets: ['url', 'channel_id', 'oauth_token'],
    needs: [['url'], ['channel_id', 'oauth_token']],
  },
  pagerduty: { type: 'PAGERDUTY', secrets: ['integration_key'], needs: [['integration_key']] },
  microsoft_teams: {
    type: 'MICROSOFT_TEAMS',
    secrets: ['url', 'app_id', 'auth_secret', 'channel_url', 'tenant_id'],
    needs: [['url'], ['app_id', 'auth_secret', 'channel_url', 'tenant_id']],
  },
  generic_webhook: {
    type: 'WEBHOOK',
    secrets: [
      'url',
      'username',
      'password',
      'oauth_client_id',
      'oauth_client_secret',
      'oauth_token_url',
      'oauth_audience',
      'oauth_scopes',
    ],
    needs: [['url']],
  },
  databricks_app_slack: {
    type: 'DATABRICKS_APP_SLACK',
    secrets: ['channel_id', 'team_id'],
    needs: [['channel_id', 'team_id']],
  },
  databricks_app_teams: {
    type: 'DATABRICKS_APP_TEAMS',
    secrets: ['channel_id', 'team_id', 'tenant_id'],
    needs: [['channel_id', 'team_id', 'tenant_id']],
  },
};

const addressList = list(filledText);
const addresses = narrowed(addressList, (value, place): readonly string[] => {
  const read = addressList(value, place);
  if (read.length === 0) throw new ShapeFault(place.path, 'must name at least one address');
  return read;
});

type Given = Readonly<Record<string, unknown>>;

const emailConfig: Reader<Given> = shape({ required: { addresses } });
const nestedConfig = shape({
  optional: {
    email: emailConfig,
    slack: secretsOf('slack'),
    pagerduty: secretsOf('pagerduty'),
    microsoft_teams: secretsOf('microsoft_teams'),
    generic_webhook: secretsOf('generic_webhook'),
    databricks_app_slack: secretsOf('databricks_app_slack'),
    databricks_app_teams: secretsOf('databricks_app_teams'),
  },
});

/** "Must wrap EXACTLY one of the nested configs" (notification destination API). */
export const destinationConfig: Reader<DestinationConfig> = narrowed(nestedConfig, (value, place) => {
  const given = exactlyOne(nestedConfig, configKeys)(value, place);
  const key = configKeys.find((name) => given[name] !== undefined) ?? 'email';
  const { addresses: to, ...secrets } = given[key] ?? {};
  const set = Object.keys(secrets);
  return { type: kinds[key].type, key, set, ...(to === undefined ? {} : { addresses: to as readonly string[] }) };
});

const outputs = { id: ignored, destination_type: ignored };

export const newDestination = shape({
  required: { display_name: filledText, config: destinationConfig },
  optional: outputs,
});

export const changedDestination = shape({
  optional: { display_name: filledText, config: destinationConfig, ...outputs },
});

/** The configuration after an update: the kind of a destination is fixed (Terraform replaces the resource). */
export function sameKind(current: DestinationConfig, changed: DestinationConfig | undefined): DestinationConfig {
  if (changed === undefined || changed.type === current.type) return changed ?? current;
  throw invalidParameter(`config: destination_type cannot be changed from ${current.type} to ${changed.type}`);
}

/** Shows which secrets are set, and addresses of e-mail. */
export function destinationConfigAnswer({ key, addresses: to, set }: DestinationConfig) {
  if (to !== undefined) return { [key]: { addresses: to } };
  return { [key]: Object.fromEntries(set.map((name) => [`${name}_set`, true])) };
}

/** Reads the names of what is set. A fault never shows a value. */
function secretsOf(key: ConfigKey): Reader<Given> {
  const { secrets, needs } = kinds[key];
  const readers = secrets.flatMap((name): readonly (readonly [string, Reader<unknown>])[] => [
    [name, name === 'oauth_scopes' ? list(filledText) : filledText],
    [`${name}_set`, flag],
  ]);
  const fields = shape({ optional: Object.fromEntries(readers) });
  return narrowed(fields, (value, place) => {
    const given = Object.keys(fields(value, place)).filter((name) => !name.endsWith('_set'));
    if (!needs.some((group) => group.every((name) => given.includes(name)))) {
      throw new ShapeFault(place.path, `needs ${needs.map((group) => group.join(' with ')).join(', or ')}`);
    }
    return Object.fromEntries(given.map((name) => [name, true]));
  });
}
