import type { Environment, Profile } from './profile-file.ts';

/** Ways to sign in that exclude each other when nobody says which one counts. */
export type Family = 'pat' | 'basic' | 'oauth-m2m' | 'env-oidc' | 'file-oidc' | 'azure' | 'google' | 'metadata-service';

interface Attribute {
  /** The first one that is set counts. */
  readonly variables: readonly string[];
  readonly family?: Family;
}

/**
 * Settings of unified authentication that dpo reads; the names are the keys of a profile
 * (https://github.com/databricks/databricks-sdk-py, `databricks/sdk/config.py`).
 */
export const attributes = {
  host: { variables: ['DATABRICKS_HOST'] },
  account_id: { variables: ['DATABRICKS_ACCOUNT_ID'] },
  workspace_id: { variables: ['DATABRICKS_WORKSPACE_ID'] },
  warehouse_id: { variables: ['DATABRICKS_WAREHOUSE_ID'] },
  cloud: { variables: ['DATABRICKS_CLOUD'] },
  discovery_url: { variables: ['DATABRICKS_DISCOVERY_URL'] },
  auth_type: { variables: ['DATABRICKS_AUTH_TYPE'] },
  scopes: { variables: [] },
  token: { variables: ['DATABRICKS_TOKEN'], family: 'pat' },
  username: { variables: ['DATABRICKS_USERNAME'], family: 'basic' },
  password: { variables: ['DATABRICKS_PASSWORD'], family: 'basic' },
  metadata_service_url: { variables: ['DATABRICKS_METADATA_SERVICE_URL'], family: 'metadata-service' },
  client_id: { variables: ['DATABRICKS_CLIENT_ID'], family: 'oauth-m2m' },
  client_secret: { variables: ['DATABRICKS_CLIENT_SECRET'], family: 'oauth-m2m' },
  token_audience: { variables: ['DATABRICKS_TOKEN_AUDIENCE'] },
  oidc_token_env: { variables: ['DATABRICKS_OIDC_TOKEN_ENV'], family: 'env-oidc' },
  oidc_token_filepath: {
    variables: ['DATABRICKS_OIDC_TOKEN_FILEPATH', 'DATABRICKS_OIDC_TOKEN_FILE'],
    family: 'file-oidc',
  },
  azure_workspace_resource_id: { variables: ['DATABRICKS_AZURE_RESOURCE_ID'], family: 'azure' },
  azure_client_id: { variables: ['ARM_CLIENT_ID'], family: 'azure' },
  azure_client_secret: { variables: ['ARM_CLIENT_SECRET'], family: 'azure' },
  azure_tenant_id: { variables: ['ARM_TENANT_ID'], family: 'azure' },
  azure_use_msi: { variables: ['ARM_USE_MSI'], family: 'azure' },
  azure_environment: { variables: ['ARM_ENVIRONMENT'] },
  google_service_account: { variables: ['DATABRICKS_GOOGLE_SERVICE_ACCOUNT'], family: 'google' },
  google_credentials: { variables: ['GOOGLE_CREDENTIALS'], family: 'google' },
  databricks_cli_path: { variables: ['DATABRICKS_CLI_PATH'] },
} as const satisfies Readonly<Record<string, Attribute>>;

export type AttributeName = keyof typeof attributes;

/** A value and where it was found. */
export interface Found {
  readonly value: string;
  readonly source: string;
}

/** The value of each attribute, from the environment before the profile. */
export interface Settings {
  get(name: AttributeName): Found | undefined;
  readonly profile: Profile | undefined;
}

export function settingsOf(environment: Environment, profile: Profile | undefined): Settings {
  return { profile, get: (name) => ofEnvironment(environment, name) ?? ofProfile(profile, name) };
}

/** An empty variable counts as none. */
export function variable(environment: Environment, name: string): Found | undefined {
  const value = environment[name]?.trim();
  return value === undefined || value === '' ? undefined : { value, source: name };
}

export function ofEnvironment(environment: Environment, name: AttributeName): Found | undefined {
  for (const one of attributes[name].variables) {
    const found = variable(environment, one);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function ofProfile(profile: Profile | undefined, name: AttributeName): Found | undefined {
  const value = profile?.values[name];
  return value === undefined
    ? undefined
    : { value, source: `profile ${profile?.name ?? ''} of ${profile?.path ?? ''}` };
}

export function familyOf(name: AttributeName): Family | undefined {
  const attribute: Attribute = attributes[name];
  return attribute.family;
}

export const attributeNames = Object.keys(attributes) as readonly AttributeName[];

/** As people set it: `client_secret (DATABRICKS_CLIENT_SECRET)`. */
export function labelOf(name: AttributeName): string {
  const [first] = attributes[name].variables;
  return first === undefined ? name : `${name} (${first})`;
}
